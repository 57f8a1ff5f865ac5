"""Rows that many tests begin with: made by the real actions, then copied into the database.

A pulje with its people, a meeting that was held and a paper that was sent are what most tests stand
on, and calling the actions for them each time was half of what the suite did. `@copied` sees when a
factory is called with the same arguments in the same database as before: then it writes what the
factory wrote the last time, and gives a copy of what it gave.

Which database it is, is known as long as nothing but copied factories have written in it since it
was empty: whatever else writes makes it unknown for the rest of the test, and the factory is run.
The numbers in names and addresses begin anew in an empty database, and go on after what was copied.
"""

import copy
import dataclasses
import pickle
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from functools import wraps
from io import BytesIO
from itertools import count
from typing import Any, TypeVar

import factory as factory_boy
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from cohorts.models import Pulje
from cohorts.queries.programme import programme_of

COPIED = ("actors", "cohorts", "meetings", "reports", "account")  # account: addresses of people
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
READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "SHOW")
EMPTY = 0
T = TypeVar("T")
Rows = dict[str, dict[Any, tuple]]  # table -> primary key -> values


class NotCopied(Exception):
    """A factory was called with something that cannot be compared."""


class Database:
    """What is known of the database the test runs in: a number for what stands in it, or None."""

    def __init__(self) -> None:
        self.known: int | None = None
        self.rows: dict[int, Rows] = {EMPTY: {}}
        self.numbers = count(1)

    def begin(self) -> None:
        """A test begins: whatever the last one left is gone."""
        self.known = None
        if self._watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._watch)

    def state(self) -> int | None:
        """The number of what stands in the database now."""
        if not connection.in_atomic_block:  # others may write in it as well
            self.known = None
        if self.known is None and _is_empty():
            self.known = EMPTY
            _count_from({})
        return self.known

    def learn(self, before: int) -> tuple[int, list[tuple[str, list]], dict[type, int]]:
        """Give what stands in the database now a number, and tell how it came of `before`.

        Returns the number, the statements, and how far the factories have counted.
        """
        now, statements = {}, []
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            for table, primary in _tables().items():
                cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608
                names = [column[0] for column in cursor.description]
                place = names.index(primary)
                now[table] = {row[place]: row for row in cursor.fetchall()}
                was = self.rows[before].get(table, {})
                statements += _difference(quote(table), names, place, was, now[table])
        number = next(self.numbers)
        self.rows[number] = now
        self.known = number
        return number, statements, _counted()

    def _watch(self, execute, sql, params, many, context):
        if not str(sql).startswith(READS):
            self.known = None
        return execute(sql, params, many, context)


DATABASE = Database()


@dataclasses.dataclass
class Kept:
    """What a factory did once: what it gave, its arguments before and after, and its rows."""

    found: bytes
    given: list[Model]
    before: list[dict]
    state: int
    statements: list[tuple[str, list]]
    counted: dict[type, int]

    def again(self, given: list) -> Any:
        """Do the same for the arguments `given`: write the rows, change them, give a copy."""
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in self.statements:
                cursor.executemany(sql, values)
        DATABASE.known = self.state
        _count_from(self.counted)
        _read_programmes()
        for kept, mine, was in zip(self.given, given, self.before, strict=True):
            _change(mine, was, kept)
        return _unpacked(self.found, given)


def copied(factory: Callable[..., T]) -> Callable[..., T]:
    """Let what the factory does be copied from the third time on that it would do the same."""
    kept: dict[Any, Kept] = {}
    seen: set = set()

    @wraps(factory)
    def made(*args: Any, **kwargs: Any) -> T:
        state = DATABASE.state()
        try:
            key = None if state is None else (state, _key(args), _key(kwargs))
        except NotCopied:
            key = None
        if key in kept:
            return kept[key].again(list(_rows_in((args, kwargs))))
        if key not in seen:
            if key is not None:
                seen.add(key)
            return factory(*args, **kwargs)
        given = list(_rows_in((args, kwargs)))
        before = [_fields(row) for row in given]
        found = factory(*args, **kwargs)
        packed = _packed(found, given)
        kept[key] = Kept(packed, copy.deepcopy(given), before, *DATABASE.learn(key[0]))
        return found

    return made


