"""Who follows a deltakelse: veiledere in pairs, and the offices that stand in the way."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cohorts.actions.veilederoppdrag import assign_veileder, end_oppdrag
from cohorts.queries.veiledere import veiledere
from cohorts.rules.errors import NotAllowedHere
from tests.factories.cohorts import OPENED, STARTED, make_deltakelse, make_veileder_pair
from tests.factories.people import PPTKommuneFactory, UserFactory, make_role
from tests.factories.register import PrivateBarnehageFactory, SkoleFactory

pytestmark = pytest.mark.django_db


def assign(deltakelse, user, function="lead", valid_from=STARTED, **values):
    return assign_veileder(
        deltakelse=deltakelse,
        veileder=user,
        function=function,
        valid_from=valid_from,
        by=None,
        now=OPENED,
        **values,
    )


def test_veiledere_are_assigned_in_pairs_with_dates():
    deltakelse = make_deltakelse(units=0)

    lead, co = make_veileder_pair(deltakelse)

    assert [row.function for row in deltakelse.oppdrag.following(deltakelse, STARTED)] == [
        "lead",
        "co",
    ]
    assert (lead.valid_from, co.valid_to) == (STARTED, None)


def test_an_ended_oppdrag_lets_a_successor_in():
    deltakelse = make_deltakelse(units=0)
    lead, co = make_veileder_pair(deltakelse)
    last = date(2026, 1, 31)

    end_oppdrag(oppdrag=lead, valid_to=last, by=UserFactory(), now=OPENED)
    successor = assign(deltakelse, make_role("veileder").user, valid_from=date(2026, 2, 1))

    following = deltakelse.oppdrag.following(deltakelse, date(2026, 2, 1))
    assert set(following) == {successor, co}
    assert set(deltakelse.oppdrag.following(deltakelse, last)) == {lead, co}


def test_an_oppdrag_does_not_end_before_it_begins():
    lead, _co = make_veileder_pair(make_deltakelse(units=0))

    with pytest.raises(ValidationError, match="Siste dag"):
        end_oppdrag(oppdrag=lead, valid_to=date(2025, 4, 23), by=UserFactory(), now=OPENED)


def test_only_a_veileder_can_be_assigned_and_only_once():
    deltakelse = make_deltakelse(units=0)
    lead, _co = make_veileder_pair(deltakelse)

    with pytest.raises(NotAllowedHere, match="har ikke rollen veileder"):
        assign(deltakelse, UserFactory())
    with pytest.raises(NotAllowedHere, match="er satt opp fra før"):
        assign(deltakelse, lead.veileder)


def conflicting_roles(deltakelse):
    """Roles that stand in the way, each with its words."""
    kommune = deltakelse.owner.kommune
    unit = SkoleFactory(owner=deltakelse.owner)
    ppt = PPTKommuneFactory(kommune=kommune).ppt
    private = PrivateBarnehageFactory(kommune=kommune)
    return {
        "eier": (deltakelse.owner, "er barnehage- og skoleeier"),
        "barnehagemyndighet": (kommune, "er barnehagemyndighet"),
        "leder": (unit, f"er rektor, {unit}"),
        "arbeidsgruppe": (private, "er arbeidsgruppe"),
        "ppt": (ppt, f"er PPT-rådgiver, {ppt}"),
    }


@pytest.mark.parametrize("kind", ["eier", "barnehagemyndighet", "leder", "arbeidsgruppe", "ppt"])
def test_a_veileder_with_another_role_in_the_kommune_is_refused(kind):
    deltakelse = make_deltakelse(units=0)
    scope, words = conflicting_roles(deltakelse)[kind]
    user = make_role("veileder").user
    make_role(kind, scope, user=user)

    with pytest.raises(NotAllowedHere, match=words):
        assign(deltakelse, user)


def test_a_former_leader_is_refused_but_a_former_adviser_is_not():
    deltakelse = make_deltakelse(units=0)
    unit = SkoleFactory(owner=deltakelse.owner)
    former_leader, former_adviser = make_role("veileder").user, make_role("veileder").user
    ended = date(2025, 3, 31)
    make_role("leder", unit, user=former_leader, valid_to=ended)
    ppt = PPTKommuneFactory(kommune=deltakelse.owner.kommune).ppt
    make_role("ppt", ppt, user=former_adviser, valid_to=ended)

    with pytest.raises(NotAllowedHere, match="har vært rektor"):
        assign(deltakelse, former_leader)
    assert assign(deltakelse, former_adviser).veileder == former_adviser


def test_a_rektor_elsewhere_may_be_veileder():
    deltakelse = make_deltakelse(units=0)
    user = make_role("veileder").user
    make_role("leder", SkoleFactory(), user=user)

    assert assign(deltakelse, user).veileder == user
    assert user in veiledere(STARTED)
