"""Keyset pages: a cursor names the last row seen, so a page costs the same at row 50 and at row 500,000."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
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


def _encode(values: Sequence[Any]) -> str:
    plain = [{"t": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, width: int) -> list[Any]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [datetime.fromisoformat(v["t"]) if isinstance(v, dict) else v for v in plain]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidCursor() from error
    if len(values) != width or not all(isinstance(v, (int, str, datetime, type(None))) for v in values):
        raise InvalidCursor()
    return values


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows strictly behind `values` in `order`; NULLs are not expected in ordering columns."""
    condition, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field, comparison = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
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
    if cursor := query.validated_data.get("cursor"):
        try:
            queryset = queryset.filter(_after(order, _decode(cursor, len(order))))
        except (ValueError, TypeError) as error:
            raise InvalidCursor() from error
    rows = list(queryset.order_by(*order)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    last = [getattr(rows[-1], name.lstrip("-")) for name in order] if more else []
    return Page(items=list(shape(rows)), next=_encode(last) if more else None)
