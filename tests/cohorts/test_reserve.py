"""A free place goes to the next of the embete, when Udir confirms; nothing moves by itself."""

from datetime import date

import pytest

from cohorts.actions.answer import decline_offer
from cohorts.models import Decision
from cohorts.queries.reserve import reserve_rows
from cohorts.rules.reserve import (
    Place,
    PlaceState,
    choices_for,
    free_places,
    next_in_line,
    place_state,
)
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, StatsforvalterFactory

URL = "/opptak/10/reserve/"
FREE, TAKEN, WAITING = PlaceState.FREE, PlaceState.TAKEN, PlaceState.WAITING


def place(pk, state, rank=None, embete=1, **values) -> Place:
    return Place(pk, embete, state, rank, f"kommune {pk}", **values)


def test_a_place_is_free_after_a_no_and_filled_when_a_reserve_moves_up():
    declined, reserve = place(1, FREE, 1), place(2, WAITING, 2)

    assert free_places([declined, reserve]) == {1: 1}
    assert free_places([declined, place(2, TAKEN, 2, moved_up=True)]) == {}
    assert free_places([declined, place(2, FREE, 2, moved_up=True)]) == {1: 1}


def test_a_place_filled_from_another_embete_is_not_given_out_twice():
    from_other = place(2, TAKEN, 1, embete=2, moved_up=True)

    assert free_places([place(1, FREE), from_other]) == {}
    assert free_places([place(1, FREE), place(3, FREE), from_other]) == {1: 2}


def test_next_in_line_has_the_best_rank_and_one_without_rank_is_last():
    places = [
        place(1, WAITING, None),
        place(2, WAITING, 4),
        place(3, WAITING, 3),
        place(4, TAKEN, 1),
    ]

    assert next_in_line(places, 1) == places[2]
    assert next_in_line(places, 2) is None


def test_without_a_reserve_of_its_own_the_first_of_each_other_embete_may_have_it():
    places = [
        place(1, FREE, 1),
        place(2, WAITING, 2, embete=2),
        place(3, WAITING, 1, embete=2),
        place(4, WAITING, 7, embete=3),
    ]

    assert choices_for(places, 1) == [places[2], places[3]]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"outcome": "tilbud"}, TAKEN),
        ({"outcome": "tilbud", "declined": True}, FREE),
        ({"outcome": "tilbud", "lapsed": True}, FREE),
        ({"outcome": "tilbud", "withdrawn": True}, FREE),
        ({"outcome": "reserve"}, WAITING),
        ({"outcome": "reserve", "released": False}, None),
        ({"outcome": "reserve", "withdrawn": True}, None),
        ({"outcome": "avslag"}, None),
    ],
)
def test_state_of_a_place(facts, state):
    usual = {"released": True, "declined": False, "lapsed": False, "withdrawn": False}
    assert place_state(**(usual | facts)) == state


@pytest.fixture
def ranked(db, time_machine):
    """An embete with one offer declined and two in reserve, ranked 1–3."""
    time_machine.move_to(NOW, tick=False)
    embete = make_embete(make_opptak())
    soeknader = [
        make_soeknad(
            make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name=name))), sent=True
        )
        for name in ("Nordvik", "Midtvik", "Sørvik")
    ]
    make_list(soeknader, sent=True)
    first = decide(soeknader[0], "tilbud", released=True)
    for soeknad in soeknader[1:]:
        decide(soeknad, "reserve", released=True)
    by = acting_as(make_role("eier", first.owner))
    decline_offer(decision=first, reason="", by=by, now=NOW)
    return soeknader


def test_the_page_says_who_left_and_who_is_next(client, ranked):
    sign_in(client, make_role("udir"))

    text = client.get(URL).content.decode()

    assert "Én plass er ledig" in text
    assert "takket nei 20. november" in text
    assert "Gi plassen til Midtvik kommune" in text
    assert "Gi plassen til Sørvik kommune" not in text
    assert 'value="04.12.2026"' in text


def offer_place(client, decision, due="04.12.2026"):
    return client.post(URL, {"decision": decision.pk, "answer_due": due}, follow=True)


def test_confirming_puts_an_offer_in_the_outbox_and_fills_the_place(client, ranked):
    sign_in(client, make_role("udir"))
    reserve = ranked[1].decisions.get()

    text = offer_place(client, reserve).content.decode()

    moved = Decision.objects.get(replaces=reserve)
    assert (moved.outcome, moved.answer_due) == ("tilbud", date(2026, 12, 4))
    assert (moved.released_at, moved.is_current) == (None, True)
    assert "ligger i utboksen" in text
    assert "Ingen plasser er ledige" in text


def test_when_the_reserve_says_no_the_next_is_proposed(client, ranked):
    sign_in(client, make_role("udir"))
    reserve = ranked[1].decisions.get()
    offer_place(client, reserve)
    moved = Decision.objects.get(replaces=reserve)
    moved.released_at = NOW
    moved.save()
    by = acting_as(make_role("eier", moved.owner))
    decline_offer(decision=moved, reason="", by=by, now=NOW)

    (row,) = reserve_rows(ranked[0].candidate.embete.opptak)

    assert row.free == 1
    assert [each.owner.name for each in row.choices] == ["Sørvik kommune"]


def test_one_that_is_not_next_and_a_day_gone_by_are_refused(client, ranked):
    sign_in(client, make_role("udir"))
    last, second = ranked[2].decisions.get(), ranked[1].decisions.get()

    offer_place(client, last)
    text = offer_place(client, second, due="20.11.2026").content.decode()

    assert Decision.objects.filter(outcome="tilbud", released_at=None).count() == 0
    assert "Velg en dag etter i dag." in text
    assert 'value="20.11.2026"' in text


def test_only_udir_opens_it(client, ranked):
    codes = {}
    embete = ranked[0].candidate.embete.statsforvalter
    for kind, scope in (("statsforvalter", embete), ("eier", None), ("koordinator", None)):
        sign_in(client, make_role(kind, scope))
        codes[kind] = client.get(URL).status_code

    assert codes == {"statsforvalter": 403, "eier": 403, "koordinator": 403}


def test_as_many_questions_for_one_embete_as_for_three(client, ranked, django_assert_num_queries):
    udir = make_role("udir")
    sign_in(client, udir)
    client.get(URL)  # what is read once in a process
    with django_assert_num_queries(QUERIES):
        client.get(URL)
    for code in ("to", "tre"):
        embete = make_embete(ranked[0].candidate.embete.opptak, StatsforvalterFactory(code=code))
        left = make_soeknad(make_candidate(embete), sent=True)
        decide(left, "tilbud", released=True, lapsed_at=NOW)
        decide(make_soeknad(make_candidate(embete), sent=True), "reserve", released=True)
    with django_assert_num_queries(QUERIES):
        client.get(URL)


QUERIES = 8
