"""A screen becomes a wall by six digits, looks only, and stops when it is revoked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.live_identity import ended_sessions, identify
from accounts.models import Session, User
from accounts.roles import Role
from core.clock import now
from core.live.publish import IN_PUBLIC
from core.models import HistoryRow, OutboxMessage
from tests.events.stage import HERE, OTHER_STREET, Stage, browser
from tests.factories import person_with
from tests.wall.conftest import Screen, ask, screen
from wall.models import Pairing, WallDevice

pytestmark = pytest.mark.django_db
Pair = Callable[..., tuple[Screen, WallDevice]]


def pairing(user: User, code: str, stage: Stage, **changes: Any) -> Any:
    values = {"code": code, "name": "大厅主屏", "area_path": stage.district.path} | changes
    return browser(user).post("/api/v1/walls/pair", values, format="json")


def test_a_screen_shows_a_code_waits_and_is_let_in(stage: Stage, operator: User) -> None:
    wall = screen()
    shown = ask(wall, "pairings").json()
    assert len(shown["code"]) == 6
    assert ask(wall, "session").json()["state"] == "waiting"
    assert pairing(operator, shown["code"], stage).status_code == 200
    answer = ask(wall, "session")
    assert (answer.json()["state"], answer.json()["name"]) == ("open", "大厅主屏")
    assert wall.get("/api/v1/wall/state").json()["device"]["name"] == "大厅主屏"
    assert wall.get("/api/v1/session").json()["user"]["home"] == "/wall"


def test_what_proves_a_wall_is_in_cookies_no_script_reads_and_in_no_answer(stage: Stage, pair: Pair) -> None:
    wall, device = pair()
    token = wall.cookies["yw_wall"]
    assert (token["httponly"], token["samesite"], token["path"]) == (True, "Strict", "/api/v1/public/walls")
    assert token.value not in str(browser(stage.operator).get("/api/v1/walls").json())
    assert token.value not in str(wall.get("/api/v1/wall/state").json())
    assert device.token_digest != token.value


def test_a_wall_whose_session_ended_comes_back_by_its_token(pair: Pair) -> None:
    wall, device = pair()
    Session.objects.filter(user_id=device.user_id).delete()
    assert wall.get("/api/v1/wall/state").status_code == 401
    assert ask(wall, "session").json()["state"] == "open"
    assert wall.get("/api/v1/wall/state").status_code == 200


def test_a_wrong_code_pairs_nothing(stage: Stage, operator: User) -> None:
    answer = pairing(operator, "000000", stage)
    assert (answer.status_code, answer.json()["code"]) == (404, "pairing_unknown")


def test_a_code_runs_out(stage: Stage, operator: User) -> None:
    wall = screen()
    code = ask(wall, "pairings").json()["code"]
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert pairing(operator, code, stage).json()["code"] == "pairing_unknown"
        assert ask(wall, "session").json()["state"] == "expired"


def test_a_code_pairs_one_screen_once(stage: Stage, operator: User) -> None:
    wall = screen()
    code = ask(wall, "pairings").json()["code"]
    assert pairing(operator, code, stage).status_code == 200
    assert pairing(operator, code, stage, name="第二块").status_code == 404
    assert Pairing.objects.count() == 1


def test_codes_cannot_be_tried_out(stage: Stage) -> None:
    guesser = stage.seat(Role.DUTY_CHIEF)
    answers = [pairing(guesser, f"{number:06d}", stage).json()["code"] for number in range(11)]
    assert set(answers[:10]) == {"pairing_unknown"}
    assert answers[10] == "too_many_guesses"


def test_walls_are_paired_by_who_manages_them_where_they_stand(stage: Stage) -> None:
    code = ask(screen(), "pairings").json()["code"]
    assert pairing(stage.acceptor, code, stage).status_code == 403
    elsewhere = person_with(Role.WALL_OPERATOR, area=stage.town[OTHER_STREET], unit=stage.centre)
    assert pairing(elsewhere, code, stage).status_code == 403


def test_a_wall_sees_what_walls_show_and_nothing_else(stage: Stage, pair: Pair) -> None:
    event = stage.event_in("handling")
    wall, _device = pair()
    seen = ["wall/snapshot", "wall/state", f"wall/near?lng={HERE[0]}&lat={HERE[1]}", "wall/muster",
            "wall/behind?figure=open", "areas/geojson?level=street", "session"]  # fmt: skip
    assert [wall.get(f"/api/v1/{path}").status_code for path in seen] == [200] * len(seen)
    hidden = [f"events/{event.pk}", "events", "alerts", "orders", "tasks", "walls", "scenes", "units", "exports",
              f"responders/near?lng={HERE[0]}&lat={HERE[1]}", "messages", "schema"]  # fmt: skip
    answers = [wall.get(f"/api/v1/{path}") for path in hidden]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "wall_is_read_only")}


def test_a_wall_writes_nothing(stage: Stage, pair: Pair) -> None:
    event = stage.event_in("reported")
    wall, device = pair()
    written = [
        wall.post("/api/v1/events", {}, format="json"),
        wall.post(f"/api/v1/events/{event.pk}/moves/file", {"version": 1}, format="json"),
        wall.post(f"/api/v1/walls/{device.pk}/command", {"do": "overview"}, format="json"),
        wall.post("/api/v1/footing/ask", {"version": 0}, format="json"),
        wall.put("/api/v1/scenes/daily", {}, format="json"),
    ]
    assert [answer.status_code for answer in written] == [403] * len(written)


def test_a_wall_has_no_names(stage: Stage, pair: Pair) -> None:
    alert = stage.alert(title="电话13800001234")
    assert alert is not None
    answer = browser(stage.acceptor).post(f"/api/v1/alerts/{alert.pk}/acknowledge", {"version": 1}, format="json")
    assert answer.status_code == 200
    assert stage.worker.name == "孙网格"
    wall, _device = pair()
    text = wall.get("/api/v1/wall/snapshot").content.decode()
    near = wall.get(f"/api/v1/wall/near?lng={HERE[0]}&lat={HERE[1]}").content.decode()
    assert "13800001234" not in text
    assert "李受理" not in text
    assert "李**" in text
    assert "孙网格" not in near


def test_a_walls_socket_is_one_in_public_view(pair: Pair) -> None:
    wall, device = pair()
    identity = identify(wall.cookies["sessionid"].value)
    assert identity is not None
    assert {IN_PUBLIC, f"area:{device.area_path}", f"user:{device.user_id}"} == set(identity.keys)


def test_a_revoked_wall_is_out_at_once_and_says_so(stage: Stage, pair: Pair, operator: User) -> None:
    wall, device = pair()
    key = wall.cookies["sessionid"].value
    done = browser(operator).post(f"/api/v1/walls/{device.pk}/revoke", {"version": device.version}, format="json")
    assert done.status_code == 200
    assert ended_sessions([key]) == {key}
    assert OutboxMessage.objects.filter(type="control", subject_id=device.user_id).exists()
    assert wall.get("/api/v1/wall/snapshot").status_code == 401
    said = ask(wall, "session").json()
    assert said["state"] == "revoked"
    assert said["revoked_at"] is not None
    again = browser(operator).post(f"/api/v1/walls/{device.pk}/command", {"do": "overview"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "wall_revoked")


def test_a_revoked_screen_may_be_paired_anew(stage: Stage, pair: Pair, operator: User) -> None:
    wall, device = pair()
    browser(operator).post(f"/api/v1/walls/{device.pk}/revoke", {"version": device.version}, format="json")
    code = ask(wall, "pairings").json()["code"]
    assert pairing(operator, code, stage, name="又配一次").status_code == 200
    assert ask(wall, "session").json() == {"state": "open", "revoked_at": None, "name": "又配一次"}


def test_text_is_as_large_as_the_farthest_seat_needs(stage: Stage, pair: Pair, operator: User) -> None:
    _wall, device = pair()
    values = {"version": device.version, "height_m": 1.35, "farthest_m": 8, "theme": "light", "aspect": "6720x2160"}
    answer = browser(operator).patch(f"/api/v1/walls/{device.pk}", values, format="json").json()["wall"]
    assert (answer["text"]["smallest_px"], answer["text"]["far"]) == (29.8, True)
    assert (answer["theme"], answer["aspect"]) == ("light", "6720x2160")
    values = {"version": answer["version"], "smallest_px": 18}
    marked = browser(operator).patch(f"/api/v1/walls/{device.pk}", values, format="json").json()["wall"]
    assert (marked["text"]["zoom"], marked["text"]["far"]) == (1.059, False)


@pytest.mark.parametrize("bad", [{"height_m": 0}, {"farthest_m": -1}, {"aspect": "16:9"}, {"theme": "pink"}])
def test_settings_outside_reason_are_refused(pair: Pair, operator: User, bad: dict[str, Any]) -> None:
    _wall, device = pair()
    answer = browser(operator).patch(f"/api/v1/walls/{device.pk}", {"version": device.version} | bad, format="json")
    assert answer.status_code == 422


def test_a_wall_says_that_it_is_on(pair: Pair, operator: User) -> None:
    wall, device = pair()
    said = {"width": 1920, "height": 1080, "webgl": True, "heap_mb": 120, "build": "b1"}
    wall.credentials(HTTP_X_CSRFTOKEN=wall.cookies["csrftoken"].value)
    assert wall.post("/api/v1/wall/seen", said, format="json").status_code == 204
    row = browser(operator).get("/api/v1/walls").json()["items"][0]
    assert (row["id"], row["is_on"], row["reported"]["webgl"]) == (device.pk, True, True)


def test_a_wall_of_another_street_is_hidden(stage: Stage, pair: Pair) -> None:
    _wall, device = pair()
    elsewhere = person_with(Role.DUTY_CHIEF, area=stage.town[OTHER_STREET], unit=stage.centre)
    client = browser(elsewhere)
    assert client.get(f"/api/v1/walls/{device.pk}").status_code == 404
    assert client.get("/api/v1/walls").json()["items"] == []
    assert client.post(f"/api/v1/walls/{device.pk}/revoke", {"version": 1}, format="json").status_code == 404


def test_what_was_done_with_a_wall_is_kept(pair: Pair, operator: User) -> None:
    _wall, device = pair()
    browser(operator).post(f"/api/v1/walls/{device.pk}/command", {"do": "hold"}, format="json")
    acts = browser(operator).get(f"/api/v1/walls/{device.pk}").json()["acts"]
    assert [(act["move"], act["by"]) for act in acts] == [("hold", "赵大屏"), ("paired", "赵大屏")]
    assert HistoryRow.objects.filter(subject_kind="wall_device", subject_id=device.pk).count() == 2
