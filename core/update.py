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


def update(row: Model, names: Collection[str]) -> None:
    """Write these fields of a row that exists; the caller holds its lock."""
    statement, fields = _statement(type(row), tuple(names))
    values = [
        getattr(row, name) if field is None else _adapted(field, field.pre_save(row, add=False))
        for name, field in fields
    ]
    values.append(row.pk)
    send(statement, values)


def send(statement: Prepared, values: Sequence[Any]) -> None:
    """Execute a statement that answers nothing: now, or with the others of `together()`."""
    if (waiting := _waiting.get()) is not None:
        waiting.append((statement.ready(), list(values)))
        return
    statement.send(values)
