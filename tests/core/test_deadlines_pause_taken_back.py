"""A pause that was not justified: the clock goes on as if it had never stood."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.deadlines import actions, readings, registry
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.deadlines.firing import fire_crossed
from core.deadlines.ledger import counted_in, overrun_in, recompute, runs_of
from core.deadlines.registry import Crossing, on_threshold
from core.models import Deadline, DeadlineInterval, DeadlineState

pytestmark = pytest.mark.django_db

EVENT, NEVER_STOOD = Subject("event", 7), Subject("event", 8)
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # a Tuesday, 09:00 in the city
HOUR = timedelta(hours=1)
FOUR_WORKING_HOURS = Limit(LimitType.WORKING_HOURS, Decimal(4))


def start(limit: Limit = FOUR_WORKING_HOURS, subject: Subject = EVENT) -> Deadline:
    return actions.start(subject=subject, kind="handling", limit=limit, at=START)


def take_back() -> Deadline | None:
    return actions.take_back_pause(subject=EVENT, kind="handling", reason="return_refused")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Crossing]]:
    monkeypatch.setattr(registry, "_watches", {})
    crossings: list[Crossing] = []
    on_threshold("event", "handling", handler=crossings.append)
    yield crossings


def test_a_pause_taken_back_leaves_the_due_time_where_it_was():
    due_at = start().due_at
    actions.pause(subject=EVENT, at=START + HOUR, reason="returned")
    clock = take_back()
    assert clock is not None
    assert (clock.state, clock.due_at, clock.running_since) == (DeadlineState.RUNNING, due_at, START + HOUR)
    (reading,) = readings.readings(subject=EVENT, at=START + 2 * HOUR)
    assert reading["elapsed_seconds"] == 7200
    assert [(i["kind"], i["reason"]) for i in reading["intervals"]] == [("run", ""), ("run", "return_refused")]


def test_an_overrun_within_the_span_counts_from_the_due_time():
    start(Limit.hours(2))
    actions.pause(subject=EVENT, at=START + HOUR)
    take_back()
    (stopped,) = actions.stop(subject=EVENT, kinds=["handling"], at=START + 5 * HOUR)
    assert stopped.overdue_seconds == 3 * 3600


def test_an_earlier_pause_stays_a_pause():
    start(Limit.hours(4))
    actions.pause(subject=EVENT, at=START + HOUR)
    actions.resume(subject=EVENT, at=START + 2 * HOUR)
    actions.pause(subject=EVENT, at=START + 3 * HOUR)
    clock = take_back()
    assert clock is not None
    assert clock.due_at == START + 5 * HOUR


def test_taking_back_where_nothing_stands_does_nothing():
    assert take_back() is None
    start()
    assert take_back() is None


def test_a_threshold_that_fell_into_the_span_is_called_late_and_once(heard: list[Crossing]):
    start(Limit.hours(10))
    actions.pause(subject=EVENT, at=START + HOUR)
    assert fire_crossed(at=START + 9 * HOUR) == 0
    take_back()
    assert fire_crossed(at=START + 9 * HOUR) == 1
    assert fire_crossed(at=START + 9 * HOUR) == 0
    assert [(c.threshold, c.crossed_at) for c in heard] == [(80, START + 8 * HOUR)]


limits = st.sampled_from([Limit.hours(2), FOUR_WORKING_HOURS, Limit(LimitType.CALENDAR_DAYS, Decimal(1))])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(limit=limits, runs_for=st.integers(0, 3000), stands_for=st.integers(0, 3000), then=st.integers(0, 3000))
def test_a_clock_whose_pause_was_taken_back_equals_one_that_never_stood(limit, runs_for, stands_for, then):
    Deadline.objects.all().delete()
    start(limit)
    start(limit, NEVER_STOOD)
    paused_at = START + timedelta(minutes=runs_for)
    end = paused_at + timedelta(minutes=stands_for + then)
    actions.pause(subject=EVENT, at=paused_at)
    take_back()
    (one,) = actions.stop(subject=EVENT, kinds=["handling"], at=end)
    (other,) = actions.stop(subject=NEVER_STOOD, kinds=["handling"], at=end)
    assert (one.warn_at, one.due_at, one.counted_before) == (other.warn_at, other.due_at, other.counted_before)
    assert one.overdue_seconds == pytest.approx(other.overdue_seconds, abs=1)


def make(step: str, at: datetime) -> None:
    """One step of a walk; a clock runs on only where none is open."""
    if step == "take_back":
        take_back()
    elif step == "extend":
        actions.extend(subject=EVENT, kind="handling", at=at)
    elif step == "run_on":
        if not Deadline.objects.filter(state__in=actions.OPEN).exists():
            actions.run_on(subject=EVENT, kind="handling", at=at)
    else:
        getattr(actions, step)(subject=EVENT, kinds=["handling"], at=at)


steps = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "stop", "run_on", "extend", "take_back"]), st.integers(0, 3000)),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(steps=steps, limit=limits)
def test_what_is_stored_is_what_the_ledger_says_after_any_sequence(steps, limit):
    Deadline.objects.all().delete()
    start(limit)
    at = START
    for step, minutes in steps:
        at += timedelta(minutes=minutes)
        make(step, at)
    clock = Deadline.objects.get()
    intervals = list(DeadlineInterval.objects.filter(deadline=clock))
    assert recompute(clock, intervals) == (clock.warn_at, clock.due_at)
    assert counted_in(clock, runs_of(intervals)) == clock.counted_before
    assert overrun_in(clock.due_at, runs_of(intervals)) == clock.overdue_seconds
