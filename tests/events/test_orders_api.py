"""The department's desk over HTTP."""

from typing import Any

from accounts.roles import Role
from core.clock import now
from core.models import OutboxMessage
from events.actions.perform import perform
from events.models import Event, Request, WorkOrder
from events.moves import Move
from events.shapes import OrderCounts, OrderDetail, OrderPage
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with


def counts(stage: Stage) -> dict[str, int]:
    return OrderCounts.model_validate(browser(stage.desk).get("/api/v1/orders/counts").json()).model_dump()


def post(stage: Stage, order: WorkOrder, move: str, **body: Any) -> Any:
    values = {"version": order.version} | body
    return browser(stage.desk).post(f"/api/v1/orders/{order.pk}/moves/{move}", values, format="json")


def test_a_leg_goes_from_box_to_box(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    assert counts(stage)["to_sign"] == 1
    order = WorkOrder.objects.get()
    shown = OrderDetail.model_validate(post(stage, order, "sign").json())
    assert (shown.state, shown.due_kind, shown.event.state) == ("signed", "handling", "handling")
    assert counts(stage)["handling"] == 1
    order.refresh_from_db()
    shown = OrderDetail.model_validate(post(stage, order, "finish", note="已清理").json())
    assert (shown.state, shown.result, shown.due_at) == ("done", "已清理", None)
    assert counts(stage)["done"] == 1
    seat = stage.acceptor.as_actor()
    perform(event.pk, Move.ASK_CHECK, seat, None, mode="call_back")
    perform(event.pk, Move.CHECK_FAIL, seat, None, reason="未清理干净")
    assert counts(stage) == {box: int(box == "rework") for box in OrderCounts.model_fields}


def test_a_leg_that_waits_for_an_answer_or_a_reply_lies_in_its_box_as_well(stage: Stage) -> None:
    event = stage.event_in("handling")
    WorkOrder.objects.update(reply_due_at=now())
    Request.objects.create(
        event=event, kind="extension", state="requested", unit=stage.department, reason="等配件", asked_by=stage.desk,
        asked_at=now(),
    )  # fmt: skip
    full = {"handling", "replies", "asking"}
    assert counts(stage) == {box: int(box in full) for box in OrderCounts.model_fields}
    boxes = {box: len(browser(stage.desk).get(f"/api/v1/orders?box={box}").json()["items"]) for box in full}
    assert boxes == dict.fromkeys(full, 1)


def test_a_suspended_event_and_a_co_handlers_leg_lie_apart(stage: Stage) -> None:
    event = stage.event_in("handling")
    Event.objects.filter(pk=event.pk).update(state="suspended", suspended_until=now().date(), due_kind="")
    assert counts(stage)["suspended"] == 1
    WorkOrder.objects.update(role="co")
    assert counts(stage) == {box: int(box == "co") for box in OrderCounts.model_fields}


def test_a_leg_is_delivered_when_its_own_department_has_seen_it(stage: Stage) -> None:
    stage.event_in("dispatched")
    order = WorkOrder.objects.get()
    path = f"/api/v1/orders/{order.pk}/seen"
    told = OutboxMessage.objects.count()
    assert browser(stage.dispatcher).post(path).status_code == 204
    assert (WorkOrder.objects.get().seen_at, OutboxMessage.objects.count()) == (None, told)
    assert browser(stage.desk).post(path).status_code == 204
    first = WorkOrder.objects.get()
    assert (first.seen_at is not None, first.version, OutboxMessage.objects.count()) == (True, order.version, told + 1)
    browser(stage.desk).post(path)
    assert (WorkOrder.objects.get().seen_at, OutboxMessage.objects.count()) == (first.seen_at, told + 1)


def test_a_leg_of_another_department_is_not_there_to_be_seen(stage: Stage) -> None:
    stage.event_in("dispatched")
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create(kind="department"))
    assert browser(stranger).post(f"/api/v1/orders/{WorkOrder.objects.get().pk}/seen").status_code == 404


def test_a_closed_event_moves_its_leg_to_the_last_box(stage: Stage) -> None:
    stage.event_in("closed")
    assert counts(stage)["closed"] == 1
    page = OrderPage.model_validate(browser(stage.desk).get("/api/v1/orders?box=closed").json())
    assert page.items[0].event_state == "evaluated"


def test_another_departments_leg_is_not_found(stage: Stage) -> None:
    stage.event_in("dispatched")
    order = WorkOrder.objects.get()
    stranger = browser(person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create()))
    assert stranger.get(f"/api/v1/orders/{order.pk}").status_code == 404
    answer = stranger.post(f"/api/v1/orders/{order.pk}/moves/sign", {"version": order.version}, format="json")
    assert answer.status_code == 404
    assert stranger.get("/api/v1/orders").json()["items"] == []


def test_the_centre_may_look_at_a_leg_but_not_sign_it(stage: Stage) -> None:
    stage.event_in("dispatched")
    order = WorkOrder.objects.get()
    centre = browser(stage.dispatcher)
    assert centre.get(f"/api/v1/orders/{order.pk}").json()["allowed_moves"] == []
    answer = centre.post(f"/api/v1/orders/{order.pk}/moves/sign", {"version": order.version}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_stale_leg_is_refused_and_a_colleague_is_named(stage: Stage) -> None:
    stage.event_in("dispatched")
    order, colleague = WorkOrder.objects.get(), person_with(Role.DEPARTMENT_DESK, unit=stage.department)
    assert post(stage, order, "sign").status_code == 200
    answer = browser(colleague).post(f"/api/v1/orders/{order.pk}/moves/sign", {"version": order.version}, format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["by"]) == (409, "already_taken", "周部门")


def test_a_stale_leg_that_came_back_for_rework_is_only_stale(stage: Stage) -> None:
    event, colleague = stage.event_in("checking"), person_with(Role.DEPARTMENT_DESK, unit=stage.department)
    seen = WorkOrder.objects.get()
    perform(event.pk, Move.CHECK_FAIL, stage.acceptor.as_actor(), event.version, reason="未清理干净")
    body = {"version": seen.version, "note": "已清理"}
    answer = browser(colleague).post(f"/api/v1/orders/{seen.pk}/moves/finish", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")


def test_an_empty_result_is_refused(stage: Stage) -> None:
    stage.event_in("handling")
    answer = post(stage, WorkOrder.objects.get(), "finish", note="")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "note")
