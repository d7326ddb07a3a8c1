"""`manage.py verify_deadlines` finds every time that was written beside the ledger."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from core.deadlines import actions
from core.deadlines.actions import Subject
from core.models import Deadline, DeadlineExtension, DeadlineInterval
from events.actions.perform import perform
from events.models import Alert, Event, Reminder, WorkOrder
from events.moves import Clock, Move
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory

HOUR = timedelta(hours=1)


def verify(**options: Any) -> str:
    """What the command says: on its way out without complaint, else the complaint."""
    said, complained = StringIO(), StringIO()
    try:
        call_command("verify_deadlines", stdout=said, stderr=complained, **options)
    except SystemExit as ended:
        return f"{ended.code}: {complained.getvalue()}"
    return said.getvalue()


@pytest.fixture
def busy(stage: Stage) -> Event:
    """An event at work with a co-handler, an urging, a pause behind it and more time granted; and an open alert."""
    stage.alert(subject_id=8)
    event = stage.event_in("verifying")
    perform(event.pk, Move.RECALL, stage.acceptor.as_actor(), event.version, reason="改为现场受理")
    event = stage.event_in("handling")
    event = perform(event.pk, Move.URGE, stage.chief.as_actor(), event.version)
    helper = OrgUnitFactory.create()
    event = perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), event.version, unit_id=helper.pk)
    subject = Subject("event", event.pk)
    extended = actions.extend(subject=subject, kind=Clock.HANDLING, at=event.reported_at, reason="granted")
    assert extended is not None
    Event.objects.filter(pk=event.pk).update(due_at=extended.due_at, warn_at=extended.warn_at)
    WorkOrder.objects.filter(event=event, role="lead").update(due_at=extended.due_at, warn_at=extended.warn_at)
    return event


def test_an_honest_database_is_confirmed(busy: Event) -> None:
    assert verify() == f"deadlines are what their ledgers say: {Deadline.objects.count()} clocks\n"


def test_the_size_of_a_batch_changes_nothing(busy: Event) -> None:
    assert verify(batch=1) == verify(batch=500)


@pytest.mark.parametrize("state", ["reported", "verifying", "filed", "dispatched", "handled", "checking", "closed"])
def test_every_stage_is_confirmed(stage: Stage, state: str) -> None:
    stage.event_in(state)
    assert verify().startswith("deadlines are what")


@pytest.mark.parametrize(
    ("field", "value"),
    [("overdue_seconds", 60), ("counted_before", HOUR), ("extended_amount", 7)],
)
def test_a_value_written_beside_the_ledger_is_found(busy: Event, field: str, value: Any) -> None:
    Deadline.objects.filter(subject_kind="event", subject_id=busy.pk, kind=Clock.HANDLING).update(**{field: value})
    assert verify().startswith(f"1: event {busy.pk} clock")


def test_a_moved_due_time_is_found_on_the_clock_and_on_its_copies(busy: Event) -> None:
    clock = Deadline.objects.get(subject_kind="event", subject_id=busy.pk, kind=Clock.HANDLING)
    Deadline.objects.filter(pk=clock.pk).update(due_at=clock.due_at + HOUR)
    said = verify()
    assert "due_at is" in said
    assert f"event {busy.pk}: shows handling due" in said
    assert "leg" in said
    assert "3 differences" in said


@pytest.mark.parametrize("model", [Event, WorkOrder, Alert])
def test_a_copy_that_says_something_else_is_found(busy: Event, model: type[Any]) -> None:
    row = model.objects.exclude(due_at=None).latest("id")
    model.objects.filter(pk=row.pk).update(due_at=row.due_at + HOUR)
    assert "no open clock says so" in verify()


def test_a_reminder_with_another_time_than_its_clock_is_found(busy: Event) -> None:
    Reminder.objects.update(reply_due_at=busy.reported_at)
    assert "reminder" in verify()


def test_an_event_that_hides_its_running_clock_is_found(busy: Event) -> None:
    Event.objects.filter(pk=busy.pk).update(due_kind="")
    assert f"event {busy.pk}: shows no clock, but one runs" in verify()


def test_a_span_that_was_moved_is_found(busy: Event) -> None:
    span = DeadlineInterval.objects.filter(deadline__kind=Clock.ACCEPT, deadline__subject_id=busy.pk).latest("id")
    DeadlineInterval.objects.filter(pk=span.pk).update(started_at=span.started_at - HOUR)
    assert "its ledger says" in verify()


def test_a_ledger_that_was_torn_out_is_found(busy: Event) -> None:
    DeadlineInterval.objects.filter(deadline__subject_kind="order").delete()
    assert "has no ledger" in verify()


def test_an_extension_nobody_granted_is_found(busy: Event) -> None:
    DeadlineExtension.objects.all().delete()
    assert "its extensions add up to 0" in verify()


def test_a_calendar_nobody_wrote_is_found(busy: Event) -> None:
    Deadline.objects.filter(kind=Clock.DISPATCH).update(calendar_key="unit:999999:7")
    assert "no work calendar named 'unit:999999:7'" in verify()


def test_a_clock_that_stands_although_its_ledger_runs_is_found(busy: Event) -> None:
    clock = Deadline.objects.filter(subject_kind="order").latest("id")
    Deadline.objects.filter(pk=clock.pk).update(state="paused", running_since=None)
    assert "is paused, its ledger says running" in verify()
