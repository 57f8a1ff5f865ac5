"""What a page costs: the demo pulje ×1 and ×10, each page against an empty view of the same run.

Every figure is of a whole request through all middleware, with a signed-in session. The empty
view answers «ok» behind the same middleware, so the ratio is what the page itself adds.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import time_machine
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from actors.middleware import SESSION_KEY
from actors.models import Role, User
from bench.figure import Figure
from lmp.urls import urlpatterns as pages
from meetings.models import Meeting
from reports.demo.build import build_demo

DAY = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 10.00 in Oslo
SCALES = (1, 10)
WARM_UPS = 3
RUNS = 30
BACKEND = "django.contrib.auth.backends.ModelBackend"
EMPTY = "/bench/empty/"


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Answer two letters: what the middleware alone costs."""
    return HttpResponse("ok")


urlpatterns = [path(EMPTY.strip("/") + "/", empty), *pages]


def measure() -> list[Figure]:
    """Build the demo at each scale and measure the pages in it."""
    figures: list[Figure] = []
    medians: dict[tuple[str, int], float] = {}
    call_command("migrate", verbosity=0)
    for scale in SCALES:
        call_command("flush", interactive=False, verbosity=0)
        build_demo(today=DAY, scale=scale)
        with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
            figures += _measure_scale(scale, medians)
    for (name, scale), median in medians.items():
        if scale != SCALES[0]:
            ratio = median / medians[name, SCALES[0]]
            figures.append(Figure(f"{name}_x{scale}_to_x1", round(ratio, 2), "times", ratio))
    return figures


def _measure_scale(scale: int, medians: dict[tuple[str, int], float]) -> list[Figure]:
    figures = []
    for name, email, kind, url in _pages():
        client = _client(email, kind)
        times, floor = _times(client, url), _times(client, EMPTY)
        with CaptureQueriesContext(connection) as found:
            size = len(client.get(url).content)
        with CaptureQueriesContext(connection) as none:
            empty_size = len(client.get(EMPTY).content)
        label = f"{name}_x{scale}"
        medians[name, scale] = statistics.median(times)
        figures += [
            _figure(f"{label}_median", times, floor, statistics.median),
            _figure(f"{label}_p95", times, floor, _p95),
            Figure(f"{label}_queries", len(found), "queries", len(found) / max(1, len(none))),
            Figure(f"{label}_bytes", size, "bytes", size / empty_size),
        ]
    return figures


def _pages() -> list[tuple[str, str, str, str]]:
    """Name, whose session, in which role, and address."""
    rektor = Role.objects.filter(user__email="rektor@lmp.example", kind="leder").get()
    meeting = Meeting.objects.filter(units__unit=rektor.unit).taking_place().latest("start")
    return [
        ("my_page", "rektor@lmp.example", "leder", "/min-side/"),
        ("pulje", "udir@lmp.example", "udir", "/puljer/9/"),
        ("meeting", "rektor@lmp.example", "leder", f"/moeter/{meeting.pk}/"),
    ]


def _client(email: str, kind: str) -> Client:
    user = User.objects.get(email=email)
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].replace("*", "localhost"))
    client.force_login(user, backend=BACKEND)
    session = client.session
    session[SESSION_KEY] = Role.objects.filter(user=user, kind=kind)[0].pk
    session.save()
    return client


def _times(client: Client, url: str) -> list[float]:
    """Milliseconds of each run, at the moment that the demo shows."""
    times = []
    with time_machine.travel(MOMENT, tick=True):
        for run in range(WARM_UPS + RUNS):
            start = time.perf_counter()
            response = client.get(url)
            spent = (time.perf_counter() - start) * 1000
            assert response.status_code == 200, (url, response.status_code)
            if run >= WARM_UPS:
                times.append(spent)
    return times


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _figure(
    name: str, times: list[float], floor: list[float], of: Callable[[list[float]], float]
) -> Figure:
    return Figure(name, round(of(times), 1), "ms", of(times) / of(floor))
