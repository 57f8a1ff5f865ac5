"""Texts that are there already are taken into empty fields, and never over what is written."""

from datetime import date, timedelta

import pytest

from actors.models import Notice
from cohorts.models import Involvement
from meetings.actions.grunnlag import data_of
from meetings.actions.grunnlag_copy import copy_previous, share_draft, take_in_involvement
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.models import Obligation
from meetings.queries.grunnlag_before import heard_since, previous_grunnlag
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting
from tests.factories.own_work import make_mellomarbeid
from tests.factories.papers import SECRET, held_meeting, make_grunnlag, send_grunnlag

pytestmark = pytest.mark.django_db


def earlier(scene, **texts):
    """The grunnlag of a meeting that was held."""
    meeting = held_meeting(scene, "veiledning_1")
    return send_grunnlag(scene, make_grunnlag(scene, meeting), **texts).paper


def fill(scene, grunnlag, **values):
    for key, value in values.items():
        setattr(grunnlag, key, value)
    grunnlag.save()


def copy(scene, grunnlag, source):
    taken = copy_previous(grunnlag=grunnlag, source=source, by=scene.by("leder"), now=NOW)
    grunnlag.refresh_from_db()
    return taken


def test_only_empty_fields_are_filled(scene):
    source = earlier(scene, tried="Felles gjennomgang", worked_well="Språket")
    grunnlag = make_grunnlag(scene)
    fill(scene, grunnlag, tried="Vårt eget", voices="  ")

    taken = copy(scene, grunnlag, source)

    assert (grunnlag.tried, grunnlag.worked_well, grunnlag.story) == (
        "Vårt eget",
        "Språket",
        SECRET,
    )
    assert taken == ["worked_well", "questions", "story", "prepared_by"]


def test_twice_takes_nothing_more(scene):
    source, grunnlag = earlier(scene), make_grunnlag(scene)
    copy(scene, grunnlag, source)

    assert copy(scene, grunnlag, source) == []


def test_the_saksliste_of_a_meeting_that_was_held_is_not_taken(scene):
    own = {"sak": None, "title": "Rutinen", "type": "droefting", "minutes": 20}
    own |= {"responsible": "", "standing": "", "removed": False}
    source = earlier(scene, saker=[own])
    grunnlag = make_grunnlag(scene)

    copy(scene, grunnlag, source)

    assert all(row["standing"] for row in data_of(grunnlag)["saker"])


def test_a_grunnlag_of_a_cancelled_meeting_is_used_again_for_the_new_date(scene):
    meeting = make_meeting(scene)
    task = make_mellomarbeid(scene)
    first = make_grunnlag(scene, meeting)
    rows = data_of(first)["saker"]
    own = {**rows[0], "sak": None, "title": "Rutinen", "standing": ""}
    answered = [{"mellomarbeid": task.pk, "outcome": "partly", "comment": "Godt i gang"}]
    send_grunnlag(scene, first, saker=[rows[0], own, rows[1]], since_last=answered)
    cancel_meeting(meeting=meeting, reason="Snø", by=scene.by("veileder"), now=NOW)
    new = make_meeting(scene, day=TODAY + timedelta(days=20))
    grunnlag = make_grunnlag(scene, new)

    source = previous_grunnlag(new, scene.skole)
    copy(scene, grunnlag, source)

    data = data_of(grunnlag)
    assert source == first
    assert data["since_last"] == answered
    assert [row["title"] for row in data["saker"]] == [
        "Oppfølging fra forrige referat",
        "Rutinen",
        "Avtaler og mellomarbeid til neste gang",
    ]
    assert send_grunnlag(scene, grunnlag).number == 1


def test_the_latest_grunnlag_of_the_own_unit_is_the_previous_one(scene):
    source = earlier(scene)
    other = held_meeting(scene, "veiledning_1", days_ago=1, units=[scene.barnehage])
    make_grunnlag(scene, other, scene.barnehage)

    assert previous_grunnlag(make_meeting(scene), scene.skole) == source
    assert previous_grunnlag(source.meeting, scene.skole) is None


# --- moved --------------------------------------------------------------------------------------


def test_a_grunnlag_stays_with_a_meeting_that_is_moved(scene):
    version = send_grunnlag(scene)
    meeting = version.paper.meeting
    owed = Obligation.objects.get(meeting=meeting, activity__paper="before")
    before = owed.due

    moved = change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + timedelta(days=7),
        end=meeting.end + timedelta(days=7),
        by=scene.by("veileder"),
        now=NOW,
    )

    owed.refresh_from_db()
    assert version.paper.__class__.objects.get(meeting=moved).sent_at == NOW
    assert (owed.due - before, owed.met_at) == (timedelta(days=7), NOW)


# --- who was heard ------------------------------------------------------------------------------


def heard(scene, day, key="medvirkning_barn_elever", what="Snakket om overganger.", **values):
    activity = activity_of(scene.pulje, key, THIRD)
    values = {"body": "Elevrådet", "count": 12, "created_at": NOW, **values}
    return Involvement.objects.create(
        unit=scene.skole,
        activity=activity,
        what=what,
        held_on=day,
        created_by=scene.by("leder"),
        **values,
    )


def test_involvement_since_the_last_meeting_is_offered(scene):
    held_meeting(scene, "veiledning_1", days_ago=10)
    heard(scene, TODAY - timedelta(days=20))
    new = heard(scene, TODAY - timedelta(days=2))
    heard(scene, TODAY + timedelta(days=2))

    assert list(heard_since(make_meeting(scene), scene.skole, TODAY)) == [new]


@pytest.mark.parametrize(
    ("key", "ticked"),
    [("medvirkning_barn_elever", (True, False)), ("medvirkning_foreldre", (False, True))],
)
def test_involvement_is_taken_into_the_text_once(scene, key, ticked):
    grunnlag = make_grunnlag(scene)
    fill(scene, grunnlag, voices="Fra før.")
    row = heard(scene, date(2026, 11, 18), key, led_to="Hilser med navn.")

    for _twice in range(2):
        take_in_involvement(grunnlag=grunnlag, involvement=row, by=scene.by("leder"), now=NOW)

    grunnlag.refresh_from_db()
    line = "Elevrådet, 18.11.2026: Snakket om overganger. Hilser med navn."
    assert grunnlag.voices == f"Fra før.\n{line}"
    assert (grunnlag.heard_children, grunnlag.heard_parents) == ticked


# --- sharing ------------------------------------------------------------------------------------


def test_the_others_who_write_get_one_notice_a_day(scene):
    grunnlag = make_grunnlag(scene)

    told = [share_draft(grunnlag=grunnlag, by=scene.by("leder"), now=NOW) for _twice in range(2)]

    notice = Notice.objects.get(kind="grunnlag_shared")
    assert told == [1, 0]
    assert notice.recipient == scene.arbeidsgruppe.user
    assert notice.url.startswith(f"/moeter/{grunnlag.meeting_id}/veiledningsgrunnlag/skriv/")
