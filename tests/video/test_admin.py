"""Cameras and zones in the admin: our own map, the same rules."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests.events.stage import HERE, Stage
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import BOW_TIE, SQUARE
from video.models import Camera, Mask, Zone

OTHER_HOST = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


@pytest.fixture
def administrator(stage: Stage) -> Client:
    user = person_with(Role.SYSTEM_ADMIN, area=stage.district, is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


def camera_form(**changed: str) -> dict[str, str]:
    place = json.dumps({"type": "Point", "coordinates": HERE})
    fields = {
        "code": "K9",
        "name": "河堤",
        "source": "rtsp://10.0.0.9/a",
        "sampling": "timed",
        "pictures_per_second": "5",
        "enabled": "on",
        "place": place,
    }
    return fields | changed


def zone_form(camera: Camera, stage: Stage, **changed: str) -> dict[str, str]:
    fields = {
        "camera": str(camera.pk),
        "name": "水边",
        "polygon": json.dumps(SQUARE),
        "algorithm": "restricted_area_presence",
        "parameters": "{}",
        "type_code": stage.kind.code,
        "level": "",
        "enabled": "on",
    }
    return fields | changed


def test_the_pages_of_cameras_and_zones_name_no_other_host(administrator, stage):
    zone = factories.zone(factories.camera(), stage.kind.code)
    pages = [
        reverse("admin:video_camera_changelist"),
        reverse("admin:video_camera_change", args=[zone.camera_id]),
        reverse("admin:video_zone_changelist"),
        reverse("admin:video_zone_change", args=[zone.pk]),
    ]
    for page in pages:
        answer = administrator.get(page)
        assert (answer.status_code, OTHER_HOST.search(answer.content.decode())) == (200, None)


def test_a_camera_is_added_on_the_map(administrator):
    answer = administrator.post(reverse("admin:video_camera_add"), camera_form())
    assert (answer.status_code, Camera.objects.get().area_label) == (302, "望江街道 荷花社区 1号网格")


def test_a_camera_outside_the_district_is_a_fault_of_the_form(administrator):
    far = json.dumps({"type": "Point", "coordinates": [100, 20]})
    page = administrator.post(reverse("admin:video_camera_add"), camera_form(place=far)).content.decode()
    assert ("不在辖区范围内" in page, Camera.objects.count()) == (True, 0)


def test_a_camera_is_changed_through_the_action(administrator):
    camera = factories.camera()
    form = camera_form(code=camera.code, name="新名")
    administrator.post(reverse("admin:video_camera_change", args=[camera.pk]), form)
    camera.refresh_from_db()
    assert (camera.name, camera.version) == ("新名", 2)


def test_a_zone_is_drawn(administrator, stage):
    camera = factories.camera()
    answer = administrator.post(reverse("admin:video_zone_add"), zone_form(camera, stage))
    assert (answer.status_code, Zone.objects.get().polygon) == (302, SQUARE)


def test_a_zone_that_crosses_itself_is_a_fault_of_the_form(administrator, stage):
    form = zone_form(factories.camera(), stage, polygon=json.dumps(BOW_TIE))
    page = administrator.post(reverse("admin:video_zone_add"), form).content.decode()
    assert ("自相交" in page, Zone.objects.count()) == (True, 0)


def test_a_wrong_parameter_is_told_and_nothing_is_written(administrator, stage):
    form = zone_form(factories.camera(), stage, parameters='{"seconds": -1}')
    page = administrator.post(reverse("admin:video_zone_add"), form, follow=True).content.decode()
    assert ("数值过小" in page, Zone.objects.count()) == (True, 0)


def test_removing_a_camera_goes_through_the_action(administrator):
    camera = factories.camera()
    administrator.post(reverse("admin:video_camera_delete", args=[camera.pk]), {"post": "yes"})
    assert Camera.objects.count() == 0


def test_a_zone_is_drawn_as_a_line_with_its_hours_in_the_admin(administrator, stage):
    camera = factories.camera()
    form = {
        "camera": camera.pk,
        "name": "警戒线",
        "shape": "line",
        "polygon": "[[0.1, 0.5], [0.9, 0.5]]",
        "algorithm": "restricted_area_presence",
        "parameters": '{"mode": "crossing"}',
        "night_parameters": "{}",
        "schedule": '{"light": "night"}',
        "cool_down_seconds": "120",
        "type_code": stage.kind.code,
        "enabled": "on",
    }
    answer = administrator.post(reverse("admin:video_zone_add"), form)
    zone = Zone.objects.get()
    assert (answer.status_code, zone.shape, zone.schedule, zone.sensitivity) == (
        302,
        "line",
        {"light": "night"},
        "normal",
    )


def test_a_mask_that_crosses_itself_is_refused_in_its_own_form(administrator, stage):
    form = {"camera": factories.camera().pk, "name": "窗", "polygon": json.dumps(BOW_TIE)}
    answer = administrator.post(reverse("admin:video_mask_add"), form)
    assert (answer.status_code, Mask.objects.count()) == (200, 0)
    form["polygon"] = json.dumps(SQUARE)
    assert administrator.post(reverse("admin:video_mask_add"), form).status_code == 302
    assert Mask.objects.get().name == "窗"
