"""Lines, masks, hours and sensitivity over HTTP; the pages of algorithms."""

from datetime import UTC, datetime

import pytest

from core.clock import as_of
from core.models import HistoryRow
from tests.events.stage import OTHER_STREET, browser
from tests.video import factories
from tests.video.factories import BOW_TIE, SQUARE, admin_of
from video.models import Mask, Zone
from video.queries.plans import plans_of
from video.rules.schedule import read_schedule

pytestmark = pytest.mark.django_db

LINE = [[0.1, 0.5], [0.5, 0.5], [0.9, 0.6]]
NIGHTS = {"windows": [{"days": [1, 2, 3, 4, 5], "begins": "22:00", "ends": "06:00"}], "light": "night"}
NOON, MIDNIGHT = datetime(2026, 11, 18, 4, tzinfo=UTC), datetime(2026, 11, 18, 16, tzinfo=UTC)


def window(days, begins, ends):
    return {"windows": [{"days": days, "begins": begins, "ends": ends}]}


def body(stage, **fields):
    values = {"name": "水边", "polygon": SQUARE, "algorithm": "restricted_area_presence", "type_code": stage.kind.code}
    return values | fields


def post(stage, camera, kind="zones", **fields):
    return browser(admin_of(stage.town)).post(f"/api/v1/cameras/{camera.pk}/{kind}", fields, format="json")


def test_a_line_is_drawn_for_who_crosses_it(stage):
    drawn = post(stage, factories.camera(), **body(stage, shape="line", polygon=LINE, parameters={"mode": "crossing"}))
    assert (drawn.status_code, drawn.json()["shape"], drawn.json()["polygon"]) == (201, "line", LINE)


def test_a_zone_keeps_its_hours_its_sensitivity_and_its_nights(stage):
    fields = {
        "schedule": NIGHTS,
        "sensitivity": "high",
        "night_by": "picture",
        "night_parameters": {"confidence": 0.3},
        "ignore_still_after_seconds": 120,
        "cool_down_seconds": 600,
        "parameters": {"seconds": 8},
    }
    shown = post(stage, factories.camera(), **body(stage, **fields)).json()
    assert {name: shown[name] for name in fields} == fields
    assert (shown["by_day"]["seconds"], shown["by_day"]["confidence"]) == (8, 0.3)


def test_what_the_zone_sets_goes_before_its_sensitivity_and_the_night_before_both(stage):
    fields = {"sensitivity": "low", "parameters": {"confidence": 0.7}, "night_parameters": {"confidence": 0.5}}
    shown = post(stage, factories.camera(), **body(stage, **fields)).json()
    assert (shown["by_day"]["seconds"], shown["by_day"]["confidence"], shown["by_night"]["confidence"]) == (6, 0.7, 0.5)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"shape": "line", "polygon": LINE}, "invalid", "shape"),
        ({"parameters": {"mode": "crossing"}}, "invalid", "shape"),
        ({"shape": "line", "polygon": LINE[:1], "parameters": {"mode": "crossing"}}, "invalid", "polygon"),
        ({"shape": "line", "polygon": BOW_TIE, "parameters": {"mode": "crossing"}}, "self_crossing_boundary", None),
        ({"shape": "circle"}, "invalid", "shape"),
        ({"sensitivity": "extreme"}, "invalid", "sensitivity"),
        ({"night_by": "moon"}, "invalid", "night_by"),
        ({"night_parameters": {"mode": "dwell"}}, "invalid", "night_parameters.mode"),
        ({"night_parameters": {"seconds": 0}}, "invalid", "night_parameters.seconds"),
        ({"schedule": window([], "22:00", "06:00")}, "invalid", "schedule.windows.0.days"),
        ({"schedule": window([8], "22:00", "06:00")}, "invalid", "schedule.windows.0.days"),
        ({"schedule": window([1], "25:00", "06:00")}, "invalid", "schedule.windows.0.begins"),
        ({"schedule": window([1], "6:00", "06:00")}, "invalid", "schedule.windows.0.begins"),
        ({"schedule": window([1], "06:00", "06:00")}, "invalid", "schedule.windows.0"),
        ({"schedule": {"windows": "always"}}, "invalid", "schedule.windows"),
        ({"schedule": {"light": "dusk"}}, "invalid", "schedule.light"),
        ({"schedule": {"tuesday": True}}, "invalid", "schedule.tuesday"),
        ({"ignore_still_after_seconds": 1}, "invalid", "ignore_still_after_seconds"),
        ({"cool_down_seconds": -5}, "invalid", "cool_down_seconds"),
        (
            {"algorithm": "fire_lane_blocked", "ignore_still_after_seconds": 60},
            "invalid",
            "ignore_still_after_seconds",
        ),
    ],
)
def test_a_wrong_setting_is_refused_in_words_and_nothing_is_written(stage, fields, code, field):
    camera = factories.camera()
    answer = post(stage, camera, **body(stage, **fields))
    problem = answer.json()
    camera.refresh_from_db()
    assert (answer.status_code, problem["code"], Zone.objects.count(), camera.version) == (422, code, 0, 1)
    assert (problem.get("errors") or [{"field": None}])[0]["field"] == field


