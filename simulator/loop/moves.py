"""The moves of an event, each made by whose turn it is. Used by the journey and to settle what an earlier run left."""

from collections.abc import Callable

from simulator.loop.cast import Cast, responder_of
from simulator.loop.client import Browser, Json
from simulator.loop.problems import LoopFailed

ACCURACY_M = 8.0
Picture = Callable[[], bytes]


class Moves:
    """`picture` gives a real photo when one is needed."""

    def __init__(self, cast: Cast, picture: Picture) -> None:
        self.cast, self._picture = cast, picture

    def event(self, event_id: int) -> Json:
        """The event as the acceptor's centre sees it now."""
        return self.cast.acceptor.get(f"/events/{event_id}")

    def ask_verification(self, event: Json) -> Json:
        return self._move(self.cast.acceptor, event, "ask_verification", note="请到场核实画面中的人员。")

    def file(self, event: Json) -> Json:
        types = self.cast.acceptor.get("/event-types")["items"]
        conditions = next(kind["conditions"] for kind in types if kind["code"] == event["type_code"])
        return self._move(self.cast.acceptor, event, "file", condition_id=conditions[0]["id"])

    def dispatch(self, event: Json) -> Json:
        """To the department that the event's type names."""
        types = self.cast.dispatcher.get("/event-types")["items"]
        unit = next(kind["default_unit"] for kind in types if kind["code"] == event["type_code"])
        if unit is None:
            raise LoopFailed(
                f"The type {event['type_code']} names no department.", "Run `python manage.py load_catalogue`."
            )
        return self._move(self.cast.dispatcher, event, "dispatch", unit_id=unit["id"], note="请立即处置。")

    def desk(self, event: Json) -> Browser:
        """The desk of the lead department."""
        return self.cast.desk_of(event["lead_unit"]["name"])

    def sign(self, event: Json) -> Json:
        desk = self.desk(event)
        order = self._order(desk, event, "to_sign")
        desk.post(f"/orders/{order['id']}/moves/sign", version=order["version"])
        return self.event(event["id"])

    def finish(self, event: Json) -> Json:
        desk = self.desk(event)
        boxes = ("handling", "rework")
        order = next(filter(None, (self._find(desk, event, box) for box in boxes)), None) or self._lost(desk, event)
        photo = desk.upload(self._picture(), "after.jpg")
        desk.post(
            f"/orders/{order['id']}/moves/finish",
            version=order["version"],
            note="已到场劝离，区域恢复正常。",
            attachment_ids=[photo],
        )
        return self.event(event["id"])

    def ask_check(self, event: Json) -> Json:
        """On the spot, by the sample collector, who did not handle it."""
        checker = responder_of(self.cast.acceptor, self.cast.collector, "collector", event)
        return self._move(self.cast.acceptor, event, "ask_check", assignee_id=checker, mode="on_site")

    def close(self, event: Json) -> Json:
        return self._move(self.cast.acceptor, event, "close", reply="现场已处置完毕，经核查通过。")

    def recall(self, event: Json) -> Json:
        return self._move(self.cast.acceptor, event, "recall", reason="上次演示未完成，重新安排。")

    def cancel(self, event: Json) -> Json:
        """The dispatcher asks, the duty chief grants; what an earlier try asked already is granted now."""
        asked = _open_cancel(event) or _open_cancel(
            self._move(self.cast.dispatcher, event, "ask_cancel", reason="上次闭环演示未完成，作废。")
        )
        if asked is None:
            raise LoopFailed(
                f"Event {event['number']} took no request to cancel it.", "Look at the event on the dispatch desk."
            )
        self.cast.chief.post(f"/requests/{asked['id']}/moves/grant", version=asked["version"])
        return self.event(event["id"])

    def pass_check(self, event: Json) -> Json:
        """Without a visit: what is left of an earlier run is not worth somebody's way."""
        event = self._move(self.cast.acceptor, event, "ask_check", mode="video")
        return self._move(self.cast.acceptor, event, "check_pass", note="视频核查通过。")

    def accept_task(self, who: Browser, task: Json) -> Json:
        return self._task_move(who, task, "accept")

    def arrive(self, who: Browser, task: Json) -> Json:
        return self._task_move(who, task, "arrive", lng=task["lng"], lat=task["lat"], accuracy_m=ACCURACY_M)

    def hand_in(self, who: Browser, task: Json, note: str) -> Json:
        photo = who.upload(self._picture(), f"{task['kind']}.jpg")
        place = {"lng": task["lng"], "lat": task["lat"], "accuracy_m": ACCURACY_M}
        return self._task_move(who, task, "done", passed=True, note=note, attachment_ids=[photo], **place)

    def task_of(self, who: Browser, event: Json, kind: str) -> Json:
        """The open task about the event on the person's own list."""
        for task in who.get("/tasks", state="open")["items"]:
            if task["kind"] == kind and task["subject"] == {"kind": "event", "id": event["id"]}:
                found: Json = task
                return found
        raise LoopFailed(
            f"{who.name} has no task to {kind} event {event['number']}.",
            "Somebody else was sent: is another responder appointed for the same grid? See /admin/dispatch/responder/.",
        )

    def _move(self, who: Browser, event: Json, move: str, **body: object) -> Json:
        return who.post(f"/events/{event['id']}/moves/{move}", version=event["version"], **body)

    def _task_move(self, who: Browser, task: Json, move: str, **body: object) -> Json:
        return who.post(f"/tasks/{task['id']}/moves/{move}", version=task["version"], **body)

    def _order(self, desk: Browser, event: Json, box: str) -> Json:
        return self._find(desk, event, box) or self._lost(desk, event)

    def _find(self, desk: Browser, event: Json, box: str) -> Json | None:
        return next((row for row in desk.all("/orders", box=box) if row["event_id"] == event["id"]), None)

    def _lost(self, desk: Browser, event: Json) -> Json:
        raise LoopFailed(
            f"{desk.name} has no work order for event {event['number']}.", "Look at the event on the dispatch desk."
        )


def _open_cancel(event: Json) -> Json | None:
    requests = [row for row in event["requests"] if row["kind"] == "cancel" and row["state"] == "endorsed"]
    return requests[0] if requests else None
