"""Working hours as an administrator edits them, and what a month of them looks like."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendars import days_over
from accounts.models import OrgUnit, UnitCalendar
from accounts.rules.calendars import Period, unpublished_years
from core.clock import local, now
from core.deadlines.arithmetic import Limit, moment_after
from core.deadlines.calendar import DEFAULT_PERIODS, WorkCalendar, is_published, legal_day
from core.errors import NotFound


def calendar_of_unit(unit_id: int | None) -> dict[str, Any]:
    """The hours in force, of the site for None; version 0 and the statutory periods where none are set."""
    unit = None if unit_id is None else OrgUnit.objects.filter(pk=unit_id, is_active=True).first()
    if unit is None and unit_id is not None:
        raise NotFound()
    return _shape(unit, _newest(unit_id), None if unit_id is None else _newest(None))


def calendars() -> dict[str, Any]:
    """The site's hours, and those of every unit that keeps any of its own: two statements."""
    site = _newest(None)
    rows = UnitCalendar.objects.filter(unit__is_active=True).order_by("unit_id", "-version").distinct("unit_id")
    return {
        "site": _shape(None, site, None),
        "units": [_shape(row.unit, row, site) for row in rows.select_related("unit", "set_by")],
    }


def _newest(unit_id: int | None) -> UnitCalendar | None:
    return UnitCalendar.objects.filter(unit_id=unit_id).select_related("set_by").order_by("-version").first()


def _shape(unit: OrgUnit | None, row: UnitCalendar | None, site: UnitCalendar | None) -> dict[str, Any]:
    works_on, rests_on = (row.works_on, row.rests_on) if row else ([], [])
    follows = unit is not None and (row is None or row.follows_site)
    periods = (site.periods if site else DEFAULT_PERIODS) if follows else (row.periods if row else DEFAULT_PERIODS)
    return {
        "unit": {"id": unit.pk, "name": unit.name} if unit else None,
        "version": row.version if row else 0,
        "periods": [{"opens": opens, "closes": closes} for opens, closes in periods],
        "follows_site": follows,
        "works_on": works_on,
        "rests_on": rests_on,
        "set_at": row.set_at if row else None,
        "set_by": row.set_by.name if row and row.set_by else None,
        "years_without_holidays": unpublished_years(local(now()).date(), works_on, rests_on),
    }


@dataclass(frozen=True)
class Draft:
    """A calendar that is being written; of a unit it stands over the site's that is in force."""

    unit_id: int | None
    periods: tuple[Period, ...]
    works_on: tuple[date, ...]
    rests_on: tuple[date, ...]
    follows_site: bool = False


def preview(draft: Draft, *, month: date, limit: Limit, at: datetime) -> dict[str, Any]:
    """Every day of a month with why it is worked or not, and when a limit that starts at `at` would be over.

    Two statements at most; nothing is kept.
    """
    own = UnitCalendar(works_on=list(draft.works_on), rests_on=list(draft.rests_on))
    site = (_newest(None) if draft.unit_id is not None else None) or UnitCalendar()
    works, rests = days_over(site, own)
    site_periods = tuple((opens, closes) for opens, closes in site.periods or ()) or DEFAULT_PERIODS
    periods = site_periods if draft.follows_site and draft.unit_id is not None else draft.periods
    calendar = WorkCalendar(periods=periods, works_on=works, rests_on=rests)
    first = month.replace(day=1)
    days = [first + timedelta(days=count) for count in range(monthrange(month.year, month.month)[1])]
    due_at = moment_after(limit, at, limit.length, calendar)
    return {
        "month": f"{first:%Y-%m}",
        "is_published": is_published(month.year),
        "days": [_day(day, calendar, own, site) for day in days],
        "from": at,
        "due_at": due_at,
        "years_without_holidays": sorted(
            year for year in range(local(at).year, local(due_at).year + 1) if not is_published(year)
        ),
    }


def _day(day: date, calendar: WorkCalendar, own: UnitCalendar, site: UnitCalendar) -> dict[str, Any]:
    law = legal_day(day)
    if day in own.works_on or day in own.rests_on:
        why = "own"
    elif day in site.works_on or day in site.rests_on:
        why = "site"
    else:
        why = law.kind
    return {"date": day, "works": calendar.is_working_day(day), "why": why, "zh": law.zh, "en": law.en}


def legal_year(year: int) -> dict[str, Any]:
    """Public holidays and their make-up days of a year, as the law has them; none where it is not announced yet."""
    published = is_published(year)
    first = date(year, 1, 1)
    days = [first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days)] if published else []
    named = [(day, legal_day(day)) for day in days]
    return {
        "year": year,
        "is_published": published,
        "days": [
            {"date": day, "kind": law.kind, "zh": law.zh, "en": law.en}
            for day, law in named
            if law.kind in ("holiday", "make_up")
        ],
    }
