"""Every address × every role × one's own and somebody else's: who gets in, and with what answer.

The expected answers stand in `access_matrix.txt`, one line an address, to be read by people. A new
address fails the first test until it has a line; a changed answer fails the second. Print the
table anew with `python -m pytest tests/test_access_matrix.py --print-matrix` and read the change.
"""

import logging
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from actors.middleware import SESSION_KEY
from tests.access_rows_papers import PAPERS
from tests.access_rows_recruitment import RECRUITMENT
from tests.access_rows_reminders import REMINDERS
from tests.access_world import make_identities, make_world
from tests.conftest import FIXED_NOW

TABLE = Path(__file__).with_name("access_matrix.txt")
# Addresses of libraries, tested by themselves, and of the demo, which answers 404 outside it.
NOT_OURS = ("account_", "socialaccount_", "mfa_", "usersessions_", "openid_connect_", "admin:")
# The roles are looked at in so many parts, each by a process of its own.
PARTS = 5
DEMO = ("actors:demo_sign_in", "actors:demo_log_in", "actors:mailbox")

# Which object an address names; the keys of `World.arguments`. An address that answers otherwise
# at another stage of the same thing has a row for each: «cohorts:letter_detail~held».
OBJECTS = {
    "reports:pulje_detail": "number",
    "reports:pulje_csv": "number",
    "reports:pulje_rows": "number+deltakelse+kind",
    "reports:owner_detail": "owner",
    "reports:unit_detail": "unit",
    "meetings:meeting_detail": "meeting",
    "meetings:meeting_edit": "meeting",
    "meetings:meeting_cancel": "meeting",
    "meetings:meeting_respond": "meeting",
    "meetings:attendance_edit": "held",
    "meetings:saksliste_edit": "meeting",
    "meetings:sak_create": "meeting",
    "meetings:saksliste_send": "meeting",
    "meetings:grunnlag_detail": "meeting",
    "meetings:grunnlag_edit": "meeting",
    "meetings:grunnlag_receipt": "grunnlag+receipt",
    "meetings:grunnlag_pdf": "grunnlag+version",
    "meetings:grunnlag_print": "grunnlag+version",
    "meetings:referat_detail": "held",
    "meetings:referat_edit": "held",
    "meetings:referat_approve": "held",
    "meetings:merknad_create": "held",
    "meetings:merknad_answer": "held+merknad",
    "meetings:referat_receipt": "referat+receipt",
    "meetings:referat_pdf": "referat+version",
    "meetings:referat_print": "referat+version",
    "meetings:record_create": "activity",
    "meetings:record_undo": "record",
    "cohorts:pulje_settings": "number",
    "cohorts:deadline_edit": "number+key",
    "cohorts:pulje_close": "number",
    "cohorts:pulje_reopen": "number",
    "cohorts:deltakelse_list": "number",
    "cohorts:deltakelse_create": "number",
    "cohorts:deltakelse_edit": "deltakelse",
    "cohorts:deltakende_unit_add": "deltakelse",
    "cohorts:deltakende_unit_edit": "deltakelse+unit",
    "cohorts:oppdrag_add": "deltakelse",
    "cohorts:oppdrag_end": "oppdrag",
    "cohorts:styringsgruppe_establish": "deltakelse",
    "cohorts:arbeidsgruppe_establish": "deltakende_unit",
    "cohorts:group_detail": "group",
    "cohorts:member_end": "group+member",
    "cohorts:seat_explain": "group+seat",
    **PAPERS,
    **RECRUITMENT,
    **REMINDERS,
    "actors:invitation_accept": "token",
    "actors:invitation_resend": "invitation",
    "actors:invitation_withdraw": "invitation",
    "actors:role_end": "role",
}


def addresses(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    """The names of all our addresses, as «meetings:referat_edit»."""
    names = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            names.append(f"{space}{pattern.name}")
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            names += addresses(pattern, inner)
    return [name for name in names if not name.startswith((*NOT_OURS, *DEMO)) and name != "None"]


def table() -> dict[str, list[str]]:
    """Address → answers, as the file has them."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: row[1:] for row in rows}


def rows() -> list[str]:
    """Every address, and the further stages at which some of them are looked at."""
    return sorted({*addresses(), *(name for name in OBJECTS if "~" in name)})


def path_of(row: str, world) -> str:
    """The path of a row in a world."""
    return reverse(row.partition("~")[0], args=world.arguments[OBJECTS.get(row, "")])


def test_every_address_stands_in_the_table():
    assert sorted(table()) == rows()


@pytest.fixture
def _quiet(monkeypatch):
    """Thousands of refusals are the point here: none is written to the log or drawn as a page."""
    for status in (403, 404):
        plain = partial(_plain, status=status)
        monkeypatch.setattr(f"django.conf.urls.handler{status}", plain)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _plain(request, exception, status):
    return HttpResponse(status=status)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    """One's own world and somebody else's, made once for the parts that a process looks at."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic(), time_machine.travel(FIXED_NOW, tick=True):
                made = make_world(9), make_world(11, announced=False)
            yield made
        finally:
            call_command("flush", interactive=False, verbosity=0)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_gets_the_answer_of_the_table(request, settings, worlds, part):
    # Who may have a PDF is told at once that it is being made (202); nobody makes it here.
    settings.PDF_WAIT, settings.PDF_PATIENCE = 0, 3600
    printing = request.config.getoption("--print-matrix")
    chosen = slice(None) if printing else slice(part, None, PARTS)
    own, foreign = worlds
    identities = make_identities(own.scene)
    clients = [client_of(role) for role in identities.values()][chosen]

    found = {
        name: [f"{answer(client, name, own)}/{answer(client, name, foreign)}" for client in clients]
        for name in rows()
    }

    if printing:
        write(found, list(identities))
    assert found == {name: cells[chosen] for name, cells in table().items()}


def client_of(role) -> Client:
    """A browser with the person signed in and acting in the role; None: not signed in."""
    client = Client(raise_request_exception=True)
    if role is not None:
        client.force_login(role.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_KEY] = role.pk
        session.save()
    return client


def answer(client: Client, name: str, world) -> int:
    """The status of a GET, or of an empty POST where only that is allowed; nothing is kept."""
    url = path_of(name, world)
    with transaction.atomic():
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        transaction.set_rollback(True)
    return response.status_code


def write(found: dict[str, list[str]], identities: list[str]) -> None:
    """Write the table: own/foreign for each role, in columns."""
    width = max(map(len, found)) + 2
    columns = [max(8, len(name) + 1) for name in identities]
    head = "".join(n.ljust(w) for n, w in zip(identities, columns, strict=True))
    lines = [
        "# own/foreign: the answer to GET, or to an empty POST where the address takes only POST",
        "#".ljust(width) + head.rstrip(),
        *(
            name.ljust(width)
            + "".join(c.ljust(w) for c, w in zip(cells, columns, strict=True)).rstrip()
            for name, cells in found.items()
        ),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
