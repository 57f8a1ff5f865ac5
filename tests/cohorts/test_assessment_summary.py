"""What two assessments add up to: the rules, and the summary of many applications."""

from decimal import Decimal

import pytest

from cohorts.models import Assessment
from cohorts.queries.assessment_summary import EMPTY, assessment_summary, recommendation_of
from cohorts.rules.assessment import agreed_recommendation, compare, sum_of
from tests.factories.people import UserFactory
from tests.factories.recruitment import NOW, assess, make_candidate, make_embete, make_soeknad


@pytest.mark.parametrize(
    ("mine", "other", "differing"),
    [
        ({1: 3, 2: 4}, {1: 3, 2: 4}, []),
        ({2: 4, 1: 3}, {1: 2, 2: 3}, [2, 1]),
        ({1: None, 2: 4}, {1: 2, 2: None}, []),
        ({1: 3}, {}, []),
    ],
)
def test_a_criterion_differs_when_both_have_scored_it_and_not_alike(mine, other, differing):
    assert compare(mine, other) == differing


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ([(3,), (4,)], Decimal("7.0")),
        ([(3, 4), (4, 4)], Decimal("7.5")),
        ([(), (2,)], Decimal("2.0")),
        ([], None),
        ([()], None),
    ],
)
def test_the_sum_counts_the_mean_of_each_criterion(scores, total):
    assert sum_of(scores) == total


@pytest.mark.parametrize(
    ("given", "agreed"),
    [
        (["tilraas", "tilraas"], "tilraas"),
        (["tilraas", "reserve"], ""),
        (["reserve"], "reserve"),
        ([], ""),
    ],
)
def test_a_recommendation_is_agreed_when_all_give_it(given, agreed):
    assert agreed_recommendation(given) == agreed


@pytest.mark.django_db
def test_the_summary_has_the_finished_assessments_and_names_those_who_write():
    soeknad = make_soeknad(sent=True)
    eirik, liv = UserFactory(name="Eirik Moen"), UserFactory(name="Liv Aase")
    assess(soeknad, assessor=eirik, score=3)
    unfinished = assess(soeknad, assessor=liv, score=4, completed=False)

    found = assessment_summary([soeknad])[soeknad.pk]

    criteria = soeknad.candidate.embete.opptak.criteria.filter(applies_to="kommune")
    assert found.scores == {criterion.pk: (3,) for criterion in criteria}
    assert found.sum == Decimal("15.0")
    assert (found.completed_by, found.writing) == (("Eirik Moen",), ("Liv Aase",))
    assert (found.agreed, found.differs, found.habilitet_done) == ("tilraas", False, True)

    Assessment.objects.filter(pk=unfinished.pk).update(
        completed_at=NOW, recommendation="reserve", applicant_reason="Planen er betalt."
    )
    found = assessment_summary([soeknad.pk])[soeknad.pk]
    assert found.scores == {criterion.pk: (3, 4) for criterion in criteria}
    assert found.sum == Decimal("17.5")
    assert found.recommendations == ("tilraas", "reserve")
    assert (found.agreed, found.differs) == ("", True)
    assert found.applicant_reason == "Arbeidet er godt forankret.\nPlanen er betalt."


@pytest.mark.django_db
def test_who_is_inhabil_does_not_count_and_who_is_in_doubt_holds_the_habilitet_open():
    soeknad = make_soeknad(sent=True)
    assess(soeknad, score=4)
    other = assess(soeknad, score=1, completed=False)

    Assessment.objects.filter(pk=other.pk).update(habilitet="tvil")
    assert assessment_summary([soeknad])[soeknad.pk].habilitet_done is False

    Assessment.objects.filter(pk=other.pk).update(habilitet="inhabil")
    found = assessment_summary([soeknad])[soeknad.pk]
    assert (found.sum, found.writing, found.habilitet_done) == (Decimal("20.0"), (), True)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_summary_takes_two_queries_however_many(django_assert_num_queries, rows):
    embete = make_embete()
    soeknader = [make_soeknad(make_candidate(embete), sent=True) for _row in range(rows)]
    for soeknad in soeknader:
        assess(soeknad)
    without = make_soeknad(make_candidate(embete), sent=True)

    with django_assert_num_queries(2):
        found = assessment_summary([*soeknader, without])

    assert found[without.pk] == EMPTY
    assert recommendation_of(soeknader) == {soeknad.pk: "tilraas" for soeknad in soeknader}
