"""Answers that carry the stream position they stand at."""

from collections.abc import Callable
from functools import cache
from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer

from core.api.problems import language_of
from core.live.snapshot import recent_position


def speaks_english(request: Request) -> bool:
    return language_of(request._request) == "en"


def snapshot(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `read` finds, with the position read before it: the client applies what is newer."""
    place = recent_position()
    return {**read(), "as_of": place.as_of, "epoch": place.epoch}


@cache
def _checker(serializer: type[Serializer[Any]]) -> Serializer[Any]:
    """One instance for all requests: its fields keep nothing of the data they check, and copying them is dear."""
    return serializer()


def inputs(serializer: type[Serializer[Any]], data: Any) -> dict[str, Any]:
    """Checked input, without the fields that were left out or sent as null."""
    checked: dict[str, Any] = _checker(serializer).run_validation(data)
    return {key: value for key, value in checked.items() if value is not None}
