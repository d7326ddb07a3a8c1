"""Keyset pages: a cursor names the last row seen, so a page costs the same at row 50 and at row 500,000."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Field, Func, Lookup, Model, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from rest_framework import serializers
from rest_framework.request import Request

from core.errors import InvalidCursor

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


Row = TypeVar("Row")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    items: list[Row]
    next: str | None


class PageQuery(serializers.Serializer[Any]):
    """The query parameters of every list."""

    cursor = serializers.CharField(required=False)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MAX_LIMIT, default=DEFAULT_LIMIT)


def _encode(values: Sequence[Any], salt: str) -> str:
    return signing.dumps([_plain(value) for value in values], salt=salt)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    return datetime.fromisoformat(plain["t"]) if "t" in plain else date.fromisoformat(plain["d"])


def _decode(cursor: str, salt: str) -> list[Any]:
    """What `_encode` was given. It is signed for one list and order, so what comes back always fits the columns."""
    try:
        plain = signing.loads(cursor, salt=salt)
    except signing.BadSignature as error:
        raise InvalidCursor() from error
    return [_value(value) for value in plain]


def _after(order: Sequence[str], values: Sequence[Any]) -> Q | Lookup[Any]:
    """Rows strictly behind `values` in `order`; NULLs are not expected in ordering columns.

    Columns in one direction are compared as a row: an index in that order is then walked from there. Comparing them
    one by one let the database guess how many follow, and it read and sorted them all.
    """
    names = [name.removeprefix("-") for name in order]
    downwards = [name.startswith("-") for name in order]
    if len(set(downwards)) == 1:
        seen, last = (
            Func(*parts, function="ROW", output_field=Field()) for parts in (map(F, names), map(Value, values))
        )
        return LessThan(seen, last) if downwards[0] else GreaterThan(seen, last)
    condition, equal = Q(pk__in=[]), Q()
    for name, down, value in zip(names, downwards, values, strict=True):
        condition |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    return condition


def page_of(
    queryset: QuerySet[M],
    request: Request,
    *,
    order: Sequence[str],
    shape: Callable[[list[M]], Sequence[Row]],
) -> Page[Row]:
    """One page of `queryset` in `order` (the last name must be unique), each page shaped by `shape` at once."""
    query = PageQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    limit = query.validated_data["limit"]
    salt = ":".join(("page", queryset.model._meta.label, *order))
    if cursor := query.validated_data.get("cursor"):
        queryset = queryset.filter(_after(order, _decode(cursor, salt)))
    rows = list(queryset.order_by(*order)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    last = [getattr(rows[-1], name.lstrip("-")) for name in order] if more else []
    return Page(items=list(shape(rows)), next=_encode(last, salt) if more else None)
