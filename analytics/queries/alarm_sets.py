"""Which alerts a number of 告警质量 counts: said once, for the number and for the list behind it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Extract, Floor

from accounts.scope import area_grants, within_areas
from analytics.queries.asked import Asked
from analytics.queries.scope import scope_of
from core.actor import Actor
from events.models import Alert
from events.models.alert import AlertQuerySet
from events.models.catalogue import Level

TEN_MINUTES = timedelta(minutes=10)
FLOOD_ABOVE = 10
STANDS_TOO_LONG = timedelta(hours=24)
ORDER = ("-found_at", "-id")
SETS = ("raised", "acknowledged", "standing")
"""Found in the period; acknowledged by somebody in the period; open at its end for more than a day."""
LEVELS = {
    "critical": Q(level=Level.CRITICAL),
    "urgent": Q(level=Level.URGENT),
    "other": ~Q(level__in=(Level.CRITICAL, Level.URGENT)),
}


@dataclass(frozen=True)
class Counted:
    """What a number counts of a set. `since` is the beginning of ten minutes in which they were raised, or
    acknowledged; `in_floods` those of all ten minutes with more than ten.
    """

    of: str = "raised"
    level: str | None = None
    state: str | None = None
    found_by: str | None = None
    rule: str | None = None
    subject_kind: str | None = None
    subject_id: int | None = None
    operator: int | None = None
    since: datetime | None = None
    in_floods: bool = False


def set_of(asked: Asked, actor: Actor, name: str) -> AlertQuerySet:
    """One of `SETS`, of the areas that the actor may count and the kind that is asked for."""
    everything = Alert.objects.filter(_inside(asked, actor))
    if asked.type_code:
        everything = everything.filter(type_code=asked.type_code)
    begins, ends = asked.period.begins, asked.period.counted_until
    if name == "standing":
        return everything.open().filter(found_at__lt=ends - STANDS_TOO_LONG)
    if name == "acknowledged":
        seen = everything.filter(acknowledged_at__gte=begins, acknowledged_at__lt=ends)
        return seen.exclude(acknowledged_by=None)
    return everything.filter(found_at__gte=begins, found_at__lt=ends)


def _inside(asked: Asked, actor: Actor) -> Q:
    if asked.area:
        return scope_of(actor, asked.area).within
    return within_areas(actor, key_fields=True) if area_grants(actor) else Q(pk__in=[])


def alerts_behind(asked: Asked, actor: Actor, counted: Counted) -> AlertQuerySet:
    """The alerts that a number counts: as many as it says, in `ORDER` once they are paged."""
    alerts = set_of(asked, actor, counted.of)
    moment = _moment(counted.of)
    if counted.in_floods:
        alerts = alerts.annotate(bin=bin_of(moment)).filter(bin__in=floods_of(alerts, moment).values("bin"))
    if counted.level:
        alerts = alerts.filter(LEVELS[counted.level])
    if counted.since is not None and counted.since >= asked.period.ends:
        return alerts.none()
    if counted.since is not None:
        alerts = alerts.filter(**{f"{moment}__gte": counted.since, f"{moment}__lt": counted.since + TEN_MINUTES})
    plain = {
        "state": counted.state,
        "source": counted.found_by,
        "rule": counted.rule,
        "subject_kind": counted.subject_kind,
        "subject_id": counted.subject_id,
        "acknowledged_by": counted.operator,
    }
    said = {name: value for name, value in plain.items() if value is not None}
    return alerts.filter(**said).select_related("acknowledged_by", "shelved_by")


def _moment(of: str) -> str:
    return "acknowledged_at" if of == "acknowledged" else "found_at"


def in_tens(alerts: QuerySet[Alert], moment: str) -> Any:
    """How many in each ten minutes in which there were any, as rows of `bin` and `number`."""
    return alerts.annotate(bin=bin_of(moment)).values("bin").annotate(number=Count("pk")).order_by()


def bin_of(moment: str) -> Floor:
    """The number of the ten minutes in which a moment lies; cities' clocks differ by whole tens of minutes."""
    return Floor(Extract(moment, "epoch", tzinfo=UTC) / TEN_MINUTES.total_seconds())


def floods_of(alerts: QuerySet[Alert], moment: str) -> Any:
    return in_tens(alerts, moment).filter(number__gt=FLOOD_ABOVE)


def begin_of(number: float) -> datetime:
    """When the ten minutes of this number began."""
    return datetime.fromtimestamp(float(number) * TEN_MINUTES.total_seconds(), UTC)
