"""Stored clocks against a minute-by-minute walk that knows nothing of spans, limits granted on top or calendars' names.

The walk counts minutes by a list of pauses, a limit and an office's own rules; the actions drive the stored clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import CITY_ZONE
from core.deadlines import actions, readings, registry
from core.deadlines.actions import Clock, Subject
from core.deadlines.arithmetic import WORKING, Limit, LimitType
from core.deadlines.calendar import WorkCalendar, is_statutory_working_day
from core.deadlines.reckoning import change_calendar
from core.deadlines.verify import problems_of
from core.models import Deadline

pytestmark = pytest.mark.django_db

THING = Subject("thing", 7)
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EARLY = WorkCalendar(
    "early",
    ((time(7), time(11)), (time(13), time(16, 30))),
    frozenset({date(2026, 3, 7)}),
    frozenset({date(2026, 3, 5)}),
)
LONG = WorkCalendar("long", ((time(8), time(20)),))
CALENDARS = {"": WorkCalendar(), "early": EARLY, "long": LONG}


@dataclass
class Walk:
    """What a clerk with a stop watch would write down."""

    limit: Limit
    calendar: WorkCalendar
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    minutes_granted: int = 0

    def counts(self, minute: datetime) -> bool:
        if any(begin <= minute and (end is None or minute < end) for begin, end in self.pauses):
            return False
        if self.limit.type not in WORKING:
            return True
        there = minute.astimezone(CITY_ZONE)
        day, clock = there.date(), there.time()
        worked = day in self.calendar.works_on or (day not in self.calendar.rests_on and is_statutory_working_day(day))
        return worked and any(opens <= clock < closes for opens, closes in self.calendar.periods)

    def due(self) -> datetime:
        left, minute = self.limit.seconds // 60 + self.minutes_granted, START
        while left:
            left -= self.counts(minute)
            minute += MINUTE
        return minute

    def elapsed(self, until: datetime) -> timedelta:
        return sum(self.counts(START + n * MINUTE) for n in range(int((until - START) / MINUTE))) * MINUTE


@pytest.fixture(autouse=True)
def calendars(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_calendar_sources", [CALENDARS.get])
    yield


limits = st.sampled_from(
    [
        Limit.hours(2),
        Limit(LimitType.WORKING_HOURS, Decimal(4)),
        Limit(LimitType.WORKING_DAYS, Decimal(1)),
        Limit(LimitType.CALENDAR_DAYS, Decimal(1)),
    ]
)
gaps = st.integers(1, 600)
attempts = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)


def started(limit: Limit, key: str) -> None:
    Deadline.objects.all().delete()
    actions.start_many(subject=THING, clocks=[Clock("handling", limit, key)], at=START)


@attempts
@given(limit=limits, key=st.sampled_from(sorted(CALENDARS)), pauses=st.lists(st.tuples(gaps, gaps), max_size=3))
def test_pauses_move_the_stored_due_time_as_the_walk_says(
    limit: Limit, key: str, pauses: list[tuple[int, int]]
) -> None:
    started(limit, key)
    walk, at = Walk(limit, CALENDARS[key]), START
    for runs, stands in pauses:
        paused, at = at + runs * MINUTE, at + (runs + stands) * MINUTE
        actions.pause(subject=THING, at=paused)
        actions.resume(subject=THING, at=at)
        walk.pauses.append((paused, at))
    clock = Deadline.objects.get()
    assert clock.due_at == walk.due()
    assert problems_of(clock) == []


@attempts
@given(
    limit=limits, key=st.sampled_from(sorted(CALENDARS)), grants=st.lists(gaps, max_size=2), pause=st.tuples(gaps, gaps)
)
def test_extensions_move_the_stored_due_time_as_the_walk_says(
    limit: Limit, key: str, grants: list[int], pause: tuple[int, int]
) -> None:
    started(limit, key)
    walk, at = Walk(limit, CALENDARS[key]), START
    for gap in grants:
        at += gap * MINUTE
        actions.extend(subject=THING, kind="handling", at=at, reason="granted")
        walk.minutes_granted += limit.seconds // 60
    paused, at = at + pause[0] * MINUTE, at + (pause[0] + pause[1]) * MINUTE
    actions.pause(subject=THING, at=paused)
    actions.resume(subject=THING, at=at)
    walk.pauses.append((paused, at))
    (reading,) = readings.readings(subject=THING, at=at)
    assert reading["due_at"] == walk.due()
    assert timedelta(seconds=reading["elapsed_seconds"]) == walk.elapsed(at)
    assert problems_of(Deadline.objects.get()) == []


@attempts
@given(limit=limits, pause=st.tuples(gaps, gaps), new=st.sampled_from(["early", "long"]))
def test_a_change_of_hours_moves_the_stored_due_time_as_the_walk_says(
    limit: Limit, pause: tuple[int, int], new: str
) -> None:
    started(limit, "long" if new == "early" else "early")
    paused, resumed = START + pause[0] * MINUTE, START + sum(pause) * MINUTE
    actions.pause(subject=THING, at=paused)
    actions.resume(subject=THING, at=resumed)
    assert change_calendar(old="long" if new == "early" else "early", new=new) == 1
    clock = Deadline.objects.get()
    assert clock.due_at == Walk(limit, CALENDARS[new], [(paused, resumed)]).due()
    assert problems_of(clock) == []
