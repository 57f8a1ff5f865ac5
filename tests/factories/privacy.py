"""Reports of personal data: `make_report(version, scene.veileder)`, `make_contact(scene)`."""

from datetime import datetime

from actors.models import Role
from meetings.actions.opening import open_version
from meetings.actions.privacy import assess_report, report_text
from meetings.actions.privacy_clean import clean_text
from meetings.models import PrivacyReport
from meetings.rules.privacy import text_fields
from tests.factories.meetings import NOW, Scene
from tests.factories.papers import AFTER, SECRET
from tests.factories.people import acting_as, make_role

CLEAN = "Vi så etter overganger."


def make_contact(scene: Scene) -> Role:
    """The personvernkontakt of the kommune."""
    return make_role("personvernkontakt", scene.deltakelse.owner)


def make_report(text, role: Role, *, now: datetime = NOW, **values) -> PrivacyReport:
    """A report by the person of the role, who names the kind of sign and nothing more."""
    values = {"part": "", "signs": ["combination"], "explanation": "", **values}
    return report_text(text=text, by=acting_as(role), now=now, **values)


def opened(text, role: Role, *, way: str = "portal", now: datetime = NOW) -> bool:
    """The person of the role opens the text."""
    return open_version(version=text, way=way, by=acting_as(role), now=now)


def sees(text, role):
    """Whether the person of the role may read the text."""
    return type(text).objects.visible_to(acting_as(role)).filter(pk=text.pk).exists()


def cleaned(report, by, *, now=AFTER, words=CLEAN, **values):
    """The author writes `words` over every text that holds the secret."""
    text = report.text
    texts = {field.path: words for field in text_fields(text.content) if SECRET in field.text}
    values = {"texts": texts, "confirmed": True, **values}
    return clean_text(report=report, by=acting_as(by), now=now, **values)


def judged(report, contact, *, recognisable, authority=False, now=AFTER):
    """The contact judges whether somebody can be recognised."""
    return assess_report(
        report=report,
        recognisable=recognisable,
        authority_told=authority,
        reason="Vurdert",
        by=acting_as(contact),
        now=now,
    )
