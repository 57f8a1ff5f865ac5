"""Groups in a pulje: made from the programme, filled by offices and by people put there."""

from datetime import date

import pytest

from actors.actions.groups import Seating
from actors.actions.roles import end_role
from cohorts.access.deltakelse import (
    can_edit_group,
    can_establish_group,
    can_see_group,
    can_see_members,
)
from cohorts.actions.groups import (
    establish_arbeidsgruppe,
    establish_styringsgruppe,
    explain_seat,
    seat_member,
    unseat_member,
)
from cohorts.actions.pulje import close_pulje
from cohorts.queries.groups import group_in_pulje, groups_visible_to, seats_on
from cohorts.rules.errors import PuljeClosed
from tests.factories.cohorts import (
    OPENED,
    STARTED,
    make_deltakelse,
    make_deltakende_unit,
    make_pulje,
    make_veileder_pair,
)
from tests.factories.people import UserFactory, acting_as, make_role
from tests.factories.register import PrivateBarnehageFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def seat_of(group, seat, on=TODAY):
    return next(each for each in seats_on(group_in_pulje(group), on) if each.seat.id == seat)


def names(state):
    return [sitter.name for sitter in state.sitters]


def test_establishing_seats_the_leaders_that_are_known():
    deltakelse = make_deltakelse(units=1)
    owner = make_role("eier", deltakelse.owner).user
    leader = make_role("leder", deltakelse.units.get().unit).user

    group = establish_styringsgruppe(deltakelse=deltakelse, by=None, now=OPENED)

    assert sorted(group.members.values_list("seat", "user", "unit")) == sorted(
        [("eier", owner.pk, None), ("enhetsledere", leader.pk, deltakelse.units.get().unit_id)]
    )
    assert establish_styringsgruppe(deltakelse=deltakelse, by=None, now=OPENED) == group


def test_a_new_leader_takes_the_seat_with_the_office():
    unit = make_deltakende_unit()
    old = make_role("leder", unit.unit)
    group = establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)
    end_role(role=old, valid_to=date(2026, 7, 31), by=None, now=OPENED)
    new = make_role("leder", unit.unit, valid_from=date(2026, 8, 1))

    assert names(seat_of(group, "leder", date(2026, 7, 31))) == [old.user.name]
    assert names(seat_of(group, "leder")) == [new.user.name]
    assert seat_of(group, "leder").sitters[0].member is None


def test_assigned_veiledere_sit_in_the_styringsgruppe():
    deltakelse = make_deltakelse(units=1, groups=True)
    lead, co = make_veileder_pair(deltakelse)

    seat = seat_of(deltakelse.styringsgruppe, "veileder")

    assert [(s.name, s.note) for s in seat.sitters] == [
        (lead.veileder.name, "hovedveileder"),
        (co.veileder.name, "medveileder"),
    ]


def test_a_private_owner_has_a_seat_of_its_own():
    deltakelse = make_deltakelse(units=1, groups=True)
    private = PrivateBarnehageFactory(kommune=deltakelse.owner.kommune)
    make_deltakende_unit(deltakelse, private)
    group = deltakelse.styringsgruppe

    before = seat_of(group, "private")
    seat_member(
        pulje=deltakelse.pulje,
        group=group,
        seating=Seating(seat="private", name="Kaja Tveit", owner=private.owner, valid_from=STARTED),
        by=UserFactory(),
        now=OPENED,
    )

    assert before.missing_for == (str(private.owner),)
    assert seat_of(group, "private").missing == 0


def test_a_member_leaves_and_the_seat_is_empty_from_the_day_after():
    unit = make_deltakende_unit()
    group = establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)
    by = UserFactory()
    member = seat_member(
        pulje=unit.deltakelse.pulje,
        group=group,
        seating=Seating(seat="laerer", name="Hanne Østby", valid_from=STARTED),
        by=by,
        now=OPENED,
    )

    unseat_member(
        pulje=unit.deltakelse.pulje,
        member=member,
        valid_to=date(2026, 1, 3),
        by=by,
        now=OPENED,
    )

    assert names(seat_of(group, "laerer", date(2026, 1, 3))) == ["Hanne Østby"]
    assert names(seat_of(group, "laerer", date(2026, 1, 4))) == []


