"""An evaluation that is closed early: nobody owes it, and its reminders stop."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from actors.actions.messages import SendResult, bundle_notices, send_mails
from actors.models import Event, Notice
from cohorts.models import DeadlineRule, Semester
from cohorts.rules.deadlines import steps_from
from meetings.actions.evaluation import close_evaluation, reopen_evaluation
from meetings.actions.obligation import sync_all_obligations, sync_semester_obligations
from meetings.actions.record import register_work, undo_work
from meetings.actions.reminder import cancel_settled_reminders, due_now, forecast, scan
from meetings.models import Obligation
from meetings.queries.evaluation import Answers, answers_of
from tests.factories.cohorts import activity_of, semester_of

pytestmark = pytest.mark.django_db

KIND = "semesterevaluering"
DUE = date(2026, 12, 18)
# The evaluation of semester 3 opens three weeks before Friday 18 December.
OPENS = datetime(2026, 11, 27, 9, tzinfo=UTC)
LATER = OPENS + timedelta(hours=2)
MONDAY = OPENS + timedelta(days=3)


@pytest.fixture
def semester(scene):
    found = semester_of(scene.pulje, 3)
    sync_all_obligations(semester=found, now=OPENS)
    return found


def owed():
    return Obligation.objects.filter(rule__key=KIND)


def states() -> dict[str, int]:
    """How many are open, met and void."""
    rows = owed()
    return {
        "open": rows.open().count(),
        "met": rows.filter(met_at__isnull=False).count(),
        "void": rows.closed_early().count(),
    }


def close(scene, semester, now=LATER, why=""):
    return close_evaluation(semester=semester, why=why, by=scene.by("udir"), now=now)


def reopen(scene, semester, now=MONDAY):
    return reopen_evaluation(semester=semester, by=scene.by("udir"), now=now)


def answer(scene, now=OPENS):
    """The leader of the skole answers."""
    return register_work(
        activity=activity_of(scene.pulje, "semesterevaluering_enhet", 3),
        deltakelse=scene.deltakelse,
        unit=scene.skole,
        done_on=now.date(),
        note="Svart.",
        by=scene.by("leder", now.date()),
        now=now,
    )


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind=KIND).values_list("status", flat=True))


def test_an_evaluation_closed_early_cancels_its_reminders(scene, semester):
    assert scan(now=OPENS) == 7

    close(scene, semester)

    assert told() == ["cancelled"] * 7
    notice = Notice.objects.filter(kind=KIND).first()
    assert notice.outcome == "Evalueringen er lukket"
    assert scan(now=LATER) == 0
    reopen(scene, semester)
    assert states() == {"open": 7, "met": 0, "void": 0}
    assert set(owed().values_list("due", flat=True)) == {DUE}
    assert scan(now=MONDAY) == 7
    assert told() == ["queued"] * 7


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Evalueringen er lukket"), ("nn", "Evalueringa er lukka")]
)
def test_why_is_said_in_the_language_of_the_reader(scene, semester, language, words):
    scan(now=OPENS)
    close(scene, semester)

    with translation.override(language):
        assert Notice.objects.filter(kind=KIND).first().why == words


def test_what_is_answered_stays_and_the_nights_sync_changes_nothing(scene, semester):
    answer(scene)
    close(scene, semester)
    before = list(owed().order_by("pk").values())

    sync_all_obligations(semester=semester_of(scene.pulje, 3), now=MONDAY)
    sync_semester_obligations(semester=semester, now=MONDAY)  # read before it was closed

    assert list(owed().order_by("pk").values()) == before
    assert states() == {"open": 0, "met": 1, "void": 6}


def test_nothing_else_of_the_semester_falls_away(scene, semester):
    others = Obligation.objects.exclude(rule__key=KIND)
    before = list(others.order_by("pk").values())

    close(scene, semester)

    assert before != []
    assert list(others.order_by("pk").values()) == before


def test_what_waits_in_a_mail_is_taken_out_of_it(scene, semester, mailoutbox):
    scan(now=OPENS)
    made = bundle_notices(now=OPENS)
    close(scene, semester)

    assert send_mails(now=LATER) == SendResult(cancelled=made)
    assert told() == ["cancelled"] * 7
    assert mailoutbox == []


def test_it_is_no_longer_counted_as_coming(scene, semester):
    def coming() -> set[str]:
        found = [*due_now(now=OPENS), *forecast(today=OPENS.date())]
        return {each.step.occasion(DUE) for each in found if each.rule.key == KIND}

    assert coming() == {"remind-21@2026-12-18", "remind-5@2026-12-18", "remind+0@2026-12-18"}
    close(scene, semester)

    assert coming() == set()


def test_it_can_be_answered_after_all(scene, semester):
    close(scene, semester)

    record = answer(scene, now=LATER)

    assert states() == {"open": 0, "met": 1, "void": 6}
    undo_work(record=record, by=record.registered_by, now=LATER)
    assert states() == {"open": 0, "met": 0, "void": 7}
    assert set(owed().values_list("void_reason", flat=True)) == {"closed_early"}


def test_it_is_closed_before_it_begins(scene):
    spring = semester_of(scene.pulje, 4)
    close(scene, spring)
    sync_all_obligations(semester=spring, now=datetime(2027, 6, 1, tzinfo=UTC))

    assert owed().filter(semester=spring).count() == 0
    reopen(scene, spring, now=datetime(2027, 6, 1, tzinfo=UTC))
    assert owed().filter(semester=spring).open().count() == 7


def test_nobody_is_mailed_for_days_when_it_was_closed(scene, semester):
    """The deadline was on Friday; on Monday the engine would else send what came that day."""
    DeadlineRule.objects.filter(key=KIND).update(steps=steps_from([-21, -5, 0], [(2, "eier")]))
    close(scene, semester)
    monday = datetime(2026, 12, 21, 9, tzinfo=UTC)
    reopen(scene, semester, now=monday)

    assert owed().overdue(monday.date()).count() == 7
    scan(now=monday)
    occasions = Notice.objects.filter(kind=KIND).values_list("occasion", flat=True)
    assert set(occasions) == {"to-eier+2@2026-12-18"}  # that step is of this very day


def test_opened_again_in_time_the_last_reminder_goes_and_the_next_ones(scene, semester):
    close(scene, semester)
    reopen(scene, semester, now=MONDAY)

    assert scan(now=MONDAY) == 7
    coming = [each for each in forecast(today=MONDAY.date()) if each.rule.key == KIND]
    assert {each.day for each in coming} == {date(2026, 12, 11), DUE}


def test_once_and_once_more_is_the_same(scene, semester):
    first = close(scene, semester, why="Slutt.")
    again = close_evaluation(semester=semester, why="Nei.", by=scene.by("koordinator"), now=MONDAY)

    assert (
        again.evaluation_closed_at,
        again.evaluation_closed_by,
        again.evaluation_closed_why,
    ) == (
        first.evaluation_closed_at,
        scene.udir.user,
        "Slutt.",
    )
    reopen(scene, semester)
    reopen(scene, semester)
    verbs = Event.objects.filter(subject=f"semester:{semester.pk}").order_by("pk")
    assert [each.verb for each in verbs] == ["close-evaluation", "reopen-evaluation"]
    found = Semester.objects.get(pk=semester.pk)
    assert (found.evaluation_closed_by, found.evaluation_closed_why) == (None, "")


def test_a_reminder_that_was_sent_stays_sent_and_is_not_sent_anew(scene, semester, mailoutbox):
    scan(now=OPENS)
    bundle_notices(now=OPENS)
    send_mails(now=OPENS)
    close(scene, semester)
    reopen(scene, semester)

    assert scan(now=MONDAY) == 0
    assert cancel_settled_reminders(now=MONDAY) == 0
    assert told() == ["sent"] * 7


def test_how_many_have_answered(scene, semester):
    assert answers_of(Obligation.objects.evaluation_of(semester)) == Answers(0, 7, DUE)
    answer(scene)
    assert answers_of(Obligation.objects.evaluation_of(semester)) == Answers(1, 6, DUE)
    close(scene, semester)
    assert answers_of(Obligation.objects.evaluation_of(semester)) == Answers(1, 6, DUE)
    assert answers_of(Obligation.objects.none()) == Answers(0, 0, None)
