"""Choosing units from the register, and the links to their leaders."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event, Mail
from cohorts.actions.soeknad_units import (
    add_manual_unit,
    add_soeknad_unit,
    leave_part_out,
    remove_soeknad_unit,
    save_leader,
    send_unit_link,
)
from cohorts.models import SoeknadUnit
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible
from cohorts.rules.soeknad_units import (
    Totals,
    UnitFacts,
    both_levels,
    grade_span,
    levels_in_words,
    ownership_in_words,
    totals,
)
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import NOW, make_candidate, make_private_school, make_soeknad
from tests.factories.recruitment import add_soeknad_unit as make_unit_row
from tests.factories.register import (
    BarnehageFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    SkoleFactory,
)

pytestmark = pytest.mark.django_db
FNR = "15076500565"


@pytest.fixture
def owner():
    return OwnerFactory(kommune=KommuneFactory(name="Tranevik"))


@pytest.fixture
def soeknad(owner):
    return make_soeknad(make_candidate(owner=owner), units=0)


@pytest.mark.parametrize(
    ("grades", "span"),
    [("1.–7. trinn", (1, 7)), ("10. trinn", (10, 10)), ("", None), ("alle trinn", None)],
)
def test_the_span_of_grades_is_read_from_the_words(grades, span):
    assert grade_span(grades) == span


@pytest.mark.parametrize(
    ("grades", "both"),
    [
        (["1.–7. trinn", "8.–10. trinn"], True),
        (["1.–10. trinn"], True),
        (["1.–7. trinn", "", "5.–7. trinn"], False),
        (["8.–10. trinn"], False),
        ([], False),
    ],
)
def test_both_school_levels_are_among_the_units(grades, both):
    assert both_levels(UnitFacts(1, 1, each) for each in grades) is both


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        (["1.–7. trinn", "8.–10. trinn"], "Barnetrinn og ungdomstrinn"),
        (["1.–4. trinn"], "Barnetrinn"),
        (["8.–10. trinn", ""], "Ungdomstrinn"),
        ([""], ""),
    ],
)
def test_the_school_levels_in_words(grades, words):
    assert levels_in_words(UnitFacts(1, 1, each) for each in grades) == words


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (("skole", "offentlig", "kommune"), "Kommunal skole"),
        (("skole", "offentlig", "fylkeskommune"), "Fylkeskommunal skole"),
        (("skole", "privat", "privat"), "Privat skole"),
        (("barnehage", "offentlig", "kommune"), "Kommunal barnehage"),
        (("barnehage", "privat", "kommune"), "Privat barnehage"),
    ],
)
def test_who_owns_a_unit_in_words(unit, words):
    assert ownership_in_words(*unit) == words


def test_unknown_numbers_count_as_none():
    assert totals([UnitFacts(214, None), UnitFacts(None, 31)]) == Totals(2, 214, 31)
    assert totals([UnitFacts(214, None)]) == Totals(1, 214, None)


def test_a_unit_is_added_once_with_the_numbers_of_the_register(soeknad, owner, eier):
    unit = SkoleFactory(owner=owner, children=214, has_sfo=True)
    add = {"soeknad": soeknad, "unit": unit, "by": acting_as(eier), "now": NOW}
    row = add_soeknad_unit(**add)
    assert add_soeknad_unit(**add) == row
    assert (row.name, row.children, row.grades, row.has_sfo, row.owner) == (
        unit.name,
        214,
        "1.–7. trinn",
        True,
        owner,
    )
    assert (
        Event.objects.filter(verb="add-soeknad-unit", subject=f"soeknad:{soeknad.pk}").count() == 1
    )


def test_units_of_others_and_closed_ones_are_refused(soeknad, owner, eier):
    foreign = SkoleFactory()
    closed = SkoleFactory(owner=owner, active=False)
    for unit in (foreign, closed):
        with pytest.raises(NotAllowedHere):
            add_soeknad_unit(soeknad=soeknad, unit=unit, by=acting_as(eier), now=NOW)
    assert soeknad.units.count() == 0


def test_a_private_barnehage_in_the_kommune_comes_along_with_its_own_owner(soeknad, owner, eier):
    unit = PrivateBarnehageFactory(kommune=owner.kommune)
    row = add_soeknad_unit(soeknad=soeknad, unit=unit, by=acting_as(eier), now=NOW)
    assert (row.owner, row.ownership) == (unit.owner, "privat")


def test_a_unit_of_a_confirmed_partner_may_be_added(owner, eier):
    partner = OwnerFactory()
    soeknad = make_soeknad(make_candidate(owner=owner), units=0, partners=[partner])
    unit = SkoleFactory(owner=partner)
    assert (
        add_soeknad_unit(soeknad=soeknad, unit=unit, by=acting_as(eier), now=NOW).owner == partner
    )


def test_a_private_school_applies_with_one_school_alone():
    candidate = make_private_school()
    soeknad = make_soeknad(candidate, units=0)
    by = acting_as(make_role("eier", candidate.owner))
    values = {"owner": candidate.owner, "ownership": "privat", "kommune": KommuneFactory()}
    first, second = SkoleFactory(**values), SkoleFactory(**values)
    barnehage = BarnehageFactory(**values)
    with pytest.raises(NotAllowedHere, match="gjennom kommunen"):
        add_soeknad_unit(soeknad=soeknad, unit=barnehage, by=by, now=NOW)
    add_soeknad_unit(soeknad=soeknad, unit=first, by=by, now=NOW)
    with pytest.raises(NotAllowedHere, match="alene"):
        add_soeknad_unit(soeknad=soeknad, unit=second, by=by, now=NOW)


def test_a_sent_soeknad_gets_no_new_unit(soeknad, owner, eier):
    sent = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    unit = SkoleFactory(owner=sent.candidate.owner)
    with pytest.raises(NotPossible):
        add_soeknad_unit(soeknad=sent, unit=unit, by=acting_as(eier), now=NOW)


def test_a_unit_typed_in_by_hand(soeknad, owner, eier):
    typed = {
        "soeknad": soeknad,
        "owner": owner,
        "kind": "barnehage",
        "ownership": "offentlig",
        "children": 12,
        "staff": 5,
        "by": acting_as(eier),
        "now": NOW,
    }
    row = add_manual_unit(name="Nye Sol barnehage", **typed)
    assert add_manual_unit(name=" nye sol barnehage ", **typed) == row
    assert (row.unit, row.children, row.orgnr, row.maalform) == (None, 12, "", "nb")
    school = {"kind": "skole", "orgnr": "974760673", "grades": " 1.–7. trinn "}
    row = add_manual_unit(name="Sol skole", **typed | school)
    assert (row.orgnr, row.grades) == ("974760673", "1.–7. trinn")
    with pytest.raises(NationalIdFound):
        add_manual_unit(name=f"Sol {FNR}", **typed)
    with pytest.raises(NotAllowedHere):
        add_manual_unit(name="Annen", **typed | {"owner": OwnerFactory()})


def test_the_link_is_sent_in_the_language_of_the_kommune(eier, owner):
    owner.kommune.maalform = "nynorsk"
    owner.kommune.save()
    soeknad = make_soeknad(make_candidate(owner=owner), units=1)
    row = soeknad.units.get()
    old = row.token
    row = send_unit_link(row=row, by=acting_as(eier), now=NOW)
    mail = Mail.objects.get(to=row.leader_email)
    assert row.token != old
    assert (row.link_sent_at, row.opened_at) == (NOW, None)
    assert row.part_path in mail.text
    assert old not in mail.text
    assert "eininga" in mail.text or "Du treng" in mail.text


def test_a_link_is_sent_again_after_an_hour_only(eier, owner):
    row = make_soeknad(make_candidate(owner=owner), units=1).units.get()
    by = acting_as(eier)
    send_unit_link(row=row, by=by, now=NOW)
    with pytest.raises(ValidationError, match="60 minutter"):
        send_unit_link(row=row, by=by, now=NOW + timedelta(minutes=59))
    send_unit_link(row=row, by=by, now=NOW + timedelta(minutes=60))
    assert Mail.objects.count() == 2


def test_no_link_without_an_address(soeknad, eier):
    row = make_unit_row(soeknad, leader_email="")
    with pytest.raises(ValidationError, match="e-post"):
        send_unit_link(row=row, by=acting_as(eier), now=NOW)
    save_leader(
        row=row,
        leader_name="Ali Noor",
        leader_email="Ali@LMP.example",
        children=64,
        staff=19,
        by=acting_as(eier),
        now=NOW,
    )
    row.refresh_from_db()
    assert (row.leader_email, row.children, row.staff) == ("ali@lmp.example", 64, 19)


def test_a_part_is_left_out_with_a_reason_unless_the_unit_has_answered(soeknad, eier):
    waiting = make_unit_row(soeknad, part="not_started")
    delivered = make_unit_row(soeknad)
    do = {"reason": "Styreren er syk.", "by": acting_as(eier), "now": NOW}
    assert leave_part_out(row=waiting, **do).left_out_reason == "Styreren er syk."
    with pytest.raises(NotPossible):
        leave_part_out(row=delivered, **do)
    with pytest.raises(NationalIdFound):
        leave_part_out(row=waiting, **do | {"reason": f"Syk {FNR}"})


def test_a_removed_unit_is_gone_and_told(soeknad, eier):
    row = make_unit_row(soeknad)
    remove_soeknad_unit(row=row, by=acting_as(eier), now=NOW)
    assert SoeknadUnit.objects.count() == 0
    assert Event.objects.get(verb="remove-soeknad-unit").data == {
        "unit": row.unit_id,
        "part": "delivered",
    }
