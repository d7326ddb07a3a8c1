"""Departments that help the lead: their legs, their clocks, and what holds the finish."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import local, now
from core.deadlines.firing import fire_crossed
from core.errors import Forbidden, MoveNotAllowed, NotFound
from core.history.record import of_subject
from core.models import Deadline, OutboxMessage
from dispatch.models import FieldTask, Responder
from events.actions.perform import perform
from events.actions.request_moves import grant_request
from events.errors import (
    CoHandlerIsLead,
    DepartmentHasLeg,
    HandlingRecordIncomplete,
    LegNotReturned,
    LegsStillOpen,
    TooManyLegs,
    UnknownUnit,
)
from events.models import Event, Request, Scenario, WorkOrder
from events.moves import Move
from events.queries.history import history_of
from events.shapes import EventDetail, OrderDetail
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with


@pytest.fixture
def helper(stage: Stage) -> OrgUnit:
    return OrgUnitFactory.create(code="gongan", name="公安分局")


@pytest.fixture
def helper_desk(helper: OrgUnit) -> User:
    return person_with(Role.DEPARTMENT_DESK, unit=helper, name="吴协办")


def sent(stage: Stage, *helpers: OrgUnit, mandatory: bool = True) -> Event:
    """An event that was sent to its lead and the helpers by one click."""
    event = stage.event_in("filed")
    named = [{"unit_id": unit.pk, "mandatory": mandatory, "note": "请配合"} for unit in helpers]
    return perform(
        event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), event.version, unit_id=stage.department.pk, co_units=named
    )


def signed(stage: Stage, *helpers: OrgUnit, mandatory: bool = True) -> Event:
    event = sent(stage, *helpers, mandatory=mandatory)
    return perform(event.pk, Move.SIGN, stage.desk.as_actor(), event.version)


def leg_of(unit: OrgUnit) -> WorkOrder:
    return WorkOrder.objects.filter(unit=unit).latest("id")


def clocks_of(order: WorkOrder) -> dict[str, str]:
    rows = Deadline.objects.filter(subject_kind="order", subject_id=order.pk)
    return {row.kind: row.state for row in rows}


def do(event: Event, move: str, who: User, **inputs: Any) -> Event:
    return perform(event.pk, move, who.as_actor(), None, **inputs)


def test_one_click_opens_a_leg_for_every_department(stage: Stage, helper: OrgUnit) -> None:
    third = OrgUnitFactory.create(kind="office")
    event = sent(stage, helper, third)
    legs = {leg.unit: leg for leg in WorkOrder.objects.all()}
    assert [legs[unit].role for unit in (stage.department, helper, third)] == ["lead", "co", "co"]
    assert clocks_of(legs[helper]) == {"sign": "running", "handling": "running"}
    assert clocks_of(legs[stage.department]) == {}
    assert (event.state, event.lead_unit) == ("dispatched", stage.department)


def test_a_helper_sees_the_event_from_its_first_leg_on(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    assert not Event.objects.visible_to(helper_desk.as_actor()).exists()
    event = sent(stage, helper)
    assert Event.objects.visible_to(helper_desk.as_actor()).get() == event
    assert WorkOrder.objects.visible_to(helper_desk.as_actor()).get() == leg_of(helper)
    told = OutboxMessage.objects.filter(type="order.changed", after__contains=[f"unit:{helper.pk}"])
    assert told.count() == 1


def test_signing_and_finishing_a_helpers_leg_leave_the_event_where_it_is(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    event = signed(stage, helper)
    event = do(event, Move.SIGN_LEG, helper_desk)
    assert (event.state, leg_of(helper).state, leg_of(helper).due_kind) == ("handling", "signed", "handling")
    assert clocks_of(leg_of(helper)) == {"sign": "stopped", "handling": "running"}
    event = do(event, Move.FINISH_LEG, helper_desk, note="已疏导")
    leg = leg_of(helper)
    assert (event.state, leg.state, leg.result, leg.due_kind) == ("handling", "done", "已疏导", "")
    assert clocks_of(leg)["handling"] == "stopped"
    shown = history_of("event", event.pk)
    assert [(row["move"], row["unit"]) for row in shown[-2:]] == [("sign_leg", "公安分局"), ("finish_leg", "公安分局")]
    assert [row["unit"] for row in shown if row["move"] == "dispatch"] == ["城市管理局、公安分局"]


def test_a_helper_may_sign_before_the_lead_does(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(sent(stage, helper), Move.SIGN_LEG, helper_desk)
    assert (event.state, leg_of(helper).state) == ("dispatched", "signed")


def test_what_a_helper_notes_makes_nobodys_click_stale(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = sent(stage, helper)
    do(event, Move.SIGN_LEG, helper_desk)
    event = perform(event.pk, Move.SIGN, stage.desk.as_actor(), event.version)
    assert event.state == "handling"


def test_a_mandatory_leg_holds_the_finish_until_it_is_done(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    with pytest.raises(LegsStillOpen) as refusal:
        do(event, Move.FINISH, stage.desk, note="已清理")
    assert refusal.value.extra["units"] == "公安分局"
    do(event, Move.FINISH_LEG, helper_desk, note="已疏导")
    assert do(event, Move.FINISH, stage.desk, note="已清理").state == "handled"


def test_an_optional_leg_is_called_off_when_the_lead_is_done(stage: Stage, helper: OrgUnit) -> None:
    event = do(signed(stage, helper, mandatory=False), Move.FINISH, stage.desk, note="已清理")
    assert (event.state, leg_of(helper).state) == ("handled", "withdrawn")
    assert set(clocks_of(leg_of(helper)).values()) == {"withdrawn"}


def test_a_returned_mandatory_leg_is_waived_with_a_reason(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.RETURN_LEG, helper_desk, reason="非本局职责")
    assert (event.state, leg_of(helper).state, leg_of(helper).return_reason) == ("handling", "returned", "非本局职责")
    assert not Event.objects.visible_to(helper_desk.as_actor()).exists()
    with pytest.raises(LegsStillOpen):
        do(event, Move.FINISH, stage.desk, note="已清理")
    do(event, Move.WAIVE_LEG, stage.desk, order_id=leg_of(helper).pk, reason="已由主办处理")
    assert (leg_of(helper).state, leg_of(helper).waive_reason) == ("waived", "已由主办处理")
    assert do(event, Move.FINISH, stage.desk, note="已清理").state == "handled"


def test_a_returned_mandatory_leg_is_replaced_by_another_department(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    event = do(signed(stage, helper), Move.RETURN_LEG, helper_desk, reason="非本局职责")
    other = OrgUnitFactory.create(name="交通运输局")
    do(event, Move.CO_HANDLE, stage.desk, unit_id=other.pk, replaces_id=leg_of(helper).pk)
    assert leg_of(helper).state == "withdrawn"
    with pytest.raises(LegsStillOpen) as refusal:
        do(event, Move.FINISH, stage.desk, note="已清理")
    assert refusal.value.extra["units"] == "交通运输局"


def test_what_replaces_a_mandatory_leg_holds_the_finish_too(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.RETURN_LEG, helper_desk, reason="非本局职责")
    other = OrgUnitFactory.create(name="交通运输局")
    do(event, Move.CO_HANDLE, stage.desk, unit_id=other.pk, replaces_id=leg_of(helper).pk, mandatory=False)
    with pytest.raises(LegsStillOpen):
        do(event, Move.FINISH, stage.desk, note="已清理")


def test_the_same_department_asked_again_replaces_its_own_returned_leg(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    event = do(signed(stage, helper), Move.RETURN_LEG, helper_desk, reason="人手不足")
    do(event, Move.CO_HANDLE, stage.desk, unit_id=helper.pk)
    assert sorted(WorkOrder.objects.filter(unit=helper).values_list("state", flat=True)) == ["issued", "withdrawn"]


def test_only_a_returned_leg_is_replaced(stage: Stage, helper: OrgUnit) -> None:
    event = signed(stage, helper)
    with pytest.raises(LegNotReturned):
        do(event, Move.CO_HANDLE, stage.desk, unit_id=OrgUnitFactory.create().pk, replaces_id=leg_of(helper).pk)


def test_the_dispatcher_may_waive_an_open_leg_whose_clocks_are_then_not_judged(stage: Stage, helper: OrgUnit) -> None:
    event = signed(stage, helper)
    do(event, Move.WAIVE_LEG, stage.dispatcher, order_id=leg_of(helper).pk, reason="无需协办")
    assert set(clocks_of(leg_of(helper)).values()) == {"withdrawn"}


def test_the_lead_cannot_help_itself(stage: Stage) -> None:
    event = stage.event_in("filed")
    with pytest.raises(CoHandlerIsLead) as refusal:
        do(
            event,
            Move.DISPATCH,
            stage.dispatcher,
            unit_id=stage.department.pk,
            co_units=[{"unit_id": stage.department.pk}],
        )
    assert "城市管理局" in refusal.value.detail("zh")


def test_a_department_holds_one_open_leg(stage: Stage, helper: OrgUnit) -> None:
    event = signed(stage, helper)
    with pytest.raises(DepartmentHasLeg):
        do(event, Move.CO_HANDLE, stage.desk, unit_id=helper.pk)


def test_at_most_ten_departments_help(stage: Stage) -> None:
    event = signed(stage, *(OrgUnitFactory.create() for _ in range(10)))
    with pytest.raises(TooManyLegs):
        do(event, Move.CO_HANDLE, stage.desk, unit_id=OrgUnitFactory.create().pk)


def test_only_a_department_or_office_can_help(stage: Stage) -> None:
    with pytest.raises(UnknownUnit):
        do(signed(stage), Move.CO_HANDLE, stage.desk, unit_id=stage.centre.pk)


def test_helping_goes_one_level_deep(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    with pytest.raises(Forbidden):
        do(event, Move.CO_HANDLE, helper_desk, unit_id=OrgUnitFactory.create().pk)


def test_a_department_moves_its_own_leg_only(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    third = OrgUnitFactory.create()
    event = signed(stage, helper, third)
    with pytest.raises(Forbidden):
        do(event, Move.SIGN_LEG, helper_desk, order_id=leg_of(third).pk)
    with pytest.raises(NotFound):
        do(event, Move.SIGN_LEG, helper_desk, order_id=leg_of(stage.department).pk)
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    with pytest.raises(NotFound):
        do(event, Move.SIGN_LEG, stranger)


def test_a_leg_that_is_signed_is_not_signed_again(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    with pytest.raises(MoveNotAllowed):
        do(event, Move.SIGN_LEG, helper_desk)


def test_a_helper_says_what_it_did(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    with pytest.raises(HandlingRecordIncomplete):
        do(event, Move.FINISH_LEG, helper_desk, note=" ")


def test_the_scenario_gives_a_helper_its_own_limit(stage: Stage, helper: OrgUnit) -> None:
    event = stage.event_in("filed")
    limit = {"type": "urgent_hours", "amount": "6", "minutes": None}
    pack = {"co_handling": [{"unit": helper.code, "mandatory": True, "text": "疏导", "limit": limit}]}
    scenario = Scenario.objects.create(code="one_thing", number=1, name="一件事", definition=pack, digest="0" * 64)
    Event.objects.filter(pk=event.pk).update(scenario=scenario)
    third = OrgUnitFactory.create()
    named = [{"unit_id": helper.pk}, {"unit_id": third.pk}]
    do(event, Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=named)
    limits = {
        row.subject_id: row.limit.amount for row in Deadline.objects.filter(subject_kind="order", kind="handling")
    }
    assert limits == {leg_of(helper).pk: Decimal(6), leg_of(third).pk: Decimal(2)}


def test_a_helpers_clock_that_crosses_a_threshold_is_told_by_the_event(stage: Stage, helper: OrgUnit) -> None:
    event = signed(stage, helper)
    seen = event.version
    fire_crossed(at=now() + timedelta(minutes=13))
    rows = [row for row in of_subject("event", event.pk) if row.move == "escalate"]
    assert [row.facts.get("order") for row in rows] == [leg_of(helper).pk]
    assert rows[0].facts["clock"] == "sign"
    event = perform(event.pk, Move.WAIVE_LEG, stage.desk.as_actor(), seen, order_id=leg_of(helper).pk, reason="不需要")
    assert event.state == "handling"


def test_a_helpers_clocks_stand_while_the_lead_has_returned_the_event(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    event = do(event, Move.RETURN, stage.desk, reason="非本局职责", basis="三定方案")
    assert clocks_of(leg_of(helper))["handling"] == "paused"
    event = do(event, Move.REFUSE_RETURN, stage.dispatcher, reason="职责明确")
    assert clocks_of(leg_of(helper))["handling"] == "running"
    assert leg_of(helper).due_kind == "handling"


def test_a_helpers_clocks_stand_while_the_event_is_suspended(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    until = local(now()).date() + timedelta(days=10)
    do(event, Move.ASK_SUSPENSION, stage.desk, reason="等待材料", until=until)
    grant_request(request_id=Request.objects.get().pk, actor=stage.dispatcher.as_actor())
    assert clocks_of(leg_of(helper))["handling"] == "paused"
    do(event, Move.RESUME, stage.dispatcher, reason="材料已到")
    assert (clocks_of(leg_of(helper))["handling"], leg_of(helper).due_kind) == ("running", "handling")


def test_a_helpers_team_is_called_off_while_nobody_handles_the_event(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
    team = Responder.objects.create(kind="team", name="二中队", unit=helper, area_path=stage.district.path)
    do(event, Move.ASSIGN_TEAM, helper_desk, assignee_id=team.pk)
    do(event, Move.RETURN, stage.desk, reason="非职责", basis="三定")
    assert (leg_of(helper).state, leg_of(helper).assignee) == ("signed", None)
    assert FieldTask.objects.get().state == "withdrawn"


def test_a_helpers_overrun_is_kept_when_it_finishes_late(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = do(signed(stage, helper), Move.SIGN_LEG, helper_desk)
        machine.move_to(begun + timedelta(hours=3))
        do(event, Move.FINISH_LEG, helper_desk, note="已疏导")
    assert Deadline.objects.get(subject_kind="order", kind="handling").overdue_seconds == 3600


def test_a_recalled_dispatch_takes_the_helpers_legs_back(stage: Stage, helper: OrgUnit) -> None:
    event = do(sent(stage, helper), Move.RECALL, stage.dispatcher, reason="派错")
    assert event.state == "filed"
    assert set(WorkOrder.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert set(clocks_of(leg_of(helper)).values()) == {"withdrawn"}


# over HTTP


def post(who: User, order: WorkOrder, move: str, **body: Any) -> Any:
    values = {"version": order.version} | body
    return browser(who).post(f"/api/v1/orders/{order.pk}/moves/{move}", values, format="json")


def test_a_helpers_leg_goes_its_way_over_the_same_addresses(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    signed(stage, helper)
    shown = OrderDetail.model_validate(post(helper_desk, leg_of(helper), "sign").json())
    assert (shown.state, shown.role, shown.mandatory, shown.event.state) == ("signed", "co", True, "handling")
    assert [row.move for row in shown.allowed_moves] == ["assign", "finish", "return"]
    shown = OrderDetail.model_validate(post(helper_desk, leg_of(helper), "finish", note="已疏导").json())
    assert (shown.state, shown.result, shown.allowed_moves) == ("done", "已疏导", [])


def test_returning_a_leg_answers_the_department_though_it_sees_it_no_more(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    signed(stage, helper)
    answer = post(helper_desk, leg_of(helper), "return", reason="非本局职责")
    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    assert browser(helper_desk).get(f"/api/v1/orders/{leg_of(helper).pk}").status_code == 404


def test_the_lead_waives_a_leg_by_its_own_address(stage: Stage, helper: OrgUnit) -> None:
    signed(stage, helper)
    answer = post(stage.desk, leg_of(helper), "waive", reason="无需协办")
    assert (answer.status_code, answer.json()["state"]) == (200, "waived")


def test_the_leads_leg_is_not_waived(stage: Stage) -> None:
    signed(stage)
    answer = post(stage.desk, leg_of(stage.department), "waive", reason="无需")
    assert (answer.status_code, answer.json()["code"]) == (409, "move_not_allowed")


def test_the_wrong_department_is_refused_and_a_stranger_finds_nothing(
    stage: Stage, helper: OrgUnit, helper_desk: User
) -> None:
    signed(stage, helper)
    assert post(helper_desk, leg_of(stage.department), "finish", note="已清理").json()["code"] == "forbidden"
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    assert post(stranger, leg_of(helper), "sign").status_code == 404


def test_a_colleague_is_named_who_signed_the_leg_first(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    signed(stage, helper)
    seen, colleague = leg_of(helper), person_with(Role.DEPARTMENT_DESK, unit=helper)
    assert post(helper_desk, seen, "sign").status_code == 200
    answer = post(colleague, seen, "sign")
    assert (answer.status_code, answer.json()["code"], answer.json()["by"]) == (409, "already_taken", "吴协办")


def test_dispatching_over_http_takes_the_helpers_along(stage: Stage, helper: OrgUnit) -> None:
    event = stage.event_in("filed")
    body = {"version": event.version, "unit_id": stage.department.pk, "co_units": [{"unit_id": helper.pk}]}
    client = browser(stage.dispatcher)
    shown = EventDetail.model_validate(
        client.post(f"/api/v1/events/{event.pk}/moves/dispatch", body, format="json").json()
    )
    assert [(row.role, row.unit.name) for row in shown.work_orders] == [("lead", "城市管理局"), ("co", "公安分局")]
    body["co_units"] = [{"mandatory": True}]
    answer = client.post(f"/api/v1/events/{event.pk}/moves/dispatch", body, format="json")
    assert answer.json()["code"] == "invalid"


def test_buttons_of_the_event_follow_the_legs(stage: Stage, helper: OrgUnit, helper_desk: User) -> None:
    event = sent(stage, helper)

    def buttons(who: User) -> dict[str, str | None]:
        shown = browser(who).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
        return {row["move"]: row["refusal_code"] for row in shown}

    assert {"sign_leg", "return_leg"} <= set(buttons(helper_desk))
    assert "finish_leg" not in buttons(helper_desk)
    do(event, Move.SIGN, stage.desk)
    do(event, Move.SIGN_LEG, helper_desk)
    assert {"finish_leg", "return_leg", "assign_team"} <= set(buttons(helper_desk))
    assert buttons(stage.desk)["finish"] == "legs_still_open"
    assert {"co_handle", "waive_leg"} <= set(buttons(stage.desk))
    do(event, Move.FINISH_LEG, helper_desk, note="已疏导")
    assert buttons(stage.desk)["finish"] is None
    assert "waive_leg" not in buttons(stage.desk)
