"""Reports of personal data: `make_report(version, scene.veileder)`, `make_contact(scene)`."""

from datetime import datetime

from actors.models import Role
from meetings.actions.opening import open_version
from meetings.actions.privacy import report_text
from meetings.models import PrivacyReport
from tests.factories.meetings import NOW, Scene
from tests.factories.people import acting_as, make_role


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
