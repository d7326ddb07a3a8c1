"""When a zone is watched: days and hours as the city's clocks show them, by day, by night, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LIGHTS = ("any", "day", "night")
MOST_WINDOWS = 14
_DAY_MINUTES = 24 * 60


class ScheduleFault(ValueError):
    """What is wrong: `where` in the schedule ("windows.0.days") and a code: not_windows, too_many, unknown_field,
    bad_days, bad_time, empty_window, unknown_choice."""

    def __init__(self, where: str, code: str) -> None:
        super().__init__(f"{where}: {code}")
        self.where = where
        self.code = code


@dataclass(frozen=True, slots=True)
class Window:
    """From `begins` to `ends`, minutes of the day, on `days` (1 Monday to 7 Sunday). One that ends before it begins
    runs into the next day and belongs to the day on which it begins."""

    days: frozenset[int]
    begins: int
    ends: int

    def holds(self, weekday: int, minute: int) -> bool:
        if self.begins < self.ends:
            return weekday in self.days and self.begins <= minute < self.ends
        yesterday = 7 if weekday == 1 else weekday - 1
        return (weekday in self.days and minute >= self.begins) or (yesterday in self.days and minute < self.ends)


@dataclass(frozen=True, slots=True)
class Schedule:
    """No windows: at all hours. `light` narrows it to the light or the dark part of them."""

    windows: tuple[Window, ...] = ()
    light: str = "any"

    def runs_at(self, local: datetime, *, dark: bool) -> bool:
        """`local` is the moment as the city's clocks show it."""
        if self.light != "any" and dark != (self.light == "night"):
            return False
        weekday, minute = local.isoweekday(), local.hour * 60 + local.minute
        return not self.windows or any(window.holds(weekday, minute) for window in self.windows)


ALWAYS = Schedule()


def read_schedule(raw: Mapping[str, Any]) -> Schedule:
    """From {"windows": [{"days": [1, …], "begins": "22:00", "ends": "06:00"}], "light": "any"}.

    Raises ScheduleFault.
    """
    if unknown := set(raw) - {"windows", "light"}:
        raise ScheduleFault(sorted(unknown)[0], "unknown_field")
    light = raw.get("light", "any")
    if light not in LIGHTS:
        raise ScheduleFault("light", "unknown_choice")
    windows = raw.get("windows", [])
    if not isinstance(windows, list):
        raise ScheduleFault("windows", "not_windows")
    if len(windows) > MOST_WINDOWS:
        raise ScheduleFault("windows", "too_many")
    return Schedule(tuple(_window(item, f"windows.{number}") for number, item in enumerate(windows)), light)


def _window(raw: object, where: str) -> Window:
    if not isinstance(raw, Mapping):
        raise ScheduleFault(where, "not_windows")
    if unknown := set(raw) - {"days", "begins", "ends"}:
        raise ScheduleFault(f"{where}.{sorted(unknown)[0]}", "unknown_field")
    days = raw.get("days")
    if not isinstance(days, list) or not days or not all(type(day) is int and 1 <= day <= 7 for day in days):
        raise ScheduleFault(f"{where}.days", "bad_days")
    begins, ends = _minutes(raw.get("begins"), f"{where}.begins"), _minutes(raw.get("ends"), f"{where}.ends")
    if begins in (ends, _DAY_MINUTES):
        raise ScheduleFault(where, "empty_window")
    return Window(frozenset(days), begins, ends)


def _minutes(raw: object, where: str) -> int:
    """ "22:30" → 1350; "24:00" is the end of the day."""
    hours, separator, minutes = str(raw).partition(":")
    if not (separator and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal()):
        raise ScheduleFault(where, "bad_time")
    found = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or found > _DAY_MINUTES:
        raise ScheduleFault(where, "bad_time")
    return found
