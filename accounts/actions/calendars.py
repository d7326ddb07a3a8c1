"""Setting a department's working hours, and letting its running clocks follow."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from accounts.calendars import PREFIX, calendar_key, forget_versions
from accounts.models import OrgUnit, UnitCalendar
from accounts.roles import Role
from accounts.rules.calendars import Period, checked_days, checked_periods
from core.actor import Actor
from core.clock import now
from core.deadlines.reckoning import change_calendar, open_calendars
from core.errors import Forbidden, NotFound, StaleVersion


@transaction.atomic
def set_calendar(
    *,
    unit_id: int,
    actor: Actor,
    version: int,
    periods: Sequence[Period],
    works_on: Collection[date] = (),
    rests_on: Collection[date] = (),
) -> UnitCalendar:
    """Give a unit a new version of its working hours. `version` is the one its administrator looked at (0: none yet).

    Running clocks of the unit follow within seconds (`follow_calendars`); what has ended stays as it was judged.
    """
    unit = OrgUnit.objects.select_for_update().filter(pk=unit_id, is_active=True).first()
    if unit is None:
        raise NotFound()
    if not actor.is_system and not actor.has_role(Role.SYSTEM_ADMIN):
        raise Forbidden(roles=Role.SYSTEM_ADMIN.label)
    newest = UnitCalendar.objects.filter(unit=unit).order_by("-version").values_list("version", flat=True).first() or 0
    if newest != version:
        raise StaleVersion(current_version=newest)
    works, rests = checked_days(works_on, rests_on)
    calendar = UnitCalendar.objects.create(
        unit=unit,
        version=newest + 1,
        periods=[list(period) for period in checked_periods(periods)],
        works_on=works,
        rests_on=rests,
        set_at=now(),
        set_by_id=actor.user_id,
    )
    forget_versions()
    transaction.on_commit(forget_versions)
    return calendar


def follow_calendars() -> int:
    """Let every open clock count by the calendar its unit keeps now; the number of clocks changed. May be repeated."""
    forget_versions()
    changed = 0
    for key in open_calendars(PREFIX):
        unit_id = int(key.removeprefix(PREFIX).partition(":")[0])
        current = calendar_key(unit_id)
        if key != current:
            changed += change_calendar(old=key, new=current)
    return changed
