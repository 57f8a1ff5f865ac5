"""Logs: structlog and the standard library through one formatter, one line per event."""

import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

CHATTY = ("fontTools", "pikepdf", "weasyprint")
PRIVATE_KEYS = ("ip", "user_agent")
SECRET_PATH = re.compile(r"(/(?:invitasjon|oppgave|avmeld|enhetens-del)/)[^/\s']+")


def drop_private(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Remove what tells where a person sat and which device they used, and links that let in
    or act without a sign-in."""
    for key in PRIVATE_KEYS:
        event.pop(key, None)
    for key in ("request", "event"):
        if isinstance(event.get(key), str):
            event[key] = SECRET_PATH.sub(r"\1…", event[key])
    return event


def configure(options: dict[str, Any]) -> None:
    """Configure logging; ``options`` holds ``level`` (a name) and ``json`` (true or false)."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_private,
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if options["json"]
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        renderer,
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {name: {"level": "WARNING"} for name in CHATTY},
            "root": {"handlers": ["stderr"], "level": options["level"]},
        }
    )
