"""The owners of a joint søknad."""

import pytest

from cohorts.queries.applicants import applicants_of, applicants_of_many
from tests.factories.recruitment import make_candidate, make_soeknad
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["asked", "declined", "withdrawn"])
def test_only_those_that_have_confirmed_and_stayed_apply(status):
    stays, other = OwnerFactory(name="Bervika"), OwnerFactory(name="Anvika")
    soeknad = make_soeknad(partners=[stays, other])
    soeknad.partners.filter(owner=other).update(status=status)
    assert applicants_of(soeknad) == [soeknad.candidate.owner, stays]


def test_the_lead_stands_first_and_the_queries_do_not_grow(django_assert_num_queries):
    partners = [OwnerFactory(name="Bervika"), OwnerFactory(name="Anvika")]
    joint = make_soeknad(partners=partners)
    alone = make_soeknad(make_candidate(joint.candidate.embete), sent=True)
    with django_assert_num_queries(2):
        found = applicants_of_many([joint, alone])
    assert found == {
        joint.pk: [joint.candidate.owner, *reversed(partners)],
        alone.pk: [alone.candidate.owner],
    }
