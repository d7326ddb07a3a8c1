"""A department gives its leg to its own people; and who must not check, and who is told that an event is gone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.errors import Forbidden, MoveNotAllowed
from core.history.record import of_subject
from core.models import OutboxMessage
from dispatch.actions import task_moves
from dispatch.models import FieldTask, Responder
from dispatch.rules.geofence import Fix
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.errors import CheckerIsHandler, NobodyToSend, ResponderOfAnotherUnit
from events.models import Event, EventType, Request, WorkOrder
from events.moves import Move
from events.shapes import OrderDetail, OwnResponderList
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.stage import HERE, Stage, browser
from tests.factories import OrgUnitFactory, UserFactory, person_with


@pytest.fixture
def officer(stage: Stage) -> Responder:
    """Somebody of the department's team, known to it as its responder only."""
    team = OrgUnitFactory.create(kind="team", parent=stage.department)
    return Responder.objects.create(
        kind="officer", name="郑中队", user=UserFactory.create(name="郑中队"), unit=team,
        area_path=stage.district.path, district_id=stage.district.pk,
    )  # fmt: skip


def user_of(responder: Responder) -> User:
    assert responder.user is not None
    return responder.user


def assigned(stage: Stage, officer: Responder) -> tuple[Event, FieldTask]:
    event = stage.event_in("handling")
    event = perform(event.pk, Move.ASSIGN_TEAM, stage.desk.as_actor(), event.version, assignee_id=officer.pk)
    return event, FieldTask.objects.open().get(subject_id=event.pk)


def hand_in(task: FieldTask, who: User, *, passed: bool = True, photos: list[int] | None = None) -> None:
    actor, here = who.as_actor(), Fix(HERE[0], HERE[1], 5)
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    task = task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=here)
    outcome = task_moves.Outcome(passed=passed, note="已清理", attachment_ids=photos or [], fix=here)
    task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=outcome)


def told_gone(user: User) -> bool:
    key = f"user:{user.pk}"
    messages = OutboxMessage.objects.filter(type="event.changed", before__contains=[key])
    return messages.exclude(after__contains=[key]).exists()


def test_the_team_gets_a_task_and_sees_the_event(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    order = WorkOrder.objects.get()
    assert (event.state, order.state, order.assignee) == ("handling", "assigned", officer)
    assert (task.kind, task.assignee, task.due_at, task.payload["order"]) == ("handle", officer, order.due_at, order.pk)
    assert Event.objects.visible_to(user_of(officer).as_actor()).get() == event


def test_only_the_departments_own_people_are_sent(stage: Stage) -> None:
    event = stage.event_in("handling")
    with pytest.raises(ResponderOfAnotherUnit):
        perform(event.pk, Move.ASSIGN_TEAM, stage.desk.as_actor(), None, assignee_id=stage.worker.pk)


def test_a_leg_that_is_not_signed_is_not_given_to_a_team(stage: Stage, officer: Responder) -> None:
    helper = OrgUnitFactory.create()
    event = stage.event_in("filed")
    named = [{"unit_id": helper.pk}]
    event = perform(
        event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk, co_units=named
    )
    event = perform(event.pk, Move.SIGN, stage.desk.as_actor(), None)
    clerk = person_with(Role.DEPARTMENT_DESK, unit=helper)
    his = Responder.objects.create(
        kind="team", name="二中队", unit=helper, area_path=stage.district.path, district_id=stage.district.pk
    )
    with pytest.raises(MoveNotAllowed):
        perform(event.pk, Move.ASSIGN_TEAM, clerk.as_actor(), None, assignee_id=his.pk)
    perform(event.pk, Move.SIGN_LEG, clerk.as_actor(), None)
    perform(event.pk, Move.ASSIGN_TEAM, clerk.as_actor(), None, assignee_id=his.pk)
    assert WorkOrder.objects.get(unit=helper).state == "assigned"


def test_what_the_team_hands_in_is_noted_and_the_desk_finishes_with_its_photos(
    stage: Stage, officer: Responder
) -> None:
    EventType.objects.filter(pk=stage.kind.pk).update(needs_after_photo=True)
    event, task = assigned(stage, officer)
    photo = stage.photo(user_of(officer))
    hand_in(task, user_of(officer), photos=[photo])
    order = WorkOrder.objects.get()
    assert (order.state, order.photo_count) == ("assigned", 1)
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.facts["attachment_ids"], last.facts["done"]) == ("team_report", [photo], True)
    assert perform(event.pk, Move.FINISH, stage.desk.as_actor(), None, note="已清理").state == "handled"


