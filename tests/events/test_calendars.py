"""Clocks of a department count the hours it keeps, and follow when it keeps others."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.actions.calendars import follow_calendars, set_calendar
from accounts.calendars import forget_versions
from core.actor import SYSTEM
from core.models import Deadline, HistoryRow, OutboxMessage
from events.actions.perform import perform
from events.models import Condition, WorkOrder
from events.moves import Clock, Move
from events.queries.catalogue import forget
from events.queries.detail import event_detail
from events.shapes import EventDetail
from tests.events.stage import Stage, build_stage
from tests.factories import OrgUnitFactory

TUESDAY_NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORNINGS, ALL_DAY = [(time(9), time(12))], [(time(8), time(20))]


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """On a Tuesday at nine, with conditions of eight working hours."""
    forget_versions()
    with time_machine.travel(TUESDAY_NINE, tick=False):
        found = build_stage()
        Condition.objects.update(limit_type="working_hours", limit_amount=Decimal(8))
        yield found
    forget()
    forget_versions()


def keep(stage: Stage, periods: list[tuple[time, time]], version: int = 0) -> None:
    set_calendar(unit_id=stage.department.pk, actor=SYSTEM, version=version, periods=periods)


def handling(**filters: Any) -> Deadline:
    return Deadline.objects.get(**{"kind": Clock.HANDLING, "subject_kind": "event"} | filters)


def test_a_departments_clocks_count_its_own_hours(stage: Stage) -> None:
    keep(stage, ALL_DAY)
    stage.event_in("dispatched")
    assert handling().calendar_key == f"unit:{stage.department.pk}:1"
    assert handling().due_at == TUESDAY_NINE + 8 * HOUR
    assert Deadline.objects.get(kind=Clock.SIGN).calendar_key == f"unit:{stage.department.pk}:1"


def test_the_centres_clocks_count_by_law(stage: Stage) -> None:
    keep(stage, ALL_DAY)
    stage.event_in("filed")
    assert set(Deadline.objects.values_list("calendar_key", flat=True)) == {""}


def test_a_limit_around_the_clock_needs_no_calendar(stage: Stage) -> None:
    Condition.objects.update(limit_type="urgent_hours", limit_amount=Decimal(2))
    keep(stage, MORNINGS)
    stage.event_in("dispatched")
    assert (handling().calendar_key, handling().due_at) == ("", TUESDAY_NINE + 2 * HOUR)


def test_a_co_handling_leg_counts_the_hours_of_its_own_department(stage: Stage) -> None:
    helper = OrgUnitFactory.create()
    set_calendar(unit_id=helper.pk, actor=SYSTEM, version=0, periods=MORNINGS)
    event = stage.event_in("handling")
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), event.version, unit_id=helper.pk)
    assert handling(subject_kind="order").due_at == TUESDAY_NINE + 2 * 24 * HOUR + 2 * HOUR


def test_running_clocks_follow_new_hours_and_every_row_shows_them(stage: Stage) -> None:
    event = stage.event_in("handling")
    assert handling().due_at == TUESDAY_NINE + 24 * HOUR
    OutboxMessage.objects.all().delete()
    keep(stage, ALL_DAY)
    assert follow_calendars() == 1
    due = TUESDAY_NINE + 8 * HOUR
    event.refresh_from_db()
    order = WorkOrder.objects.get()
    assert (handling().due_at, event.due_at, order.due_at) == (due, due, due)
    assert event.warn_at == order.warn_at == handling().warn_at == TUESDAY_NINE + 6 * HOUR + 24 * timedelta(minutes=1)
    assert set(OutboxMessage.objects.values_list("type", flat=True)) == {"event.changed", "order.changed"}
    row = HistoryRow.objects.filter(subject_kind="event").latest("seq")
    assert (row.move, row.facts["calendar"]) == ("follow_calendar", f"unit:{stage.department.pk}:1")


def test_a_co_handling_leg_follows_alone(stage: Stage) -> None:
    helper = OrgUnitFactory.create()
    event = stage.event_in("handling")
    event = perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), event.version, unit_id=helper.pk)
    set_calendar(unit_id=helper.pk, actor=SYSTEM, version=0, periods=ALL_DAY)
    follow_calendars()
    assert handling(subject_kind="order").due_at == TUESDAY_NINE + 8 * HOUR
    event.refresh_from_db()
    assert event.due_at == TUESDAY_NINE + 24 * HOUR


def test_a_click_is_as_fresh_after_the_change_as_before(stage: Stage) -> None:
    event = stage.event_in("handling")
    order, seen = WorkOrder.objects.get(), event.version
    keep(stage, ALL_DAY)
    follow_calendars()
    done = perform(
        event.pk, Move.FINISH, stage.desk.as_actor(), seen, order_version=(order.pk, order.version), note="已劝离"
    )
    assert done.state == "handled"


def test_what_has_ended_keeps_the_hours_it_was_judged_by(stage: Stage) -> None:
    stage.event_in("handled")
    before = handling().due_at
    keep(stage, ALL_DAY)
    assert follow_calendars() == 0
    assert (handling().due_at, handling().calendar_key) == (before, f"unit:{stage.department.pk}:0")


def test_following_twice_changes_nothing_more(stage: Stage) -> None:
    stage.event_in("handling")
    keep(stage, ALL_DAY)
    assert [follow_calendars() for _ in range(2)] == [1, 0]


def test_the_ledger_of_a_co_handling_leg_is_shown_with_its_department(stage: Stage) -> None:
    helper = OrgUnitFactory.create(name="交警大队")
    event = stage.event_in("handling")
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), event.version, unit_id=helper.pk)
    shown = EventDetail.model_validate(event_detail(event.pk, stage.dispatcher.as_actor()) | {"as_of": "", "epoch": ""})
    clocks = [(clock.unit.name if clock.unit else "", clock.kind) for clock in shown.deadlines]
    assert clocks[-2:] == [("交警大队", "sign"), ("交警大队", "handling")]
    assert ("", "handling") in clocks
