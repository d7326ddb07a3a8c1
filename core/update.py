"""Writing a row back with a statement that is composed once per model and planned once per connection.

What `insert` is for new rows: constraints and triggers of the database work as ever, signals are not sent, and within
`together()` the row goes in the one message with the others.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from core.insert import _adapted, _is_plain, _waiting
from core.prepared import Prepared, prepared
from core.rows import LOADED


@cache
def _statement(
    model: type[Model], names: tuple[str, ...]
) -> tuple[Prepared, tuple[tuple[str, Field[Any, Any] | None], ...]]:
    quote, meta = connection.ops.quote_name, model._meta
    fields: list[Field[Any, Any]] = [field for field in meta.concrete_fields if field.name in names]
    columns = ", ".join(f"{quote(str(field.column))} = ${place}" for place, field in enumerate(fields, start=1))
    where = f"WHERE {quote(str(meta.pk.column))} = ${len(fields) + 1}"
    text = f"UPDATE {quote(meta.db_table)} SET {columns} {where}"
    adapted = tuple((field.attname, None if _is_plain(field) else field) for field in fields)
    return prepared(text, count=len(fields) + 1), adapted


@cache
def all_but(model: type[Model], *left_out: str) -> tuple[str, ...]:
    """Every field of the model except its key and those that are written once."""
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    if unknown := set(left_out) - set(fields):
        raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return tuple(name for name in fields if name not in left_out)


@cache
def _attributes(model: type[Model], names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.attname) for field in model._meta.concrete_fields if field.name in names)


def changed(row: Model, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields whose value is not the one a row of `core.rows` was read with; all of another row.

    A value is replaced, never changed in its place.
    """
    held = row.__dict__
    loaded = held.get(LOADED)
    if loaded is None:
        return names
    return tuple(
        name
        for name, attribute in _attributes(type(row), names)
        if (value := held[attribute]) is not (before := loaded[attribute]) and value != before
    )


def update(row: Model, names: Collection[str]) -> None:
    """Write those of these fields that changed, of a row that exists; the caller holds its lock."""
    different = changed(row, tuple(names))
    if not different:
        return
    statement, fields = _statement(type(row), different)
    values = [
        getattr(row, name) if field is None else _adapted(field, field.pre_save(row, add=False))
        for name, field in fields
    ]
    values.append(row.pk)
    send(statement, values)
    if (loaded := row.__dict__.get(LOADED)) is not None:
        loaded.update(row.__dict__)
        loaded.pop(LOADED, None)


def send(statement: Prepared, values: Sequence[Any]) -> None:
    """Execute a statement that answers nothing: now, or with the others of `together()`."""
    if (waiting := _waiting.get()) is not None:
        waiting.append((statement.ready(), list(values)))
        return
    statement.send(values)
