"""Inserting one row with a statement that is put together once per model.

Most of what a write costs on the platform's side is the ORM composing the same INSERT again. This keeps the text and
only adapts the values; constraints, defaults and triggers of the database work as ever, signals are not sent.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field, Model

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
        "TextField",
    }
)


@dataclass(frozen=True)
class _Statement:
    text: str
    fields: tuple[tuple[str, Field[Any, Any] | None], ...]
    """Names of the row's attributes, with the field where the value must be adapted."""
    returned: tuple[Field[Any, Any], ...]


_statements: dict[tuple[type[Model], bool], _Statement] = {}


def insert(row: Model) -> None:
    """Write a new row; its key and the columns with a default of the database come back onto it."""
    key = (type(row), row.pk is None)
    statement = _statements.get(key)
    if statement is None:
        statement = _statements[key] = _compose(row)
    values = [
        getattr(row, name) if field is None else field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for name, field in statement.fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, values)
        given = cursor.fetchone()
    for field, value in zip(statement.returned, given, strict=True):
        setattr(row, field.attname, value)
    row._state.adding = False
    row._state.db = connection.alias


def _compose(row: Model) -> _Statement:
    """Columns with a default of the database are left to it."""
    quote, meta = connection.ops.quote_name, row._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not field.has_db_default() and not (field.primary_key and row.pk is None)
    ]
    places = [_placeholder(field, getattr(row, field.attname)) for field in fields]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    returned = tuple(field for field in meta.concrete_fields if field.db_returning) or (meta.pk,)
    text = (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({', '.join(places)}) "
        f"RETURNING {', '.join(quote(str(field.column)) for field in returned)}"
    )
    adapted = tuple((field.attname, None if _is_plain(field) else field) for field in fields)
    return _Statement(text, adapted, returned)


def _is_plain(field: Field[Any, Any]) -> bool:
    """Does the driver take the value as it is?"""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return False
    return field.is_relation or field.get_internal_type() in PLAIN


def _placeholder(field: Field[Any, Any], value: Any) -> str:
    if not hasattr(field, "get_placeholder"):
        return "%s"
    prepared = field.get_db_prep_save(value, connection)
    return str(field.get_placeholder(prepared, None, connection))
