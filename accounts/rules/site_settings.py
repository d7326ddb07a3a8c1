"""Within which bounds something is set for the whole site, and what is said where it is not. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bound:
    """A whole number that is set: what holds until somebody sets another, the least and the most."""

    field: str
    usual: int
    least: int
    most: int


def fault(field: str, code: str, zh: str, en: str) -> dict[str, str]:
    """What is wrong at a field, in both languages."""
    return {"field": field, "code": code, "message_zh": zh, "message_en": en}


def bound_faults(values: Mapping[str, Any], bounds: Iterable[Bound]) -> list[dict[str, str]]:
    """The numbers that lie outside their bounds; empty where all are within."""
    return [
        fault(
            bound.field,
            "out_of_range",
            f"请填写 {bound.least}–{bound.most} 之间的整数。",
            f"A whole number between {bound.least} and {bound.most}.",
        )
        for bound in bounds
        if not bound.least <= values[bound.field] <= bound.most
    ]


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field → (before, after) of what was changed; all of it where there was nothing before."""
    past = before or {}
    return {name: (past.get(name), value) for name, value in after.items() if past.get(name) != value}
