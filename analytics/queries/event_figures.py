"""Counts of events for the wall, each statement once over the rows it needs."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractHour

from analytics.queries.scope import WallScope
from analytics.rules.days import Today
from analytics.rules.rates import Closings
from core.clock import CITY_ZONE
from core.models import Deadline, DeadlineState, HistoryRow
from events.lifecycle import OPEN_STATES, STAGES
from events.models import Event
from events.models.event import SUBJECT_KIND
from events.moves import Clock

ASSESSED = timedelta(days=30)
"""Rates are taken over the events received in this span."""
LOOP = ("discover", "verify", "dispatch", "handle", "feedback", "evaluate")
CLOSED_STATES = ("closed", "evaluated")
SUSPENDED = "suspended"


def events_of(scope: WallScope) -> QuerySet[Event]:
    return Event.objects.filter(scope.within)


@dataclass(frozen=True)
class OpenFigures:
    """Open events: in all and by street, near and past the end of their running clock, and waiting by stage."""

    total: int
    near_due: int
    overdue: int
    longest_overdue_seconds: int
    by_street: Counter[int | None]
    overdue_by_street: Counter[int | None]
    waiting: Counter[str]


def open_figures(events: QuerySet[Event], at: datetime) -> OpenFigures:
    runs = ~Q(due_kind="")
    late = runs & Q(due_at__lt=at)
    rows = (
        events.filter(state__in=OPEN_STATES)
        .values("street_id", "state")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=late),
            near=Count("pk", filter=runs & Q(warn_at__lte=at, due_at__gte=at)),
            oldest=Min("due_at", filter=late),
        )
        .order_by()
    )
    by_street: Counter[int | None] = Counter()
    overdue_by_street: Counter[int | None] = Counter()
    waiting: Counter[str] = Counter()
    near, oldest = 0, at
    for row in rows:
        by_street[row["street_id"]] += row["number"]
        overdue_by_street[row["street_id"]] += row["late"]
        waiting[STAGES[row["state"]]] += row["number"]
        near += row["near"]
        oldest = min(oldest, row["oldest"] or at)
    return OpenFigures(
        total=by_street.total(),
        near_due=near,
        overdue=overdue_by_street.total(),
        longest_overdue_seconds=int((at - oldest).total_seconds()),
        by_street=by_street,
        overdue_by_street=overdue_by_street,
        waiting=waiting,
    )


class Received(NamedTuple):
    """Events received today by street and by source."""

    by_street: Counter[int | None]
    by_source: Counter[str]


def received_today(events: QuerySet[Event], today: Today) -> Received:
    rows = events.filter(reported_at__gte=today.start).values("street_id", "source").annotate(number=Count("pk"))
    by_street: Counter[int | None] = Counter()
    by_source: Counter[str] = Counter()
    for row in rows.order_by():
        by_street[row["street_id"]] += row["number"]
        by_source[row["source"]] += row["number"]
    return Received(by_street, by_source)


class Trend(NamedTuple):
    """Events received by hour of the city's day: today, and summed over the seven days before."""

    today: dict[int, int]
    before: dict[int, int]
    yesterday_same_time: int


def trend(events: QuerySet[Event], today: Today) -> Trend:
    yesterday = Q(reported_at__gte=today.yesterday_start, reported_at__lt=today.yesterday_same_time)
    rows = (
        events.filter(reported_at__gte=today.mean_start)
        .annotate(
            hour=ExtractHour("reported_at", tzinfo=CITY_ZONE),
            is_today=Case(When(reported_at__gte=today.start, then=Value(True)), default=Value(False)),
        )
        .values("hour", "is_today")
        .annotate(number=Count("pk"), yesterday=Count("pk", filter=yesterday))
        .order_by()
    )
    found: list[Any] = list(rows)
    return Trend(
        today={row["hour"]: row["number"] for row in found if row["is_today"]},
        before={row["hour"]: row["number"] for row in found if not row["is_today"]},
        yesterday_same_time=sum(row["yesterday"] for row in found),
    )


class Closing(NamedTuple):
    """Closings by street, and how many closed events wait for their evaluation."""

    by_street: dict[int | None, Closings]
    to_evaluate: int


def assessed(events: QuerySet[Event], at: datetime) -> QuerySet[Event]:
    """What rates are taken over: events received in the last 30 days that are closed or at work."""
    counted = [*CLOSED_STATES, *(state for state in OPEN_STATES if state != SUSPENDED)]
    return events.filter(state__in=counted, reported_at__gte=at - ASSESSED)


def late_at(at: datetime) -> Exists:
    """Whether an event's handling clock ran, or runs, past its end."""
    passed = Q(overdue_seconds__gt=0) | Q(state=DeadlineState.RUNNING, due_at__lt=at)
    handling = Deadline.objects.filter(subject_kind=SUBJECT_KIND, subject_id=OuterRef("pk"), kind=Clock.HANDLING)
    return Exists(handling.exclude(state=DeadlineState.WITHDRAWN).filter(passed))


def closings(events: QuerySet[Event], at: datetime) -> Closing:
    """Closings of what is assessed; what a granted appeal exempts is not, and waits for its evaluation all the same."""
    rows = (
        assessed(events, at)
        .annotate(is_late=late_at(at))
        .values("street_id", "state", "is_exempt", "is_late")
        .annotate(number=Count("pk"))
        .order_by()
    )
    by_street: dict[int | None, Closings] = {}
    to_evaluate = 0
    for row in rows:
        number, is_closed, is_late = row["number"], row["state"] in CLOSED_STATES, row["is_late"]
        to_evaluate += number * (row["state"] == "closed")
        if row["is_exempt"]:
            continue
        so_far = by_street.get(row["street_id"], Closings(0, 0, 0))
        by_street[row["street_id"]] = Closings(
            closed=so_far.closed + number * is_closed,
            closed_on_time=so_far.closed_on_time + number * (is_closed and not is_late),
            open_late=so_far.open_late + number * (is_late and not is_closed),
        )
    return Closing(by_street, to_evaluate)


def entered_today(events: QuerySet[Event], today: Today) -> dict[str, int]:
    """How many events came to each stage today, each counted once per stage: from the history.

    What is only noted on an event (an escalation, a further alert) leaves it in its state and does not count.
    """
    by_stage = [
        When(to_state__in=[state for state, name in STAGES.items() if name == stage], then=Value(stage))
        for stage in LOOP
    ]
    rows = (
        HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, at__gte=today.start, subject_id__in=events.values("pk"))
        .exclude(to_state=F("from_state"))
        .annotate(stage=Case(*by_stage, default=Value(""), output_field=CharField()))
        .values("stage")
        .annotate(number=Count("subject_id", distinct=True))
        .order_by()
    )
    return {row["stage"]: row["number"] for row in rows if row["stage"]}
