"""Logs carry no addresses of people."""

import json
import logging
from urllib.parse import unquote

import pytest
import structlog
from django.urls import reverse

from lmp.logs import configure, drop_private


def test_address_and_device_are_dropped() -> None:
    event = {"event": "request_started", "ip": "192.0.2.7", "user_agent": "x", "user_id": 3}

    assert drop_private(None, "info", event) == {"event": "request_started", "user_id": 3}


@pytest.mark.parametrize(
    "name",
    [
        "actors:invitation_accept",
        "actors:task_link",
        "actors:unsubscribe",
        "cohorts:unit_part",
        "cohorts:unit_part_decline",
    ],
)
def test_links_that_let_in_or_act_by_themselves_are_masked(name: str) -> None:
    path, masked = (reverse(name, args=[token]) for token in ("G5FE54.ySvkFW1_mx5-", "…"))
    event = {"event": f"Forbidden: {path}", "request": f"POST {path}"}

    assert drop_private(None, "info", event) == {
        "event": f"Forbidden: {unquote(masked)}",
        "request": f"POST {unquote(masked)}",
    }


def test_production_writes_one_json_object_a_line(capsys) -> None:  # type: ignore[no-untyped-def]
    handlers, level = logging.root.handlers[:], logging.root.level
    try:
        configure({"level": "INFO", "json": True})
        logging.getLogger("meetings").info("sendt %s", "kvittering")
        structlog.get_logger("actors").info("godkjent", ip="192.0.2.7", sak=4)
    finally:
        logging.root.handlers[:], logging.root.level = handlers, level

    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["event"], first["logger"]) == ("sendt kvittering", "meetings")
    assert (second["event"], second["sak"], "ip" in second) == ("godkjent", 4, False)
