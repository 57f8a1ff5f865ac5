"""Fixtures of the tests of meetings; a module may have another of the same name."""

import pytest

from tests.factories.meetings import make_meeting, make_scene


@pytest.fixture
def scene():
    """A kommune with a skole and a barnehage, and people in every office."""
    return make_scene()


@pytest.fixture
def meeting(scene):
    """A veiledning of the skole on 3 December."""
    return make_meeting(scene)