def _packed(found: Any, given: list[Model]) -> bytes:
    """What a factory gave, with places for the arguments `given`; a copy of it costs a tenth of a
    deep one."""
    numbers = {id(row): number for number, row in enumerate(given)}
    stream = BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.persistent_id = lambda value: numbers.get(id(value))  # type: ignore[method-assign]
    pickler.dump(found)
    return stream.getvalue()


def _unpacked(packed: bytes, given: list[Model]) -> Any:
    unpickler = pickle.Unpickler(BytesIO(packed))  # noqa: S301
    unpickler.persistent_load = lambda number: given[number]  # type: ignore[method-assign]
    return unpickler.load()


def _difference(
    table: str, names: list[str], place: int, was: dict[Any, tuple], now: dict[Any, tuple]
) -> Iterator[tuple[str, list]]:
    """The statements that make the rows `was` of a table into the rows `now`."""
    quote = connection.ops.quote_name
    columns, marks = ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    primary = quote(names[place])
    if gone := [(key,) for key in was if key not in now]:
        yield f"DELETE FROM {table} WHERE {primary} = %s", gone  # noqa: S608
    sets = ", ".join(f"{quote(name)} = %s" for name in names)
    if changed := [(*row, key) for key, row in now.items() if was.get(key, row) != row]:
        yield f"UPDATE {table} SET {sets} WHERE {primary} = %s", changed  # noqa: S608
    if new := [row for key, row in now.items() if key not in was]:
        yield f"INSERT INTO {table} ({columns}) VALUES ({marks})", new  # noqa: S608


def _counting() -> Iterator[type]:
    """The factories that number what they make, not those that go on with another's numbers."""
    found = [factory_boy.Factory]
    for each in found:
        found += each.__subclasses__()
        if each._meta.model is not None and each._meta.counter_reference is each._meta:
            yield each


def _counted() -> dict[type, int]:
    return {each: each._meta._counter.seq for each in _counting() if each._meta._counter}


def _count_from(numbers: dict[type, int]) -> None:
    for each in _counting():
        each.reset_sequence(numbers.get(each, 0))


def _key(value: Any) -> Any:
    """What tells whether two arguments are the same; raises `NotCopied` when that is not known."""
    if value is None or isinstance(value, (str, int, float, date, time, timedelta)):
        return value
    if isinstance(value, Model):
        return (type(value), *_fields(value).items())
    if isinstance(value, dict):
        return tuple((key, _key(each)) for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return (type(value), *map(_key, value))
    if dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value))
        return (type(value), *(_key(getattr(value, name)) for name in names))
    raise NotCopied(type(value))


def _rows_in(value: Any) -> Iterator[Model]:
    """The models among the arguments, in a fixed order; one that stands twice comes twice."""
    if isinstance(value, Model):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _rows_in(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _rows_in(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _rows_in(getattr(value, field.name))


def _fields(row: Model) -> dict:
    """The values of the row's own columns as they are in memory, in a form that can be compared."""
    values = row.__dict__
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: _plain(values[name]) for name in names if name in values}


def _plain(value: Any) -> Any:
    return value if value.__hash__ is not None else repr(value)


def _change(row: Model, before: dict, kept: Model) -> None:
    """Give `row` the columns that the factory changed in the row it was given the first time."""
    for field in row._meta.concrete_fields:
        after = kept.__dict__.get(field.attname)
        if _plain(after) != before.get(field.attname):
            row.__dict__[field.attname] = copy.deepcopy(after)
            row._state.fields_cache.pop(field.name, None)


def _read_programmes() -> None:
    """Read the programme of a pulje that was copied, as opening it would have done.

    It is read once in a process, so that a page in the middle of a test asks as much as always.
    """
    for pulje in Pulje.objects.order_by().select_related(None):
        programme_of(pulje)


def _tables() -> dict[str, str]:
    """The tables that are copied, and the column of each one's primary key."""
    models = [model for app in COPIED for model in apps.get_app_config(app).get_models()]
    joins = [each.remote_field.through for model in models for each in model._meta.many_to_many]
    return {model._meta.db_table: model._meta.pk.column for model in [*models, *joins]}


def _is_empty() -> bool:
    """Whether nothing of ours is there; everything else hangs on one of these tables."""
    asked = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in ROOTS)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN {asked} THEN 1 ELSE 0 END")
        return cursor.fetchone()[0] == 0
