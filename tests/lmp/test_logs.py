"""Logs carry no addresses of people."""

import json
import logging

import structlog

from lmp.logs import configure, drop_private


def test_address_and_device_are_dropped() -> None:
    event = {"event": "request_started", "ip": "192.0.2.7", "user_agent": "x", "user_id": 3}

    assert drop_private(None, "info", event) == {"event": "request_started", "user_id": 3}


def test_links_that_let_in_are_masked() -> None:
    path = "/invitasjon/G5FE54ySvkFW1mx5/"
    event = {"event": f"Forbidden: {path}", "request": f"POST {path}"}

    assert drop_private(None, "info", event) == {
        "event": "Forbidden: /invitasjon/…/",
        "request": "POST /invitasjon/…/",
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
