"""Inserting rows with statements that are put together once per model, and planned once per connection.

Most of what a write costs is the ORM composing the same INSERT again, the database planning it again, and a message
to and fro for each. This keeps the text and only adapts the values; constraints, defaults and triggers of the database
work as ever, signals are not sent. Within `together()` the rows go in one message.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model
from django.db.models.base import ModelState
from psycopg2.extensions import AsIs

from core.prepared import Prepared, prepared

M = TypeVar("M", bound=Model)

PLAIN = frozenset(
    {
        "BigAutoField",
        "BigIntegerField",
        "BooleanField",
        "CharField",
        "DateTimeField",
        "DurationField",
        "FloatField",
        "IntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SmallIntegerField",
        "TextField",
    }
)


@dataclass(frozen=True)
class _Statement:
    prepared: Prepared
    fields: tuple[tuple[str, Field[Any, Any] | None], ...]
    """Names of the row's attributes, with the field where the value must be adapted."""
    returned: tuple[Field[Any, Any], ...]


_statements: dict[tuple[type[Model], bool], _Statement] = {}
_waiting: ContextVar[list[tuple[str, list[Any]]] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Rows inserted in the block are sent at its end, in their order, in one message.

    They do not learn what the database gives them: for rows whose key nobody asks for. A constraint that one of them
    breaks is raised at the end of the block. Inside another such block it changes nothing: the outer one sends.
    """
    if _waiting.get() is not None:
        yield
        return
    rows: list[tuple[str, list[Any]]] = []
    token = _waiting.set(rows)
    try:
        yield
    finally:
        _waiting.reset(token)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("; ".join(text for text, _ in rows), [value for _, values in rows for value in values])


class JsonText(str):
    """The text of a JSON value, for a column that would otherwise make it from the value again."""


@dataclass(frozen=True)
class _Blank:
    """What a new row of a model holds before anything is said of it."""

    fixed: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]
    relations: dict[str, str]


@cache
def _blank(model: type[Model]) -> _Blank:
    fields = model._meta.concrete_fields
    made = tuple((field.attname, field.default) for field in fields if field.has_default() and callable(field.default))
    callables = {name for name, _ in made}
    fixed = {field.attname: field.get_default() for field in fields if field.attname not in callables}
    return _Blank(fixed, made, {field.name: field.attname for field in fields if field.is_relation})


def new(model: type[M], **values: Any) -> M:
    """The row that `model(**values)` makes, for the few that every report or move makes: a third of the cost, without
    the signals of its making. Raises TypeError on a name the model does not have.
    """
    blank = _blank(model)
    row = model.__new__(model)
    held = row.__dict__
    held["_state"] = state = ModelState()
    held.update(blank.fixed)
    for name, make in blank.made:
        held[name] = make()
    for name, value in values.items():
        if name in blank.relations and name not in held:
            state.fields_cache[name] = value
            held[blank.relations[name]] = None if value is None else value.pk
        elif name in held:
            held[name] = value
        else:
            raise TypeError(f"{model.__name__} has no {name}")
    return row


def key_of_newest(model: type[Model]) -> Any:
    """The key that this session's newest row of the model has: for a row that follows it in one message."""
    return AsIs(f"currval('{model._meta.db_table}_{model._meta.pk.column}_seq')")


def insert(row: Model, *, at_once: bool = False) -> None:
    """Write a new row; its key and the columns with a default of the database come back onto it.

    `at_once` also within `together()`.
    """
    statement = _statement_of(row)
    values = _values_of(row, statement)
    row._state.adding = False
    row._state.db = connection.alias
    if (waiting := _waiting.get()) is not None and not at_once:
        waiting.append((statement.prepared.ready(), values))
        return
    given = statement.prepared.fetch_one(values) or ()
    for field, value in zip(statement.returned, given, strict=True):
        setattr(row, field.attname, value)


def _statement_of(row: Model) -> _Statement:
    key = (type(row), row.pk is None)
    statement = _statements.get(key)
    if statement is None:
        statement = _statements[key] = _compose(row)
    return statement


def _values_of(row: Model, statement: _Statement) -> list[Any]:
    held = row.__dict__
    return [held[name] if field is None else _written(field, held[name], row) for name, field in statement.fields]


def _written(field: Field[Any, Any], value: Any, row: Model) -> Any:
    if isinstance(value, memoryview) and hasattr(field, "geom_type"):
        return value.hex()  # geometry goes as the database gives it
    return _adapted(field, field.pre_save(row, add=True))


def _adapted(field: Field[Any, Any], value: Any) -> Any:
    return value if isinstance(value, JsonText) else field.get_db_prep_save(value, connection)


def _compose(row: Model) -> _Statement:
    """Columns with a default of the database are left to it."""
    quote, meta = connection.ops.quote_name, row._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not field.has_db_default() and not (field.primary_key and row.pk is None)
    ]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(f"${number}" for number in range(1, len(fields) + 1))
    returned = tuple(field for field in meta.concrete_fields if field.db_returning) or (meta.pk,)
    text = (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places}) "
        f"RETURNING {', '.join(quote(str(field.column)) for field in returned)}"
    )
    adapted = tuple((field.attname, None if _is_plain(field) else field) for field in fields)
    return _Statement(prepared(text, count=len(fields)), adapted, returned)


def _is_plain(field: Field[Any, Any]) -> bool:
    """Does the driver take the value as it is?"""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return False
    return field.is_relation or field.get_internal_type() in PLAIN
