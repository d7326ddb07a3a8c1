"""Setting the working hours of the site or of a department, and letting running clocks follow."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from accounts.calendars import PREFIX, SITE_PREFIX, calendar_key, forget_versions, unit_of_key
from accounts.models import OrgUnit, UnitCalendar
from accounts.roles import Role
from accounts.rules.calendars import Period, checked_days, checked_periods
from core.actor import SYSTEM_ROLE, Actor
from core.clock import now
from core.deadlines.calendar import DEFAULT_PERIODS
from core.deadlines.reckoning import change_calendar, open_calendars
from core.errors import Forbidden, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change

SUBJECT_KIND = "calendar"
SITE_SUBJECT = 0
"""The site's calendar in the history; a unit's has the number of the unit."""
SITE_LOCK = 7_120_041


@transaction.atomic
def set_calendar(
    *,
    unit_id: int | None,
    actor: Actor,
    version: int,
    periods: Sequence[Period] = (),
    follows_site: bool = False,
    works_on: Collection[date] = (),
    rests_on: Collection[date] = (),
) -> UnitCalendar:
    """Give a unit, or with None the whole site, a new version of its working hours. `version` is the one its
    administrator looked at (0: none yet). A unit that `follows_site` gives up hours of its own.

    Running clocks follow within seconds (`follow_calendars`); what has ended stays as it was judged.
    """
    _lock(unit_id)
    if not actor.is_system and not actor.has_role(Role.SYSTEM_ADMIN):
        raise Forbidden(roles=Role.SYSTEM_ADMIN.label)
    last = UnitCalendar.objects.filter(unit_id=unit_id).order_by("-version").first()
    newest = last.version if last else 0
    if newest != version:
        raise StaleVersion(current_version=newest)
    works, rests = checked_days(works_on, rests_on)
    follows = follows_site and unit_id is not None
    kept = DEFAULT_PERIODS if follows else checked_periods(periods)
    calendar = UnitCalendar.objects.create(
        unit_id=unit_id,
        version=newest + 1,
        periods=[list(period) for period in kept],
        follows_site=follows,
        works_on=works,
        rests_on=rests,
        set_at=now(),
        set_by_id=actor.user_id,
    )
    _remember(calendar, last, actor)
    forget_versions()
    transaction.on_commit(forget_versions)
    return calendar


def _lock(unit_id: int | None) -> None:
    """One change of a calendar after the other."""
    if unit_id is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SITE_LOCK])
    elif not OrgUnit.objects.select_for_update().filter(pk=unit_id, is_active=True).exists():
        raise NotFound()


def _remember(calendar: UnitCalendar, last: UnitCalendar | None, actor: Actor) -> None:
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=calendar.unit_id or SITE_SUBJECT,
        actor=actor,
        change=Change(
            move="set",
            from_state=f"v{last.version}" if last else "",
            to_state=f"v{calendar.version}",
            role=SYSTEM_ROLE if actor.is_system else Role.SYSTEM_ADMIN.value,
        ),
        at=calendar.set_at,
        facts={
            "version": calendar.version,
            "before": _plain(last) if last else None,
            "after": _plain(calendar),
        },
    )


def _plain(calendar: UnitCalendar) -> dict[str, Any]:
    return {
        "periods": [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.periods],
        "follows_site": calendar.follows_site,
        "works_on": [day.isoformat() for day in calendar.works_on],
        "rests_on": [day.isoformat() for day in calendar.rests_on],
    }


def follow_calendars() -> int:
    """Let every open clock count by the calendar its office keeps now; how many changed. May be repeated."""
    forget_versions()
    changed = 0
    for key in (*open_calendars(PREFIX), *open_calendars(SITE_PREFIX)):
        current = calendar_key(unit_of_key(key))
        if key != current:
            changed += change_calendar(old=key, new=current)
    return changed