@pytest.mark.parametrize("how", ["refuses", "times_out", "cannot"])
def test_a_team_that_does_not_do_it_gives_the_leg_back_to_the_desk(stage: Stage, officer: Responder, how: str) -> None:
    event, task = assigned(stage, officer)
    OutboxMessage.objects.all().delete()
    user = user_of(officer)
    ways = {
        "refuses": lambda: task_moves.refuse(
            task_id=task.pk, version=task.version, actor=user.as_actor(), reason="车辆故障"
        ),
        "times_out": lambda: task_moves.time_out_due(at=now() + timedelta(hours=3)),
        "cannot": lambda: hand_in(task, user, passed=False),
    }
    ways[how]()
    order = WorkOrder.objects.get()
    assert (order.state, order.assignee) == ("signed", None)
    assert of_subject("event", event.pk)[-1].move == "team_report"
    assert told_gone(user)
    assert not Event.objects.visible_to(user.as_actor()).exists()
    expand_notices()
    told = Message.objects.filter(kind="order_given_back")
    assert [(message.user, message.subject_id) for message in told] == [(stage.desk, order.pk)]


def test_who_refuses_the_task_is_not_told_that_the_leg_came_back_but_the_rest_of_the_desk_is(stage: Stage) -> None:
    colleague = person_with(Role.DEPARTMENT_DESK, unit=stage.department, name="许窗口")
    both = Responder.objects.create(
        kind="officer", name="许窗口", user=colleague, unit=stage.department,
        area_path=stage.district.path, district_id=stage.district.pk,
    )  # fmt: skip
    _, task = assigned(stage, both)
    task_moves.refuse(task_id=task.pk, version=task.version, actor=colleague.as_actor(), reason="车辆故障")
    expand_notices()
    told = Message.objects.get(kind="order_given_back")
    assert (told.user, "车辆故障" in str(told.values)) == (stage.desk, True)


def test_another_team_is_sent_instead(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    other = Responder.objects.create(
        kind="team", name="三中队", unit=stage.department, area_path=stage.district.path, district_id=stage.district.pk
    )
    perform(event.pk, Move.ASSIGN_TEAM, stage.desk.as_actor(), None, assignee_id=other.pk)
    task.refresh_from_db()
    assert (task.state, WorkOrder.objects.get().assignee) == ("withdrawn", other)


def test_a_team_sent_after_the_limit_still_has_the_whole_of_it(stage: Stage, officer: Responder) -> None:
    event = stage.event_in("handling")
    with time_machine.travel(now() + timedelta(hours=5), tick=False):
        perform(event.pk, Move.ASSIGN_TEAM, stage.desk.as_actor(), None, assignee_id=officer.pk)
        assert FieldTask.objects.get(subject_id=event.pk).due_at == now() + timedelta(hours=2)


def test_the_desk_that_finishes_calls_its_team_off(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    perform(event.pk, Move.FINISH, stage.desk.as_actor(), None, note="已清理")
    task.refresh_from_db()
    assert task.state == "withdrawn"


def test_a_returned_event_calls_the_team_off(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非职责", basis="三定")
    task.refresh_from_db()
    assert (task.state, WorkOrder.objects.get().state) == ("withdrawn", "returned")


def test_assigning_over_http(stage: Stage, officer: Responder) -> None:
    stage.event_in("handling")
    order = WorkOrder.objects.get()

    def post(who: User, **body: Any) -> Any:
        values = {"version": order.version} | body
        return browser(who).post(f"/api/v1/orders/{order.pk}/moves/assign", values, format="json")

    assert post(stage.desk).json()["code"] == "invalid"
    assert post(stage.desk, assignee_id=stage.worker.pk).json()["code"] == "responder_of_another_unit"
    assert post(stage.dispatcher, assignee_id=officer.pk).json()["code"] == "forbidden"
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    assert post(stranger, assignee_id=officer.pk).status_code == 404
    shown = OrderDetail.model_validate(post(stage.desk, assignee_id=officer.pk).json())
    assert shown.assignee is not None
    assert (shown.state, shown.assignee.name) == ("assigned", "郑中队")
    assert [row.move for row in shown.allowed_moves] == ["assign", "finish", "return"]


def test_the_department_chooses_among_its_own_people(stage: Stage, officer: Responder) -> None:
    stage.event_in("handling")
    order = WorkOrder.objects.get()
    assert stage.worker.pk
    path = f"/api/v1/orders/{order.pk}/responders"
    shown = OwnResponderList.model_validate(browser(stage.desk).get(path).json())
    assert [(one.name, one.kind, one.on_duty, one.busy_with) for one in shown.items] == [
        ("郑中队", "officer", False, None)
    ]
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    assert browser(stranger).get(path).status_code == 404


def test_choosing_takes_the_same_few_statements_however_many_people(stage: Stage, officer: Responder) -> None:
    stage.event_in("handling")
    path, client = f"/api/v1/orders/{WorkOrder.objects.get().pk}/responders", browser(stage.desk)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    few = statements()
    for number in range(5):
        Responder.objects.create(
            kind="team", name=f"{number}中队", unit=stage.department, area_path=stage.district.path
        )
    assert statements() == few


# who checks


def test_a_collector_of_the_handling_department_is_not_chosen(stage: Stage) -> None:
    insider = Responder.objects.create(
        kind="collector", name="内部采集", user=UserFactory.create(), unit=stage.department,
        area_path=stage.district.path, district_id=stage.district.pk,
    )  # fmt: skip
    event = stage.event_in("handled")
    with pytest.raises(NobodyToSend):
        perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), None, mode="on_site")
    outsider = stage.collector
    perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), None, mode="on_site")
    assert FieldTask.objects.open().get(subject_id=event.pk).assignee == outsider
    assert insider.pk


