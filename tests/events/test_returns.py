"""回退: a department gives an event back, and the centre sends it elsewhere or refuses the return."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import now
from core.deadlines.actions import Subject
from core.deadlines.ledger import recompute
from core.deadlines.readings import readings
from core.errors import Forbidden, NotFound
from core.history.record import of_subject
from core.models import Deadline, OutboxMessage
from events.actions.perform import perform
from events.errors import ChiefDecidesReturn, ReturnedByThisUnit, ReturnNeedsBasis, UnknownUnit
from events.models import Attachment, Event, WorkOrder
from events.moves import Move
from events.shapes import OrderDetail
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with

BASIS = "《城市管理条例》第十二条：由市政部门负责"


def clock(event: Event, kind: str) -> Deadline:
    return Deadline.objects.filter(subject_kind="event", subject_id=event.pk, kind=kind).latest("id")


def give_back(stage: Stage, event: Event, by: User | None = None, **inputs: Any) -> Event:
    values = {"reason": "不属于本部门职责", "basis": BASIS} | inputs
    return perform(event.pk, Move.RETURN, (by or stage.desk).as_actor(), event.version, **values)


def refuse(stage: Stage, event: Event, by: User | None = None) -> Event:
    seat = by or stage.dispatcher
    return perform(event.pk, Move.REFUSE_RETURN, seat.as_actor(), event.version, reason="属本部门职责")


def send(event: Event, unit: OrgUnit, by: User) -> Event:
    return perform(event.pk, Move.DISPATCH, by.as_actor(), event.version, unit_id=unit.pk)


@pytest.fixture
def other(stage: Stage) -> User:
    """The desk of another department."""
    return person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create(name="市政管理局"), name="吴市政")


def unit_of(desk: User) -> OrgUnit:
    unit = desk.grants.get().unit
    assert unit is not None
    return unit


def test_a_returned_order_pauses_the_handling_clock_and_starts_the_dispatchers(stage: Stage) -> None:
    event = give_back(stage, stage.event_in("handling"), proposed_unit_id=OrgUnitFactory.create().pk)
    order = WorkOrder.objects.select_related("proposed_unit").get()
    assert (event.state, event.return_count, event.due_kind) == ("returned", 1, "dispatch")
    assert (order.state, order.return_reason, order.returned_at) == (
        "returned",
        "不属于本部门职责",
        clock(event, "dispatch").started_at,
    )
    assert order.proposed_unit is not None
    handling, sign = clock(event, "handling"), clock(event, "sign")
    assert (handling.state, sign.state) == ("paused", "stopped")
    assert handling.intervals.get(ended_at=None).reason == "returned"


def test_before_signing_an_order_is_returned_as_well(stage: Stage) -> None:
    event = give_back(stage, stage.event_in("dispatched"))
    assert (event.state, clock(event, "sign").state) == ("returned", "stopped")


def test_a_return_needs_a_photo_or_the_rule_in_writing(stage: Stage) -> None:
    event = stage.event_in("handling")
    with pytest.raises(ReturnNeedsBasis):
        give_back(stage, event, basis=" ")
    photo = stage.photo(stage.desk)
    event = give_back(stage, event, basis="", attachment_ids=[photo])
    assert event.state == "returned"
    assert Attachment.objects.get(pk=photo).purpose == "basis"


def test_the_proposed_department_has_to_exist(stage: Stage) -> None:
    with pytest.raises(UnknownUnit):
        give_back(stage, stage.event_in("handling"), proposed_unit_id=stage.centre.pk)


def test_only_the_lead_department_returns(stage: Stage, other: User) -> None:
    event = stage.event_in("handling")
    with pytest.raises(NotFound):
        give_back(stage, event, by=other)
    with pytest.raises(Forbidden):
        give_back(stage, event, by=stage.dispatcher)


def test_the_department_loses_sight_of_what_it_returned_and_is_told(stage: Stage) -> None:
    event = stage.event_in("handling")
    OutboxMessage.objects.all().delete()
    give_back(stage, event)
    unit = f"unit:{stage.department.pk}"
    assert all(unit in message.before and unit not in message.after for message in OutboxMessage.objects.all())
    assert not Event.objects.visible_to(stage.desk.as_actor()).exists()


def test_sent_elsewhere_the_former_leg_is_closed_for_good_and_a_new_clock_begins(stage: Stage, other: User) -> None:
    event = give_back(stage, stage.event_in("handling"))
    former = clock(event, "handling")
    event = send(event, unit_of(other), stage.dispatcher)
    former.refresh_from_db()
    fresh = clock(event, "handling")
    assert (event.state, event.lead_unit, former.state, fresh.state) == (
        "dispatched",
        unit_of(other),
        "withdrawn",
        "running",
    )
    assert former.pk != fresh.pk
    assert sorted(WorkOrder.objects.values_list("unit_id", "state")) == [
        (stage.department.pk, "withdrawn"),
        (unit_of(other).pk, "issued"),
    ]


def test_it_is_not_sent_back_to_whom_it_came_from_by_dispatching(stage: Stage) -> None:
    event = give_back(stage, stage.event_in("handling"))
    with pytest.raises(ReturnedByThisUnit):
        send(event, stage.department, stage.dispatcher)


def test_a_refused_return_counts_its_pause_as_handling_time(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("handling")
        due_at = clock(event, "handling").due_at
        machine.move_to(begun + timedelta(minutes=30))
        event = give_back(stage, event)
        machine.move_to(begun + timedelta(minutes=90))
        event = refuse(stage, event)
        handling, sign = clock(event, "handling"), clock(event, "sign")
        assert (handling.state, handling.due_at) == ("running", due_at)
        assert recompute(handling, list(handling.intervals.all())) == (handling.warn_at, handling.due_at)
        shown = {row["kind"]: row for row in readings(subject=Subject("event", event.pk), at=now())}
        assert shown["handling"]["elapsed_seconds"] == 90 * 60
        assert (event.state, event.due_kind, event.due_at) == ("dispatched", "sign", sign.due_at)
        assert sign.started_at == now()


def test_a_return_is_not_refused_to_a_department_that_is_closed(stage: Stage) -> None:
    event = give_back(stage, stage.event_in("handling"))
    OrgUnit.objects.filter(pk=stage.department.pk).update(is_active=False)
    with pytest.raises(UnknownUnit):
        refuse(stage, event)
    other = OrgUnitFactory.create()
    dispatched = perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=other.pk)
    assert dispatched.lead_unit == other


def test_after_a_refused_return_the_department_signs_again(stage: Stage) -> None:
    event = refuse(stage, give_back(stage, stage.event_in("handling")))
    order = WorkOrder.objects.get()
    assert (order.state, order.signed_at, order.signed_by, event.lead_unit) == ("issued", None, None, stage.department)
    event = perform(event.pk, Move.SIGN, stage.desk.as_actor(), event.version)
    order.refresh_from_db()
    assert (event.state, event.due_kind, order.state, order.signed_by) == ("handling", "handling", "signed", stage.desk)


def test_the_second_return_is_decided_by_the_duty_chief(stage: Stage, other: User) -> None:
    event = give_back(stage, stage.event_in("dispatched"))
    event = give_back(stage, send(event, unit_of(other), stage.dispatcher), by=other)
    assert event.return_count == 2
    with pytest.raises(ChiefDecidesReturn) as refusal:
        send(event, stage.department, stage.dispatcher)
    assert "值班长" in refusal.value.detail("zh")
    with pytest.raises(ChiefDecidesReturn):
        refuse(stage, event)
    event = send(event, stage.department, stage.chief)
    assert (event.state, event.lead_unit) == ("dispatched", stage.department)


def test_a_chief_who_also_dispatches_decides_the_second_return_as_the_chief(stage: Stage) -> None:
    event = give_back(stage, refuse(stage, give_back(stage, stage.event_in("dispatched"))))
    stage.chief.grants.create(
        role=Role.DISPATCHER, unit=stage.centre, area_path=stage.district.path, area_level="district",
        area_key=stage.district.pk,
    )  # fmt: skip
    refuse(stage, event, by=User.objects.get(pk=stage.chief.pk))
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.role) == ("refuse_return", "duty_chief")


def test_the_dispatchers_button_says_why_the_second_return_is_not_the_dispatchers(stage: Stage) -> None:
    event = give_back(stage, refuse(stage, give_back(stage, stage.event_in("dispatched"))))

    def buttons(who: User) -> dict[str, str | None]:
        moves = browser(who).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
        return {row["move"]: row["refusal_code"] for row in moves if row["move"] in ("dispatch", "refuse_return")}

    assert buttons(stage.dispatcher) == dict.fromkeys(("dispatch", "refuse_return"), "chief_decides_return")
    assert buttons(stage.chief) == dict.fromkeys(("dispatch", "refuse_return"), None)


def test_the_ticket_desk_returns_its_leg(stage: Stage) -> None:
    stage.event_in("dispatched")
    order, desk = WorkOrder.objects.get(), browser(stage.desk)
    shown = OrderDetail.model_validate(desk.get(f"/api/v1/orders/{order.pk}").json())
    assert [move.move for move in shown.allowed_moves if move.available] == ["sign", "return"]
    body = {"version": order.version, "reason": "不属于本部门职责", "basis": BASIS}
    answer = desk.post(f"/api/v1/orders/{order.pk}/moves/return", body, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    body = {"version": order.version, "reason": "不属于本部门职责"}
    assert desk.post(f"/api/v1/orders/{order.pk}/moves/return", body, format="json").status_code == 404


def test_the_dispatcher_reads_why_and_whom_the_department_proposes(stage: Stage, other: User) -> None:
    event = give_back(stage, stage.event_in("handling"), proposed_unit_id=unit_of(other).pk)
    (leg,) = browser(stage.dispatcher).get(f"/api/v1/events/{event.pk}").json()["work_orders"]
    assert (leg["state"], leg["return_reason"]) == ("returned", "不属于本部门职责")
    assert leg["proposed_unit"] == {"id": unit_of(other).pk, "name": "市政管理局"}


def test_a_refused_return_costs_nothing_in_the_evaluation(stage: Stage) -> None:
    event = refuse(stage, give_back(stage, stage.event_in("dispatched")))
    for move, who, inputs in stage.way_to("closed")[2:]:
        event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
    assert (event.return_count, event.evaluations.get().quality) == (1, 100)


def test_a_returned_event_may_go_to_the_department_that_helped(stage: Stage, other: User) -> None:
    helper = unit_of(other)
    event = perform(
        stage.event_in("filed").pk, Move.DISPATCH, stage.dispatcher.as_actor(), None,
        unit_id=stage.department.pk, co_units=[{"unit_id": helper.pk, "mandatory": True}],
    )  # fmt: skip
    event = send(give_back(stage, event), helper, stage.dispatcher)
    legs = event.work_orders.filter(unit=helper).order_by("id")
    assert [(leg.role, leg.state) for leg in legs] == [("co", "withdrawn"), ("lead", "issued")]
