"""Who is told what about events."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from events.actions.perform import perform
from events.actions.request_moves import grant_request
from events.models import Event, Request
from events.moves import Move
from events.notice_kinds import KINDS
from events.notices import LEGS, TABLE
from events.rules.escalation import Addressed, Step
from events.signals import escalated
from notify.actions.expand import expand_notices
from notify.models import Delivery, Message, Notice
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory, person_with


def told() -> list[tuple[str, str]]:
    """(kind, name) of what has come since the last look."""
    expand_notices()
    found = [(message.kind, message.user.name) for message in Message.objects.select_related("user") if message.user]
    Message.objects.all().delete()
    return sorted(found)


@pytest.fixture
def people(stage: Stage) -> list[User]:
    """Everybody has a seat before anything happens."""
    return [stage.acceptor, stage.dispatcher, stage.chief, stage.desk, stage.worker.user or stage.chief]


def act(event: Event, move: str, who: User, **inputs: Any) -> Event:
    return perform(event.pk, move, who.as_actor(), None, **inputs)


def test_every_rule_and_leg_names_a_kind_with_a_text() -> None:
    codes = {kind.code for kind in KINDS}
    assert {rule.kind for rules in TABLE.values() for rule in rules} | set(LEGS.values()) <= codes


def test_reporting_tells_nobody(stage: Stage, people: list[User]) -> None:
    stage.report()
    assert not Notice.objects.exists()


def test_dispatching_tells_the_desk_and_costs_one_statement(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("filed")
    told()
    with CaptureQueriesContext(connection) as queries:
        act(event, Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk)
    assert sum("notify_notice" in query["sql"] for query in queries.captured_queries) <= 1
    assert Notice.objects.count() == 1
    expand_notices()
    message = Message.objects.get()
    assert (message.user, message.kind) == (stage.desk, "order_issued")


def test_a_task_tells_its_assignee_when_it_comes_and_when_it_is_recalled(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("verifying")
    assert told() == [("task_issued", "孙网格")]
    act(event, Move.RECALL, stage.acceptor, reason="已电话核实")
    assert told() == [("task_withdrawn", "孙网格")]


@pytest.fixture
def office(stage: Stage) -> User:
    unit = OrgUnitFactory.create(kind="office", name="望江街道城建科")
    return person_with(Role.DEPARTMENT_DESK, unit=unit, name="吴城建")


@pytest.mark.parametrize(
    ("move", "who", "inputs"),
    [
        (Move.RECALL, "acceptor", {"reason": "已电话核实"}),
        (Move.MERGE, "acceptor", {"reason": "同一事项"}),
        (Move.REPORT_VERIFICATION, "acceptor", {"finding": True, "note": "监控已看清"}),
    ],
)
def test_an_office_that_need_not_verify_any_more_is_told(
    stage: Stage, people: list[User], office: User, move: str, who: str, inputs: dict[str, Any]
) -> None:
    event = act(stage.report(), Move.ASK_VERIFICATION, stage.acceptor, unit_id=office.grants.get().unit_id)
    assert told() == [("verification_asked", "吴城建")]
    main = {"main_event_id": stage.report().pk} if move == Move.MERGE else {}
    act(event, move, getattr(stage, who), **inputs, **main)
    assert ("verification_off", "吴城建") in told()


def test_an_office_that_verified_is_not_told_of_its_own_act(stage: Stage, people: list[User], office: User) -> None:
    event = act(stage.report(), Move.ASK_VERIFICATION, stage.acceptor, unit_id=office.grants.get().unit_id)
    told()
    act(event, Move.REPORT_VERIFICATION, office, finding=True, note="现场属实")
    assert told() == []


def test_a_helper_whose_leg_is_waived_is_told(stage: Stage, people: list[User], office: User) -> None:
    helping = [{"unit_id": office.grants.get().unit_id}]
    event = act(stage.event_in("filed"), Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=helping)
    act(event, Move.SIGN, stage.desk)
    told()
    leg = event.work_orders.get(role="co")
    act(event, Move.WAIVE_LEG, stage.desk, order_id=leg.pk, reason="已自行处理")
    assert told() == [("order_withdrawn", "吴城建")]


def test_who_lets_an_own_request_lapse_by_going_on_is_not_told_of_it(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("handling")
    act(event, Move.ASK_EXTENSION, stage.desk, reason="待备件")
    told()
    act(event, Move.FINISH, stage.desk, note="已清理")
    assert Request.objects.get().state == "lapsed"
    assert ("request_decided", "周部门") not in told()


def test_who_asked_hears_that_somebody_elses_move_made_the_request_void(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("handling")
    act(event, Move.ASK_EXTENSION, stage.desk, reason="待备件")
    told()
    act(event, Move.RETURN, person_with(Role.DEPARTMENT_DESK, unit=stage.department), reason="非职责", basis="三定方案")
    assert ("request_decided", "周部门") in told()


def test_the_first_return_goes_to_the_dispatcher_and_the_second_to_the_chief(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("dispatched")
    told()
    act(event, Move.RETURN, stage.desk, reason="不属本部门", basis="三定方案")
    assert told() == [("event_returned", "张派遣")]
    act(event, Move.REFUSE_RETURN, stage.dispatcher, reason="属于你部门")
    assert told() == [("order_issued", "周部门")]
    act(event, Move.RETURN, stage.desk, reason="不属本部门", basis="三定方案")
    assert told() == [("event_returned", "陈值班")]


def test_a_recalled_dispatch_tells_the_department(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("dispatched")
    told()
    act(event, Move.RECALL, stage.dispatcher, reason="派错")
    assert told() == [("order_withdrawn", "周部门")]


def test_a_task_goes_to_the_phone_at_once_because_its_clock_runs(
    stage: Stage, people: list[User], settings: Any
) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": ""}
    User.objects.filter(responder=stage.worker).update(phone="13800000000")
    stage.event_in("verifying")
    expand_notices()
    delivery = Delivery.objects.get(channel="sms", state="queued")
    assert (delivery.message.kind, delivery.is_bundled) == ("task_issued", False)


def test_rework_tells_the_department_why(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("checking")
    told()
    act(event, Move.CHECK_FAIL, stage.acceptor, reason="摊位还在")
    expand_notices()
    assert [m.values["reason"] for m in Message.objects.filter(kind="order_rework")] == ["摊位还在"]


def test_an_asked_extension_tells_who_decides_and_the_decision_who_asked(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("handling")
    told()
    act(event, Move.ASK_EXTENSION, stage.desk, reason="等待配件")
    assert told() == [("request_asked", "张派遣")]
    grant_request(request_id=Request.objects.get().pk, actor=stage.dispatcher.as_actor())
    assert told() == [("request_decided", "周部门")]


def test_a_person_who_reported_hears_of_the_end_but_not_of_an_own_act(stage: Stage, people: list[User]) -> None:
    mine, theirs = stage.report(by=stage.acceptor), stage.report(by=stage.worker.user)
    for event in (mine, theirs):
        act(event, Move.REJECT, stage.acceptor, reason="不属实")
    assert told() == [("own_report_ended", "孙网格")]


def test_who_reported_what_follows_hears_of_the_end_of_the_main_event_once(stage: Stage, people: list[User]) -> None:
    main, first, second = stage.report(), stage.report(by=stage.worker.user), stage.report(by=stage.worker.user)
    for follower in (first, second):
        act(follower, Move.MERGE, stage.acceptor, main_event_id=main.pk, reason="同一事项")
    told()
    act(main, Move.REJECT, stage.acceptor, reason="不属实")
    assert told() == [("own_report_ended", "孙网格")]


def test_urging_tells_the_unit_and_its_reply_tells_who_urged(stage: Stage, people: list[User]) -> None:
    event = stage.event_in("handling")
    told()
    act(event, Move.URGE, stage.chief, note="请加快")
    assert ("reminded", "周部门") in told()
    reminder = event.reminders.get()
    act(event, Move.REPLY, stage.desk, reminder_id=reminder.pk, note="今日完成")
    assert told() == [("reminder_replied", "陈值班")]


@pytest.mark.parametrize(("step", "urgent"), [(Step.HANDLER, False), (Step.CHIEF, True), (Step.LEADER, True)])
def test_crossed_thresholds_tell_their_addressees_as_urgently_as_the_step_is_set(
    stage: Stage, people: list[User], step: Step, urgent: bool
) -> None:
    event = stage.event_in("handling")
    told()
    escalated.send(
        sender=None,
        subject_kind="event",
        subject_id=event.pk,
        event_id=event.pk,
        event=event,
        clock="handling",
        threshold=120,
        step=step,
        urgent=urgent,
        addressees=[Addressed(role=Role.DUTY_CHIEF, unit_id=stage.centre.pk)],
        at=now() + timedelta(hours=1),
    )
    expand_notices()
    message = Message.objects.get()
    assert (message.user, message.is_urgent, message.values["threshold"]) == (stage.chief, urgent, 120)
