"""Who takes part: owners and units, with the hard cases of domain 8."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.deltakelse import add_deltakelse, add_unit, change_unit, withdraw_unit
from cohorts.actions.groups import establish_arbeidsgruppe, establish_styringsgruppe
from cohorts.actions.pulje import close_pulje
from cohorts.actions.veilederoppdrag import end_oppdrag
from cohorts.queries.register import owners_for, units_for
from cohorts.rules.errors import NotAllowedHere, PuljeClosed
from tests.factories.cohorts import (
    OPENED,
    STARTED,
    make_deltakelse,
    make_deltakende_unit,
    make_pulje,
    make_veileder_pair,
)
from tests.factories.people import UserFactory, acting_as, make_role
from tests.factories.register import (
    BarnehageFactory,
    FylkeFactory,
    FylkeskommuneOwnerFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db


def test_an_owner_takes_part_once():
    deltakelse = make_deltakelse(units=0)

    with pytest.raises(NotAllowedHere, match="er med i pulja fra før"):
        add_deltakelse(pulje=deltakelse.pulje, owner=deltakelse.owner, by=None, now=OPENED)


def test_the_same_kommune_takes_part_in_two_puljer():
    first = make_deltakelse(make_pulje(9), units=1, groups=True)

    second = make_deltakelse(make_pulje(10), owner=first.owner, units=0)
    unit = make_deltakende_unit(second, first.units.get().unit)
    establish_styringsgruppe(deltakelse=second, by=None, now=OPENED)
    group = establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)

    assert second.styringsgruppe_id == first.styringsgruppe_id
    assert group.pk != first.units.get().arbeidsgruppe_id


def test_an_owner_takes_part_with_its_own_units_and_is_recorded():
    deltakelse = make_deltakelse(units=0)
    unit = SkoleFactory(owner=deltakelse.owner)
    by = UserFactory()

    row = add_unit(deltakelse=deltakelse, unit=unit, sfo_takes_part=True, by=by, now=OPENED)

    assert (row.first_semester, row.sfo_takes_part, row.status) == (0, True, "active")
    event = Event.objects.get(verb="add-unit")
    assert (event.by, event.data) == (by, {"unit": unit.pk, "first_semester": 0})


def test_a_barnehage_has_no_sfo():
    deltakelse = make_deltakelse(units=0)

    row = make_deltakende_unit(deltakelse, kind="barnehage", sfo_takes_part=True)

    assert row.sfo_takes_part is False


def test_a_private_barnehage_of_the_kommune_may_come_along():
    deltakelse = make_deltakelse(units=0)
    private = PrivateBarnehageFactory(kommune=deltakelse.owner.kommune)

    assert make_deltakende_unit(deltakelse, private).unit == private


def test_a_private_school_takes_part_alone_without_a_styringsgruppe():
    owner = PrivateOwnerFactory()
    school = SkoleFactory(owner=owner, kommune=KommuneFactory(), ownership="privat")

    deltakelse = make_deltakelse(owner=owner, units=0)
    make_deltakende_unit(deltakelse, school)

    assert deltakelse.styringsgruppe is None


def test_a_private_unit_without_a_known_owner_may_belong_to_a_private_owner():
    deltakelse = make_deltakelse(owner=PrivateOwnerFactory(), units=0)
    unit = BarnehageFactory(owner=None, kommune=KommuneFactory(), ownership="privat")

    assert make_deltakende_unit(deltakelse, unit).unit == unit


def test_a_fylkeskommune_takes_part_with_its_own_schools():
    owner = FylkeskommuneOwnerFactory()
    school = SkoleFactory(owner=owner, kommune=KommuneFactory(), school_type="videregaaende")

    deltakelse = make_deltakelse(owner=owner, units=0)

    assert make_deltakende_unit(deltakelse, school).unit == school


@pytest.mark.parametrize(
    ("make_unit", "reason"),
    [
        (lambda: SkoleFactory(), "hører ikke til"),
        (lambda: PrivateBarnehageFactory(), "hører ikke til"),
    ],
    ids=["another kommune's", "private elsewhere"],
)
def test_a_unit_of_somebody_else_is_refused(make_unit, reason):
    deltakelse = make_deltakelse(units=0)

    with pytest.raises(NotAllowedHere, match=reason):
        make_deltakende_unit(deltakelse, make_unit())


def test_a_closed_unit_is_refused():
    deltakelse = make_deltakelse(units=0)
    unit = SkoleFactory(owner=deltakelse.owner, active=False)

    with pytest.raises(NotAllowedHere, match="er lagt ned"):
        make_deltakende_unit(deltakelse, unit)


def test_a_unit_takes_part_once_in_a_pulje():
    deltakelse = make_deltakelse(units=0)
    private = PrivateBarnehageFactory(kommune=deltakelse.owner.kommune)
    alone = make_deltakelse(deltakelse.pulje, owner=private.owner, units=0)
    make_deltakende_unit(alone, private)

    with pytest.raises(NotAllowedHere, match=f"sammen med {private.owner}"):
        make_deltakende_unit(deltakelse, private)
    with pytest.raises(NotAllowedHere, match="er med fra før"):
        make_deltakende_unit(alone, private)


def test_a_new_unit_joins_late():
    unit = make_deltakende_unit()

    change_unit(unit=unit, first_semester=3, sfo_takes_part=True, by=UserFactory(), now=OPENED)

    unit.refresh_from_db()
    assert (unit.first_semester, unit.sfo_takes_part) == (3, True)


def test_withdrawing_keeps_the_unit_with_date_and_reason():
    unit = make_deltakende_unit()
    day = date(2026, 2, 1)

    withdraw_unit(unit=unit, withdrawn_from=day, reason=" Ny leder ", by=UserFactory(), now=OPENED)

    unit.refresh_from_db()
    assert (unit.status, unit.withdrawn_from, unit.withdrawn_reason) == (
        "withdrawn",
        day,
        "Ny leder",
    )
    assert Event.objects.get(verb="withdraw-unit").data["on"] == "2026-02-01"


def test_withdrawing_needs_a_reason_and_happens_once():
    unit, by = make_deltakende_unit(), UserFactory()

    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        withdraw_unit(unit=unit, withdrawn_from=STARTED, reason="  ", by=by, now=OPENED)
    withdraw_unit(unit=unit, withdrawn_from=STARTED, reason="Brann", by=by, now=OPENED)
    with pytest.raises(NotAllowedHere, match="er trukket fra før"):
        withdraw_unit(unit=unit, withdrawn_from=STARTED, reason="Brann", by=by, now=OPENED)


def test_a_withdrawn_unit_may_come_back():
    unit = make_deltakende_unit()
    withdraw_unit(unit=unit, withdrawn_from=STARTED, reason="Brann", by=UserFactory(), now=OPENED)

    again = make_deltakende_unit(unit.deltakelse, unit.unit, first_semester=2)

    assert (again.pk, again.status, again.withdrawn_from) == (unit.pk, "active", None)


def test_what_changes_who_takes_part_is_left_for_the_apps_above():
    pulje = make_pulje(now=OPENED.replace(year=2024))

    make_deltakelse(pulje)

    pulje.refresh_from_db()
    assert pulje.demands_changed_at == OPENED


def test_a_closed_pulje_refuses_every_change():
    deltakelse = make_deltakelse()
    oppdrag, _co = make_veileder_pair(deltakelse)
    unit, by = deltakelse.units.first(), UserFactory()
    close_pulje(pulje=deltakelse.pulje, by=by, now=OPENED)
    acts = {"by": by, "now": OPENED}

    for change in (
        lambda: add_deltakelse(pulje=deltakelse.pulje, owner=OwnerFactory(), **acts),
        lambda: add_unit(deltakelse=deltakelse, unit=SkoleFactory(), **acts),
        lambda: withdraw_unit(unit=unit, withdrawn_from=STARTED, reason="Brann", **acts),
        lambda: change_unit(unit=unit, first_semester=1, sfo_takes_part=False, **acts),
        lambda: end_oppdrag(oppdrag=oppdrag, valid_to=STARTED, **acts),
        lambda: establish_styringsgruppe(deltakelse=deltakelse, **acts),
    ):
        unit.deltakelse.pulje.status = oppdrag.deltakelse.pulje.status = "closed"
        with pytest.raises(PuljeClosed):
            change()


def test_a_statsforvalter_finds_owners_of_the_own_embete():
    embete = StatsforvalterFactory(code="annet", name="Annet embete")
    fylke = FylkeFactory(number="98", name="Annet fylke", statsforvalter=embete)
    own = OwnerFactory(kommune=KommuneFactory(fylke=fylke))
    own_fylke = FylkeskommuneOwnerFactory(fylke=fylke)
    private = PrivateBarnehageFactory(kommune=own.kommune)
    other = OwnerFactory()

    found = owners_for(acting_as(make_role("statsforvalter", embete)))

    assert set(found) == {own, own_fylke, private.owner}
    assert other in owners_for(acting_as(make_role("koordinator")))
    assert not owners_for(UserFactory()).exists()


def test_units_to_pick_are_the_owners_and_the_private_ones_beside():
    owner = OwnerFactory()
    own = SkoleFactory(owner=owner)
    private = PrivateBarnehageFactory(kommune=owner.kommune)
    SkoleFactory(owner=owner, active=False)
    SkoleFactory()

    assert set(units_for(owner, ("barnehage", "skole"))) == {own, private}
    assert set(units_for(owner, ("skole",))) == {own}
    assert set(units_for(private.owner, ("barnehage", "skole"))) == {private}
