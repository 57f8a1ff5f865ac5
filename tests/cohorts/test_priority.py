"""Filling and ordering an embete's list."""

import pytest

from actors.models import Event
from cohorts.actions.priority import data_of, ensure_list
from cohorts.queries.priority_rows import load_list
from cohorts.rules.errors import NationalIdFound, StaleEdit
from tests.factories.priority import assessed, save
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    assess,
    make_candidate,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db
NATIONAL_ID = "01010750160"


def ranks(listed):
    return list(listed.entries.order_by("rank").values_list("rank", "soeknad"))


def test_the_list_fills_with_assessed_soeknader_and_their_reason(embete):
    first, second = assessed(embete), assessed(embete)
    make_soeknad(make_candidate(embete), sent=True)  # not assessed
    make_soeknad(make_candidate(embete))  # a draft

    listed = ensure_list(embete=embete, now=NOW)
    again = ensure_list(embete=embete, now=NOW)

    assert ranks(again) == [(1, first.pk), (2, second.pk)]
    assert {each.reason for each in listed.entries.all()} == {"Arbeidet er godt forankret."}
    assert Event.objects.filter(verb="fill_list").count() == 1


def test_new_ones_come_last_and_withdrawn_ones_fall_out(embete, by):
    first, second, third = (assessed(embete) for _each in range(3))
    listed = ensure_list(embete=embete, now=NOW)
    save(listed, by, order=list(reversed(data_of(listed)["order"])))
    second.status = "withdrawn"
    second.save()
    new = assessed(embete)

    ensure_list(embete=embete, now=NOW)

    assert ranks(listed) == [(1, third.pk), (2, first.pk), (3, new.pk)]


def test_a_reason_somebody_wrote_is_not_filled_again(embete, by):
    soeknad = assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    entry = listed.entries.get(soeknad=soeknad)
    save(listed, by, **{f"reason-{entry.pk}": ""})

    assert data_of(ensure_list(embete=embete, now=NOW))[f"reason-{entry.pk}"] == ""


def test_a_choice_between_assessors_is_forgotten_when_they_agree(embete, by):
    soeknad = assessed(embete)
    other = assess(soeknad, recommendation="reserve")
    listed = ensure_list(embete=embete, now=NOW)
    (row,) = load_list(listed).rows
    assert (row.is_split, row.recommendation) == (True, "")
    save(listed, by, **{f"recommendation-{row.entry.pk}": "reserve"})
    assert load_list(listed).rows[0].recommendation == "reserve"

    other.recommendation = "tilraas"
    other.save()
    ensure_list(embete=embete, now=NOW)

    (row,) = load_list(listed).rows
    assert (row.entry.recommendation, row.recommendation) == ("", "tilraas")


def test_an_order_is_saved_whole_with_the_texts(embete, by):
    first, second = assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    one, two = data_of(listed)["order"]

    saved = save(listed, by, order=[two, one], note="Samme team.", wanted=2)

    assert ranks(listed) == [(1, second.pk), (2, first.pk)]
    assert (saved.note, saved.wanted, saved.edit_version) == ("Samme team.", 2, 2)
    assert Event.objects.get(verb="save_list").data["fields"] == ["order", "note", "wanted"]


def test_two_advisers_never_overwrite_each_other(embete, by):
    assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    one, two = data_of(listed)["order"]
    save(listed, by, order=[two, one])

    with pytest.raises(StaleEdit):
        save(listed, by, edit_version=1, note="Min merknad.")

    assert data_of(listed)["note"] == ""
    same = save(listed, by, edit_version=1, order=[two, one])
    assert same.edit_version == 2


def test_a_national_id_is_refused(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)

    with pytest.raises(NationalIdFound) as refused:
        save(listed, by, note=f"Gjelder {NATIONAL_ID}")

    assert refused.value.fields == ["note"]


def test_the_database_holds_a_rank_once(embete):
    assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    entry = listed.entries.last()
    entry.rank = 1

    with pytest.raises(Exception, match=r"priorityentry_rank_once|UNIQUE"):
        entry.save()


def test_a_joint_soeknad_counts_its_kommuner(embete):
    partner = OwnerFactory(kommune=KommuneFactory(name="Storholmen"))
    soeknad = assessed(embete, "Elveskar", partners=[partner, OwnerFactory()])
    soeknad.partners.exclude(owner=partner).update(status="withdrawn")

    (row,) = load_list(ensure_list(embete=embete, now=NOW)).rows

    assert (row.kommuner, row.partners) == (2, ("Storholmen kommune",))
    assert row.facts == (
        "1 skole og 1 barnehage · søker sammen med Storholmen kommune · tar 2 plasser"
    )


def test_the_facts_say_when_both_levels_take_part(embete):
    soeknad = assessed(embete, units=0)
    for grades in ((1, 7), (8, 10)):
        owner = soeknad.candidate.owner
        unit = SkoleFactory(owner=owner, grade_from=grades[0], grade_to=grades[1])
        add_soeknad_unit(soeknad, unit)

    (row,) = load_list(ensure_list(embete=embete, now=NOW)).rows

    assert row.facts == "2 skoler · begge skoleslag"


def test_two_private_schools_in_one_fylke_are_told(embete):
    fylke = KommuneFactory().fylke
    for _each in range(2):
        candidate = make_private_school(embete)
        school = SkoleFactory(
            owner=candidate.owner, kommune=KommuneFactory(fylke=fylke), ownership="privat"
        )
        soeknad = make_soeknad(candidate, sent=True, units=0)
        add_soeknad_unit(soeknad, school)
        assess(soeknad)
    listed = ensure_list(embete=embete, now=NOW)
    assert load_list(listed).crowded == {}

    embete.opptak.private_per_fylke = 1
    embete.opptak.save()

    assert load_list(ensure_list(embete=embete, now=NOW)).crowded == {str(fylke): 2}
