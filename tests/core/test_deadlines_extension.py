"""More time for a clock: due, light and thresholds follow the longer limit, and the ledger says where it came from."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.deadlines import actions, readings, registry
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.deadlines.firing import fire_crossed
from core.deadlines.registry import Crossing, on_threshold
from core.models import Deadline

pytestmark = pytest.mark.django_db

EVENT = Subject("event", 7)
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # a Tuesday, 09:00 in the city
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FOUR_WORKING_HOURS = Limit(LimitType.WORKING_HOURS, Decimal(4))


def start(limit: Limit = FOUR_WORKING_HOURS) -> Deadline:
    return actions.start(subject=EVENT, kind="handling", limit=limit, at=START)


def extend(at: datetime = START + HOUR, by: Limit | None = None) -> Deadline | None:
    return actions.extend(subject=EVENT, kind="handling", at=at, by=by, reason="granted")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    monkeypatch.setattr(registry, "_watches", {})
    thresholds: list[int] = []

    def hear(crossing: Crossing) -> None:
        thresholds.append(crossing.threshold)

    on_threshold("event", "handling", handler=hear)
    yield thresholds


def test_an_extension_grants_the_first_limit_once_more():
    start()
    extended = extend()
    assert extended is not None
    assert extended.due_at == START + 24 * HOUR  # eight working hours from nine: the next morning at nine
    assert extended.warn_at == START + 8 * HOUR + 24 * MINUTE


def test_a_second_extension_grants_the_first_limit_again_and_not_the_longer_one():
    start()
    extend()
    extend()
    assert Deadline.objects.get().limit == Limit(LimitType.WORKING_HOURS, Decimal(12))


def test_an_extension_may_grant_less_than_the_limit():
    start(Limit.hours(2))
    extended = extend(by=Limit.minutes(30))
    assert extended is not None
    assert extended.due_at == START + 2 * HOUR + 30 * MINUTE


def test_an_extension_counts_in_the_measure_of_the_limit():
    start()
    with pytest.raises(ValueError, match="counts working_hours"):
        extend(by=Limit.hours(2))


def test_extending_a_clock_that_is_not_open_does_nothing():
    start()
    actions.stop_all(subject=EVENT, at=START + HOUR)
    assert extend() is None


def test_a_paused_clock_is_extended_and_runs_on_with_the_longer_limit():
    start(Limit.hours(2))
    actions.pause(subject=EVENT, at=START + HOUR, reason="returned")
    extend(at=START + 2 * HOUR)
    (resumed,) = actions.resume(subject=EVENT, at=START + 3 * HOUR)
    assert resumed.due_at == START + 6 * HOUR


def test_an_extension_granted_late_is_judged_by_the_longer_limit():
    start(Limit.hours(2))
    extend(at=START + 3 * HOUR)
    (stopped,) = actions.stop(subject=EVENT, kinds=["handling"], at=START + 4 * HOUR)
    assert stopped.overdue_seconds == 0


def test_the_reading_explains_pauses_and_extensions():
    start(Limit.hours(2))
    actions.pause(subject=EVENT, at=START + HOUR, reason="returned")
    actions.resume(subject=EVENT, at=START + 2 * HOUR)
    extend(at=START + 2 * HOUR)
    (reading,) = readings.readings(subject=EVENT, at=START + 3 * HOUR)
    assert [(i["kind"], i["reason"]) for i in reading["intervals"]] == [("run", ""), ("pause", "returned"), ("run", "")]
    assert reading["extensions"] == [{"at": START + 2 * HOUR, "amount": 2.0, "reason": "granted"}]
    assert reading["limit"] == {"type": "urgent_hours", "amount": 4.0}


def test_thresholds_move_with_the_longer_limit(heard):
    start(Limit.minutes(10))
    extend(at=START + MINUTE)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (12, 16, 23, 24)] == [0, 1, 0, 1]


def test_a_threshold_that_fired_before_the_extension_is_not_called_again(heard):
    start(Limit.minutes(10))
    fire_crossed(at=START + 8 * MINUTE)
    extend(at=START + 9 * MINUTE)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (16, 20, 24)] == [0, 0, 1]
    assert heard == [80, 120]
