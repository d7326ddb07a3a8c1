"""The whole play: settle, set up, journey, take away."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from simulator.loop.accounts import read_accounts
from simulator.loop.camera import set_up, still_of, take_away
from simulator.loop.cast import Cast
from simulator.loop.client import Browser, Json
from simulator.loop.journey import Journey
from simulator.loop.leftovers import settle
from simulator.loop.listener import Heard, WallListener
from simulator.loop.moves import Moves
from simulator.loop.report import Report

WAY = frozenset(
    {
        "reported",
        "verifying",
        "filed",
        "dispatched",
        "handling",
        "handled",
        "checking",
        "checked",
        "closed",
        "evaluated",
    }
)
"""The states that the main job passes through."""


def play(*, base: str, accounts: Path, stream_url: str, alert_seconds: int, report: Report) -> list[Heard]:
    """Play the loop once; the report tells how it went, the updates heard on the wall are returned.

    Raises LoopFailed where a step fails; the loop's camera is taken away in any case.
    """
    heard: list[Heard] = []
    with ExitStack() as stack:
        cast = Cast(base, read_accounts(accounts), stack)
        with report.step("sign in", "everybody") as step:
            people = [cast.wall, cast.dispatcher, cast.acceptor, cast.worker, cast.collector, cast.administrator]
            step.state = f"{len(people)} people"
        started = datetime.fromisoformat(cast.wall.get("/session")["server_time"])
        source = CameraPicture(cast.wall)
        moves = Moves(cast, source)
        with report.step("settle", cast.acceptor.name) as step:
            step.state = settle(cast, report.murmur)
        wall = WallListener(base, cast.wall.cookie)
        wall.open()
        stack.callback(wall.close)
        with report.step("set up camera", cast.administrator.name) as step:
            camera = set_up(cast, stream_url)
            stack.callback(take_away, cast.administrator, camera["id"])
            step.state = camera["code"]
        source.camera_id = camera["id"]
        journey = Journey(cast, moves, wall, report)
        try:
            alert = journey.raise_alert(camera, started, alert_seconds)
            event = journey.close(journey.check(journey.handle(journey.verify(journey.confirm(alert)))))
            report.ok = is_whole(event, alert, since=started)
        finally:
            heard += wall.heard
    return heard


def is_whole(event: Json, alert: Json, *, since: datetime) -> bool:
    """Was the event raised by the detector after `since`, did it go all the way, and did it end evaluated?"""
    raised = alert["source"] == "video" and datetime.fromisoformat(alert["found_at"]) >= since
    born_of_it = event["source"] == "video" and alert["id"] in {row["id"] for row in event["alerts"]}
    passed = {row["to_state"] for row in event["history"]}
    return raised and born_of_it and passed >= WAY and event["state"] == "evaluated"


class CameraPicture:
    """The newest picture of the loop's camera, a real photo of what was found."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.camera_id = browser, 0

    def __call__(self) -> bytes:
        return still_of(self.browser, self.camera_id)
