"""The whole demo of a Friday, built once for all the tests of this folder."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories.demo import FRIDAY


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker) -> Iterator[str]:
    """What the command says when it has built the demo, which is taken away after the folder."""
    with django_db_blocker.unblock():
        try:
            out = StringIO()
            call_command("demo", today=FRIDAY, stdout=out)
            yield out.getvalue()
        finally:
            call_command("flush", interactive=False, verbosity=0)
