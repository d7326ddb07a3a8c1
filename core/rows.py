"""Reading rows of a model with a statement that is composed once and planned once per connection.

For the few reads that every move makes: composing them anew costs more than answering them. The rows are ordinary
instances, with what they refer to as far as it is named in `joined`; signals of their making are not sent.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.db.models.base import ModelState

from core.prepared import Prepared, prepared

M = TypeVar("M", bound=Model)
Converter = Callable[[Any], Any]
LOADED = "_loaded"
"""Where a row keeps what it was read with, so that only what became different is written back (`core.update`)."""


class _Part:
    """The columns of one model in the answer, and how they become an instance."""

    def __init__(self, model: type[Model], alias: str, only: Sequence[str] = ()) -> None:
        self.model, self.alias = model, alias
        fields: list[Field[Any, Any]] = [f for f in model._meta.concrete_fields if not only or f.name in only]
        self.names = [field.attname for field in fields]
        self.columns = [f"{alias}.{_selected(field)}" for field in fields]
        self.key = self.names.index(str(model._meta.pk.attname))
        # Geometry stays as the database gave it: its attribute reads it when somebody asks.
        found = (
            (place, _converters_of(field)) for place, field in enumerate(fields) if not hasattr(field, "geom_type")
        )
        self.converters = [(place, converters) for place, converters in found if converters]

    def instance(self, values: list[Any]) -> Model | None:
        if values[self.key] is None:
            return None
        for place, converters in self.converters:
            for convert in converters:
                values[place] = convert(values[place])
        row = self.model.__new__(self.model)
        attributes = row.__dict__
        attributes["_state"] = state = ModelState()
        state.adding, state.db = False, connection.alias
        attributes.update(zip(self.names, values, strict=True))
        return row


class Rows(Generic[M]):
    """`Rows(Event, "WHERE own.id = $1 FOR UPDATE OF own", count=1)`: declared at import, composed when first used.

    In `rest` the rows of the model are called `own`. `joined` names foreign keys that come along, `only` the fields of
    one that are read with it (its key among them); the others are read when somebody asks.
    """

    def __init__(
        self,
        model: type[M],
        rest: str,
        *,
        count: int,
        types: Sequence[str] = (),
        joined: Sequence[str] = (),
        only: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.model, self.rest, self.count, self.types = model, rest, count, types
        self.joined, self.only = joined, only or {}

    @cached_property
    def _own(self) -> _Part:
        return _Part(self.model, "own")

    @cached_property
    def _others(self) -> list[tuple[str, _Part]]:
        keys = [_foreign_key(self.model, name) for name in self.joined]
        return [
            (key.name, _Part(key.related_model, f"other{place}", self.only.get(key.name, ())))
            for place, key in enumerate(keys)
        ]

    @cached_property
    def _prepared(self) -> Prepared:
        quote = connection.ops.quote_name
        columns = [*self._own.columns, *(column for _, part in self._others for column in part.columns)]
        tables = [f"{quote(self.model._meta.db_table)} own"]
        for name, part in self._others:
            key, meta = _foreign_key(self.model, name), part.model._meta
            on = f"{part.alias}.{quote(str(meta.pk.column))} = own.{quote(str(key.column))}"
            tables.append(f"LEFT JOIN {quote(meta.db_table)} {part.alias} ON {on}")
        text = f"SELECT {', '.join(columns)} FROM {' '.join(tables)} {self.rest}"
        return prepared(text, count=self.count, types=self.types)

    def all(self, *values: Any) -> list[M]:
        return [self._instance(row) for row in self._prepared.fetch_all(values)]

    def first(self, *values: Any) -> M | None:
        row = self._prepared.fetch_one(values)
        return None if row is None else self._instance(row)

    def _instance(self, row: Sequence[Any]) -> M:
        upto = len(self._own.columns)
        instance = self._own.instance(list(row[:upto]))
        for name, part in self._others:
            values = list(row[upto : upto + len(part.columns)])
            upto += len(part.columns)
            instance._state.fields_cache[name] = part.instance(values)  # type: ignore[union-attr]
        held = instance.__dict__
        held[LOADED] = held.copy()
        return instance  # type: ignore[return-value]


def _foreign_key(model: type[Model], name: str) -> ForeignKey[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model.__name__}.{name} refers to nothing")
    return field


def _selected(field: Field[Any, Any]) -> str:
    """The column as the backend wants it selected: geometry in a form its converter reads."""
    column = connection.ops.quote_name(str(field.column))
    return str(getattr(connection.ops, "select", "%s")) % column if hasattr(field, "geom_type") else column


def _converters_of(field: Field[Any, Any]) -> list[Converter]:
    column = field.get_col(field.model._meta.db_table)
    found = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    return [_bound(convert, column) for convert in found]


def _bound(convert: Callable[[Any, Any, Any], Any], column: Any) -> Converter:
    return lambda value: convert(value, column, connection)
