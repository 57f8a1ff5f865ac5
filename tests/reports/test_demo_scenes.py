"""What the people of the demo meet, on a usual day and on odd ones."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from actors.actions.messages import bundle_notices
from actors.models import Mail, MailStatus, Notice, User
from cohorts.models import Deltakelse, DeltakendeUnit
from meetings.actions.obligation import sync_meeting_obligations, sync_referat_obligations
from meetings.actions.reminder import remind_of_obligations
from meetings.models import Meeting, Obligation, Referat, Veiledningsgrunnlag
from reports.demo.world import USUAL_DAY, day_of_the_demo
from reports.queries.tasks import tasks_of
from tests.factories.demo import build_small, fingerprint

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STATE = ("key", "due", "opens", "met_at", "void_at")


def rektor(on: date):
    user = User.objects.get(email="rektor@lmp.example")
    return user.act_as(user.roles.get(), on)


def stored(**where) -> list[tuple]:
    return list(Obligation.objects.filter(**where).order_by("key").values_list(*STATE))


@pytest.fixture
def world():
    return build_small(FRIDAY)


def test_the_rektor_has_the_four_tasks_of_our_picture(world):
    tasks = tasks_of(rektor(FRIDAY), NINE)

    assert [(task.due, task.title, task.action) for task in tasks] == [
        (date(2026, 11, 19), "Referat fra torsdag 12. november", "Fortsett på referatet"),
        (date(2026, 11, 25), "Svar på om du kommer 25. november", "Svar på innkallingen"),
        (
            date(2026, 11, 26),
            "Veiledningsgrunnlag til torsdag 3. desember",
            "Fortsett på grunnlaget",
        ),
        (date(2026, 12, 18), "Gå gjennom framdriftsplanen for Granli skole", "Registrer"),
    ]


def test_the_rektor_carries_points_over_from_last_time(world):
    draft = Veiledningsgrunnlag.objects.get(status="draft")

    assert (draft.meeting.day, str(draft.unit)) == (date(2026, 12, 3), "Granli skole")
    assert Referat.objects.get(status="draft").meeting.day == date(2026, 11, 12)


def test_the_veileder_has_a_full_week_ahead(world):
    user = User.objects.get(email="veileder@lmp.example")
    veileder = user.act_as(user.roles.get(), FRIDAY)

    week = Meeting.objects.visible_to(veileder).filter(
        start__date__range=(date(2026, 11, 23), date(2026, 11, 29))
    )

    assert week.count() >= 4
    assert Veiledningsgrunnlag.objects.visible_to(veileder).filter(meeting__in=week).count() >= 2


def test_duties_of_meetings_are_what_the_action_stores(world):
    for meeting in Meeting.objects.filter(pulje__number=9, semester__number=3)[::9]:
        before = stored(meeting=meeting)

        sync_meeting_obligations(meeting=meeting, now=NINE)

        assert stored(meeting=meeting) == before


def test_duties_of_referater_are_what_the_action_stores(world):
    for referat in Referat.objects.filter(meeting__pulje__number=9)[::20]:
        before = stored(referat=referat)

        sync_referat_obligations(referat=referat, now=NINE)

        assert stored(referat=referat) == before


def test_the_first_reminders_are_few(world):
    assert Notice.objects.filter(status="queued").count() == 0

    remind_of_obligations(now=NINE)
    bundle_notices(now=NINE)

    assert 1 <= Mail.objects.filter(status=MailStatus.QUEUED).count() <= 12


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 11, 22),  # a Sunday
        date(2026, 5, 17),  # a Sunday and a holiday
        date(2026, 7, 15),  # in the pause
        date(2026, 9, 1),  # before the fagsamlinger
        date(2025, 5, 2),  # before the first semester
        date(2027, 6, 30),  # at the end
    ],
)
def test_it_can_be_built_on_any_day(today):
    build_small(today)

    assert Deltakelse.objects.filter(pulje__number=9).count() == 3
    tasks = tasks_of(rektor(today), datetime(today.year, today.month, today.day, 8, tzinfo=UTC))
    assert all(task.title for task in tasks)


def test_scale_2_doubles_the_kommuner():
    build_small(FRIDAY, scale=2)

    units = DeltakendeUnit.objects.filter(deltakelse__pulje__number=9)
    assert Deltakelse.objects.filter(pulje__number=9).count() == 6
    assert units.count() == 20
    assert units.values("unit__name").distinct().count() == 20


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2025, 4, 23), USUAL_DAY),
        (date(2025, 4, 24), date(2025, 4, 24)),
        (date(2027, 7, 31), date(2027, 7, 31)),
        (date(2027, 8, 1), USUAL_DAY),
    ],
)
def test_a_day_outside_pulje_9_shows_a_usual_day(today, shown):
    assert day_of_the_demo(today) == shown


@pytest.mark.django_db(transaction=True)
def test_the_same_date_gives_the_same_rows():
    prints = []
    for _ in range(2):
        call_command("flush", interactive=False, verbosity=0)
        build_small(FRIDAY)
        prints.append(fingerprint())

    assert prints[0] == prints[1]
