"""Fixtures of the tests of people and their notices."""

import pytest

from tests.factories.people import make_role
from tests.factories.register import SkoleFactory


@pytest.fixture
def rektor():
    """The rektor of Granli skole."""
    return make_role("leder", SkoleFactory(name="Granli skole")).user
