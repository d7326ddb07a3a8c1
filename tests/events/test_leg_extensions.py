"""协办延期: a helping department asks for more time for its own leg, on the lead's ladder."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import local, now
from core.deadlines.firing import fire_crossed
from core.deadlines.verify import differences
from core.errors import AlreadyTaken, Forbidden, MoveNotAllowed, NotFound
from core.history.record import of_subject
from core.models import Deadline, OutboxMessage
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.actions.suspension import beginning_of, resume_due
from events.errors import (
    AskerMayNotDecide,
    ExtensionOverdue,
    LegExtensionsUsedUp,
    LegNotInHand,
    OnlyByRequest,
    RequestOpenAlready,
)
from events.models import Event, Request, WorkOrder
from events.moves import Move
from events.queries.copied_clocks import wrong_copies
from events.shapes import EventDetail, RequestDetail
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with


@pytest.fixture
def helper(stage: Stage) -> OrgUnit:
    return OrgUnitFactory.create(code="gongan", name="公安分局")


@pytest.fixture
def desk(helper: OrgUnit) -> User:
    return person_with(Role.DEPARTMENT_DESK, unit=helper, name="吴协办")


@pytest.fixture
def handler(helper: OrgUnit) -> User:
    return person_with(Role.HANDLER, unit=helper, name="钱民警")


@pytest.fixture
def event(stage: Stage, helper: OrgUnit, desk: User) -> Event:
    """The lead handles it, and the helper has signed for its leg."""
    found = stage.event_in("filed")
    named = [{"unit_id": helper.pk, "mandatory": True}]
    do(found, Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=named)
    do(found, Move.SIGN, stage.desk)
    return do(found, Move.SIGN_LEG, desk)


def do(event: Event, move: str, who: User, **inputs: Any) -> Event:
    return perform(event.pk, move, who.as_actor(), None, **inputs)


def leg(helper: OrgUnit) -> WorkOrder:
    return WorkOrder.objects.filter(unit=helper).latest("id")


def clock(helper: OrgUnit) -> Deadline:
    return Deadline.objects.get(subject_kind="order", subject_id=leg(helper).pk, kind="handling")


def ask(event: Event, who: User, **inputs: Any) -> Request:
    do(event, Move.ASK_LEG_EXTENSION, who, **{"reason": "警力在外", **inputs})
    return Request.objects.latest("id")


def step(request: Request, move: str, by: User, **inputs: Any) -> Request:
    return perform_on_request(request.pk, move, by.as_actor(), request.version, **inputs)


def in_step() -> bool:
    return list(differences()) == [] and list(wrong_copies()) == []


def test_it_climbs_from_the_handler_over_the_desk_to_the_dispatcher_and_prolongs_the_leg_alone(
    stage: Stage, helper: OrgUnit, desk: User, handler: User, event: Event
) -> None:
    before, due_at = Event.objects.get(pk=event.pk), leg(helper).due_at
    request = ask(event, handler)
    assert (request.state, request.unit, request.order, leg(helper).due_at) == (
        "requested", helper, leg(helper), due_at,
    )  # fmt: skip
    request = step(request, "endorse", desk, note="属实")
    version = leg(helper).version
    step(request, "grant", stage.dispatcher, note="同意")
    after = Event.objects.get(pk=event.pk)
    assert leg(helper).due_at == clock(helper).due_at == due_at + timedelta(hours=2)
    assert (leg(helper).version > version, leg(helper).settled_version <= version) == (True, True)
    assert (after.due_at, after.extension_count, after.state) == (before.due_at, 0, "handling")
    assert after.settled_version == before.settled_version, "nobody's click on the event is stale by it"
    rows = of_subject("event", event.pk)[-3:]
    assert [(row.move, row.facts.get("step"), row.facts["unit_name"]) for row in rows] == [
        ("ask_leg_extension", None, "公安分局"),
        ("request_step", "endorse", "公安分局"),
        ("grant_leg_extension", "grant", "公安分局"),
    ]
    assert in_step()


def test_lights_and_thresholds_of_the_leg_follow_the_longer_time(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    warned, called = clock(helper).warn_at, clock(helper).fire_at
    step(ask(event, desk), "grant", stage.dispatcher)
    assert leg(helper).warn_at == clock(helper).warn_at > warned
    assert called is not None
    Deadline.objects.filter(subject_kind="event").update(fire_at=None)
    assert fire_crossed(at=called + timedelta(minutes=1)) == 0, "80 % of the first limit is none of the longer one"
    fire_at = clock(helper).fire_at
    assert fire_at is not None and fire_crossed(at=fire_at) == 1


def test_the_lead_and_the_dispatcher_see_it_and_another_department_does_not(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    request = ask(event, desk)
    url = f"/api/v1/requests/{request.pk}"
    seen = browser(stage.desk).get(url)
    assert (seen.status_code, seen.json()["kind"], seen.json()["order_id"]) == (200, "leg_extension", leg(helper).pk)
    RequestDetail.model_validate(seen.json())
    assert seen.json()["allowed_moves"] == []
    buttons = browser(stage.dispatcher).get(url).json()["allowed_moves"]
    assert {one["move"]: one["available"] for one in buttons} == {"grant": True, "refuse": True}
    told = OutboxMessage.objects.filter(type="request.changed").latest("id")
    assert {f"unit:{stage.department.pk}", f"unit:{helper.pk}"} <= set(told.after)
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    assert browser(stranger).get(url).status_code == 404
    shown = browser(stage.desk).get(f"/api/v1/events/{event.pk}").json()
    EventDetail.model_validate(shown)
    assert [one["kind"] for one in shown["requests"]] == ["leg_extension"]


def told() -> list[tuple[str, str]]:
    """(kind, name) of what has come since the last look."""
    expand_notices()
    found = [(message.kind, message.user.name) for message in Message.objects.select_related("user") if message.user]
    Message.objects.all().delete()
    return sorted(found)


ASKED, DECIDED = "leg_extension_asked", "leg_extension_decided"


def test_the_lead_and_the_dispatcher_hear_of_it_once_the_helpers_desk_stands_behind_it(
    stage: Stage, helper: OrgUnit, desk: User, handler: User, event: Event
) -> None:
    told()
    request = ask(event, handler)
    assert told() == [("request_asked", "吴协办")], "so far it is a matter within the department"
    step(request, "endorse", desk)
    expand_notices()
    assert {(one.values["unit"], one.values["reason"]) for one in Message.objects.all()} == {("公安分局", "警力在外")}
    assert told() == [(ASKED, "周部门"), (ASKED, "张派遣")]


@pytest.mark.parametrize(("move", "inputs"), [("grant", {}), ("refuse", {"reason": "可按时完成"})])
def test_the_decision_is_told_to_who_asked_the_helpers_desk_and_the_lead(
    stage: Stage, helper: OrgUnit, desk: User, handler: User, event: Event, move: str, inputs: dict[str, Any]
) -> None:
    request = step(ask(event, handler), "endorse", desk)
    told()
    step(request, move, stage.dispatcher, **inputs)
    assert told() == [(DECIDED, "吴协办"), (DECIDED, "周部门"), (DECIDED, "钱民警")]


def test_what_the_helpers_own_desk_refuses_is_told_to_who_asked_alone(
    stage: Stage, helper: OrgUnit, desk: User, handler: User, event: Event
) -> None:
    request = ask(event, handler)
    told()
    step(request, "refuse", desk, reason="可按时完成")
    assert told() == [("request_decided", "钱民警")]


def test_who_acts_is_not_told_and_who_has_two_desks_is_told_once(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    for unit, role in ((stage.department, Role.DEPARTMENT_DESK), (helper, Role.DEPARTMENT_DESK)):
        stage.dispatcher.grants.create(role=role, unit=unit)
    told()
    request = ask(event, desk)
    assert told() == [(ASKED, "周部门"), (ASKED, "张派遣")]
    step(request, "grant", stage.seat(Role.DISPATCHER, name="何派遣"))
    assert told() == [(DECIDED, "吴协办"), (DECIDED, "周部门"), (DECIDED, "张派遣")]
    assert told() == []


def test_a_request_that_lapsed_is_told_to_who_asked(stage: Stage, helper: OrgUnit, desk: User, event: Event) -> None:
    ask(event, desk)
    told()
    do(event, Move.WAIVE_LEG, stage.desk, order_id=leg(helper).pk, reason="无需协办")
    assert told() == [("order_withdrawn", "吴协办"), ("request_decided", "吴协办")]


def test_the_lead_neither_asks_nor_endorses_nor_grants_for_its_helper(
    stage: Stage, helper: OrgUnit, handler: User, event: Event
) -> None:
    with pytest.raises(Forbidden):
        ask(event, stage.desk, order_id=leg(helper).pk)
    request = ask(event, handler)
    with pytest.raises(Forbidden):
        step(request, "endorse", stage.desk)
    with pytest.raises(OnlyByRequest):
        do(event, Move.GRANT_LEG_EXTENSION, stage.dispatcher)
    with pytest.raises(MoveNotAllowed):
        step(request, "grant", stage.dispatcher)


def test_who_asked_may_not_grant(stage: Stage, helper: OrgUnit, desk: User, event: Event) -> None:
    desk.grants.create(
        role=Role.DISPATCHER, unit=stage.centre, area_path=stage.district.path, area_level="district",
        area_key=stage.district.pk,
    )  # fmt: skip
    with pytest.raises(AskerMayNotDecide):
        step(ask(event, desk), "grant", User.objects.get(pk=desk.pk))


def test_each_leg_is_extended_twice_at_most_and_counts_for_itself(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    other = OrgUnitFactory.create(name="街道办")
    other_desk = person_with(Role.DEPARTMENT_DESK, unit=other)
    do(event, Move.CO_HANDLE, stage.desk, unit_id=other.pk)
    do(event, Move.SIGN_LEG, other_desk)
    step(ask(event, desk), "refuse", stage.dispatcher, reason="可按时完成")
    for _ in range(2):
        step(ask(event, desk), "grant", stage.dispatcher)
    with pytest.raises(LegExtensionsUsedUp):
        ask(event, desk)
    assert ask(event, other_desk).unit == other
    assert clock(helper).due_at - clock(helper).started_at == timedelta(hours=6)


def test_two_departments_may_ask_at_a_time_and_one_of_them_once(
    stage: Stage, helper: OrgUnit, desk: User, handler: User, event: Event
) -> None:
    do(event, Move.ASK_EXTENSION, stage.desk, reason="等待配件")
    ask(event, handler)
    with pytest.raises(RequestOpenAlready):
        ask(event, desk)
    assert Request.objects.open().count() == 2


def test_an_overdue_leg_cannot_be_extended_whatever_time_the_event_has(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    request = ask(event, desk)
    with time_machine.travel(leg(helper).due_at + timedelta(seconds=1), tick=False):
        with pytest.raises(ExtensionOverdue):
            step(request, "grant", stage.dispatcher)
        step(request, "withdraw", desk)
        with pytest.raises(ExtensionOverdue):
            ask(event, desk)


def test_a_leg_that_is_not_signed_for_has_no_time_to_prolong(stage: Stage, helper: OrgUnit, desk: User) -> None:
    event = stage.event_in("filed")
    do(event, Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=[{"unit_id": helper.pk}])
    with pytest.raises(LegNotInHand):
        ask(event, desk)
    do(event, Move.SIGN_LEG, desk)
    assert ask(event, desk).state == "endorsed", "the lead need not have signed"


@pytest.mark.parametrize(
    ("move", "by_helper", "inputs"),
    [
        (Move.FINISH_LEG, True, {"note": "已疏导"}),
        (Move.RETURN_LEG, True, {"reason": "非本局职责"}),
        (Move.WAIVE_LEG, False, {"reason": "无需协办"}),
    ],
)
def test_a_leg_that_is_over_takes_its_request_with_it_and_leaves_the_leads(
    stage: Stage, helper: OrgUnit, desk: User, event: Event, move: str, by_helper: bool, inputs: dict[str, Any]
) -> None:
    do(event, Move.ASK_EXTENSION, stage.desk, reason="等待配件")
    request = ask(event, desk)
    do(event, move, desk if by_helper else stage.desk, order_id=leg(helper).pk, **inputs)
    request.refresh_from_db()
    assert request.state == "lapsed"
    assert of_subject("event", event.pk)[-1].facts["lapsed"] == [request.pk]
    assert Request.objects.open().get().kind == "extension"
    with pytest.raises(MoveNotAllowed):
        perform_on_request(request.pk, "grant", stage.dispatcher.as_actor())


def test_a_leg_of_a_recalled_event_takes_its_request_with_it(stage: Stage, helper: OrgUnit, desk: User) -> None:
    event = stage.event_in("filed")
    do(event, Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=[{"unit_id": helper.pk}])
    do(event, Move.SIGN_LEG, desk)
    request = ask(event, desk)
    do(event, Move.RECALL, stage.dispatcher, reason="派错")
    request.refresh_from_db()
    assert (request.state, leg(helper).state) == ("lapsed", "withdrawn")


def test_the_first_grant_stands_and_the_second_of_two_is_told_who_gave_it(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    request = ask(event, desk)
    step(request, "grant", stage.dispatcher)
    with pytest.raises(AlreadyTaken) as refusal:
        step(request, "grant", stage.seat(Role.DISPATCHER, name="何派遣"))
    assert refusal.value.extra["by"] == "张派遣"
    assert clock(helper).extended_amount == clock(helper).first_limit.amount


def test_while_its_event_is_suspended_a_request_waits_and_is_decided_afterwards(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    with time_machine.travel(now(), tick=False) as machine:
        request = ask(event, desk)
        until = local(now()).date() + timedelta(days=5)
        do(event, Move.ASK_SUSPENSION, stage.desk, reason="等待材料", until=until)
        suspension = Request.objects.get(kind="suspension")
        step(suspension, "grant", stage.dispatcher)
        request.refresh_from_db()
        assert (request.state, clock(helper).state) == ("endorsed", "paused")
        with pytest.raises(MoveNotAllowed):
            step(request, "grant", stage.dispatcher)
        buttons = browser(stage.dispatcher).get(f"/api/v1/requests/{request.pk}").json()["allowed_moves"]
        assert {one["move"]: one["available"] for one in buttons} == {"grant": False, "refuse": True}
        machine.move_to(beginning_of(until) + timedelta(minutes=1))
        assert resume_due() == 1
        due_at = leg(helper).due_at
        step(request, "grant", stage.dispatcher)
        assert leg(helper).due_at == due_at + timedelta(hours=2)
        assert in_step()


def test_a_leg_prolonged_before_the_suspension_keeps_its_longer_time(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    with time_machine.travel(now(), tick=False) as machine:
        step(ask(event, desk), "grant", stage.dispatcher)
        left = leg(helper).due_at - now()
        do(event, Move.ASK_SUSPENSION, stage.desk, reason="等材料", until=local(now()).date() + timedelta(days=9))
        step(Request.objects.get(kind="suspension"), "grant", stage.dispatcher)
        machine.shift(timedelta(days=3))
        do(event, Move.RESUME, stage.dispatcher, reason="材料已到")
        assert leg(helper).due_at == now() + left
        assert in_step()


def test_the_button_is_there_for_the_leg_that_is_in_hand_and_says_what_speaks_against_it(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    url = f"/api/v1/orders/{leg(helper).pk}"

    def button() -> list[tuple[bool, str | None]]:
        moves = browser(desk).get(url).json()["event"]["allowed_moves"]
        return [(one["available"], one["refusal_code"]) for one in moves if one["move"] == "ask_leg_extension"]

    assert button() == [(True, None)]
    ask(event, desk)
    assert button() == [(False, "request_open_already")]
    do(event, Move.FINISH_LEG, desk, note="已疏导")
    assert button() == []


def test_over_http_it_is_asked_by_the_helper_and_by_nobody_else(
    stage: Stage, helper: OrgUnit, desk: User, event: Event
) -> None:
    url = f"/api/v1/events/{event.pk}/moves/ask_leg_extension"
    body = {"version": event.version, "reason": "警力在外", "order_id": leg(helper).pk}
    assert browser(stage.desk).post(url, body, format="json").json()["code"] == "forbidden"
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    assert browser(stranger).post(url, body, format="json").status_code == 404
    assert browser(desk).post(url, {**body, "reason": ""}, format="json").status_code == 422
    answer = browser(desk).post(url, {**body, "order_id": 10**9}, format="json")
    assert answer.status_code == 404
    answer = browser(desk).post(url, body, format="json")
    assert (answer.status_code, answer.json()["requests"][0]["state"]) == (200, "endorsed")


def test_a_leg_of_somebody_else_is_not_found_by_who_may_not_see_the_event(stage: Stage, event: Event) -> None:
    stranger = person_with(Role.HANDLER, unit=OrgUnitFactory.create())
    with pytest.raises(NotFound):
        ask(event, stranger)
