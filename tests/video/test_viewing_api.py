"""The video page over HTTP: what is found, who may watch, what the log says, and one's own arrangements."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point

from accounts.roles import Role
from core.clock import now
from tests.events.stage import GRID, HERE, OTHER_STREET, STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import admin_of
from video.actions.viewings import forget_old_viewings
from video.models import Camera, CameraGroup, CameraViewing, VideoPreset
from video.rules.tickets import opened, session_mark

pytestmark = pytest.mark.django_db


def begin(who, camera, **body):
    return browser(who).post(f"/api/v1/cameras/{camera.pk}/viewings", body, format="json")


def of_source(kind):
    camera = factories.camera()
    Camera.objects.filter(pk=camera.pk).update(source_kind=kind)
    return camera


def test_who_watches_is_logged_and_gets_a_ticket_for_this_camera_and_session(stage):
    camera = factories.camera()
    client = browser(stage.operator)
    answer = client.post(f"/api/v1/cameras/{camera.pk}/viewings", {}, format="json")
    viewing = CameraViewing.objects.get()
    ticket = opened(answer.json()["ticket"], settings.SECRET_KEY, now=now().timestamp())
    assert answer.status_code == 201
    assert ticket is not None
    assert (viewing.user_id, viewing.camera_code, viewing.is_over) == (stage.operator.pk, camera.code, False)
    assert (ticket.camera_id, ticket.viewing_id) == (camera.pk, viewing.pk)
    assert ticket.session == session_mark(client.session.session_key or "")


def test_who_only_sees_the_name_may_not_watch(stage):
    camera = factories.camera()
    worker = person_with(Role.GRID_WORKER, area=stage.town[GRID])
    answer = begin(worker, camera)
    row = browser(worker).get("/api/v1/video/cameras").json()["items"][0]
    assert (answer.status_code, answer.json()["code"], CameraViewing.objects.count()) == (403, "forbidden", 0)
    assert (row["name"], row["may_watch"], row["still_url"]) == (camera.name, False, None)


def test_a_camera_out_of_sight_cannot_be_watched(stage):
    camera = factories.camera()
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    assert begin(elsewhere, camera).status_code == 404
    assert browser(elsewhere).get("/api/v1/video/cameras").json()["items"] == []


def test_a_schools_camera_is_watched_for_a_purpose(stage):
    camera = of_source("school")
    assert browser(stage.operator).get("/api/v1/video/cameras").json()["items"][0]["asks_purpose"] is True
    refused = begin(stage.operator, camera)
    assert (refused.status_code, refused.json()["code"]) == (422, "purpose_needed")
    assert begin(stage.operator, camera, purpose="放学时段秩序").status_code == 201
    assert CameraViewing.objects.get().purpose == "放学时段秩序"


def test_an_event_in_hand_is_a_purpose(stage):
    event = stage.report()
    assert begin(stage.operator, of_source("police"), event_id=event.pk).status_code == 201
    assert CameraViewing.objects.get().event_id == event.pk


def test_an_event_out_of_sight_is_no_purpose(stage):
    assert begin(stage.operator, of_source("police"), event_id=987654).status_code == 404


def test_a_wrong_way_of_watching_is_refused(stage):
    assert begin(stage.operator, factories.camera(), way="secretly").status_code == 422


def test_watching_on_prolongs_the_log_and_closing_ends_it(stage, time_machine):
    client = browser(stage.operator)
    time_machine.move_to(now(), tick=False)
    opened_at = client.post(f"/api/v1/cameras/{factories.camera().pk}/viewings", {}, format="json").json()
    time_machine.shift(timedelta(seconds=20))
    kept = client.post(f"/api/v1/viewings/{opened_at['id']}/keep", {"way": "stills"}, format="json")
    time_machine.shift(timedelta(seconds=10))
    assert client.delete(f"/api/v1/viewings/{opened_at['id']}").status_code == 204
    viewing = CameraViewing.objects.get()
    assert kept.json()["ticket"] != opened_at["ticket"]
    assert (viewing.way, viewing.is_over) == ("stills", True)
    assert viewing.last_at - viewing.started_at == timedelta(seconds=30)


def test_a_viewing_that_slept_is_over(stage, time_machine):
    client = browser(stage.operator)
    time_machine.move_to(now(), tick=False)
    viewing = client.post(f"/api/v1/cameras/{factories.camera().pk}/viewings", {}, format="json").json()["id"]
    time_machine.shift(timedelta(minutes=5))
    answer = client.post(f"/api/v1/viewings/{viewing}/keep", {}, format="json")
    row = CameraViewing.objects.get()
    assert (answer.status_code, answer.json()["code"]) == (409, "viewing_over")
    assert row.last_at == row.started_at


def test_nobody_goes_on_with_somebody_elses_viewing(stage):
    viewing = begin(stage.operator, factories.camera()).json()["id"]
    assert browser(stage.chief).post(f"/api/v1/viewings/{viewing}/keep", {}, format="json").status_code == 404
    assert browser(stage.chief).delete(f"/api/v1/viewings/{viewing}").status_code == 404


def test_a_right_that_was_withdrawn_ends_the_watching(stage):
    viewing = begin(stage.operator, factories.camera()).json()["id"]
    stage.operator.grants.all().delete()
    assert browser(stage.operator).post(f"/api/v1/viewings/{viewing}/keep", {}, format="json").status_code == 404


def test_the_log_is_read_by_administrators_of_the_area(stage):
    camera = factories.camera()
    begin(stage.operator, camera)
    rows = browser(admin_of(stage.town, STREET)).get("/api/v1/viewings", {"q": "赵大屏"}).json()["items"]
    assert [(row["user_name"], row["camera_code"]) for row in rows] == [("赵大屏", camera.code)]
    assert browser(admin_of(stage.town, OTHER_STREET)).get("/api/v1/viewings").json()["items"] == []
    assert browser(stage.operator).get("/api/v1/viewings").status_code == 403


def test_the_log_outlives_the_camera_and_is_forgotten_after_its_time(stage):
    camera = factories.camera()
    begin(stage.operator, camera)
    camera.delete()
    assert CameraViewing.objects.get().camera_code == camera.code
    CameraViewing.objects.update(last_at=now() - timedelta(days=181))
    assert forget_old_viewings() == 1


def test_what_nobody_ended_is_over_after_a_while(stage):
    begin(stage.operator, factories.camera())
    CameraViewing.objects.update(last_at=now() - timedelta(minutes=5))
    shown = browser(admin_of(stage.town)).get("/api/v1/viewings").json()["items"]
    assert [row["is_over"] for row in shown] == [True]
    forget_old_viewings()
    assert CameraViewing.objects.get().is_over is True


def test_cameras_are_found_nearest_to_an_event_first(stage):
    far = factories.camera(lng=HERE[0] + 0.002)
    near = factories.camera()
    Camera.objects.filter(pk=far.pk).update(point=Point(HERE[0] + 0.002, HERE[1], srid=4326))
    event = stage.report()
    answer = browser(stage.operator).get("/api/v1/video/cameras", {"event": event.pk}).json()
    assert [row["id"] for row in answer["items"]] == [near.pk, far.pk]
    assert answer["items"][1]["metres"] == pytest.approx(188, abs=8)
    assert answer["near"]["event_id"] == event.pk


def test_nothing_is_told_of_an_event_out_of_sight(stage):
    event = stage.report()
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    assert browser(elsewhere).get("/api/v1/video/cameras", {"event": event.pk}).status_code == 404


def test_cameras_are_found_by_group_kind_words_and_ids(stage):
    group = CameraGroup.objects.create(name="沿河卡口")
    camera, other = factories.camera(name="河堤球机"), factories.camera()
    Camera.objects.filter(pk=camera.pk).update(group=group, source_kind="water")
    client = browser(stage.operator)

    def found(**query):
        return [row["id"] for row in client.get("/api/v1/video/cameras", query).json()["items"]]

    assert found(group=group.pk) == found(kind="water") == found(q="河堤") == [camera.pk]
    assert found(ids=f"{other.pk}") == [other.pk]
    assert found(limit=1) == [camera.pk]


def test_ids_that_are_no_numbers_are_refused(stage):
    assert browser(stage.operator).get("/api/v1/video/cameras", {"ids": "1,x"}).status_code == 422


def test_the_tree_counts_what_one_sees(stage):
    factories.camera()
    tree = browser(stage.operator).get("/api/v1/video/tree").json()
    street = tree["areas"][0]
    assert (street["key"], street["cameras"], street["children"][0]["cameras"]) == (STREET, 1, 1)
    assert tree["kinds"][0]["cameras"] == 1
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    assert browser(elsewhere).get("/api/v1/video/tree").json() == {"areas": [], "groups": [], "kinds": []}


def test_questions_do_not_grow_with_the_cameras(stage, django_assert_max_num_queries):
    for _ in range(6):
        factories.camera()
    client = browser(stage.operator)
    client.get("/api/v1/video/tree")
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/video/cameras").json()["items"]) == 6
    with django_assert_max_num_queries(8):
        client.get("/api/v1/video/tree")
    ids = list(Camera.objects.values_list("pk", flat=True))
    VideoPreset.objects.create(owner=stage.operator, name="河", layout="16", cameras=ids)
    VideoPreset.objects.create(owner=stage.operator, name="街", layout="9", cameras=ids)
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/video/presets").json()["items"][0]["known"]) == 6


def test_an_arrangement_is_saved_changed_and_dropped(stage):
    camera = factories.camera()
    client = browser(stage.operator)
    body = {"name": "河道", "layout": "4", "cameras": [camera.pk, None, 987654]}
    saved = client.post("/api/v1/video/presets", body, format="json")
    row = saved.json()
    changed = client.patch(f"/api/v1/video/presets/{row['id']}", {"name": "河道巡看"}, format="json").json()
    assert (saved.status_code, row["cameras"], [tile["id"] for tile in row["known"]]) == (
        201,
        [camera.pk, None, 987654],
        [camera.pk],
    )
    assert (changed["name"], changed["layout"]) == ("河道巡看", "4")
    assert client.delete(f"/api/v1/video/presets/{row['id']}").status_code == 204
    assert client.get("/api/v1/video/presets").json()["items"] == []


def test_an_arrangement_is_its_owners_alone(stage):
    preset = VideoPreset.objects.create(owner=stage.operator, name="河道", layout="1", cameras=[])
    other = browser(stage.chief)
    assert other.get("/api/v1/video/presets").json()["items"] == []
    assert other.patch(f"/api/v1/video/presets/{preset.pk}", {"name": "x"}, format="json").status_code == 404
    assert other.delete(f"/api/v1/video/presets/{preset.pk}").status_code == 404


def test_an_arrangement_that_cannot_be_is_refused(stage):
    client = browser(stage.operator)
    VideoPreset.objects.create(owner=stage.operator, name="河道", layout="1", cameras=[])

    def refused(**fields):
        body = {"name": "街面", "layout": "1", "cameras": []} | fields
        return client.post("/api/v1/video/presets", body, format="json").json()["code"]

    assert refused(name="河道") == "preset_name_taken"
    assert refused(cameras=[1, 2]) == "invalid"
    assert refused(layout="25") == "invalid"


def test_a_person_keeps_twenty_arrangements_at_most(stage):
    VideoPreset.objects.bulk_create(VideoPreset(owner=stage.operator, name=f"{n}", layout="1") for n in range(20))
    body = {"name": "又一个", "layout": "1", "cameras": []}
    assert (
        browser(stage.operator).post("/api/v1/video/presets", body, format="json").json()["code"] == "too_many_presets"
    )
