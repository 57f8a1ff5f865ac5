"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Leave nothing in the cache: the rate limits of sign-in live there."""
    yield
    cache.clear()
