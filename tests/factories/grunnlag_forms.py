"""What a browser posts from the form of a grunnlag."""

from meetings.actions.grunnlag_save import merge_grunnlag
from meetings.models import Veiledningsgrunnlag
from meetings.rules.grunnlag_merge import marks_of
from tests.factories.meetings import NOW
from tests.factories.pages import page
from tests.factories.paper_forms import WRITTEN, form_of
from tests.factories.papers import make_grunnlag


def typed(client, meeting, **changes):
    """What a browser posts from the form as it is now, with what was typed."""
    return form_of(client.get(page("grunnlag_edit", meeting))) | changes


def others_write(scene, meeting, office="arbeidsgruppe", **data):
    """Somebody else saves in the same draft meanwhile."""
    grunnlag = Veiledningsgrunnlag.objects.filter(meeting=meeting).first()
    grunnlag = grunnlag or make_grunnlag(scene, meeting)
    base = marks_of({key: getattr(grunnlag, key) for key in data})
    merge_grunnlag(grunnlag=grunnlag, data=data, base=base, by=scene.by(office), now=NOW)


def stored(meeting):
    """The grunnlag of the meeting as it is in the database."""
    return Veiledningsgrunnlag.objects.get(meeting=meeting)


def send(client, meeting, **changes):
    """Send the form, filled in but for what is changed."""
    data = typed(client, meeting, **(WRITTEN | changes), handling="send")
    return client.post(page("grunnlag_edit", meeting), data)
