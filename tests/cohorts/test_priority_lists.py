"""What Udir gets of the lists: the latest that was sent, of every embete, in few queries."""

import pytest

from cohorts.queries.priority import latest_lists
from tests.factories.recruitment import (
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
    send_list,
)
from tests.factories.register import OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db


def soeknader(embete, count=2, **values):
    return [make_soeknad(make_candidate(embete), sent=True, **values) for _each in range(count)]


def test_the_lists_come_with_their_entries_in_rank_order():
    embete = make_embete()
    first, second = soeknader(embete)
    listed = make_list([second, first], sent=True)

    (sent,) = latest_lists(embete.opptak)

    assert (sent.priority_list, sent.statsforvalter) == (listed, embete.statsforvalter)
    assert (sent.quota, sent.version.number) == (2, 1)
    assert [(each.rank, each.soeknad_id) for each in sent.entries] == [
        (1, second.pk),
        (2, first.pk),
    ]


def test_a_joint_soeknad_counts_its_kommuner_and_a_withdrawn_partner_no_more():
    embete = make_embete()
    joint = make_soeknad(
        make_candidate(embete), sent=True, partners=[OwnerFactory(), OwnerFactory()]
    )
    make_list([joint], sent=True)
    assert latest_lists(embete.opptak)[0].entries[0].kommuner == 3

    joint.partners.filter(pk=joint.partners.first().pk).update(status="withdrawn")

    assert latest_lists(embete.opptak)[0].entries[0].kommuner == 2


def test_a_list_that_was_never_sent_is_not_there_and_a_reopened_one_is_as_it_was():
    embete = make_embete()
    first, second = soeknader(embete)
    listed = make_list([first, second])
    assert latest_lists(embete.opptak) == []

    send_list(listed)
    listed.reopened_at = listed.sent_at
    listed.save()
    listed.entries.get(soeknad=second).delete()

    (sent,) = latest_lists(embete.opptak)
    assert [each.soeknad_id for each in sent.entries] == [first.pk, second.pk]


def test_a_withdrawn_soeknad_is_marked():
    embete = make_embete()
    (soeknad,) = soeknader(embete, 1)
    make_list([soeknad], sent=True)
    soeknad.status = "withdrawn"
    soeknad.save()

    assert latest_lists(embete.opptak)[0].entries[0].is_withdrawn is True


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_are_the_same_however_many_embeter(django_assert_num_queries, count):
    opptak = make_opptak()
    for number in range(count):
        statsforvalter = StatsforvalterFactory(code=f"embete-{number}")
        make_list(soeknader(make_embete(opptak, statsforvalter), count), sent=True)

    with django_assert_num_queries(3):
        lists = latest_lists(opptak)
        names = [str(each.soeknad.candidate.owner) for one in lists for each in one.entries]

    assert (len(lists), len(names)) == (count, count * count)