def test_a_zone_says_whether_it_is_watched_now(stage):
    zone = factories.zone(factories.camera(), stage.kind.code, schedule=NIGHTS)
    client = browser(stage.operator)

    def state(at):
        with as_of(at):
            return client.get(f"/api/v1/cameras/{zone.camera_id}").json()["zones"][0]["state"]

    assert (state(NOON), state(MIDNIGHT)) == ("outside_schedule", "active")


def test_a_zone_whose_model_is_missing_says_so_with_the_remedy(stage):
    camera = factories.camera()
    shown = post(stage, camera, **body(stage, algorithm="no_hard_hat")).json()
    assert (shown["state"], "MODEL_LICENCES" in shown["state_detail"]) == ("missing_model", True)


def test_a_mask_is_drawn_changed_and_taken_away(stage):
    camera = factories.camera()
    drawn = post(stage, camera, "masks", name="邻居窗户", polygon=SQUARE)
    client = browser(admin_of(stage.town))
    address = f"/api/v1/masks/{drawn.json()['id']}"
    assert client.get(f"/api/v1/cameras/{camera.pk}").json()["masks"] == [drawn.json()]
    assert client.patch(address, {"name": "窗"}, format="json").json()["name"] == "窗"
    assert client.delete(address).status_code == 204
    camera.refresh_from_db()
    assert (drawn.status_code, Mask.objects.count(), camera.version) == (201, 0, 4)
    moves = HistoryRow.objects.filter(subject_kind="camera", subject_id=camera.pk).values_list("move", flat=True)
    assert list(moves)[-3:] == ["draw_mask", "edit_mask", "remove_mask"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "", "polygon": SQUARE}, "invalid"),
        ({"name": "窗", "polygon": BOW_TIE}, "self_crossing_boundary"),
        ({"name": "窗", "polygon": [[0, 0], [1.2, 0], [1, 1]]}, "invalid"),
    ],
)
def test_a_wrong_mask_is_refused(stage, fields, code):
    answer = post(stage, factories.camera(), "masks", **fields)
    assert (answer.status_code, answer.json()["code"], Mask.objects.count()) == (422, code, 0)


def test_an_operator_may_not_draw_masks(stage):
    camera = factories.camera()
    fields = {"name": "窗", "polygon": SQUARE}
    answer = browser(stage.operator).post(f"/api/v1/cameras/{camera.pk}/masks", fields, format="json")
    assert (answer.status_code, Mask.objects.count()) == (403, 0)