def test_who_belongs_to_the_department_only_as_its_responder_does_not_pass_the_check(stage: Stage) -> None:
    event = stage.event_in("handled")
    collector = stage.collector
    perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), None, mode="on_site")
    task = FieldTask.objects.open().get(subject_id=event.pk)
    team = OrgUnitFactory.create(kind="team", parent=stage.department)
    Responder.objects.filter(pk=collector.pk).update(unit=team)
    with pytest.raises(CheckerIsHandler):
        hand_in(task, user_of(collector))


def test_a_seat_that_is_also_a_responder_of_the_department_does_not_pass_it_either(stage: Stage) -> None:
    Responder.objects.create(
        kind="officer", name="兼职", user=stage.acceptor, unit=stage.department, area_path=stage.district.path
    )
    event = stage.event_in("checking")
    with pytest.raises(CheckerIsHandler):
        perform(event.pk, Move.CHECK_PASS, stage.acceptor.as_actor(), None)
    shown = browser(stage.acceptor).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
    assert {row["move"]: row["refusal_code"] for row in shown}["check_pass"] == "checker_is_handler"


# gone


@pytest.mark.parametrize("how", ["refuses", "times_out"])
def test_who_loses_a_task_is_told_that_the_event_is_gone(stage: Stage, how: str) -> None:
    scout = Responder.objects.create(
        kind="volunteer", name="志愿者", user=UserFactory.create(), unit=stage.centre, area_path=stage.district.path
    )
    event = stage.report()
    perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), None, assignee_id=scout.pk)
    task = FieldTask.objects.open().get()
    OutboxMessage.objects.all().delete()
    ways = {
        "refuses": lambda: task_moves.refuse(
            task_id=task.pk, version=task.version, actor=user_of(scout).as_actor(), reason="不在本地"
        ),
        "times_out": lambda: task_moves.time_out_due(at=now() + timedelta(hours=1)),
    }
    ways[how]()
    assert told_gone(user_of(scout))
    event.refresh_from_db()
    assert event.state == "reported"


def test_a_department_does_not_give_away_the_leg_of_another(stage: Stage, officer: Responder) -> None:
    helper = OrgUnitFactory.create()
    event = stage.event_in("filed")
    perform(
        event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk,
        co_units=[{"unit_id": helper.pk}],
    )  # fmt: skip
    perform(event.pk, Move.SIGN, stage.desk.as_actor(), None)
    clerk = person_with(Role.DEPARTMENT_DESK, unit=helper)
    lead = WorkOrder.objects.get(role="lead")
    with pytest.raises(Forbidden):
        perform(event.pk, Move.ASSIGN_TEAM, clerk.as_actor(), None, assignee_id=officer.pk, order_id=lead.pk)


def test_a_team_has_the_time_that_its_department_was_given(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    due_at = task.due_at
    perform(event.pk, Move.ASK_EXTENSION, stage.desk.as_actor(), None, reason="等待配件")
    perform_on_request(Request.objects.get().pk, "grant", stage.dispatcher.as_actor())
    task.refresh_from_db()
    assert due_at is not None and task.due_at == WorkOrder.objects.get().due_at == due_at + timedelta(hours=2)
    assert [row.move for row in of_subject("task", task.pk)][-1] == "prolong"
    assert OutboxMessage.objects.filter(type="task.changed").latest("id").payload["change"] == "prolong"
    assert task_moves.time_out_due(at=due_at + timedelta(minutes=1)) == 0
    hand_in(task, user_of(officer))


def test_more_time_for_one_leg_is_none_for_the_team_of_another(stage: Stage, officer: Responder) -> None:
    event, task = assigned(stage, officer)
    helper = OrgUnitFactory.create()
    clerk = person_with(Role.DEPARTMENT_DESK, unit=helper)
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), None, unit_id=helper.pk)
    perform(event.pk, Move.SIGN_LEG, clerk.as_actor(), None)
    perform(event.pk, Move.ASK_LEG_EXTENSION, clerk.as_actor(), None, reason="警力在外")
    perform_on_request(Request.objects.get().pk, "grant", stage.dispatcher.as_actor())
    before = task.due_at
    task.refresh_from_db()
    assert task.due_at == before
