"""The scan of reminders over 1 000 000 duties of which 2 000 have a step today; PostgreSQL only.

The reference is the bare SQL query that finds the primary keys of the same 2 000 through the index,
for one rule and one span of days that somebody has worked out before. Beside it are

- rows: the statement of the scan itself, run by the driver: all spans of all rules, eleven columns,
  sorted. What find takes beside it (`find_to_rows`) is Python's part.
- find: the rules in force and their spans of days, and the 2 000 duties with what decides who gets
  what. A third does not grow with what is due (the rules, and a query of some twenty spans); the
  rest is 2 000 rows of eleven columns, each with the local day of a moment, sorted by place.
- again: a whole scan that has nothing to write, as it runs every few minutes. It finds the duties,
  who holds the offices today, and the 2 000 notices there are, and looks at meetings, invitations
  and letters. Nothing is kept from the scan before: a leader may have changed yesterday.
- first: a whole scan that writes 2 000 notices with their words in the recipient's language, once
  in the life of a duty's step. Each notice has a link and a text of its own.

Memory is the peak of Python's own allocations while the scan reads, with 2 000 and with ten times
as many due: flat is a ratio near 1. All is wall time, as `bench.run` prints it: on a machine that
does something else the ratios of the three are too high, since the bare query is over at once.
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from actors.models import Notice
from bench.figure import Figure
from cohorts.models import DeadlineRule, Deltakelse
from meetings.actions.reminder import scan
from meetings.actions.reminder.duties import Duties, rows_due
from meetings.actions.reminder.in_force import Span, rules_in_force, spans_of
from meetings.actions.reminder.plan import PAGE, pages_to_write
from meetings.rules.reminder import due_span, window_start
from tests.factories.cohorts import make_deltakelse, make_pulje
from tests.factories.people import make_role

ALL, DUE_NOW, UNITS = 1_000_000, 2_000, 200
DAY = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)
RULE, OFFSET = "plangjennomgang", -7
RUNS = 5
MIB = 2**20

# The rows are right by construction: a million of them are not checked one foreign key at a time.
FAST = "SET session_replication_role = replica"
# Half of them are met; the others are due over eight years, but in none of the days scanned.
OTHERS = """
INSERT INTO meetings_obligation (key, pulje_id, semester_id, activity_id, rule_id, deltakelse_id,
    unit_id, owed_by, office, due, met_at, void_reason, created_at)
SELECT 'other-' || n, %(pulje)s, %(semester)s, %(activity)s,
    (%(rules)s::bigint[])[1 + n %% array_length(%(rules)s::bigint[], 1)], %(deltakelse)s,
    (%(units)s::bigint[])[1 + n %% array_length(%(units)s::bigint[], 1)], 'leder', 'leder',
    CASE WHEN n %% 4 < 2 THEN date '2026-07-01' - (n %% 1500)::int
         ELSE date '2027-06-01' + (n %% 1500)::int END,
    CASE WHEN n %% 2 = 0 THEN timestamptz '2026-10-01' END, '', timestamptz '2026-01-01'
FROM generate_series(1, %(count)s) n
"""
# Each unit has as many duties as there are activities: no two are the same thing.
OURS = """
INSERT INTO meetings_obligation (key, pulje_id, semester_id, activity_id, rule_id, deltakelse_id,
    unit_id, meeting_id, owed_by, office, due, void_reason, created_at)
SELECT %(name)s || '-' || a || '-' || u, %(pulje)s, %(semester)s, a, %(rule)s, %(deltakelse)s, u,
    NULL, 'leder', 'leder', %(due)s, '', timestamptz '2026-01-01'
FROM unnest(%(activities)s::bigint[]) a, unnest(%(units)s::bigint[]) u
"""
BARE = """
SELECT id FROM meetings_obligation WHERE met_at IS NULL AND void_at IS NULL
    AND rule_id = %s AND due BETWEEN %s AND %s
