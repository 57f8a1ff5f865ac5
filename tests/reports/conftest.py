"""One deltakelse with people in every office, at ten o'clock on a Friday in the third semester."""

import pytest

from tests.factories.meetings import NOW, make_scene


@pytest.fixture
def scene(db, time_machine):
    """The scene; the portal's clock stands at `NOW`."""
    time_machine.move_to(NOW, tick=False)
    return make_scene()
