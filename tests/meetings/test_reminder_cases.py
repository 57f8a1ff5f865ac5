"""Cases of the engine about whole mails and whole rules, from the deadline to the letter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actors.actions.messages import bundle_notices, send_mails
from actors.models import Job, Mail, Notice
from cohorts.models import DeadlineRule
from cohorts.rules.deadlines import steps_from
from meetings.actions.obligation import sync_all_obligations
from meetings.actions.reminder import scan
from meetings.models import Obligation
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

KIND = "veiledningsgrunnlag"
CALLED = datetime(2026, 11, 2, 7, tzinfo=UTC)
# The meeting is on Thursday 3 December: its grunnlag is due on Thursday 26 November.
FIRST_STEP = datetime(2026, 11, 19, 7, tzinfo=UTC)
THREE_LATE = datetime(2026, 12, 1, 7, tzinfo=UTC)


def mails_to(user, now: datetime, mailoutbox) -> list:
    """What reaches somebody when the worker runs at a moment."""
    bundle_notices(now=now)
    send_mails(now=now)
    return [mail for mail in mailoutbox if mail.to == [user.email]]


def test_a_leader_who_is_also_the_owner_gets_one_mail_with_one_notice(mailoutbox):
    scene = make_scene()
    make_meeting(scene, "veiledning_1", now=CALLED)
    both = make_role("eier", scene.deltakelse.owner, user=scene.leder.user).user
    DeadlineRule.objects.filter(key=KIND).update(steps=steps_from([3], [(3, "eier")]))
    Notice.objects.all().delete()  # the invitation's own

    scan(now=THREE_LATE)
    sent = mails_to(both, THREE_LATE, mailoutbox)

    assert len(sent) == 1
    held = Mail.objects.get(recipient=both).notices.filter(kind=KIND)
    assert [(n.occasion, n.role) for n in held] == [("remind+3@2026-11-26", scene.leder)]


def test_two_puljer_with_the_same_words_are_two_things_in_one_mail(mailoutbox):
    """Two deadlines of two units: the same person leads both, and each is to be done."""
    one, other = make_scene(), make_scene(make_pulje(10))
    person = make_role("leder", other.skole.unit, user=one.leder.user).user
    for scene in (one, other):
        make_meeting(scene, "veiledning_1", now=CALLED)
    Notice.objects.all().delete()
    words = DeadlineRule.objects.filter(key=KIND).values_list("subject_bm", "text_bm").distinct()
    assert words.count() == 1

    scan(now=FIRST_STEP)
    sent = mails_to(person, FIRST_STEP, mailoutbox)

    mine = Notice.objects.filter(kind=KIND, recipient=person).order_by("pk")
    assert [(n.occasion, n.unit) for n in mine] == [
        ("remind-5@2026-11-26", one.skole.unit),
        ("remind-5@2026-11-26", other.skole.unit),
    ]
    assert len(sent) == 1
    assert {n.mail_id for n in mine} == {Mail.objects.get(recipient=person).pk}


def test_a_rule_added_today_about_meetings_of_last_year_mails_nobody():
    """It is owed as it should have been; nobody is told of it, now or as missed."""
    scene = make_scene()
    held = make_meeting(
        scene,
        "veiledning_1",
        semester=1,
        day=date(2025, 11, 20),
        now=datetime(2025, 10, 1, 7, tzinfo=UTC),
    )
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    Job.objects.create(name="reminders", ok_at=now - timedelta(days=3))
    DeadlineRule.objects.filter(pulje=scene.pulje).update(steps=[])
    Notice.objects.all().delete()
    like = DeadlineRule.objects.get(pulje=scene.pulje, key=KIND)
    told = DeadlineRule.objects.get(pulje=scene.pulje, key="moete_kommer")
    for rule, key in ((like, "ny_frist"), (told, "nytt_moete")):
        rule.pk, rule.key, rule.in_force_from = None, key, now.date()
        rule.steps = steps_from([-5, 0, 3, 60], [(5, "eier")])
        rule.save()
    sync_all_obligations(semester=held.semester, now=now)

    scan(now=now)

    owed = Obligation.objects.get(rule__key="ny_frist", meeting=held)
    assert (owed.due, owed.met_at) == (date(2025, 11, 13), None)
    assert Notice.objects.count() == 0
