"""Fixtures of the tests of meetings; a module may have another of the same name."""

import pytest

from actors.models import MailAttempt, Notice
from meetings.models import Obligation
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import make_maal, make_plan, make_tiltak
from tests.factories.papers import SECRET, make_grunnlag, send_grunnlag, send_referat
from tests.factories.redacted import OPEN
from tests.factories.task_links import make_notice


@pytest.fixture
def scene():
    """A kommune with a skole and a barnehage, and people in every office."""
    return make_scene()


@pytest.fixture
def meeting(scene):
    """A veiledning of the skole on 3 December."""
    return make_meeting(scene)


@pytest.fixture
def referat(scene):
    """A sent referat with a text in every sak that must not leak."""
    return send_referat(scene)


@pytest.fixture
def plan(scene):
    """A plan of the skole with one goal, and one tiltak that is under way."""
    plan = make_plan(scene)
    maal = make_maal(plan, semester_goal="Alle team innen jul.", delmaal=["ledelse"])
    make_tiltak(maal, status="under_way")
    return plan


@pytest.fixture
def duty(scene):
    """The leader's duty to send the grunnlag."""
    meeting = make_meeting(scene)
    return Obligation.objects.for_lists().get(
        meeting=meeting, rule__met_by="paper", office="leder", activity__paper="before"
    )


@pytest.fixture
def told(scene, duty):
    """The leader's notice about the grunnlag."""
    return make_notice(scene.leder, duty)


@pytest.fixture
def mail(scene):
    """A mail to the leader of the skole that bounced at its second attempt."""
    role, person = scene.leder, scene.leder.user
    person.email_bounced_at = NOW
    person.save()
    mail = MailFactory(recipient=person, to=person.email, status="bounced", attempts=2)
    Notice.objects.create(
        recipient=person,
        role=role,
        unit=role.unit,
        kind="grunnlag",
        subject="other:1",
        occasion="remind-2",
        title="Grunnlag, 2 dager igjen",
        body="Send det innen fristen.",
        url=f"/moeter/1/?rolle={role.pk}",
        place="Granli skole",
        mail=mail,
        status="bounced",
        not_before=NOW,
        created_at=NOW,
    )
    for number, code, answer in ((1, 451, "451 try later"), (2, 550, "550 5.1.1 no mailbox")):
        MailAttempt.objects.create(
            mail=mail, number=number, at=NOW, to=mail.to, code=code, answer=answer, outcome="retry"
        )
    return mail


@pytest.fixture
def version(scene):
    """A grunnlag with one sentence that must not be handed out and one that may."""
    grunnlag = make_grunnlag(scene, make_meeting(scene))
    return send_grunnlag(scene, grunnlag, story=f"{SECRET}. {OPEN}")
