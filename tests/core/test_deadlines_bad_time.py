"""Clocks under bad time: a system clock that steps back, a year without holidays, a limit of nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.deadlines import actions, readings, registry
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.deadlines.calendar import CalendarError, WorkCalendar, is_published
from core.deadlines.firing import fire_crossed
from core.deadlines.registry import Crossing, on_threshold
from core.deadlines.verify import problems_of
from core.models import Deadline, DeadlineFiring, DeadlineInterval

EVENT = Subject("event", 7)
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    monkeypatch.setattr(registry, "_watches", {})
    thresholds: list[int] = []

    def hear(crossing: Crossing) -> None:
        thresholds.append(crossing.threshold)

    on_threshold("event", "sign", handler=hear)
    yield thresholds


def start(limit: Limit | None = None) -> Deadline:
    return actions.start(subject=EVENT, kind="sign", limit=limit or Limit.minutes(10), at=START)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [actions.pause, actions.stop_all, actions.withdraw])
def test_a_clock_that_is_held_before_it_began_has_counted_nothing(change: Callable[..., list[Deadline]]) -> None:
    start()
    (held,) = change(subject=EVENT, at=START - HOUR)
    assert (held.counted_before, held.overdue_seconds) == (timedelta(), 0)
    assert DeadlineInterval.objects.filter(kind="run").get().ended_at == START
    assert problems_of(held) == []


@pytest.mark.django_db
def test_a_clock_that_resumes_before_it_paused_resumes_when_it_paused() -> None:
    start()
    actions.pause(subject=EVENT, at=START + 5 * MINUTE)
    (resumed,) = actions.resume(subject=EVENT, at=START - HOUR)
    assert (resumed.running_since, resumed.due_at) == (START + 5 * MINUTE, START + 10 * MINUTE)
    assert problems_of(resumed) == []


@pytest.mark.django_db
def test_a_clock_that_runs_on_before_it_stopped_runs_on_where_it_stopped() -> None:
    start()
    actions.stop_all(subject=EVENT, at=START + 5 * MINUTE)
    again = actions.run_on(subject=EVENT, kind="sign", at=START - HOUR)
    assert again is not None
    assert again.running_since == START + 5 * MINUTE


@pytest.mark.django_db
def test_a_reading_before_the_start_is_nothing_and_not_less() -> None:
    start()
    (reading,) = readings.readings(subject=EVENT, at=START - HOUR)
    assert (reading["elapsed_seconds"], reading["overdue_seconds"], reading["light"]) == (0, 0, "green")


@pytest.mark.django_db
def test_a_clock_that_steps_back_and_on_again_fires_nothing_twice(heard: list[int]) -> None:
    start()
    moments = (8, 2, 8, 12, 3, 12, 20, 8, 20)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in moments] == [1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert heard == [80, 120, 200]


@pytest.mark.django_db
def test_a_clock_that_ran_on_after_a_step_back_repeats_no_threshold(heard: list[int]) -> None:
    start()
    fire_crossed(at=START + 8 * MINUTE)
    actions.pause(subject=EVENT, at=START + 2 * MINUTE)
    actions.resume(subject=EVENT, at=START + 3 * MINUTE)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (9, 12, 13)] == [0, 0, 1]
    assert heard == [80, 120]
    assert DeadlineFiring.objects.count() == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["pause", "resume", "stop_all", "run_on"]), st.integers(-300, 300)), max_size=8
    )
)
@pytest.mark.django_db
def test_whatever_the_system_clock_does_the_ledger_stays_in_order(steps: list[tuple[str, int]]) -> None:
    Deadline.objects.all().delete()
    start(Limit.hours(1))
    at = START
    for step, minutes in steps:
        at += timedelta(minutes=minutes)
        is_open = Deadline.objects.filter(state__in=actions.OPEN).exists()
        kinds = {"kind": "sign"} if step == "run_on" else {}
        (getattr(actions, step) if step != "run_on" or not is_open else _nothing)(subject=EVENT, at=at, **kinds)
    assert problems_of(Deadline.objects.get()) == []


def _nothing(**_: object) -> None:
    """A clock that is open does not run on."""


@pytest.mark.parametrize("amount", ["0", "-1", "0.0000001"])
@pytest.mark.parametrize("measure", list(LimitType))
def test_a_limit_of_nothing_is_refused_in_words(measure: LimitType, amount: str) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Limit(measure, Decimal(amount))


@pytest.mark.django_db
def test_the_database_refuses_a_limit_of_nothing_too() -> None:
    start()
    with pytest.raises(IntegrityError, match="a_deadline_has_a_limit"), transaction.atomic():
        Deadline.objects.update(limit_amount=0)


def test_a_year_whose_holidays_are_not_announced_counts_monday_to_friday_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    is_published.cache_clear()
    monday, saturday = date(2042, 3, 3), date(2042, 3, 8)
    assert [WorkCalendar().is_working_day(day) for day in (monday, saturday)] == [True, False]
    assert "public holidays of 2042 are not published" in caplog.text


def test_a_calendar_without_a_period_is_refused_in_words() -> None:
    with pytest.raises(CalendarError, match="in order and not overlap"):
        WorkCalendar(periods=())


def test_a_calendar_that_always_rests_is_refused_instead_of_searched_for_ever() -> None:
    days = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(366 * 11))
    with pytest.raises(CalendarError, match="no working day in ten years"):
        WorkCalendar(rests_on=days).after(START, HOUR)
