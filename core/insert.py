"""Inserting one row with a statement that is put together once per model.

Most of what a write costs on the platform's side is the ORM composing the same INSERT again. This keeps the text and
only adapts the values; constraints, defaults and triggers of the database work as ever, signals are not sent.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault


@dataclass(frozen=True)
class _Statement:
    text: str
    fields: tuple[Field[Any, Any], ...]
    returned: tuple[Field[Any, Any], ...]


_statements: dict[tuple[type[Model], tuple[str, ...]], _Statement] = {}


def insert(row: Model) -> None:
    """Write a new row; its key and the values that the database gives come back onto it."""
    meta = row._meta
    fields = tuple(
        field
        for field in meta.concrete_fields
        if not isinstance(getattr(row, field.attname), DatabaseDefault) and not (field.primary_key and row.pk is None)
    )
    key = (type(row), tuple(field.attname for field in fields))
    statement = _statements.get(key)
    if statement is None:
        statement = _statements[key] = _compose(row, fields)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in statement.fields]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, values)
        given = cursor.fetchone()
    for field, value in zip(statement.returned, given, strict=True):
        setattr(row, field.attname, value)
    row._state.adding = False
    row._state.db = connection.alias


def _compose(row: Model, fields: tuple[Field[Any, Any], ...]) -> _Statement:
    quote, meta = connection.ops.quote_name, row._meta
    places = [_placeholder(field, getattr(row, field.attname)) for field in fields]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    returned = tuple(field for field in meta.concrete_fields if field.db_returning) or (meta.pk,)
    text = (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({', '.join(places)}) "
        f"RETURNING {', '.join(quote(str(field.column)) for field in returned)}"
    )
    return _Statement(text, fields, returned)


def _placeholder(field: Field[Any, Any], value: Any) -> str:
    if not hasattr(field, "get_placeholder"):
        return "%s"
    prepared = field.get_db_prep_save(value, connection)
    return str(field.get_placeholder(prepared, None, connection))
