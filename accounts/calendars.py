"""Naming an office's calendar, and answering for the name: what a clock stores is `unit:<id>:<version>`, with the
version of the site's calendar behind it once there is one, and `site:<version>` for a clock of no unit.

A version never changes once it is written, so what was read of one may be kept for ever. Version 0 is what holds until
somebody sets one: by law, and for a unit the hours of the site. Which versions are in force is looked up again after
`KEPT_SECONDS`; clocks started on old ones meanwhile are brought along by `actions.calendars.follow_calendars`.
"""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models import Max

from accounts.models import UnitCalendar
from core.deadlines.calendar import WorkCalendar

PREFIX = "unit:"
SITE_PREFIX = "site:"
KEPT_SECONDS = 10.0

_kept: tuple[float, dict[int | None, int]] | None = None


def forget_versions(**_: Any) -> None:
    """Look up again which versions are in force, and read them again."""
    global _kept
    _kept = None
    _written.cache_clear()
    _composed.cache_clear()


def calendar_key(unit_id: int | None) -> str:
    """The name of the calendar a unit works by now, the site's for None; no statement while it is in memory."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        newest = UnitCalendar.objects.order_by().values("unit_id").annotate(newest=Max("version"))
        _kept = (monotonic() + KEPT_SECONDS, {row["unit_id"]: row["newest"] for row in newest})
    versions = _kept[1]
    of_site = versions.get(None, 0)
    if unit_id is None:
        return f"{SITE_PREFIX}{of_site}"
    own = f"{PREFIX}{unit_id}:{versions.get(unit_id, 0)}"
    return f"{own}:{of_site}" if of_site else own


def current_calendar(unit_id: int | None = None) -> WorkCalendar:
    """The calendar a unit works by now; without one the site's."""
    return calendar_named(calendar_key(unit_id)) or WorkCalendar()


def calendar_named(key: str) -> WorkCalendar | None:
    """The calendar behind a stored name; None for a name of another kind, or of a version that does not exist."""
    kind, _, rest = key.partition(":")
    numbers = rest.split(":")
    if not all(number.isdigit() for number in numbers):
        return None
    versions = [int(number) for number in numbers]
    if kind == "site" and len(versions) == 1:
        return _composed(key, None, 0, versions[0])
    if kind == "unit" and len(versions) in (2, 3):
        return _composed(key, versions[0], versions[1], versions[2] if len(versions) == 3 else 0)
    return None


def unit_of_key(key: str) -> int | None:
    """Whose calendar a name speaks of; None for the site's."""
    return int(key.removeprefix(PREFIX).partition(":")[0]) if key.startswith(PREFIX) else None


@lru_cache(maxsize=2048)
def _composed(key: str, unit_id: int | None, version: int, site_version: int) -> WorkCalendar | None:
    """A unit's hours and days over the site's, which stand over the law."""
    if version == 0 and site_version == 0:
        return WorkCalendar()
    site = _written(None, site_version) if site_version else UnitCalendar()
    own = _written(unit_id, version) if version else UnitCalendar(follows_site=True)
    if site is None or own is None:
        return None
    rows = own.periods if not own.follows_site else site.periods
    works, rests = days_over(site, own)
    if not rows:
        return WorkCalendar(key=key, works_on=works, rests_on=rests)
    periods = tuple((opens, closes) for opens, closes in rows)
    return WorkCalendar(key=key, periods=periods, works_on=works, rests_on=rests)


def days_over(site: UnitCalendar, own: UnitCalendar) -> tuple[frozenset[date], frozenset[date]]:
    """Extra working days and days off where a unit's own outrank the site's."""
    works = frozenset(own.works_on) | (frozenset(site.works_on) - frozenset(own.rests_on))
    rests = frozenset(own.rests_on) | (frozenset(site.rests_on) - frozenset(own.works_on))
    return works, rests


@lru_cache(maxsize=1024)
def _written(unit_id: int | None, version: int) -> UnitCalendar | None:
    return UnitCalendar.objects.filter(unit_id=unit_id, version=version).first()