def test_a_mask_of_another_street_is_not_there(stage):
    drawn = post(stage, factories.camera(), "masks", name="窗", polygon=SQUARE).json()
    elsewhere = browser(admin_of(stage.town, OTHER_STREET))
    assert elsewhere.delete(f"/api/v1/masks/{drawn['id']}").status_code == 404
    assert elsewhere.patch(f"/api/v1/masks/{drawn['id']}", {"name": "x"}, format="json").status_code == 404


def test_a_camera_costs_the_same_however_many_zones_and_masks_it_has(stage, django_assert_num_queries):
    camera = factories.camera()
    client = browser(stage.operator)
    client.get(f"/api/v1/cameras/{camera.pk}")
    factories.zone(camera, stage.kind.code)
    with django_assert_num_queries(5):
        client.get(f"/api/v1/cameras/{camera.pk}")
    [factories.zone(camera, stage.kind.code) for _ in range(4)]
    [post(stage, camera, "masks", name=f"窗{number}", polygon=SQUARE) for number in range(4)]
    with django_assert_num_queries(5):
        assert len(client.get(f"/api/v1/cameras/{camera.pk}").json()["zones"]) == 5


def test_an_algorithm_has_a_page_with_its_weaknesses_its_model_and_where_it_is_used(stage):
    factories.zone(factories.camera(), stage.kind.code)
    page = browser(stage.operator).get("/api/v1/algorithms/restricted_area_presence").json()
    assert (page["zones"], page["watching"], page["cameras"]) == (1, 1, 1)
    assert "不识别" in page["sees"] and page["about_person"] and not page["suspected"]
    assert {model["licence"] for model in page["models"]} >= {"Apache-2.0"}


def test_zones_of_elsewhere_are_not_counted(stage):
    factories.zone(factories.camera(), stage.kind.code)
    page = browser(admin_of(stage.town, OTHER_STREET)).get("/api/v1/algorithms/restricted_area_presence").json()
    assert (page["zones"], page["cameras"]) == (0, 0)


def test_an_unknown_algorithm_is_not_there(stage):
    assert browser(stage.operator).get("/api/v1/algorithms/mind_reading").status_code == 404
    assert browser(None).get("/api/v1/algorithms/restricted_area_presence").status_code == 401


def test_hard_hats_need_a_model_whose_licence_somebody_chose(stage):
    page = browser(stage.operator).get("/api/v1/algorithms/no_hard_hat", HTTP_ACCEPT_LANGUAGE="en").json()
    assert (page["state"], page["opt_in_model"]) == ("missing_model", True)
    assert [(model["licence"], model["state"]) for model in page["models"]] == [("AGPL-3.0", "not_accepted")]


def test_what_only_compares_pictures_needs_no_model(stage):
    page = browser(stage.operator).get("/api/v1/algorithms/sewage_dumping").json()
    assert (page["state"], page["suspected"]) == ("ready", True)


def test_the_worker_is_told_hours_nights_and_masks(stage):
    camera = factories.camera()
    factories.mask(camera)
    zone = factories.zone(camera, stage.kind.code, schedule=NIGHTS, sensitivity="low", night_by="picture")
    _, plan = plans_of({camera.pk: 1})[camera.pk]
    assert plan.masks == (tuple((x, y) for x, y in SQUARE),)
    assert (plan.zones[0].sensitivity, plan.zones[0].night_by) == ("low", "picture")
    assert plan.zones[0].schedule == read_schedule(zone.schedule)
    assert (plan.lng, plan.lat, plan.city_zone) == (camera.lng, camera.lat, "Asia/Shanghai")


def test_a_zone_whose_algorithm_is_no_longer_declared_says_so_and_is_not_watched(stage):
    zone = factories.zone(factories.camera(), stage.kind.code)
    Zone.objects.update(algorithm="presence")
    shown = browser(stage.operator).get(f"/api/v1/cameras/{zone.camera_id}").json()["zones"][0]
    assert (shown["state"], "presence" in shown["state_detail"]) == ("missing_model", True)
    assert plans_of({zone.camera_id: 1})[zone.camera_id][1].zones == ()
