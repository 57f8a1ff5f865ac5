"""Rows that many tests begin with: made once by the real actions, then copied into the database.

A pulje with its people is what most tests stand on, and calling the actions for it each time was
half of what the suite did. `@copied` keeps the rows a factory wrote the first time, and the object
it gave; in an empty database the same call then writes the same rows again, and gives a copy.
"""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

OURS = ("actors", "cohorts", "meetings", "reports")
ROOTS = (
    "actors_event",
    "actors_fylke",
    "actors_kommune",
    "actors_mail",
    "actors_mailboxmessage",
    "actors_owner",
    "actors_ppt",
    "actors_statsforvalter",
    "actors_user",
    "cohorts_programmeedition",
    "cohorts_pulje",
)
T = TypeVar("T")
Rows = list[tuple[str, list[tuple]]]


def copied(factory: Callable[..., T]) -> Callable[..., T]:
    """Let a factory called without arguments be run once, and its rows be copied from then on.

    With arguments, or where something of ours is in the database already, it runs as it is.
    """
    kept: list[tuple[Rows, T]] = []

    @wraps(factory)
    def made(*args: Any, **kwargs: Any) -> T:
        if args or kwargs or not _is_empty():
            return factory(*args, **kwargs)
        if not kept:
            found = factory()
            kept.append((_rows(), copy.deepcopy(found)))
            return found
        rows, found = kept[0]
        _write(rows)
        return copy.deepcopy(found)

    return made


def _tables() -> list[str]:
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    joins = [each.remote_field.through for model in models for each in model._meta.many_to_many]
    return sorted({model._meta.db_table for model in [*models, *joins]})


def _is_empty() -> bool:
    """Whether nothing of ours is there; everything else hangs on one of these tables."""
    asked = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in ROOTS)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN {asked} THEN 1 ELSE 0 END")
        return cursor.fetchone()[0] == 0


def _rows() -> Rows:
    """What stands in every table now: the statement that writes it, and its values."""
    found = []
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608
            rows = cursor.fetchall()
            names = [column[0] for column in cursor.description]
            if rows:
                columns = ", ".join(map(quote, names))
                marks = ", ".join(["%s"] * len(names))
                into = f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})"  # noqa: S608
                found.append((into, rows))
    return found


def _write(rows: Rows) -> None:
    # In one transaction: foreign keys are checked at its end, whatever the order of the tables.
    with transaction.atomic(), connection.cursor() as cursor:
        for into, values in rows:
            cursor.executemany(into, values)