def test_an_empty_seat_is_explained():
    unit = make_deltakende_unit()
    group = establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)

    explain_seat(
        pulje=unit.deltakelse.pulje,
        group=group,
        seat="mellomleder",
        reason="Skolen har ikke mellomleder.",
        by=UserFactory(),
        now=OPENED,
    )

    assert seat_of(group, "mellomleder").reason == "Skolen har ikke mellomleder."


def test_sfo_gives_the_arbeidsgruppe_a_seat():
    without, having = (
        make_deltakende_unit(),
        make_deltakende_unit(make_deltakelse(make_pulje(10), units=0), sfo_takes_part=True),
    )
    seats = [
        [s.seat.id for s in seats_on(group_in_pulje(group), TODAY)]
        for group in (
            establish_arbeidsgruppe(unit=unit, by=None, now=OPENED) for unit in (without, having)
        )
    ]

    assert ["sfo_leder" in each for each in seats] == [False, True]


def test_a_closed_pulje_refuses_changes_in_its_groups():
    unit = make_deltakende_unit()
    group = establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)
    pulje, by = unit.deltakelse.pulje, UserFactory()
    close_pulje(pulje=pulje, by=by, now=OPENED)

    with pytest.raises(PuljeClosed):
        explain_seat(pulje=pulje, group=group, seat="ppt", reason="x", by=by, now=OPENED)


def roles_around(deltakelse, unit):
    """One role of each kind that has something to do with the unit, by kind."""
    ppt = make_role("ppt")
    unit.arbeidsgruppe.members.create(seat="ppt", user=ppt.user, name="PPT", valid_from=STARTED)
    lead, _co = make_veileder_pair(deltakelse)
    embete = deltakelse.owner.kommune.fylke.statsforvalter
    return {
        "udir": make_role("udir"),
        "koordinator": make_role("koordinator"),
        "statsforvalter": make_role("statsforvalter", embete),
        "eier": make_role("eier", deltakelse.owner),
        "leder": make_role("leder", unit.unit),
        "arbeidsgruppe": make_role("arbeidsgruppe", unit.unit),
        "ppt": ppt,
        "veileder": lead.veileder.roles.get(),
    }


def test_who_sees_and_edits_the_groups():
    deltakelse = make_deltakelse(units=1, groups=True)
    unit = deltakelse.units.get()
    working = group_in_pulje(unit.arbeidsgruppe)
    steering = group_in_pulje(deltakelse.styringsgruppe)
    seen = {}

    for kind, role in roles_around(deltakelse, unit).items():
        user = acting_as(role)
        assert working.group in groups_visible_to(user), kind
        seen[kind] = [
            (can_see_group(user, found), can_see_members(user, found), can_edit_group(user, found))
            for found in (steering, working)
        ]

    count, names_, edits, nothing = (
        (True, False, False),
        (True, True, False),
        (True, True, True),
        (False, False, False),
    )
    assert seen == {
        "udir": [count, count],
        "koordinator": [names_, names_],
        "statsforvalter": [names_, count],
        "eier": [edits, names_],
        "leder": [names_, edits],
        "arbeidsgruppe": [nothing, names_],
        "ppt": [names_, names_],
        "veileder": [names_, names_],
    }


def test_a_foreign_owner_and_leader_neither_see_nor_edit():
    unit = make_deltakelse(units=1, groups=True).units.get()
    for kind in ("eier", "leder", "veileder", "ppt", "barnehagemyndighet"):
        user = acting_as(make_role(kind))

        assert not groups_visible_to(user).exists()
        assert not can_edit_group(user, group_in_pulje(unit.arbeidsgruppe))
        assert not can_establish_group(user, unit.deltakelse, unit)


def test_a_private_owner_sees_the_styringsgruppe_but_does_not_run_it():
    deltakelse = make_deltakelse(units=0, groups=True)
    private = PrivateBarnehageFactory(kommune=deltakelse.owner.kommune)
    make_deltakende_unit(deltakelse, private)
    user = acting_as(make_role("eier", private.owner))

    assert deltakelse.styringsgruppe.pk in groups_visible_to(user).values_list("pk", flat=True)
    assert not can_edit_group(user, group_in_pulje(deltakelse.styringsgruppe))
    assert not can_establish_group(user, deltakelse)
