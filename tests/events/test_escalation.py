"""Thresholds of every clock: each once, on record, and the right people told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.deadlines.firing import fire_crossed
from core.deadlines.reckoning import reschedule
from core.models import Deadline, HistoryRow, OutboxMessage
from events.actions.alert_decisions import acknowledge_alert
from events.actions.perform import perform
from events.connections import WATCHED_CLOCKS
from events.models import EscalationStep, Event, Reminder
from events.moves import Clock, Move
from events.queries.escalation import forget_steps
from events.rules.escalation import Addressed, Addressee, Place, Step, addressees_of, default_steps, step_at
from events.signals import escalated
from notify.actions.expand import expand_notices
from notify.models import Delivery, Message, Notice
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []

    def hear(**told: Any) -> None:
        found.append(told)

    escalated.connect(hear, weak=False, dispatch_uid="test")
    yield found
    escalated.disconnect(dispatch_uid="test")
    forget_steps()


def only(kind: str, subject_kind: str = "event") -> Deadline:
    """The one clock that may fire in this test."""
    clock = Deadline.objects.get(kind=kind, subject_kind=subject_kind, state="running")
    Deadline.objects.exclude(pk=clock.pk).update(fire_at=None)
    return clock


def pass_through(clock: Deadline, percent: int) -> int:
    """How many thresholds of `clock` alone fire: a step may start clocks of its own, due by the working calendar."""
    Deadline.objects.exclude(pk=clock.pk).update(fire_at=None)
    length = clock.due_at - clock.started_at
    return fire_crossed(at=clock.started_at + length * percent / 100 + timedelta(seconds=1))


def test_each_step_of_an_event_is_told_once_to_its_addressees(stage: Stage, heard: list[dict[str, Any]]) -> None:
    event = stage.event_in("handling")
    clock = only(Clock.HANDLING)
    assert [pass_through(clock, percent) for percent in (79, 80, 100, 120, 199, 200, 900)] == [0, 1, 0, 1, 0, 1, 0]
    assert [(told["clock"], told["threshold"], told["step"]) for told in heard] == [
        ("handling", 80, Step.HANDLER),
        ("handling", 120, Step.CHIEF),
        ("handling", 200, Step.LEADER),
    ]
    unit, centre, area = stage.department.pk, stage.centre.pk, event.area_path
    assert [told["addressees"] for told in heard] == [
        [Addressed(Role.HANDLER, unit_id=unit), Addressed(Role.DEPARTMENT_DESK, unit_id=unit)],
        [Addressed(Role.DUTY_CHIEF, unit_id=centre)],
        [Addressed(Role.LEADER, area_path=area)],
    ]


def test_history_says_which_clock_and_who_was_told(stage: Stage, heard: list[dict[str, Any]]) -> None:
    event = stage.report()
    pass_through(only(Clock.ACCEPT), 120)
    pass_through(only(Clock.ACCEPT), 120)
    (first, second) = HistoryRow.objects.filter(subject_kind="event", move="escalate").order_by("seq")
    assert (first.facts["clock"], first.facts["threshold"], second.facts["threshold"]) == ("accept", 80, 120)
    assert second.facts["addressees"] == [{"role": "duty_chief", "unit": stage.centre.pk}]
    shown = browser(stage.chief).get(f"/api/v1/events/{event.pk}").json()["history"][-1]
    assert (shown["clock"], shown["threshold"], shown["addressed"]) == ("accept", 120, ["duty_chief"])


def test_at_the_last_step_the_platform_supervises(stage: Stage, heard: list[dict[str, Any]]) -> None:
    event = stage.event_in("handling")
    clock = only(Clock.HANDLING)
    for percent in (80, 120, 200):
        pass_through(clock, percent)
    reminder = Reminder.objects.get()
    event.refresh_from_db()
    assert (reminder.kind, reminder.colour, reminder.issued_by, reminder.unit) == (
        "supervise",
        "ordinary",
        None,
        stage.department,
    )
    assert (event.supervision, event.escalation) == ("ordinary", 200)


def test_a_verification_is_told_to_its_worker_and_the_grid_leader(stage: Stage, heard: list[dict[str, Any]]) -> None:
    event = stage.event_in("verifying")
    pass_through(only(Clock.VERIFY), 80)
    assert heard[0]["addressees"] == [
        Addressed("assignee", user_id=stage.worker.user_id),
        Addressed(Role.GRID_LEADER, area_path=event.area_path),
        Addressed(Role.ACCEPTOR, unit_id=stage.centre.pk),
    ]


def test_a_co_handling_leg_is_escalated_for_its_own_department(stage: Stage, heard: list[dict[str, Any]]) -> None:
    event = stage.event_in("handling")
    helper = OrgUnitFactory.create(name="交警大队")
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), event.version, unit_id=helper.pk)
    clock = only(Clock.HANDLING, "order")
    for percent in (80, 120, 200):
        pass_through(clock, percent)
    assert [told["subject_kind"] for told in heard] == ["order"] * 3
    assert heard[0]["addressees"][0] == Addressed(Role.HANDLER, unit_id=helper.pk)
    assert Reminder.objects.get().unit == helper
    assert Event.objects.get().escalation == 0


def test_an_alert_nobody_acknowledges_goes_to_the_duty_chief_then_to_the_leader(
    stage: Stage, heard: list[dict[str, Any]]
) -> None:
    alert = stage.alert()
    assert alert is not None
    clock = only(Clock.ALERT, "alert")
    OutboxMessage.objects.all().delete()
    assert [pass_through(clock, percent) for percent in (99, 100, 199, 200)] == [0, 1, 0, 1]
    assert [told["addressees"] for told in heard] == [
        [Addressed(Role.DUTY_CHIEF, area_path=alert.area_path)],
        [Addressed(Role.LEADER, area_path=alert.area_path)],
    ]
    assert browser(stage.operator).get(f"/api/v1/alerts/{alert.pk}").json()["escalation"] == 200
    assert [m.payload["change"] for m in OutboxMessage.objects.order_by("id")] == ["escalated", "escalated"]


def test_a_red_alert_is_escalated_by_its_own_limit(stage: Stage, heard: list[dict[str, Any]]) -> None:
    stage.alert(level=1)
    assert fire_crossed(at=now() + timedelta(seconds=61)) == 1


def test_an_alert_somebody_looks_at_is_left_to_them(stage: Stage, heard: list[dict[str, Any]]) -> None:
    alert = stage.alert()
    assert alert is not None
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    pass_through(only(Clock.ALERT, "alert"), 100)
    assert heard == []


def test_an_escalated_alert_makes_nobodys_click_stale(stage: Stage, heard: list[dict[str, Any]]) -> None:
    alert = stage.alert()
    assert alert is not None
    pass_through(only(Clock.ALERT, "alert"), 100)
    seen = acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), version=alert.version)
    assert seen.acknowledged_at is not None


def test_steps_an_administrator_sets_hold_instead_of_the_usual_ones(stage: Stage, heard: list[dict[str, Any]]) -> None:
    EscalationStep.objects.create(subject_kind="event", clock=Clock.ACCEPT, percent=50, step=Step.CHIEF)
    stage.report()
    assert [pass_through(only(Clock.ACCEPT), percent) for percent in (49, 50, 200)] == [0, 1, 0]
    assert heard[0]["step"] == Step.CHIEF


def test_running_clocks_follow_edited_steps_and_repeat_nothing(stage: Stage, heard: list[dict[str, Any]]) -> None:
    stage.report()
    clock = only(Clock.ACCEPT)
    pass_through(clock, 80)
    for percent in (60, 90):
        EscalationStep.objects.create(subject_kind="event", clock=Clock.ACCEPT, percent=percent, step=Step.CHIEF)
    assert reschedule(subject_kind="event", kind=Clock.ACCEPT) == 1
    assert [pass_through(clock, percent) for percent in (89, 90, 300)] == [0, 1, 0]


def test_every_watched_clock_has_somebody_to_tell_at_each_step() -> None:
    clocks = (*WATCHED_CLOCKS, Clock.ALERT, Clock.REPLY)
    assert all(addressees_of(clock, step) for clock in clocks for step in Step)


def test_a_threshold_that_is_not_set_any_more_means_what_the_next_lower_one_means() -> None:
    steps = default_steps("event", Clock.HANDLING)
    assert [step_at(percent, steps) for percent in (50, 80, 119, 120, 250)] == [
        Step.HANDLER,
        Step.HANDLER,
        Step.HANDLER,
        Step.CHIEF,
        Step.LEADER,
    ]


def test_the_duty_chief_of_an_event_is_the_one_of_its_owning_centre() -> None:
    assert addressees_of(Clock.HANDLING, Step.CHIEF) == (Addressee(Role.DUTY_CHIEF, Place.OWNER),)


def test_a_red_alert_goes_to_the_duty_chief_and_then_out_by_telephone_once(stage: Stage, settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": "file"}
    User.objects.filter(pk=stage.chief.pk).update(phone="13900000001")
    stage.alert(level=1)
    begun = now()
    assert [fire_crossed(at=begun + timedelta(seconds=after)) for after in (59, 61, 90, 121, 300)] == [0, 1, 0, 1, 0]
    expand_notices()
    messages = Message.objects.filter(user=stage.chief).order_by("id")
    assert [(message.kind, message.is_urgent) for message in messages] == [
        ("alert_escalated", True),
        ("alert_called", True),
    ]
    sent = Delivery.objects.filter(message__kind="alert_called", state="queued")
    assert sorted(sent.values_list("channel", flat=True)) == ["phone", "sms"]
    assert messages[1].values["title"] == "水域边有人滞留"


def test_an_alert_of_another_level_wakes_nobody_by_telephone(stage: Stage) -> None:
    assert stage.chief.pk
    stage.alert(level=2)
    clock = only(Clock.ALERT, "alert")
    assert [pass_through(clock, percent) for percent in (100, 200)] == [1, 1]
    assert set(Notice.objects.values_list("kind", flat=True)) == {"alert_escalated"}


def test_when_a_red_alert_is_passed_on_is_set_by_the_site(stage: Stage) -> None:
    EscalationStep.objects.create(subject_kind="alert", clock="alert", percent=50, step=Step.CHIEF)
    forget_steps()
    stage.alert(level=1)
    assert fire_crossed(at=now() + timedelta(seconds=31)) == 1
    forget_steps()
