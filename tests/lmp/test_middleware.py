"""The demo answers its own machine only."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from lmp.middleware import LoopbackOnlyMiddleware


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("127.8.9.10", 200),
        ("::1", 200),
        ("192.0.2.7", 403),
        ("10.0.0.1", 403),
        ("", 403),
        ("unix:", 403),
    ],
)
def test_demo_answers_loopback_only(
    settings: Settings, rf: RequestFactory, address: str, status: int
) -> None:
    settings.DEMO = True
    middleware = LoopbackOnlyMiddleware(lambda request: HttpResponse())

    assert middleware(rf.get("/", REMOTE_ADDR=address)).status_code == status


def test_outside_the_demo_it_is_not_there() -> None:
    with pytest.raises(MiddlewareNotUsed):
        LoopbackOnlyMiddleware(lambda request: HttpResponse())
