"""How precise a camera is by each algorithm, and whether the platform confirms by itself, to who may see it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from events import suspicions
from events.models import Alert
from tests.events.measured import RULE, in_force, judged, scenario_of
from tests.events.stage import Stage, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import admin_of
from video.models import Camera, Zone
from video.rules.algorithms import read_algorithms

pytestmark = pytest.mark.django_db


def watched(stage: Stage, **fields: Any) -> tuple[Camera, Zone]:
    """A camera with a zone whose algorithm is the one that has a past."""
    camera = factories.camera()
    return camera, zone_with_past(camera, stage, **fields)


def zone_with_past(camera: Camera, stage: Stage, **fields: Any) -> Zone:
    zone = factories.zone(camera, stage.kind.code, **fields)
    Zone.objects.filter(pk=zone.pk).update(algorithm=RULE)
    return zone


def past_of(camera: Camera, zone: Zone, stage: Stage, **counts: int) -> None:
    judged(stage, subject=zone.pk, **counts)
    Alert.objects.filter(subject_id=zone.pk, rule=RULE).update(camera_id=camera.pk)


def told(user: Any, camera: Camera) -> Any:
    return browser(user).get(f"/api/v1/cameras/{camera.pk}").json()["precision"]


def test_a_camera_tells_its_own_precision_beside_that_of_all(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    camera, zone = watched(stage)
    past_of(camera, zone, stage, confirmed=19, dismissed=1)
    (figure,) = told(stage.chief, camera)
    assert (figure["algorithm"], figure["confirmed"], figure["dismissed"], figure["sample"]) == (RULE, 19, 1, 20)
    assert (figure["ratio"], figure["lower"]) == (0.95, 0.7639)
    assert (figure["whole_sample"], figure["asked"]) == (120, 0.9)
    assert (figure["state"], figure["is_automatic"], figure["why_not"]) == ("on", False, "below")
    assert figure["weak_zones"] == []


def test_a_camera_that_is_right_often_enough_itself_is_automatic(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    camera, zone = watched(stage)
    past_of(camera, zone, stage, confirmed=60)
    (figure,) = told(stage.chief, camera)
    assert (figure["is_automatic"], figure["why_not"], figure["lower"]) == (True, "", 0.9398)


def test_an_algorithm_that_only_suspects_is_never_automatic(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicions, "_only_suspected", {("video", RULE)})
    scenario_of(stage)
    camera, zone = watched(stage)
    past_of(camera, zone, stage, confirmed=500)
    (figure,) = told(stage.chief, camera)
    assert (figure["is_automatic"], figure["why_not"]) == (False, "suspected")


def test_what_the_algorithms_only_suspect_is_known_to_whoever_confirms() -> None:
    suspected = {code for code, algorithm in read_algorithms().items() if algorithm.suspected}
    assert suspected >= {"water_fishing", "road_occupation", "truck_dumping", "sewage_dumping"}
    assert all(suspicions.is_only_suspected("video", code) for code in suspected)
    assert not suspicions.is_only_suspected("video", "fire_lane_blocked")


def test_a_zone_that_is_measurably_worse_is_named(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    judged(stage, confirmed=200, subject=901)
    camera, zone = watched(stage, name="反光的一角")
    past_of(camera, zone, stage, confirmed=2, dismissed=8)
    past_of(camera, zone_with_past(camera, stage), stage, confirmed=400)
    (figure,) = told(stage.chief, camera)
    assert (figure["is_automatic"], figure["weak_zones"]) == (True, ["反光的一角"])


def test_what_nobody_judged_has_no_figure(stage: Stage) -> None:
    scenario_of(stage)
    camera, _ = watched(stage)
    (figure,) = told(stage.acceptor, camera)
    assert (figure["sample"], figure["ratio"], figure["lower"], figure["asked"]) == (0, None, None, None)
    assert (figure["state"], figure["is_automatic"], figure["why_not"]) == ("none", False, "off")


def test_what_is_about_people_is_never_automatic(stage: Stage) -> None:
    scenario_of(stage, about_person=True)
    camera, zone = watched(stage)
    past_of(camera, zone, stage, confirmed=500)
    (figure,) = told(stage.chief, camera)
    assert (figure["is_automatic"], figure["why_not"]) == (False, "about_person")


def test_who_does_not_read_what_is_automatic_sees_no_figures(stage: Stage) -> None:
    scenario_of(stage)
    camera, _ = watched(stage)
    assert told(stage.operator, camera) is None
    assert len(told(admin_of(stage.town), camera)) == 1


def test_the_figures_cost_the_same_however_many_zones_there_are(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    scenario_of(stage)
    camera, zone = watched(stage)
    for _ in range(3):
        factories.zone(camera, stage.kind.code)
    past_of(camera, zone, stage, confirmed=3)
    client = browser(stage.chief)
    client.get(f"/api/v1/cameras/{camera.pk}")
    with django_assert_max_num_queries(14):
        client.get(f"/api/v1/cameras/{camera.pk}")


def test_the_page_of_a_camera_shows_them(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    camera, zone = watched(stage)
    past_of(camera, zone, stage, confirmed=19, dismissed=1)
    client = Client()
    client.force_login(person_with(Role.SYSTEM_ADMIN, area=stage.district, is_staff=True, is_superuser=True))
    page = client.get(reverse("admin:video_camera_change", args=[camera.pk])).content.decode()
    cells = re.findall(r"<td>([^<]*)</td>", page[page.index("Wilson") :])
    assert cells[1:4] == ["20（属实 19，误报 1；近 90 天）", "95.0%", "76.4%"]
    assert cells[5:7] == ["90.0%", "低于要求，由人核实"]
    assert client.get(reverse("admin:video_camera_add")).status_code == 200
