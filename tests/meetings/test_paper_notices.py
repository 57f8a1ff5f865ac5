"""Where a message about a paper belongs: pauses and «who was told of this» lean on it."""

import pytest

from actors.models import Notice
from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.actions.plan import comment_plan
from tests.factories.meetings import NOW
from tests.factories.own_work import make_plan
from tests.factories.papers import held_meeting, make_referat, send_grunnlag, send_referat

pytestmark = pytest.mark.django_db


def homes(*kinds: str) -> set[tuple]:
    """Unit, owner and pulje of the notices of these kinds, and what the subject line calls it."""
    told = Notice.objects.filter(kind__in=kinds)
    assert set(told.values_list("kind", flat=True)) == set(kinds)
    return {(each.unit, each.owner, each.pulje, each.place) for each in told}


def test_what_is_sent_for_a_unit_belongs_to_the_unit_and_its_owner(scene):
    send_grunnlag(scene)
    referat = send_referat(scene).paper
    values = {"text": "Vi sa fire uker.", "sak": 1, "proposal": ""}
    merknad = add_merknad(referat=referat, **values, by=scene.by("veileder"), now=NOW)
    no = {"taken_in": False, "text": "", "answer": "Vi ble enige om tre."}
    answer_merknad(merknad=merknad, **no, by=scene.by("leder"), now=NOW)
    plan = make_plan(scene)
    comment_plan(plan=plan, tiltak=None, text="Når?", by=scene.by("veileder"), now=NOW)

    kinds = ["grunnlag_sent", "referat_sent", "merknad_written", "merknad_answered"]
    unit, owner = scene.skole.unit, scene.deltakelse.owner
    assert homes(*kinds, "plan_commented") == {(unit, owner, scene.pulje.number, str(unit))}


def test_what_is_sent_of_an_owner_meeting_belongs_to_the_owner(scene):
    meeting = held_meeting(scene, "eiermoete")
    send_referat(scene, make_referat(scene, meeting, office="veileder"), office="veileder")

    owner = scene.deltakelse.owner
    assert homes("referat_sent") == {(None, owner, scene.pulje.number, str(owner))}
