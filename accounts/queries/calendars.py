"""A unit's working hours as an administrator edits them."""

from typing import Any

from accounts.models import OrgUnit, UnitCalendar
from accounts.rules.calendars import unpublished_years
from core.clock import local, now
from core.deadlines.calendar import DEFAULT_PERIODS
from core.errors import NotFound


def calendar_of_unit(unit_id: int) -> dict[str, Any]:
    """The hours in force; version 0 and the statutory periods where the unit has set none."""
    unit = OrgUnit.objects.filter(pk=unit_id, is_active=True).first()
    if unit is None:
        raise NotFound()
    row = UnitCalendar.objects.filter(unit=unit).select_related("set_by").order_by("-version").first()
    works_on, rests_on = (row.works_on, row.rests_on) if row else ([], [])
    return {
        "unit": {"id": unit.pk, "name": unit.name},
        "version": row.version if row else 0,
        "periods": [{"opens": opens, "closes": closes} for opens, closes in (row.periods if row else DEFAULT_PERIODS)],
        "works_on": works_on,
        "rests_on": rests_on,
        "set_at": row.set_at if row else None,
        "set_by": row.set_by.name if row and row.set_by else None,
        "years_without_holidays": unpublished_years(local(now()).date(), works_on, rests_on),
    }
