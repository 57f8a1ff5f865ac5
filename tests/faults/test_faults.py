"""A thousand notices each, while everything around the outbox fails: nothing lost, nothing twice.

Each scenario is bounded to a minute, counted from when its people are made, or from when they are
told by workers that run already; its counts are printed at the end of the run.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from random import Random

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from actors.actions.messages import bundle_notices
from actors.models import Job, Mail, Notice, User
from tests.faults import clock
from tests.faults.count import KILLED, Counts, count
from tests.faults.machinery import Machinery
from tests.faults.rows import make_duties, make_people, tell, told
from tests.faults.sink import DROP, HANG, IN_DATA, LOST_YES, SLOW, Sink

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(
        connection.vendor != "postgresql" or not settings.REDIS_URL,
        reason="needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL",
    ),
    pytest.mark.django_db(transaction=True),
]

# Seconds a scenario may take: half of it on two idle cores. A busy machine may be given more.
MINUTE = float(os.environ.get("FAULTS_SECONDS", "60"))
REFUSED = 10
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # two days after the suite's Friday
MONDAY = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)  # five past seven in Oslo
# Five working days before these a reminder goes out: on the Friday and on the Monday.
DUE_OF_FRIDAY, DUE_OF_MONDAY = date(2026, 11, 27), date(2026, 11, 30)
Show = Callable[[str, Counts], None]


def settled() -> bool:
    """Whether every notice and every mail has an outcome."""
    notices = Notice.objects.filter(status__in=("queued", "bundled"))
    return not notices.exists() and not unfinished().exists()


def unfinished() -> QuerySet[Mail]:
    """Mails without an outcome, those in a worker's hands first, then the one that is due first."""
    mails = Mail.objects.filter(status__in=("queued", "claimed"))
    return mails.order_by("status", "next_attempt_at")


def wait_for(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MINUTE / 2
    while not is_true():
        assert time.monotonic() < deadline, still_waiting()
        time.sleep(0.02)


def still_waiting() -> str:
    """What has no outcome after a minute, and when it was to be done."""
    rows = unfinished().values_list("status", "attempts", "claimed_at", "next_attempt_at", "error")
    notices = Notice.objects.exclude(status="sent").values_list("status", "mail__status")
    return f"{clock.now()}: {list(rows[:10])} {sorted(notices)[:20]}"


def run_until_settled(machines: Machinery, deadline: float) -> None:
    """Wait for every outcome. When all that is left waits for its time, the clock is set to it."""
    while not settled():
        assert time.monotonic() < deadline, still_waiting()
        machines.look_after()
        time.sleep(0.2)
        first = unfinished().first()
        if first and first.status == "queued" and first.next_attempt_at > clock.now():
            clock.set_clock(first.next_attempt_at)
    time.sleep(1)  # a letter too many would come now


def misbehaviour(people: list[User], rng: Random) -> dict[str, list[str]]:
    """What the mail server does to one in ten; twice in a row to some.

    REFUSED of them are refused for good. Slow ones stand together, so that a worker gets many of
    them at once and must not keep them longer than its claim lasts.
    """
    ways = ["450 4.2.1 later", "421 4.3.2 closing", f"{IN_DATA}451 4.3.0 later", DROP, LOST_YES]
    chosen = [person.email for person in rng.sample(people[50:-30], 100)]
    plan = {email: rng.choices(ways, k=rng.choice([1, 1, 2])) for email in chosen}
    plan |= {person.email: [SLOW] for person in people[20:28]}
    plan |= {email: [HANG] for email in chosen[:3]}
    plan |= {email: ["550 5.1.1 no such mailbox"] for email in chosen[3:10]}
    plan |= {email: [f"{IN_DATA}554 5.6.0 not this"] for email in chosen[10:13]}
    return plan


@pytest.mark.parametrize("machines", [5], indirect=True)
def test_killed_workers_and_a_mail_server_that_misbehaves(
    machines: Machinery, sink: Sink, show: Show
) -> None:
    """Somebody is killed about every second, twice between the server's yes and our commit."""
    people = make_people(920)
    sink.plan = misbehaviour(people, machines.rng)
    sink.at_letter = dict.fromkeys((100, 300), machines.kill_children)
    machines.start()
    wait_for(Job.objects.filter(name="deliver", ok_at__isnull=False).exists)

    began = time.monotonic()
    with transaction.atomic():
        tell(people, "first")
        tell(people[:50], "second")  # in the same letter as the first
        tell(people[-30:], "urgent", urgent=True)  # a letter of their own
    wait_for(Mail.objects.exists)
    for _kill in range(15):
        time.sleep(machines.rng.uniform(0.3, 1.2))
        machines.kill_somebody()
    run_until_settled(machines, began + MINUTE)

    counts = count(sink, machines.faults, began)
    show("killed workers, a mail server that misbehaves", counts)
    assert (counts.notices, counts.letters) == (1000, 950)
    assert (counts.lost, counts.unexplained, counts.refused) == (0, 0, REFUSED)
    assert counts.once + counts.more_than_once == 950 - REFUSED
    assert counts.repeats[KILLED] >= 2  # those of `at_letter`; more when chance wants it


@pytest.mark.parametrize("machines", [6], indirect=True)
def test_postgres_and_redis_crash_while_notices_are_written(
    machines: Machinery, sink: Sink, show: Show
) -> None:
    """Each is away twice, for a few seconds; a notice is there when its cause was committed."""
    crashes = {500: "redis", 600: "postgres", 800: "redis", 900: "postgres"}
    people = make_people(1000)
    began = time.monotonic()
    tell(people[:500], "first")
    machines.start()
    bundle_notices(now=clock.now())
    for start in range(500, 1000, 50):
        while not told(people[start : start + 50], "first"):
            time.sleep(0.2)
        if name := crashes.get(start):
            taken = len(sink.taken) + 20
            wait_for(partial(sink.has_taken, taken))
            machines.crash(name, machines.rng.uniform(0.5, 2.5))
        time.sleep(0.5)
    run_until_settled(machines, began + MINUTE)

    counts = count(sink, machines.faults, began)
    show("PostgreSQL and Redis crash", counts)
    assert (counts.notices, counts.letters) == (1000, 1000)
    assert (counts.lost, counts.unexplained, counts.refused) == (0, 0, 0)
    assert counts.once + counts.more_than_once == 1000


@pytest.mark.parametrize("machines", [7], indirect=True)
def test_power_cut_on_friday_and_a_clock_two_days_ahead(
    machines: Machinery, sink: Sink, show: Show
) -> None:
    """Reminders from the scan itself: half of them due on a Friday, half on the Monday after."""
    make_duties([DUE_OF_FRIDAY] * 500 + [DUE_OF_MONDAY] * 500)
    began = time.monotonic()
    machines.start()
    wait_for(partial(sink.has_taken, 200))
    machines.power_cut()
    on_friday = len(sink.taken)

    clock.set_clock(SUNDAY)
    machines.start()
    wait_for(Job.objects.filter(name="deliver", ok_at__gt=SUNDAY).exists)
    on_sunday = len(sink.taken) - on_friday

    clock.set_clock(MONDAY)
    wait_for(lambda: Notice.objects.count() == 1000)
    run_until_settled(machines, began + MINUTE)

    counts = count(sink, machines.faults, began)
    show("power cut on Friday, started on Sunday, Monday comes", counts)
    assert (counts.notices, counts.letters, on_sunday) == (1000, 1000, 0)
    assert 200 <= on_friday < 500
    assert (counts.lost, counts.unexplained, counts.refused) == (0, 0, 0)
    assert counts.once + counts.more_than_once == 1000
