"""The loop as its people walk it over HTTP."""

from typing import Any

from core.history.verify import broken_chains
from dispatch.models import FieldTask
from events.models import Event
from tests.events.stage import HERE, Stage, browser, picture, upload_of


def move(stage: Stage, who: Any, event: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    answer = browser(who).post(
        f"/api/v1/events/{event['id']}/moves/{name}", {"version": event["version"], **body}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def test_an_event_goes_round_the_loop(stage: Stage) -> None:
    stage.kind.__class__.objects.filter(pk=stage.kind.pk).update(check_mode="on_site", needs_after_photo=True)
    worker, collector = stage.worker, stage.collector
    body = {"type_code": stage.kind.code, "description": "占道摆摊", "lng": HERE[0], "lat": HERE[1]}
    answer = browser(worker.user).post("/api/v1/events", body, format="json")
    assert answer.status_code == 201, answer.json()
    event = answer.json()
    assert (event["state"], event["stage"], event["due_kind"]) == ("reported", "discover", "accept")
    assert event["area_label"] == "望江街道 荷花社区 1号网格"

    event = move(stage, stage.acceptor, event, "ask_verification")
    assert (event["state"], event["due_kind"]) == ("verifying", "verify")
    task = FieldTask.objects.get()
    assert task.assignee == worker
    phone = browser(worker.user)
    tasks = f"/api/v1/tasks/{task.pk}/moves"
    assert phone.post(f"{tasks}/accept", {"version": 1}, format="json").status_code == 200
    fix = {"lng": HERE[0], "lat": HERE[1], "accuracy_m": 8}
    assert phone.post(f"{tasks}/arrive", {"version": 2, **fix}, format="json").status_code == 200
    photo = phone.post("/api/v1/uploads", {"file": upload_of(picture())}).json()
    done = {"version": 3, "passed": True, "note": "属实", "attachment_ids": [photo["id"]], **fix}
    answer = phone.post(f"{tasks}/done", done, format="json")
    assert answer.status_code == 200, answer.json()

    event = browser(stage.acceptor).get(f"/api/v1/events/{event['id']}").json()
    assert (event["state"], event["due_kind"]) == ("reported", "accept")
    event = move(stage, stage.acceptor, event, "file", condition_id=stage.condition.pk)
    assert event["condition"]["handling_limit"] == {"type": "urgent_hours", "amount": 2.0}
    event = move(stage, stage.dispatcher, event, "dispatch", unit_id=stage.department.pk)
    assert [order["state"] for order in event["work_orders"]] == ["issued"]

    desk = browser(stage.desk)
    (order,) = desk.get("/api/v1/orders?box=to_sign").json()["items"]
    order = desk.post(f"/api/v1/orders/{order['id']}/moves/sign", {"version": order["version"]}, format="json").json()
    assert (order["state"], order["event"]["state"]) == ("signed", "handling")
    after = desk.post("/api/v1/uploads", {"file": upload_of(picture())}).json()
    finish = {"version": order["version"], "note": "已劝离", "attachment_ids": [after["id"]]}
    order = desk.post(f"/api/v1/orders/{order['id']}/moves/finish", finish, format="json").json()
    assert order["state"] == "done", order

    event = browser(stage.dispatcher).get(f"/api/v1/events/{event['id']}").json()
    event = move(stage, stage.dispatcher, event, "ask_check")
    check = FieldTask.objects.get(kind="check")
    assert check.assignee == collector
    phone = browser(collector.user)
    tasks = f"/api/v1/tasks/{check.pk}/moves"
    phone.post(f"{tasks}/accept", {"version": 1}, format="json")
    phone.post(f"{tasks}/arrive", {"version": 2, **fix}, format="json")
    answer = phone.post(f"{tasks}/done", {"version": 3, "passed": True, "note": "", **fix}, format="json")
    assert answer.status_code == 200, answer.json()

    event = browser(stage.acceptor).get(f"/api/v1/events/{event['id']}").json()
    assert event["state"] == "checked"
    event = move(stage, stage.acceptor, event, "close", reply="已处理完毕")
    assert event["state"] == "evaluated"
    assert event["evaluation"] == {"timeliness": 100, "quality": 100, "satisfaction": None}
    assert [row["to_state"] for row in event["history"]] == [
        "reported", "verifying", "reported", "filed", "dispatched", "handling", "handled", "checking", "checked",
        "closed", "evaluated",
    ]  # fmt: skip
    assert not any(clock["running"] for clock in event["deadlines"])
    assert list(broken_chains()) == []
    assert Event.objects.get().number.endswith("-000001")
