"""Urging, supervising and the reply."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.deadlines.firing import fire_crossed
from core.errors import Forbidden, MoveNotAllowed
from core.models import Deadline, DeadlineState, OutboxMessage
from events.actions.perform import perform
from events.actions.remind import supervise_automatically
from events.errors import NotAddressed, ReminderSettled
from events.models import Evaluation, Event, Reminder, WorkOrder
from events.moves import Move
from events.shapes import EventDetail, OrderCounts, ReminderPage
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with


@pytest.fixture
def leader(stage: Stage) -> User:
    return person_with(Role.LEADER, area=stage.district, name="郑领导")


def urge(event: Event, by: User, **inputs: Any) -> Event:
    return perform(event.pk, Move.URGE, by.as_actor(), event.version, **inputs)


def supervise(event: Event, by: User, **inputs: Any) -> Event:
    return perform(event.pk, Move.SUPERVISE, by.as_actor(), event.version, **inputs)


def reply(event: Event, by: User, **inputs: Any) -> Event:
    values = {"reminder_id": Reminder.objects.latest("id").pk, "note": "今日完成"} | inputs
    return perform(event.pk, Move.REPLY, by.as_actor(), None, **values)


def test_an_urging_goes_to_the_department_that_has_the_event(stage: Stage) -> None:
    event = urge(stage.event_in("handling"), stage.chief, note="群众多次来电")
    reminder = Reminder.objects.get()
    assert (reminder.unit, reminder.kind, reminder.colour) == (stage.department, "urge", "")
    assert (event.urge_count, event.supervision) == (1, "")
    assert WorkOrder.objects.get().reply_due_at == reminder.reply_due_at


@pytest.mark.parametrize("state", ["reported", "filed", "handled", "checked"])
def test_an_urging_goes_to_the_centre_while_no_department_is_at_work(stage: Stage, state: str) -> None:
    urge(stage.event_in(state), stage.chief)
    assert Reminder.objects.get().unit == stage.centre


def test_the_reply_is_due_in_four_working_hours_unless_somebody_says_otherwise(stage: Stage) -> None:
    event = urge(stage.event_in("handling"), stage.chief)
    urge(event, stage.chief, reply_hours=2)
    amounts = Deadline.objects.filter(subject_kind="reminder").order_by("id").values_list("limit_amount", flat=True)
    assert [int(amount) for amount in amounts] == [4, 2]


@pytest.mark.parametrize(("colour", "hours"), [("ordinary", 8), ("yellow", 4), ("red", 2)])
def test_a_supervision_is_answered_the_sooner_the_higher_its_colour(
    stage: Stage, leader: User, colour: str, hours: int
) -> None:
    event = supervise(stage.event_in("handling"), leader, colour=colour)
    assert event.supervision == colour
    assert int(Deadline.objects.get(subject_kind="reminder").limit_amount) == hours


def test_an_event_keeps_the_highest_colour(stage: Stage, leader: User) -> None:
    event = supervise(stage.event_in("handling"), leader, colour="red")
    assert supervise(event, leader, colour="yellow").supervision == "red"


def test_only_a_leader_supervises(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        supervise(stage.event_in("handling"), stage.chief)


def test_an_ended_event_is_not_urged(stage: Stage) -> None:
    with pytest.raises(MoveNotAllowed):
        urge(stage.event_in("closed"), stage.chief)


def test_the_reply_stops_the_clock_and_empties_the_box(stage: Stage) -> None:
    event = urge(stage.event_in("handling"), stage.chief)
    reply(event, stage.desk)
    reminder = Reminder.objects.get()
    assert (reminder.reply, reminder.replied_by, reminder.settled_at) == ("今日完成", stage.desk, reminder.replied_at)
    assert Deadline.objects.get(subject_kind="reminder").state == DeadlineState.STOPPED
    assert WorkOrder.objects.get().reply_due_at is None


def test_only_the_addressed_unit_replies(stage: Stage) -> None:
    event = urge(stage.event_in("handling"), stage.chief)
    with pytest.raises(NotAddressed):
        reply(event, stage.dispatcher)


def test_a_reminder_is_answered_once(stage: Stage) -> None:
    event = reply(urge(stage.event_in("handling"), stage.chief), stage.desk)
    with pytest.raises(ReminderSettled):
        reply(event, stage.desk)


def test_an_urging_makes_nobodys_click_stale(stage: Stage) -> None:
    event = stage.event_in("handling")
    order, seen = WorkOrder.objects.get(), event.version
    urge(event, stage.chief)
    order_version = (order.pk, order.version)
    finished = perform(event.pk, Move.FINISH, stage.desk.as_actor(), seen, order_version=order_version, note="已劝离")
    assert finished.state == "handled"


def test_ending_an_event_settles_what_waits(stage: Stage) -> None:
    event = urge(stage.event_in("reported"), stage.chief)
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), event.version, reason="重复")
    reminder = Reminder.objects.get()
    assert (reminder.replied_at, reminder.settled_at is None) == (None, False)
    assert Deadline.objects.get(subject_kind="reminder").state == DeadlineState.WITHDRAWN


def test_a_reminder_follows_the_event_back_to_the_centre(stage: Stage) -> None:
    event = urge(stage.event_in("dispatched"), stage.chief)
    assert Reminder.objects.get().unit == stage.department
    perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), event.version, reason="派错")
    assert Reminder.objects.get().unit == stage.centre
    assert WorkOrder.objects.get().reply_due_at is None


def test_the_centre_is_told_of_a_reminder_that_comes_to_it(stage: Stage) -> None:
    event = stage.event_in("handling")
    event = perform(event.pk, Move.URGE, stage.chief.as_actor(), None, note="请尽快处置")
    expand_notices()
    Message.objects.all().delete()
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="不属本部门", basis="职责清单")
    assert stage.dispatcher.pk and stage.acceptor.pk
    expand_notices()
    told = Message.objects.filter(kind="reminded").values_list("user_id", flat=True)
    assert set(told) == {stage.dispatcher.pk, stage.acceptor.pk}  # the duty chief who urged is not


def test_a_leg_of_the_run_before_a_reopening_does_not_keep_a_reminder_with_its_department(stage: Stage) -> None:
    event = stage.event_in("closed")
    event = perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="问题复发")
    for move, who, inputs in stage.way_to("handling")[1:]:
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    event = urge(event, stage.chief)
    before, present = WorkOrder.objects.order_by("id")
    assert (before.reply_due_at, present.reply_due_at) == (None, Reminder.objects.get().reply_due_at)
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非本部门", basis="职责清单")
    assert Reminder.objects.get().unit == stage.centre


def test_a_reminder_nobody_answers_lapses_and_the_duty_chief_is_told(stage: Stage) -> None:
    event = urge(stage.event_in("handling"), stage.chief)
    clock = Deadline.objects.get(subject_kind="reminder")
    Deadline.objects.exclude(pk=clock.pk).update(fire_at=None)
    assert fire_crossed(at=clock.due_at + timedelta(minutes=1)) == 1
    assert Reminder.objects.get().lapsed_at == clock.due_at
    detail = browser(stage.chief).get(f"/api/v1/events/{event.pk}").json()
    entry = EventDetail.model_validate(detail).history[-1]
    assert (entry.move, entry.clock, entry.threshold, entry.addressed) == ("escalate", "reply", 100, ["duty_chief"])


def test_supervisions_cost_quality_points(stage: Stage, leader: User) -> None:
    event = stage.event_in("handling")
    for colour in ("ordinary", "yellow", "red"):
        event = supervise(event, leader, colour=colour)
    for move, who, inputs in stage.way_to("closed")[3:]:
        event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
    assert Evaluation.objects.get().quality == 85


def test_the_second_failed_check_is_supervised_by_the_platform(stage: Stage) -> None:
    event, seat = stage.event_in("checking"), stage.acceptor.as_actor()
    event = perform(event.pk, Move.CHECK_FAIL, seat, event.version, reason="未清理")
    assert event.supervision == ""
    for move, who, inputs in stage.way_to("checking")[3:]:
        event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
    event = perform(event.pk, Move.CHECK_FAIL, seat, event.version, reason="仍未清理")
    reminder = Reminder.objects.get()
    assert (event.supervision, reminder.issued_by, reminder.unit) == ("ordinary", None, stage.department)


def test_the_platform_does_not_repeat_a_supervision_that_still_waits(stage: Stage) -> None:
    event = stage.event_in("handling")
    supervise_automatically(event_id=event.pk, note="一")
    assert supervise_automatically(event_id=event.pk, note="二") is None


def test_urge_and_reply_over_http(stage: Stage) -> None:
    event = stage.event_in("handling")
    path = f"/api/v1/events/{event.pk}/moves"
    answer = browser(stage.chief).post(f"{path}/urge", {"version": event.version, "note": "请抓紧"}, format="json")
    detail = EventDetail.model_validate(answer.json())
    assert (detail.flags.urge_count, detail.reminders[0].note, detail.reminders[0].light) == (1, "请抓紧", "green")
    assert "reply" not in [move.move for move in detail.allowed_moves]

    desk = browser(stage.desk)
    counts = OrderCounts.model_validate(desk.get("/api/v1/orders/counts").json())
    assert counts.replies == 1
    assert desk.get("/api/v1/orders?box=replies").json()["items"][0]["reply_due_at"] is not None
    shown = EventDetail.model_validate(desk.get(f"/api/v1/events/{event.pk}").json())
    assert "reply" in [move.move for move in shown.allowed_moves]
    (waiting,) = ReminderPage.model_validate(desk.get("/api/v1/reminders?waiting=1&mine=1").json()).items
    body = {"version": shown.version, "reminder_id": waiting.id, "note": "今日完成"}
    assert desk.post(f"{path}/reply", body, format="json").status_code == 200
    assert desk.get("/api/v1/reminders?waiting=1").json()["items"] == []
    assert desk.get("/api/v1/reminders").json()["items"][0]["reply"] == "今日完成"


def test_the_list_is_scoped_filtered_and_needs_a_session(stage: Stage, leader: User) -> None:
    supervise(stage.event_in("handling"), leader)
    stranger = browser(person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create()))
    assert stranger.get("/api/v1/reminders").json()["items"] == []
    assert len(browser(stage.chief).get("/api/v1/reminders?waiting=1").json()["items"]) == 1
    assert browser(stage.chief).get("/api/v1/reminders?mine=1").json()["items"] == []
    assert browser(stage.chief).get("/api/v1/reminders?lapsed=1").json()["items"] == []
    assert browser(None).get("/api/v1/reminders").status_code in {401, 403}
    assert browser(stage.chief).get("/api/v1/reminders?waiting=perhaps").status_code == 422


def test_a_supervision_over_http_is_forbidden_hidden_and_checked(stage: Stage, leader: User) -> None:
    event = stage.event_in("handling")
    path = f"/api/v1/events/{event.pk}/moves/supervise"
    assert browser(stage.desk).post(path, {"version": event.version}, format="json").status_code == 403
    stranger = browser(person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create()))
    assert stranger.post(path, {"version": event.version}, format="json").status_code == 404
    bad = browser(leader).post(path, {"version": event.version, "colour": "green"}, format="json")
    assert bad.status_code == 422
    none = browser(leader).post(path, {"version": event.version, "reply_hours": 0}, format="json")
    assert none.status_code == 422


def test_the_list_takes_the_same_statements_however_long_it_is(stage: Stage) -> None:
    def statements() -> int:
        client = browser(stage.chief)
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/reminders?waiting=1")
        return len(queries)

    event = urge(stage.event_in("handling"), stage.chief)
    one = statements()
    for _ in range(5):
        event = urge(event, stage.chief)
    assert statements() == one


def test_who_must_reply_and_who_watches_over_the_area_are_told_at_once(stage: Stage) -> None:
    OutboxMessage.objects.all().delete()
    urge(stage.event_in("handling"), stage.chief)
    message = OutboxMessage.objects.get(type="reminder.changed")
    assert (message.payload["change"], message.payload["row"]["unit"]["id"]) == ("sent", stage.department.pk)
    assert {f"unit:{stage.department.pk}", f"area:{stage.district.path}"} <= set(message.after)


def test_a_reminder_that_moves_is_gone_for_the_department(stage: Stage) -> None:
    event = urge(stage.event_in("dispatched"), stage.chief)
    OutboxMessage.objects.all().delete()
    perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), event.version, reason="派错")
    message = OutboxMessage.objects.get(type="reminder.changed")
    unit = f"unit:{stage.department.pk}"
    assert (unit in message.before, unit in message.after) == (True, False)


def test_the_clock_of_a_reply_uses_its_own_limit_from_the_catalogue(stage: Stage) -> None:
    before = now()
    urge(stage.event_in("handling"), stage.chief, reply_hours=1)
    assert Reminder.objects.get().reply_due_at >= before + timedelta(hours=1)
