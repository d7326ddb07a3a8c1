"""Naming a department's calendar, and answering for the name: what a clock stores is `unit:<id>:<version>`.

A version never changes once it is written, so what was read of one may be kept for ever. Version 0 is the statutory
calendar of a department that has set none. Which version is in force is looked up again after `KEPT_SECONDS`; clocks
started on an old one meanwhile are brought along by `actions.calendars.follow_calendars`.
"""

from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import Max

from accounts.models import UnitCalendar
from core.deadlines.calendar import WorkCalendar

PREFIX = "unit:"
KEPT_SECONDS = 10.0

_kept: tuple[float, dict[int, int]] | None = None


def forget_versions(**_: Any) -> None:
    global _kept
    _kept = None


def calendar_key(unit_id: int) -> str:
    """The name of the calendar a unit works by now; no statement while it is in memory."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        newest = UnitCalendar.objects.order_by().values("unit_id").annotate(newest=Max("version"))
        _kept = (monotonic() + KEPT_SECONDS, {row["unit_id"]: row["newest"] for row in newest})
    return f"{PREFIX}{unit_id}:{_kept[1].get(unit_id, 0)}"


def calendar_named(key: str) -> WorkCalendar | None:
    """The calendar behind a stored name; None for a name of another kind, or of a version that does not exist."""
    if not key.startswith(PREFIX):
        return None
    unit_id, _, version = key.removeprefix(PREFIX).partition(":")
    return _version(int(unit_id), int(version)) if unit_id.isdigit() and version.isdigit() else None


def _version(unit_id: int, version: int) -> WorkCalendar | None:
    if version == 0:
        return WorkCalendar()
    return _written(unit_id, version)


@lru_cache(maxsize=1024)
def _written(unit_id: int, version: int) -> WorkCalendar | None:
    row = UnitCalendar.objects.filter(unit_id=unit_id, version=version).first()
    if row is None:
        return None
    return WorkCalendar(
        key=f"{PREFIX}{unit_id}:{version}",
        periods=tuple((opens, closes) for opens, closes in row.periods),
        works_on=frozenset(row.works_on),
        rests_on=frozenset(row.rests_on),
    )
