"""Scenes in the database: versions, conflicts, what walls are told."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import OutboxMessage
from tests.events.stage import Stage, browser
from wall.actions.scenes import load_scenes
from wall.models import Scene

pytestmark = pytest.mark.django_db


def draft(**changes: Any) -> dict[str, Any]:
    cells = [{"panel": "map", "x": 0, "y": 0, "w": 8, "h": 12}, {"panel": "alarms", "x": 8, "y": 0, "w": 8, "h": 12}]
    values = {"version": 0, "name": "夜间", "name_en": "Night", "key": 5, "watermark": False}
    return values | {"layout": {"wide": cells, "ultra": cells}} | changes


def put(user: User, code: str, **changes: Any) -> Any:
    return browser(user).put(f"/api/v1/scenes/{code}", draft(**changes), format="json")


def test_four_scenes_ship_and_loading_them_again_changes_nothing(stage: Stage) -> None:
    assert list(Scene.objects.values_list("key", "code")) == [(1, "daily"), (2, "flood"), (3, "gathering"), (4, "demo")]
    assert load_scenes() == 0


def test_a_scene_of_ones_own_is_written_and_kept_in_versions(stage: Stage, admin: User) -> None:
    assert put(admin, "night").status_code == 200
    assert put(admin, "night", version=1, name="深夜").status_code == 200
    versions = browser(admin).get("/api/v1/scenes/night/versions").json()["items"]
    assert [(one["version"], one["name"], one["by"]) for one in versions] == [
        (2, "深夜", "余管理"),
        (1, "夜间", "余管理"),
    ]


def test_an_administrators_own_survives_loading_the_shipped_ones(stage: Stage, admin: User) -> None:
    assert put(admin, "daily", version=1, key=1, name="平日").status_code == 200
    assert load_scenes() == 0
    assert Scene.objects.get(code="daily").name == "平日"


def test_a_scene_changed_meanwhile_is_not_overwritten(stage: Stage, admin: User) -> None:
    assert put(admin, "daily", version=1, key=1).status_code == 200
    late = put(admin, "daily", version=1, key=1, name="另一个")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")


def test_a_missing_panel_is_named(stage: Stage, admin: User) -> None:
    cells = [{"panel": "weather_radar", "x": 0, "y": 0, "w": 8, "h": 12}]
    answer = put(admin, "night", layout={"wide": cells, "ultra": cells})
    said = answer.json()["errors"]
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in said] == [("wide.0", "unknown_panel"), ("ultra.0", "unknown_panel")]
    assert "weather_radar" in said[0]["message"]


def test_a_digit_calls_one_scene(stage: Stage, admin: User) -> None:
    answer = put(admin, "night", key=2)
    assert answer.status_code == 422
    assert "防汛" in answer.json()["errors"][0]["message"]


def test_a_draft_is_checked_without_being_kept(stage: Stage, admin: User) -> None:
    layout = draft()["layout"] | {"ultra": []}
    answer = browser(admin).post("/api/v1/scenes/check", {"layout": layout}, format="json")
    assert [fault["code"] for fault in answer.json()["faults"]] == ["empty"]


def test_the_first_scene_stays_and_others_can_go(stage: Stage, admin: User) -> None:
    kept = browser(admin).delete("/api/v1/scenes/daily?version=1")
    gone = browser(admin).delete("/api/v1/scenes/demo?version=1")
    assert (kept.status_code, kept.json()["code"], gone.status_code) == (409, "scene_in_use", 204)


def test_only_the_administrator_sets_scenes(stage: Stage) -> None:
    assert put(stage.operator, "night").status_code == 403
    assert browser(stage.operator).get("/api/v1/scenes").json()["may_edit"] is False
    assert browser(stage.desk).get("/api/v1/scenes").status_code == 403


def test_walls_are_told_of_another_version(stage: Stage, admin: User) -> None:
    put(admin, "night")
    told = OutboxMessage.objects.get(type="scene.changed")
    assert told.payload["row"]["code"] == "night"


def test_listing_scenes_costs_the_same_whatever_their_number(stage: Stage, admin: User) -> None:
    client = browser(admin)
    client.get("/api/v1/scenes")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/api/v1/scenes")
    put(admin, "night")
    put(admin, "dawn", key=6, name="清晨")
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/scenes")
    assert len(few) == len(many)
