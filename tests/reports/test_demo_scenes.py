"""What the people of the demo meet, on a usual day and on odd ones."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from actors.actions.messages import bundle_notices
from actors.models import Mail, MailboxMessage, MailStatus, Notice, User
from meetings.actions.obligation import sync_meeting_obligations, sync_referat_obligations
from meetings.actions.reminder import scan
from meetings.models import Meeting, Obligation, Referat, Veiledningsgrunnlag
from meetings.queries.control import DEAD, dead_mails
from meetings.views.control_rows import cause
from reports.queries.tasks import tasks_of
from tests.factories.demo import FRIDAY, build_small, fingerprint

# One process builds the demo for the whole module.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("test_demo_scenes"),
]
NINE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STATE = ("key", "due", "opens", "met_at", "void_at")


def rektor(on: date):
    user = User.objects.get(email="rektor@lmp.example")
    return user.act_as(user.roles.get(), on)


def stored(**where) -> list[tuple]:
    return list(Obligation.objects.filter(**where).order_by("key").values_list(*STATE))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The hash of a small demo, built once for the module and taken away after it."""
    with django_db_blocker.unblock():
        try:
            call_command("flush", interactive=False, verbosity=0)
            build_small(FRIDAY)
            yield fingerprint()
        finally:
            call_command("flush", interactive=False, verbosity=0)


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
        (date(2026, 12, 18), "Gå gjennom framdriftsplanen for Granli skole", "Gå gjennom planen"),
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


def test_two_mails_did_not_arrive_and_the_owner_has_an_address_to_correct(world):
    lost = list(dead_mails().order_by("status"))
    owner = User.objects.get(email="eier@lmp.example")
    tasks = tasks_of(
        owner.act_as(owner.roles.get(kind="eier", owner__name="Fjordvik kommune"), FRIDAY), NINE
    )

    assert [(mail.status, mail.tries.count()) for mail in lost] == [("bounced", 1), ("failed", 6)]
    assert [str(cause(mail).word) for mail in lost] == [
        "Adressen finnes ikke",
        "Postkassen er full",
    ]
    came = set(MailboxMessage.objects.values_list("to", "subject", "sent_at"))
    assert [(m.to, m.subject, m.tries.last().at) in came for m in lost] == [False, False]
    assert [task.action for task in tasks if "e-postadressen" in task.title] == ["Rett adressen"]


def test_the_first_reminders_are_few(world):
    scan(now=NINE)
    bundle_notices(now=NINE)

    waiting = Mail.objects.exclude(status__in=[MailStatus.SENT, *DEAD])
    assert set(waiting.values_list("status", flat=True)) == {MailStatus.QUEUED}
    assert 1 <= waiting.count() <= 6
    assert Notice.objects.filter(status="queued").count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_date_gives_the_same_rows(world):
    call_command("flush", interactive=False, verbosity=0)

    build_small(FRIDAY)

    assert fingerprint() == world
