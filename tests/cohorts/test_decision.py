"""What Udir decides, and what becomes of a held decision."""

from datetime import date

import pytest

from actors.models import Event
from cohorts.actions.decision import change_letter, decide_many, offer_to_reserve, seen_of
from cohorts.models import Decision, Soeknad
from cohorts.queries.decision import still_applying
from cohorts.queries.decision_board import crowded, load_board
from cohorts.rules.decision import (
    Places,
    heading,
    lead,
    place_note,
    quota_note,
    takes_a_place,
)
from cohorts.rules.errors import NationalIdFound, NotPossible, PuljeClosed, StaleEdit
from tests.factories.letters import udir
from tests.factories.recruitment import (
    DATES,
    NOW,
    add_soeknad_unit,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db


def listed(count=1, **values):
    """Søknader on the sent list of one embete."""
    embete = make_embete()
    found = [make_soeknad(make_candidate(embete), sent=True, **values) for _each in range(count)]
    make_list(found, sent=True)
    return list(Soeknad.objects.filter(pk__in=[each.pk for each in found]).order_by("pk"))


def give(soeknader, outcome="tilbud", by=None):
    return decide_many(soeknader=soeknader, outcome=outcome, by=by or udir(), now=NOW)


def test_an_offer_is_held_with_the_reason_of_the_embete_and_the_deadline_of_the_opptak():
    (soeknad,) = listed()
    versions = soeknad.priority.list.versions
    version = versions.get()
    content = {"entries": [{"rank": 1, "soeknad": soeknad.pk, "reason": "Godt forankret."}]}
    versions.filter(pk=version.pk).update(content=content)

    (decision,) = give([soeknad])

    assert (decision.outcome, decision.reason) == ("tilbud", "Godt forankret.")
    assert (decision.answer_due, decision.released_at) == (DATES["svarfrist"], None)
    assert Event.objects.get(verb="decide").subject == f"decision:{decision.pk}"
    soeknad.candidate.refresh_from_db()
    assert soeknad.candidate.stage == "prioritert"


def test_each_kommune_of_a_joint_soeknad_gets_its_own():
    partners = [OwnerFactory(), OwnerFactory()]
    (soeknad,) = listed(partners=partners)
    soeknad.partners.filter(owner=partners[1]).update(status="withdrawn")

    decided = give([soeknad])

    assert {each.owner for each in decided} == {soeknad.candidate.owner, partners[0]}


def test_another_outcome_changes_the_held_one_and_must_be_read_again():
    (soeknad,) = listed()
    by = udir()
    (first,) = give([soeknad], "tilbud", by)
    Decision.objects.filter(pk=first.pk).update(
        reason="Vår egen.", read_at=NOW, read_by=by, approved_by=by, units_offered=1
    )

    (second,) = give([soeknad], "avslag", by)

    assert (second.pk, second.outcome, second.reason) == (first.pk, "avslag", "Vår egen.")
    assert (second.read_at, second.approved_by, second.answer_due) == (None, None, None)
    assert second.units_offered is None


def test_the_same_outcome_again_changes_nothing():
    (soeknad,) = listed()
    by = udir()
    (first,) = give([soeknad], by=by)
    Decision.objects.filter(pk=first.pk).update(read_at=NOW, read_by=by)
    assert give([soeknad], by=by) == []
    first.refresh_from_db()
    assert first.read_at == NOW


def test_a_released_decision_stays_as_it_is():
    (soeknad,) = listed()
    decision = decide(soeknad, "reserve", released=True)
    assert give([soeknad], "tilbud") == []
    decision.refresh_from_db()
    assert decision.outcome == "reserve"


def test_nobody_decides_about_what_is_withdrawn_or_not_on_a_sent_list():
    (soeknad,) = listed()
    other = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    Soeknad.objects.filter(pk=soeknad.pk).update(status="withdrawn")
    for each in (soeknad, other):
        with pytest.raises(NotPossible):
            give([each])
    assert not Decision.objects.exists()


def test_a_closed_pulje_is_not_decided_in():
    (soeknad,) = listed()
    pulje = soeknad.candidate.embete.opptak.pulje
    type(pulje).objects.filter(pk=pulje.pk).update(status="closed")
    with pytest.raises(PuljeClosed):
        give([soeknad])


def values_of(decision, **changed):
    return {
        "reason": decision.reason,
        "conditions": decision.conditions,
        "answer_due": decision.answer_due,
        "units_offered": decision.units_offered,
    } | changed


def change(decision, by=None, seen="", **changed):
    return change_letter(
        decision=decision,
        values=values_of(decision, **changed),
        seen=seen or seen_of(decision),
        by=by or udir(),
        now=NOW,
    )


def test_a_changed_letter_must_be_read_again():
    by = udir()
    decision = decide(listed()[0], read_at=NOW, read_by=by, approved_by=by)
    changed = change(decision, conditions="To skoler må være med.")
    assert (changed.conditions, changed.read_at, changed.approved_by) == (
        "To skoler må være med.",
        None,
        None,
    )


def test_saving_without_a_change_keeps_it_read():
    decision = decide(listed()[0], read_at=NOW, read_by=udir())
    assert change(decision).read_at == NOW


def test_nobody_overwrites_what_another_wrote_meanwhile():
    decision = decide(listed()[0])
    seen = seen_of(decision)
    change(decision, reason="Den ene.")
    decision.refresh_from_db()
    with pytest.raises(StaleEdit):
        change(decision, seen=seen, reason="Den andre.")
    decision.refresh_from_db()
    assert decision.reason == "Den ene."


def test_a_letter_holds_no_national_id():
    decision = decide(listed()[0])
    with pytest.raises(NationalIdFound):
        change(decision, reason="Gjelder 01010750160.")


def test_a_released_letter_cannot_be_changed():
    decision = decide(listed()[0], released=True)
    with pytest.raises(NotPossible):
        change(decision, reason="Ny.")


def test_a_reserve_is_offered_a_place_by_a_new_held_decision():
    reserve = decide(listed()[0], "reserve", released=True)
    offer = offer_to_reserve(decision=reserve, answer_due=date(2027, 2, 1), by=udir(), now=NOW)
    reserve.refresh_from_db()
    assert (reserve.is_current, offer.is_current) == (False, True)
    assert (offer.replaces, offer.outcome, offer.released_at) == (reserve, "tilbud", None)
    assert (offer.answer_due, offer.reason) == (date(2027, 2, 1), reserve.reason)


@pytest.mark.parametrize(
    ("outcome", "released"), [("reserve", False), ("avslag", True), ("tilbud", True)]
)
def test_only_a_released_reserve_is_offered_a_place(outcome, released):
    decision = decide(listed()[0], outcome, released=released)
    with pytest.raises(NotPossible):
        offer_to_reserve(decision=decision, answer_due=date(2027, 2, 1), by=udir(), now=NOW)


def test_one_of_a_joint_soeknad_may_be_gone():
    partner = OwnerFactory()
    (soeknad,) = listed(partners=[partner])
    both = [decide(soeknad), decide(soeknad, owner=partner)]
    assert still_applying(both) == {both[0].pk, both[1].pk}
    soeknad.partners.update(status="withdrawn")
    assert still_applying(both) == {both[0].pk}


# The board


def test_a_kommune_that_has_left_a_joint_soeknad_holds_no_place():
    partner = OwnerFactory()
    (soeknad,) = listed(partners=[partner])
    decide(soeknad)
    decide(soeknad, owner=partner)
    (before,) = load_board(soeknad.candidate.embete.opptak)
    soeknad.partners.update(status="withdrawn")
    (after,) = load_board(soeknad.candidate.embete.opptak)
    assert (before.places.used, after.places.used) == (2, 1)
    assert [owner for owner, _fylke in after.rows[0].placed] == [soeknad.candidate.owner]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_takes_the_same_queries_however_long(django_assert_num_queries, rows):
    found = listed(rows, partners=[])
    for each in found:
        decide(each)
    opptak = found[0].candidate.embete.opptak
    with django_assert_num_queries(9):
        (embete,) = load_board(opptak)
        used = embete.places.used
        assert [len(row.placed) for row in embete.rows] == [1] * rows
    assert used == rows


def test_a_place_is_used_by_an_offer_that_stands():
    assert takes_a_place("tilbud", accepted=None, lapsed=False)
    assert takes_a_place("tilbud", accepted=True, lapsed=False)
    assert not takes_a_place("tilbud", accepted=False, lapsed=False)
    assert not takes_a_place("tilbud", accepted=None, lapsed=True)
    assert not takes_a_place("reserve", accepted=None, lapsed=False)


def test_the_line_counts_kommuner_and_leaves_out_who_has_withdrawn():
    embete = make_embete()  # two places
    joint = make_soeknad(make_candidate(embete), sent=True, partners=[OwnerFactory()])
    others = [make_soeknad(make_candidate(embete), sent=True) for _each in range(2)]
    make_list([joint, *others], sent=True)
    assert load_board(embete.opptak)[0].line_after == 1
    Soeknad.objects.filter(pk=joint.pk).update(status="withdrawn")
    (board,) = load_board(embete.opptak)
    assert (board.line_after, board.rows[0].can_be_decided) == (None, False)


def test_an_embete_without_a_list_is_there_and_empty():
    (board,) = load_board(make_embete().opptak)
    assert (board.sent, board.rows, board.places) == (None, [], Places(0, 2))


def test_a_quota_lowered_after_the_list_was_sent_is_noticed():
    (soeknad,) = listed()
    embete = soeknad.candidate.embete
    assert load_board(embete.opptak)[0].quota_changed is False
    type(embete).objects.filter(pk=embete.pk).update(
        quota=1, former_quota=2, quota_changed_at=NOW.replace(hour=12)
    )
    assert load_board(embete.opptak)[0].quota_changed is True
    assert quota_note(2, 1) == "Plassene er endret fra 2 til 1 etter at lista ble sendt."


def test_a_fylke_with_more_private_schools_than_allowed_is_named():
    embete = make_embete()
    fylke = make_candidate(embete).owner.kommune.fylke
    schools = []
    for _each in range(3):
        candidate = make_private_school(embete)
        soeknad = make_soeknad(candidate, sent=True, units=0)
        unit = SkoleFactory(
            owner=candidate.owner,
            kommune=OwnerFactory(kommune__fylke=fylke).kommune,
            ownership="privat",
        )
        add_soeknad_unit(soeknad, unit)
        schools.append(soeknad)
    make_list(schools, sent=True)
    for soeknad in schools[:2]:
        decide(soeknad)
    assert crowded(load_board(embete.opptak), 2) == {}
    decide(schools[2])
    assert crowded(load_board(embete.opptak), 2) == {fylke.name: 3}
    assert crowded(load_board(embete.opptak), None) == {}


def test_places_in_words_and_squares():
    over = Places(4, 3)
    assert (over.words, over.squares) == ("4 av 3 plasser", ["on", "on", "on", "over"])
    assert Places(1, 2).squares == ["on", "off"]
    assert (Places(2, None).words, Places(2, None).squares) == ("2 plasser", ["on", "on"])
    assert heading(Places(11, 12)) == "11 av 12 plasser er brukt"


def test_the_lead_names_those_with_too_many_and_too_few():
    embeter = [("Kyst", Places(4, 3)), ("Skog", Places(2, 3)), ("Fjell", Places(2, 2))]
    assert lead(4, embeter) == (
        "Fire søkere er ikke avgjort. Kyst har én mer enn plassene og Skog har én ledig."
    )
    assert lead(0, []) == "Alle søkerne er avgjort."


def test_what_is_said_of_the_places_of_an_embete():
    assert place_note(Places(2, 2), more_applicants=True) == ""
    assert place_note(Places(4, 3), more_applicants=True) == "Én mer enn plassene."
    assert place_note(Places(2, 3), more_applicants=True) == "Én plass er ledig."
    assert place_note(Places(1, 3), more_applicants=False) == (
        "To plasser er ledige. Embetet har ikke flere søkere."
    )
