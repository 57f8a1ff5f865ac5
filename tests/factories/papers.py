"""Papers of a meeting: `make_grunnlag(scene)`, `send_grunnlag(scene)`, `send_referat(scene)`.

NATIONAL_ID is a valid, constructed fødselsnummer of nobody.
"""

from datetime import UTC, date, datetime, timedelta

from cohorts.queries.mellomarbeid import carried_to
from meetings.actions.grunnlag import data_of, start_grunnlag, submit_grunnlag
from meetings.actions.grunnlag_save import merge_grunnlag
from meetings.actions.referat import save_referat, start_referat, submit_referat
from meetings.actions.referat_parts import data_of as referat_data_of
from meetings.models import Meeting, Referat, ReferatVersion, Veiledningsgrunnlag
from meetings.rules.grunnlag import MELLOMARBEID, ids_in
from meetings.rules.grunnlag_merge import marks_of
from tests.factories.copied import copied
from tests.factories.meetings import NOW, TODAY, Scene, make_meeting

SECRET = "Hemmelig: uro i garderoben på 3. trinn"
NATIONAL_ID = "01010710029"
AFTER = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
READERS = ["leder", "arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt", "koordinator"]
STATUS_ONLY = ["udir", "statsforvalter"]


def grunnlag_data(grunnlag: Veiledningsgrunnlag, **changes):
    """What a leader writes: enough to be sent, with a text that must not leak.

    Mellomarbeid that is not answered in `changes` is reported as not done.
    """
    written = {
        "questions": "Hvordan får vi alle voksne til å følge rutinen?",
        "story": SECRET,
        "prepared_by": "Arbeidsgruppa, møte 18. november",
    }
    data = {**data_of(grunnlag), **written, **changes}
    answered = ids_in(data["since_last"], MELLOMARBEID)
    tasks = carried_to(grunnlag.unit).exclude(pk__in=answered)
    rows = [{"mellomarbeid": each.pk, "outcome": "not_done", "comment": ""} for each in tasks]
    return data | {"since_last": [*data["since_last"], *rows]}


@copied
def make_grunnlag(scene: Scene, meeting: Meeting | None = None, unit=None) -> Veiledningsgrunnlag:
    """An empty draft of the skole (or `unit`)."""
    meeting = meeting or make_meeting(scene)
    return start_grunnlag(meeting=meeting, unit=unit or scene.skole, by=scene.by("leder"), now=NOW)


def write_grunnlag(
    scene: Scene, grunnlag: Veiledningsgrunnlag, office: str = "leder", base=None, **changes
):
    """Save `changes` in the draft, on a page made now, or with the marks `base`."""
    grunnlag.refresh_from_db()
    base = marks_of(data_of(grunnlag)) if base is None else base
    return merge_grunnlag(grunnlag=grunnlag, data=changes, base=base, by=scene.by(office), now=NOW)


@copied
def send_grunnlag(scene: Scene, grunnlag=None, *, by=None, now=NOW, **changes):
    """The leader sends it; returns the version."""
    grunnlag = grunnlag or make_grunnlag(scene)
    grunnlag.refresh_from_db()
    return submit_grunnlag(
        grunnlag=grunnlag,
        edit_version=grunnlag.edit_version,
        data=grunnlag_data(grunnlag, **changes),
        confirmed=True,
        by=by or scene.by("leder"),
        now=now,
    )


@copied
def held_meeting(scene: Scene, key: str = "veiledning_2", days_ago: int = 3, **values) -> Meeting:
    """A meeting that was held some days before TODAY."""
    day = TODAY - timedelta(days=days_ago)
    called = NOW - timedelta(days=days_ago + 30)
    return make_meeting(scene, key, day=day, now=called, **values)


@copied
def make_referat(scene: Scene, meeting: Meeting | None = None, office: str = "leder") -> Referat:
    """A draft made from the saksliste."""
    meeting = meeting or held_meeting(scene)
    unit = scene.skole if meeting.units.exists() else None
    return start_referat(meeting=meeting, unit=unit, by=scene.by(office), now=NOW)


def point(text="Teamene prøver observasjon", responsible="leder", due=date(2026, 12, 1)):
    """A follow-up point as the form gives it."""
    return {"id": None, "text": text, "responsible": responsible, "due": due.isoformat()}


def referat_data(referat: Referat, **changes):
    """Every sak summed up, one follow-up point, mellomarbeid."""
    data = referat_data_of(referat)
    saker = [{**sak, "summary": SECRET} for sak in data["saker"]]
    written = {"saker": saker, "mellomarbeid": "Teamene observerer", "agreed": [point()]}
    return {**data, **written, **changes}


@copied
def send_referat(
    scene: Scene, referat=None, *, office="leder", now=NOW, **changes
) -> ReferatVersion:
    """The author sends it; returns the version."""
    referat = referat or make_referat(scene, office=office)
    referat.refresh_from_db()
    return submit_referat(
        referat=referat,
        edit_version=referat.edit_version,
        data=referat_data(referat, **changes),
        by=scene.by(office),
        now=now,
    )


def write_referat(scene, referat, edit_version, **data):
    """The leader saves `data` in the draft."""
    return save_referat(
        referat=referat, edit_version=edit_version, data=data, by=scene.by("leder"), now=NOW
    )


def sent_referat(scene, **changes):
    """A referat that was sent, as it is afterwards."""
    referat = make_referat(scene)
    send_referat(scene, referat, **changes)
    referat.refresh_from_db()
    return referat


def sent_grunnlag(scene, **changes):
    """The version of a grunnlag that was sent before a meeting to come."""
    return send_grunnlag(scene, make_grunnlag(scene, make_meeting(scene)), **changes)
