"""Beginning a søknad: once, by those who may, with what is known."""

import pytest

from actors.models import Event
from cohorts.actions.soeknad import start_soeknad
from cohorts.models import Candidate, Soeknad
from cohorts.rules.errors import NotPossible
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import NOW, make_candidate, make_opptak
from tests.factories.register import (
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    PrivateOwnerFactory,
    SkoleFactory,
)
from tests.factories.soeknader import stored, writer

pytestmark = pytest.mark.django_db


def start(opptak, owner, by=None):
    by = by or acting_as(make_role("eier", owner))
    return start_soeknad(opptak=opptak, owner=owner, by=by, now=NOW)


def test_a_soeknad_begins_with_what_is_known():
    opptak = make_opptak()
    owner = OwnerFactory(kommune=KommuneFactory(maalform="nynorsk"))
    by = writer(owner, "Ragnhild Sæter")

    soeknad = start(opptak, owner, by)

    assert soeknad.applicant == "kommune"
    assert soeknad.candidate.stage == "aktuell"
    assert Candidate.objects.get().stage == "paabegynt"
    assert {key: value for key, (value, _version) in stored(soeknad).items()} == {
        "contact_name": "Ragnhild Sæter",
        "contact_email": by.email,
        "maalform": "nn",
    }


def test_a_double_click_gives_one_soeknad_and_one_event():
    opptak, owner = make_opptak(), OwnerFactory()

    assert start(opptak, owner) == start(opptak, owner)

    assert Soeknad.objects.count() == 1
    assert Event.objects.filter(verb="start-soeknad").count() == 1


def test_an_invited_candidate_is_the_one_that_applies():
    candidate = make_candidate()

    soeknad = start(candidate.embete.opptak, candidate.owner)

    assert soeknad.candidate == candidate


def test_a_private_school_applies_and_a_private_barnehage_through_the_kommune():
    opptak = make_opptak()
    school, barnehage = PrivateOwnerFactory(), PrivateOwnerFactory()
    kommune = KommuneFactory()
    SkoleFactory(owner=school, kommune=kommune, ownership="privat")
    PrivateBarnehageFactory(owner=barnehage, kommune=kommune)

    assert start(opptak, school).applicant == "frittstaaende_skole"
    with pytest.raises(NotPossible, match="Private barnehager søker sammen med kommunen"):
        start(opptak, barnehage)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"opened": False}, "Opptaket er ikke åpent"),
        ({"closed_at": NOW}, "Opptaket er ikke åpent"),
        ({"applicants": ["frittstaaende_skole"]}, "ikke for slike eiere"),
    ],
)
def test_nobody_begins_where_they_cannot_apply(values, reason):
    with pytest.raises(NotPossible, match=reason):
        start(make_opptak(**values), OwnerFactory())
    assert not Candidate.objects.exists()
