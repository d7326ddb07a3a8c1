"""What the page of an algorithm is told, and two people who draw one zone."""

import pytest

from accounts.roles import Role
from tests.events.stage import OTHER_STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import SQUARE, admin_of
from video.models import Zone

pytestmark = pytest.mark.django_db


def test_an_algorithm_names_the_cameras_that_use_it_and_their_zones(stage):
    first, second = factories.camera(code="A1", name="东门"), factories.camera(code="A2", name="西门")
    factories.zone(first, stage.kind.code, name="水边")
    factories.zone(first, stage.kind.code, name="闸口", enabled=False)
    factories.zone(second, stage.kind.code, algorithm="crowd_gathering")
    page = browser(stage.operator).get("/api/v1/algorithms/restricted_area_presence").json()
    (camera,) = page["used_by"]
    assert (camera["id"], camera["name"], camera["zones"], camera["watching"]) == (
        first.pk,
        "东门",
        ["水边", "闸口"],
        1,
    )
    assert (page["cameras"], page["zones"], page["watching"]) == (1, 2, 1)


def test_an_algorithm_names_no_camera_out_of_sight(stage):
    factories.zone(factories.camera(), stage.kind.code)
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    page = browser(elsewhere).get("/api/v1/algorithms/restricted_area_presence").json()
    assert (page["used_by"], page["cameras"], page["zones"]) == ([], 0, 0)


def test_the_slower_of_two_who_draw_one_zone_is_told_and_nothing_is_written_over(stage):
    zone = factories.zone(factories.camera(), stage.kind.code)
    client = browser(admin_of(stage.town))
    first = client.patch(f"/api/v1/zones/{zone.pk}", {"name": "快", "version": 1}, format="json")
    slower = client.patch(f"/api/v1/zones/{zone.pk}", {"name": "慢", "version": 1}, format="json")
    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert (slower.status_code, slower.json()["code"], slower.json()["current_version"]) == (409, "stale_version", 2)
    assert Zone.objects.get(pk=zone.pk).name == "快"


def test_the_slower_of_two_who_draw_one_mask_is_told_too(stage):
    camera = factories.camera()
    client = browser(admin_of(stage.town))
    mask = client.post(f"/api/v1/cameras/{camera.pk}/masks", {"name": "窗", "polygon": SQUARE}, format="json").json()
    first = client.patch(f"/api/v1/masks/{mask['id']}", {"name": "门", "version": mask["version"]}, format="json")
    slower = client.patch(f"/api/v1/masks/{mask['id']}", {"name": "墙", "version": mask["version"]}, format="json")
    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert (slower.status_code, slower.json()["code"]) == (409, "stale_version")


def test_who_names_no_version_writes_over_whatever_stands(stage):
    zone = factories.zone(factories.camera(), stage.kind.code)
    answer = browser(admin_of(stage.town)).patch(f"/api/v1/zones/{zone.pk}", {"name": "新"}, format="json")
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
