"""Live updates applied to what a screen held equal what it would fetch afresh."""

from typing import Any

import time_machine

from core.clock import now
from core.live.publish import REGISTRY
from core.models import OutboxMessage
from events.actions.alert_decisions import acknowledge_alert, confirm_alert
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.models import Request
from events.moves import Move
from tests.events.stage import Stage, browser


def apply(held: dict[tuple[str, int], dict[str, Any]]) -> None:
    """The client's rule: the newer version wins, `gone` removes."""
    for message in OutboxMessage.objects.exclude(type="control").order_by("id"):
        key = (message.subject_kind, message.subject_id)
        REGISTRY[message.type].model_validate_json(REGISTRY[message.type](**message.payload).model_dump_json())
        if key not in held or held[key]["version"] < message.payload["version"]:
            held[key] = message.payload["row"]


def fetched(stage: Stage) -> dict[tuple[str, int], dict[str, Any]]:
    client = browser(stage.dispatcher)
    return {
        (kind, row["id"]): row
        for kind, path in (("event", "events"), ("order", "orders"), ("alert", "alerts"), ("request", "requests"))
        for row in client.get(f"/api/v1/{path}?limit=100").json()["items"]
    }


def test_updates_applied_to_old_state_equal_a_fresh_fetch(stage: Stage) -> None:
    with time_machine.travel(now(), tick=False):
        stage.event_in("dispatched")
        held = fetched(stage)
        OutboxMessage.objects.all().delete()
        stage.event_in("closed")
        event = stage.event_in("checking")
        event = perform(event.pk, Move.CHECK_FAIL, stage.acceptor.as_actor(), event.version, reason="未清理")
        stage.event_in("closed", source="snapshot")
        recalled = stage.event_in("dispatched")
        perform(recalled.pk, Move.RECALL, stage.chief.as_actor(), recalled.version, reason="派错")
        event = stage.event_in("handling")
        for step, who in (("grant", stage.dispatcher), ("withdraw", stage.desk)):
            event = perform(event.pk, Move.ASK_EXTENSION, stage.desk.as_actor(), reason="等待配件")
            perform_on_request(Request.objects.latest("id").pk, step, who.as_actor())
        perform(event.pk, Move.ASK_FORCE_CLOSE, stage.chief.as_actor(), reason="长期无法处置")
        event = perform(event.pk, Move.RETURN, stage.desk.as_actor(), reason="非本部门", basis="职责清单")
        perform(event.pk, Move.REFUSE_RETURN, stage.dispatcher.as_actor(), reason="属本部门")
        lapsing = stage.event_in("filed")
        perform(lapsing.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), reason="误报")
        perform(lapsing.pk, Move.DISPATCH, stage.dispatcher.as_actor(), unit_id=stage.department.pk)
        perform(lapsing.pk, Move.SIGN, stage.desk.as_actor())
        alert = stage.alert()
        assert alert is not None
        acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
        stage.alert()
        confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
        apply(held)
        assert held == fetched(stage)


def test_an_update_goes_to_those_who_could_see_before_and_after(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    OutboxMessage.objects.all().delete()
    perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), event.version, reason="派错")
    unit = f"unit:{stage.department.pk}"
    for message in OutboxMessage.objects.all():
        assert unit in message.before
        assert unit not in message.after
        assert f"area:{stage.district.path}" in message.after


def test_nothing_is_told_of_a_move_that_was_refused(stage: Stage) -> None:
    event = stage.report()
    OutboxMessage.objects.all().delete()
    client = browser(stage.acceptor)
    client.post(f"/api/v1/events/{event.pk}/moves/file", {"version": 1, "condition_id": 999_999}, format="json")
    assert not OutboxMessage.objects.exists()
