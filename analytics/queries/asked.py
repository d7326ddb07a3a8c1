"""What is asked of the figures: of whom, where, when, of which kind, channel and department."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q

from accounts.scope import area_grants, unit_ids, within_areas
from analytics.errors import PeriodInvalid
from analytics.models import DepartmentStint, EventLife
from analytics.queries.scope import scope_of
from core.actor import Actor
from core.clock import CITY_ZONE, now
from core.errors import NotFound
from grids.models import Area
from grids.queries.lineage import present_keys

LONGEST = timedelta(days=366)
YEARS = range(1990, 2200)
"""What can be reckoned with: asked for is 2000 and later, and compared with the time before."""
BELOW = {"district": "street", "street": "community", "community": "grid", "grid": "grid"}
POSTS: dict[str, dict[type[Model], str]] = {
    "department": {DepartmentStint: "unit_id"},
    "acceptor": {EventLife: "accepted_by_id"},
    "dispatcher": {DepartmentStint: "dispatched_by_id"},
    "checker": {EventLife: "verdict_by_id"},
    "collector": {EventLife: "reported_by_id"},
}


@dataclass(frozen=True)
class Period:
    """Days of the city, the last one included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        is_known = self.first.year in YEARS and self.last.year in YEARS
        if not is_known or not timedelta() <= self.last - self.first <= LONGEST:
            raise PeriodInvalid()

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), CITY_ZONE)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), CITY_ZONE)

    @property
    def counted_until(self) -> datetime:
        """The end, or the present moment where the period has not ended: what falls due later today is not late yet."""
        return max(self.begins, min(self.ends, now()))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """环比: the same number of days just before."""
        days = timedelta(days=self.days)
        return Period(self.first - days, self.last - days)

    def year_before(self) -> "Period":
        """同比: the same days a year earlier."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.last))


def _a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def last_month(today: date) -> Period:
    """The calendar month before the one of `today`."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


@dataclass(frozen=True)
class Asked:
    """Of whom, where and when; optionally of one kind, one channel, one lead department."""

    subject: str
    period: Period
    area: str | None = None
    type_code: str | None = None
    source: str | None = None
    unit: int | None = None
    boundaries: str = "then"
    """`then`: each area as it was when something happened in it; `present`: what was merged counts for its heir."""

    @property
    def narrowed(self) -> Q:
        """The kind, the channel and the department: columns of events, lives and stints alike."""
        chosen = {"type_code": self.type_code, "source": self.source, "unit_id": self.unit}
        return Q(**{name: value for name, value in chosen.items() if value})


def level_below(asked: Asked, actor: Actor) -> str:
    path = scope_of(actor, asked.area).path
    level = Area.objects.filter(path=path).values_list("level", flat=True).first()
    if level is None:
        raise NotFound()
    return BELOW.get(level, "district")


def within(asked: Asked, actor: Actor, table: type[Model]) -> Q:
    """The rows the actor may count: the areas of its posts; a department's desk what its own department led."""
    if asked.area is None and not area_grants(actor):
        return Q(unit_id__in=unit_ids(actor)) & asked.narrowed
    if asked.area is None:
        return within_areas(actor, key_fields=True) & asked.narrowed
    inside = scope_of(actor, asked.area).within | _inherited(asked.area, heirs_of(asked), actor)
    return inside & asked.narrowed


def _inherited(path: str, heirs: Mapping[int, int], actor: Actor) -> Q:
    """What happened in the closed areas for which the area at `path` counts today, as far as the actor may count it."""
    area = Area.objects.filter(path=path).values_list("pk", "level").first() if heirs else None
    closed = [old for old, heir in heirs.items() if area is not None and heir == area[0]]
    if area is None or not closed:
        return Q(pk__in=[])
    return Q(**{f"{area[1]}_id__in": closed}) & within_areas(actor, key_fields=True)


def key_of(asked: Asked, actor: Actor, table: type[Model]) -> str | None:
    """The column that names the subject in a table; None where the table knows nothing of it."""
    if asked.subject == "area":
        return f"{level_below(asked, actor)}_id"
    return POSTS[asked.subject].get(table)


def heirs_of(asked: Asked) -> dict[int, int]:
    """Closed area → the present one it counts for; nothing where areas are taken as they were."""
    return present_keys() if asked.subject == "area" and asked.boundaries == "present" else {}
