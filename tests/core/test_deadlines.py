"""Clocks in the database: few statements, one open per kind, and a ledger that always tells the same as the row."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.deadlines import actions, readings
from core.deadlines.actions import Clock, Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.deadlines.ledger import counted_in, overrun_in, recompute, runs_of
from core.models import Deadline, DeadlineInterval, DeadlineState

pytestmark = pytest.mark.django_db

EVENT = Subject("event", 7)
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # a Tuesday, 09:00 in the city
HOUR = timedelta(hours=1)
FOUR_WORKING_HOURS = Limit(LimitType.WORKING_HOURS, Decimal(4))


def start(kind: str = "handling", limit: Limit = FOUR_WORKING_HOURS, at: datetime = START) -> Deadline:
    return actions.start(subject=EVENT, kind=kind, limit=limit, at=at)


def test_starting_a_clock_takes_two_statements():
    clocks = [
        Clock("sign", Limit.minutes(15)),
        Clock("handling", FOUR_WORKING_HOURS),
        Clock("close", Limit.hours(1)),
    ]
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        actions.start_many(subject=EVENT, clocks=clocks, at=START)
    assert len([q for q in queries if q["sql"].startswith("EXECUTE")]) == 2 * len(clocks)


def test_a_second_clock_of_the_same_kind_cannot_run_beside_the_first():
    start()
    with pytest.raises(IntegrityError), transaction.atomic():
        start()


def test_a_stopped_clock_leaves_room_for_a_new_one():
    start()
    actions.stop(subject=EVENT, kinds=["handling"], at=START + HOUR)
    assert start(at=START + 2 * HOUR).state == DeadlineState.RUNNING


def test_stopping_in_time_leaves_no_overrun():
    start()
    (stopped,) = actions.stop(subject=EVENT, kinds=["handling"], at=START + HOUR)
    assert (stopped.state, stopped.overdue_seconds, stopped.stopped_at) == (DeadlineState.STOPPED, 0, START + HOUR)


def test_stopping_late_keeps_the_overrun():
    deadline = start()
    (stopped,) = actions.stop(subject=EVENT, kinds=["handling"], at=deadline.due_at + 2 * HOUR)
    assert stopped.overdue_seconds == 7200


def test_a_returned_order_pauses_the_handling_clock():
    before = start().due_at
    actions.pause(subject=EVENT, kinds=["handling"], at=START + HOUR)
    (resumed,) = actions.resume(subject=EVENT, kinds=["handling"], at=START + 2 * HOUR)
    assert resumed.due_at > before
    assert resumed.due_at == START + 7 * HOUR  # 4 working hours, one hour paused, the noon break


def test_work_that_failed_its_check_runs_on_and_keeps_the_first_overrun():
    deadline = start()
    actions.stop(subject=EVENT, kinds=["handling"], at=deadline.due_at + HOUR)
    again = actions.run_on(subject=EVENT, kind="handling", at=deadline.due_at + 100 * HOUR)
    assert again is not None
    assert (again.due_at, again.overdue_seconds) == (deadline.due_at, 3600)
    (stopped,) = actions.stop(subject=EVENT, kinds=["handling"], at=deadline.due_at + 101 * HOUR)
    assert stopped.overdue_seconds == 7200


def test_running_on_without_a_stopped_clock_does_nothing():
    assert actions.run_on(subject=EVENT, kind="handling", at=START) is None


def test_withdrawing_judges_nothing():
    deadline = start()
    (withdrawn,) = actions.withdraw(subject=EVENT, at=deadline.due_at - HOUR)
    assert (withdrawn.state, withdrawn.overdue_seconds) == (DeadlineState.WITHDRAWN, 0)


def test_ending_the_subject_stops_every_clock():
    start("sign", Limit.minutes(15))
    start()
    actions.pause(subject=EVENT, kinds=["handling"], at=START)
    actions.stop_all(subject=EVENT, at=START + HOUR)
    assert set(Deadline.objects.values_list("state", flat=True)) == {DeadlineState.STOPPED}
    assert not DeadlineInterval.objects.filter(ended_at=None).exists()


def test_readings_tell_limit_use_light_and_ledger_in_two_statements(django_assert_num_queries):
    start()
    actions.pause(subject=EVENT, at=START + HOUR)
    actions.resume(subject=EVENT, at=START + 2 * HOUR)
    with django_assert_num_queries(2):
        (reading,) = readings.readings(subject=EVENT, at=START + 3 * HOUR)
    assert reading["limit"] == {"type": "working_hours", "amount": 4.0}
    assert (reading["elapsed_seconds"], reading["overdue_seconds"]) == (7200, 0)
    assert (reading["running"], reading["light"]) == (True, "green")
    assert [(i["kind"], i["to"]) for i in reading["intervals"]] == [
        ("run", START + HOUR),
        ("pause", START + 2 * HOUR),
        ("run", None),
    ]


def test_a_clock_that_stopped_late_stays_red():
    deadline = start()
    actions.stop(subject=EVENT, kinds=["handling"], at=deadline.due_at + timedelta(milliseconds=5))
    (reading,) = readings.readings(subject=EVENT, at=deadline.due_at + 500 * HOUR)
    assert (reading["light"], reading["overdue_seconds"]) == ("red", 1)


steps = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "stop", "run_on", "extend"]), st.integers(0, 3000)), max_size=8
)
limits = st.sampled_from(
    [
        Limit.hours(2),
        FOUR_WORKING_HOURS,
        Limit(LimitType.WORKING_DAYS, Decimal(2)),
        Limit(LimitType.CALENDAR_DAYS, Decimal(1)),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(steps=steps, limit=limits)
def test_the_stored_due_time_is_what_the_ledger_says_after_any_sequence(steps, limit):
    Deadline.objects.all().delete()
    start(limit=limit)
    at = START
    for step, minutes in steps:
        at += timedelta(minutes=minutes)
        kinds = {"kind": "handling"} if step in {"run_on", "extend"} else {"kinds": ["handling"]}
        has_open = Deadline.objects.filter(state__in=actions.OPEN).exists()
        if step != "run_on" or not has_open:
            getattr(actions, step)(subject=EVENT, at=at, **kinds)
    deadline = Deadline.objects.latest("id")
    intervals = list(deadline.intervals.all())
    assert recompute(deadline, intervals) == (deadline.warn_at, deadline.due_at)
    assert counted_in(deadline, runs_of(intervals)) == deadline.counted_before
    assert overrun_in(deadline.due_at, runs_of(intervals)) == deadline.overdue_seconds
    assert readings.overdue_from_ledger(deadline, intervals, at) == pytest.approx(
        readings.overdue_seconds(deadline, at), abs=len(intervals)
    )