"""


def measure() -> list[Figure]:
    """Milliseconds and MiB; ratios of time to the bare query, of memory to that of 2 000."""
    if connection.vendor != "postgresql":
        sys.stderr.write("reminder_scan needs PostgreSQL: set DATABASE_URL\n")
        return []
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    fill()
    # Programme, calendar, addresses and connection are warm, as they are in a worker.
    list(pages_to_write(MOMENT))
    reverse("reports:my_page")
    bare, rows, find = _median(_bare), _median(_statement), _median(_find)
    small = _peak()
    first, again = _timed(lambda: scan(now=MOMENT)), _median(lambda: scan(now=MOMENT))
    written = Notice.objects.count()
    if {written, _bare(), _statement()} != {DUE_NOW}:
        raise AssertionError(f"{written} written, {_bare()} found by SQL")
    _add_due(times=10)
    large = _peak()
    return [
        Figure("reminder_scan_bare_query", round(bare, 2), "ms", 1.0),
        Figure("reminder_scan_rows", round(rows, 2), "ms", rows / bare),
        Figure("reminder_scan_find", round(find, 1), "ms", find / bare),
        Figure("reminder_scan_find_to_rows", round(find, 1), "ms", find / rows),
        Figure("reminder_scan_again", round(again, 1), "ms", again / bare),
        Figure("reminder_scan_first", round(first, 1), "ms", first / bare),
        Figure("reminder_scan_memory", round(small, 1), "MiB", 1.0),
        Figure("reminder_scan_memory_x10", round(large, 1), "MiB", large / small),
    ]


def fill() -> None:
    """One pulje with 200 units and their leaders, and a million duties."""
    deltakelse = make_deltakelse(make_pulje(), units=UNITS)
    for each in deltakelse.units.select_related("unit"):
        make_role("leder", each.unit)
    rules = DeadlineRule.objects.filter(pulje=deltakelse.pulje).exclude(met_by="none")
    values = _values(deltakelse) | {
        "rules": list(rules.exclude(anchor="pulje_date").values_list("pk", flat=True)),
        "count": ALL - DUE_NOW,
    }
    with connection.cursor() as cursor:
        cursor.execute(FAST)
        cursor.execute(OTHERS, values | {"activity": values["activities"][0]})
        cursor.execute(OURS, values | {"name": "ours"})
        cursor.execute("VACUUM ANALYZE meetings_obligation")


def _values(deltakelse: Deltakelse) -> dict:
    pulje = deltakelse.pulje
    semester = pulje.semesters.get(number=3)
    return {
        "pulje": pulje.pk,
        "semester": semester.pk,
        "deltakelse": deltakelse.pk,
        "units": list(deltakelse.units.values_list("pk", flat=True)),
        "activities": list(semester.activities.values_list("pk", flat=True)[: DUE_NOW // UNITS]),
        "rule": pulje.deadline_rules.get(key=RULE).pk,
        "due": DAY - timedelta(days=OFFSET),
    }


def _add_due(times: int) -> None:
    """So many times as many due, as other duties of the same units in other rules' place."""
    deltakelse = Deltakelse.objects.get()
    values = _values(deltakelse)
    with connection.cursor() as cursor:
        cursor.execute(FAST)
        for number in range(1, times):
            cursor.execute(OURS, values | {"name": f"more-{number}"})


def _bare() -> int:
    rule = DeadlineRule.objects.get(key=RULE)
    calendar = rules_in_force()[0].calendar
    span = due_span(OFFSET, rule.unit, calendar, window_start(DAY, calendar), DAY)
    return len(_rows(BARE, rule.pk, *(span or (DAY, DAY))))


def _statement() -> int:
    sql, values = rows_due(_spans(), DAY).query.sql_with_params()
    return len(_rows(sql, *values))


def _rows(sql: str, *values: object) -> list:
    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(sql, values)
        rows = cursor.fetchall()
        SPENT.append((time.perf_counter() - start) * 1000)
        return rows


# What a bare statement itself took, without what was asked or worked out before it.
SPENT: list[float] = []


def _find() -> None:
    found = sum(len(things) for things in Duties().pages([], _spans(), DAY, PAGE))
    if found != DUE_NOW:
        raise AssertionError(f"{found} found")


def _spans() -> dict[Span, list[int]]:
    own = [each for each in rules_in_force() if Duties().concerns(each)]
    return spans_of(own, lambda each: window_start(DAY, each.calendar), DAY)


def _peak() -> float:
    tracemalloc.start()
    for _source, page in pages_to_write(MOMENT):
        del page
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / MIB


def _timed(call: Callable[[], object]) -> float:
    SPENT.clear()
    start = time.perf_counter()
    call()
    return SPENT[0] if SPENT else (time.perf_counter() - start) * 1000


def _median(call: Callable[[], object]) -> float:
    return statistics.median(_timed(call) for _ in range(RUNS))
