"""Fixtures of the tests of puljer and applicants; a module may have another of the same name."""

import pytest

from cohorts.actions.opptak import create_opptak
from cohorts.actions.opptak_settings import change_opptak, set_dates
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import make_scene
from tests.factories.opptak import FOUR
from tests.factories.own_work import make_plan
from tests.factories.people import NOW, UserFactory, acting_as, make_role, sign_in
from tests.factories.recruitment import make_candidate, make_embete, make_soeknad
from tests.factories.register import KommuneFactory, OwnerFactory, StatsforvalterFactory


@pytest.fixture
def embete():
    """An embete's share of an opptak."""
    return make_embete()


@pytest.fixture
def by(embete):
    """A statsforvalter of the embete: who acts."""
    return acting_as(make_role("statsforvalter", embete.statsforvalter))


@pytest.fixture
def role(client, embete):
    """A statsforvalter of the embete, signed in."""
    found = make_role("statsforvalter", embete.statsforvalter)
    sign_in(client, found)
    return found


@pytest.fixture
def adviser(client, embete):
    """A statsforvalter of the embete, signed in."""
    role = make_role("statsforvalter", embete.statsforvalter, user=UserFactory(name="Liv Aase"))
    sign_in(client, role)
    return role.user


@pytest.fixture
def candidate(embete):
    """The kommune Sørtinden on the embete's working list."""
    return make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name="Sørtinden")))


@pytest.fixture
def soeknad():
    """A søknad that is answered whole and not sent."""
    return make_soeknad()


@pytest.fixture
def owner(soeknad):
    """Who applies."""
    return soeknad.candidate.owner


@pytest.fixture
def eier(owner):
    """Somebody at the owner who applies."""
    return make_role("eier", owner)


@pytest.fixture
def writer(client, soeknad):
    """One who writes in the søknad, signed in."""
    return sign_in(client, make_role("eier", soeknad.candidate.owner))


@pytest.fixture
def udir():
    """Somebody at Udir, acting."""
    return acting_as(make_role("udir"))


@pytest.fixture
def prepared(udir):
    """An opptak that may be opened."""
    StatsforvalterFactory()
    opptak = create_opptak(pulje=make_pulje(10, status="draft"), by=udir, now=NOW)
    change_opptak(opptak=opptak, info_bm="Om opptaket", info_nn="Om opptaket", by=udir, now=NOW)
    set_dates(opptak=opptak, dates=FOUR, by=udir, now=NOW)
    return opptak


@pytest.fixture
def scene():
    """A kommune with a skole and a barnehage, and people in every office."""
    return make_scene()


@pytest.fixture
def plan(scene):
    """The plan of the skole, without goals."""
    return make_plan(scene)
