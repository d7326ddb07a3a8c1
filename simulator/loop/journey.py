"""One event's way: from the clip to evaluated, step by step."""

import time
from collections.abc import Callable
from datetime import datetime

from simulator.loop.camera import wait_for_alert
from simulator.loop.cast import Cast
from simulator.loop.client import Browser, Json
from simulator.loop.listener import GOAL_SECONDS, WallListener
from simulator.loop.moves import Moves
from simulator.loop.problems import LoopFailed
from simulator.loop.report import Report, Step

EVALUATED_SECONDS = 15
LISTEN_SECONDS = 5 * GOAL_SECONDS


class Journey:
    """Plays the steps in order; each is timed, and watched for on the wall's socket."""

    def __init__(self, cast: Cast, moves: Moves, wall: WallListener, report: Report) -> None:
        self.cast, self.moves, self.wall, self.report = cast, moves, wall, report

    def raise_alert(self, camera: Json, since: datetime, seconds: int) -> Json:
        """The detector finds somebody in the zone."""
        with self.report.step("alert raised", "detector") as step:
            alert = wait_for_alert(self.cast.wall, camera["id"], since, seconds, self.report.murmur)
            step.state, step.at = alert["state"], alert["found_at"]
            self._on_the_wall(step, "alert", alert["id"], 1)
        self.report.alert = {
            "id": alert["id"],
            "title": alert["title"],
            "source": alert["source"],
            "rule": alert["rule"],
            "found_at": alert["found_at"],
            "confidence": alert["confidence"],
            "camera": camera["code"],
        }
        return alert

    def confirm(self, alert: Json) -> Json:
        """Somebody has seen it, looked at the evidence, and found it true: the event begins."""
        who = self.cast.dispatcher
        with self.report.step("acknowledge", who.name) as step:
            alert = who.post(f"/alerts/{alert['id']}/acknowledge", version=alert["version"])
            step.state = "acknowledged"
            self._on_the_wall(step, "alert", alert["id"], alert["version"])
        with self.report.step("evidence", who.name) as step:
            sizes = [len(who.download(alert[name])) for name in ("still_url", "clip_url") if alert[name]]
            if not sizes:
                raise LoopFailed("The alert has no still.", "See the log of the video process.")
            step.state = f"{sum(sizes) // 1024} KiB"
        with self.report.step("confirm", who.name) as step:
            alert = who.post(f"/alerts/{alert['id']}/confirm", version=alert["version"], note="画面属实。")
            event = self.moves.event(alert["event_id"])
            self._expect(step, event, "reported")
        self.report.event = {"id": event["id"], "number": event["number"], "state": event["state"]}
        return event

    def verify(self, event: Json) -> Json:
        """The grid's worker goes and looks."""
        event = self._move(
            "ask_verification", self.cast.acceptor, lambda: self.moves.ask_verification(event), "verifying"
        )
        return self._field_work(event, self.cast.worker, "verify", "现场有人进入重点区域，属实。", "reported")

    def handle(self, event: Json) -> Json:
        """Filed, sent to the department, signed and handled there."""
        event = self._move("file", self.cast.acceptor, lambda: self.moves.file(event), "filed")
        event = self._move("dispatch", self.cast.dispatcher, lambda: self.moves.dispatch(event), "dispatched")
        desk = self.moves.desk(event)
        event = self._move("sign", desk, lambda: self.moves.sign(event), "handling")
        return self._move("finish", desk, lambda: self.moves.finish(event), "handled")

    def check(self, event: Json) -> Json:
        """A collector who did not handle it looks at the result."""
        event = self._move("ask_check", self.cast.acceptor, lambda: self.moves.ask_check(event), "checking")
        return self._field_work(event, self.cast.collector, "check", "现场已无人滞留，核查通过。", "checked")

    def close(self, event: Json) -> Json:
        """The case is closed with a reply, and the platform evaluates it."""
        with self.report.step("close", self.cast.acceptor.name) as step:
            event = self.moves.close(event)
            self._expect(step, event, "closed", "evaluated")
            step.state = "closed"
        with self.report.step("evaluate", "platform") as step:
            until = time.monotonic() + EVALUATED_SECONDS
            while event["state"] != "evaluated" and time.monotonic() < until:
                time.sleep(0.3)
                event = self.moves.event(event["id"])
            self._expect(step, event, "evaluated")
        self.report.event |= {
            "state": event["state"],
            "source": event["source"],
            "type": event["type_name"],
            "area": event["area_label"],
            "evaluation": event["evaluation"],
            "states": [row["to_state"] for row in event["history"]],
        }
        return event

    def _move(self, name: str, who: Browser, make: Callable[[], Json], state: str) -> Json:
        with self.report.step(name, who.name) as step:
            event = make()
            self._expect(step, event, state)
        return event

    def _field_work(self, event: Json, who: Browser, kind: str, note: str, leads_to: str) -> Json:
        """Accept, sign in at the place, hand in the result with a photo."""
        with self.report.step(f"{kind}: accept", who.name) as step:
            task = self.moves.accept_task(who, self.moves.task_of(who, event, kind))
            step.state = task["state"]
            self._on_the_wall(step, "task", task["id"], task["version"])
        with self.report.step(f"{kind}: arrive", who.name) as step:
            task = self.moves.arrive(who, task)
            step.state = task["state"]
            self._on_the_wall(step, "task", task["id"], task["version"])
        with self.report.step(f"{kind}: hand in", who.name) as step:
            self.moves.hand_in(who, task, note)
            event = self.moves.event(event["id"])
            self._expect(step, event, leads_to)
        return event

    def _expect(self, step: Step, event: Json, *states: str) -> None:
        """The event is where the move leads, and the wall has heard of it."""
        step.state = event["state"]
        if event["state"] not in states:
            raise LoopFailed(
                f"Event {event['number']} is {event['state']}, not {' or '.join(states)}.",
                "Look at its history on the dispatch desk; was somebody else at work on it?",
            )
        self._on_the_wall(step, "event", event["id"], event["version"])

    def _on_the_wall(self, step: Step, kind: str, subject_id: int, version: int) -> None:
        heard = self.wall.wait_for(kind, subject_id, version, seconds=LISTEN_SECONDS)
        if heard is None:
            why = f" The socket was lost: {self.wall.lost}." if self.wall.lost else ""
            raise LoopFailed(
                f"The wall was not told of {kind} {subject_id} within {LISTEN_SECONDS:.0f} s.{why}",
                "Are the relay and live processes up? See /health.",
            )
        step.wall_seconds = heard.delay_seconds
