"""The parts of the loop that need no running platform."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from simulator.loop.accounts import Account, read_accounts
from simulator.loop.client import Browser
from simulator.loop.leftovers import next_move
from simulator.loop.listener import Heard, WallListener
from simulator.loop.moves import Moves
from simulator.loop.play import WAY, is_whole
from simulator.loop.problems import CAMERA_REMEDIES, LoopFailed, Refused, no_alert
from simulator.loop.report import Report, line, wall_figures

PERSON = Account("limin", "secret", "李敏", "acceptor", "指挥中心")


def browser(answer: Any) -> Browser:
    return Browser("http://yiwang.test", PERSON, transport=httpx.MockTransport(answer))


def silent_report(lines: list[str]) -> Report:
    return Report(say=lines.append, murmur=lambda text: None)


def test_accounts_are_found_by_post_and_by_department(tmp_path: Path) -> None:
    path = tmp_path / "sample-accounts.json"
    row = {"username": "gongan", "password": "x", "name": "孙勇", "role": "department_desk", "unit": "公安分局"}
    path.write_text(json.dumps({"accounts": [row]}))
    accounts = read_accounts(path)
    assert accounts.desk_of("公安分局").username == accounts.of_role("department_desk").username == "gongan"
    with pytest.raises(LoopFailed, match="generate_district"):
        accounts.of_role("collector")


@pytest.mark.parametrize("content", [None, "", "[]", '{"accounts": [{}]}'])
def test_a_missing_or_broken_accounts_file_names_the_remedy(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "sample-accounts.json"
    path.write_text(content) if content is not None else None
    with pytest.raises(LoopFailed, match="make run|generate_district"):
        read_accounts(path)


def test_writes_carry_the_csrf_token_and_an_idempotency_key() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"user": {"id": 1}}, headers={"set-cookie": "csrftoken=t0ken; Path=/"})

    with browser(answer) as person:
        person.post("/alerts/1/acknowledge", version=1)
    writes = [request for request in seen if request.method != "GET"]
    assert [request.headers["X-CSRFToken"] for request in writes] == ["t0ken"] * 3
    assert len({request.headers["Idempotency-Key"] for request in writes}) == 3


def test_a_problem_becomes_a_refusal_with_its_remedy() -> None:
    problem = {"code": "outside_division_tree", "detail": "This point lies outside the district."}
    person = browser(lambda request: httpx.Response(422, json=problem))
    with pytest.raises(Refused) as refusal:
        person.get("/areas/locate", lng=0, lat=0)
    assert (refusal.value.status, refusal.value.code) == (422, "outside_division_tree")
    assert "outside the district" in refusal.value.what
    assert "generate_district" in refusal.value.remedy


def test_a_platform_that_does_not_answer_is_to_be_started() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(LoopFailed, match="make run"):
        browser(refuse).get("/session")


def test_a_gateway_page_that_is_no_problem_is_still_named() -> None:
    with pytest.raises(Refused, match="http_502"):
        browser(lambda request: httpx.Response(502, text="<html>bad gateway</html>")).get("/session")


def test_a_list_is_read_page_by_page() -> None:
    pages = {"": {"items": [{"id": 1}], "next": "c2"}, "c2": {"items": [{"id": 2}], "next": None}}
    person = browser(lambda request: httpx.Response(200, json=pages[request.url.params.get("cursor", "")]))
    assert [row["id"] for row in person.all("/alerts")] == [1, 2]


def test_the_wall_notes_how_old_an_update_was() -> None:
    wall = WallListener("https://yiwang.test", "sessionid=x")
    at = (datetime.now(UTC) - timedelta(seconds=3)).isoformat()
    payload = {"id": 7, "version": 2, "change": "file"}
    wall.take({"type": "updates", "items": [{"id": "1-0", "type": "event.changed", "at": at, "payload": payload}]})
    heard = wall.wait_for("event", 7, 2, seconds=0)
    assert heard is not None
    assert (heard.kind, heard.change) == ("event", "file")
    assert heard.delay_seconds == pytest.approx(3, abs=0.5)


def test_an_older_version_is_not_what_the_wall_waits_for() -> None:
    wall = WallListener("http://yiwang.test", "")
    payload = {"id": 7, "version": 1, "change": "report"}
    at = datetime.now(UTC).isoformat()
    wall.take({"type": "updates", "items": [{"id": "1-0", "type": "event.changed", "at": at, "payload": payload}]})
    assert wall.wait_for("event", 7, 2, seconds=0.01) is None


def test_heartbeats_and_gone_say_nothing_about_delays() -> None:
    wall = WallListener("http://yiwang.test", "")
    gone = {"id": "1-0", "type": "gone", "at": "2026-11-22T00:00:00Z", "payload": {"kind": "task", "id": 1}}
    wall.take({"type": "heartbeat", "through": "1-0"})
    wall.take({"type": "updates", "items": [gone]})
    assert wall.heard == []


def test_the_figures_of_the_wall_tell_whether_the_goal_was_met() -> None:
    heard = [Heard("event", 1, version, "file", delay) for version, delay in enumerate((0.1, 0.4, 2.5))]
    figures = wall_figures(heard)
    assert (figures["updates"], figures["median_seconds"], figures["slowest_seconds"]) == (3, 0.4, 2.5)
    assert not figures["met"]
    assert wall_figures(heard[:2])["met"]


def test_hearing_nothing_does_not_meet_the_goal() -> None:
    assert not wall_figures([])["met"]


def test_a_step_stands_in_the_report_with_its_time() -> None:
    lines: list[str] = []
    report = silent_report(lines)
    with report.step("file", "李敏") as step:
        step.state = "filed"
    assert (report.steps[0].step, report.steps[0].state) == ("file", "filed")
    assert report.steps[0].at.endswith("Z")
    assert lines[0].split()[:3] == ["step", "actor", "state"]
    assert lines[1].split()[:3] == ["file", "李敏", "filed"]


def test_a_failed_step_stands_there_too_with_its_remedy() -> None:
    report = silent_report([])
    with pytest.raises(LoopFailed), report.step("sign", "孙勇"):
        raise LoopFailed("No order.", "Look at the desk.")
    body = json.loads(report.as_json([]))
    assert body["failure"] == {"step": "sign", "what": "No order.", "remedy": "Look at the desk."}
    assert (body["ok"], body["steps"][0]["state"]) == (False, "failed")


def test_chinese_names_take_two_places_in_the_table() -> None:
    chinese, latin = line(("a", "李敏", "x", "", "", "")), line(("a", "limi", "x", "", "", ""))
    assert chinese.index("x") + 2 == latin.index("x")


@pytest.mark.parametrize("state", sorted(CAMERA_REMEDIES))
def test_every_state_of_a_camera_has_a_remedy_when_no_alert_comes(state: str) -> None:
    assert no_alert(60, state, "").remedy == CAMERA_REMEDIES[state]


@pytest.mark.parametrize(
    ("state", "move"),
    [
        ("reported", "cancel"),
        ("verifying", "cancel"),
        ("dispatched", "cancel"),
        ("handling", "finish"),
        ("handled", "pass_check"),
        ("checking", "recall"),
        ("checked", "close"),
    ],
)
def test_an_old_event_is_cancelled_or_walked_to_its_end(state: str, move: str) -> None:
    moves = Moves.__new__(Moves)
    chosen = next_move(moves, {"state": state})
    assert chosen is not None
    assert chosen.__name__ == move


@pytest.mark.parametrize("asked_before", [False, True])
def test_cancelling_is_asked_by_the_dispatcher_once_and_granted_by_the_chief(asked_before: bool) -> None:
    made: list[str] = []
    request = {"id": 8, "kind": "cancel", "state": "endorsed", "version": 1}
    event = {"id": 5, "number": "5", "version": 2, "requests": [request] if asked_before else []}

    class Person:
        def __init__(self, post: str) -> None:
            self._post = post

        def post(self, path: str, **_: Any) -> dict[str, Any]:
            made.append(f"{self._post} {path}")
            return {**event, "requests": [request]}

        def get(self, _: str) -> dict[str, Any]:
            return {**event, "state": "cancelled"}

    cast = SimpleNamespace(dispatcher=Person("dispatcher"), chief=Person("chief"), acceptor=Person("acceptor"))
    assert Moves(cast, bytes).cancel(event)["state"] == "cancelled"  # type: ignore[arg-type]
    asking = [] if asked_before else ["dispatcher /events/5/moves/ask_cancel"]
    assert made == [*asking, "chief /requests/8/moves/grant"]


@pytest.mark.parametrize("state", ["closed", "evaluated", "cancelled", "rejected"])
def test_an_ended_event_is_left_alone(state: str) -> None:
    assert next_move(Moves.__new__(Moves), {"state": state}) is None


STARTED = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
ALERT = {"id": 5, "source": "video", "found_at": "2026-11-22T07:00:20Z"}
EVENT = {
    "source": "video",
    "state": "evaluated",
    "alerts": [{"id": 5}],
    "history": [{"to_state": state} for state in sorted(WAY)],
}


def test_a_whole_loop_is_raised_by_the_detector_and_evaluated() -> None:
    assert is_whole(EVENT, ALERT, since=STARTED)


@pytest.mark.parametrize(
    ("event", "alert"),
    [
        ({"state": "closed"}, {}),
        ({"source": "grid_worker"}, {}),
        ({"alerts": []}, {}),
        ({"history": [{"to_state": "evaluated"}]}, {}),
        ({}, {"source": "sensor"}),
        ({}, {"found_at": "2026-11-22T06:59:59Z"}),
    ],
)
def test_anything_less_does_not_count(event: dict[str, Any], alert: dict[str, Any]) -> None:
    assert not is_whole(EVENT | event, ALERT | alert, since=STARTED)
