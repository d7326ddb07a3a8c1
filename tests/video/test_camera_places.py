"""What cameras look at, which are near, and what lies where in a high camera's picture."""

import math
from itertools import pairwise

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from accounts.roles import Role
from tests.events.stage import HERE, OTHER_STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import admin_of
from video.rules.homography import GroundMap, Pair, Unusable
from video.rules.views import View, cone, distance_m, moved, sees

LNG, LAT = HERE
EAST = View(LNG, LAT, 90.0, 60.0, 200.0)
angles = st.floats(0, 359.9)


@given(angles, st.floats(5, 170), st.floats(100, 3000), angles, st.floats(0.2, 2))
def test_what_a_view_sees_lies_in_the_cone_that_is_drawn(bearing, angle, reach, turn, part):
    view = View(LNG, LAT, bearing, angle, reach)
    place = moved(LNG, LAT, turn, reach * part)
    away = abs((turn - bearing + 180) % 360 - 180)
    # Beside the edges, where a drawn arc of straight pieces differs from the true one.
    is_clear = abs(away - angle / 2) > 1 and not 0.97 < part < 1.03
    inside = Polygon(cone(view)).contains(Point(place))
    assert not is_clear or (inside == sees(view, *place))


def test_what_is_not_known_of_a_view_is_not_claimed():
    near, behind = moved(LNG, LAT, 90, 50), moved(LNG, LAT, 270, 50)
    unranged, undirected = View(LNG, LAT, 90.0, 60.0, None), View(LNG, LAT, None, None, 200.0)
    assert [sees(unranged, *near), sees(unranged, *behind)] == [None, False]
    assert [sees(undirected, *near), sees(undirected, *moved(LNG, LAT, 90, 300)), cone(undirected)] == [
        None,
        False,
        None,
    ]


def test_a_camera_that_looks_all_round_sees_within_its_range():
    dome = View(LNG, LAT, None, 360.0, 100.0)
    assert [sees(dome, *moved(LNG, LAT, 200, metres)) for metres in (90, 110)] == [True, False]
    assert Polygon(cone(dome)).is_valid


def picture_of(lng, lat):
    """How a high camera south of HERE, 60 m up and looking down to the north, shows a place: x, y in fractions."""
    east = (lng - LNG) * 111_320 * math.cos(math.radians(LAT))
    north = (lat - LAT) * 111_132 + 300
    tilt = math.radians(15)
    depth = north * math.cos(tilt) + 60 * math.sin(tilt)
    down = 60 * math.cos(tilt) - north * math.sin(tilt)
    return 0.5 + 0.9 * east / depth, 0.5 + 1.6 * down / depth


def pair_at(east, north):
    lng, lat = moved(*moved(LNG, LAT, 90, east), 0, north)
    x, y = picture_of(lng, lat)
    return Pair(x, y, lng, lat)


CORNERS = [pair_at(-60, -80), pair_at(60, -90), pair_at(-90, 60), pair_at(95, 70)]


@given(st.floats(-80, 80), st.floats(-80, 60))
def test_four_pairs_place_every_point_of_the_ground(east, north):
    lng, lat = moved(*moved(LNG, LAT, 90, east), 0, north)
    placed = GroundMap(CORNERS).ground(*picture_of(lng, lat))
    assert placed is not None
    assert distance_m(placed[0], placed[1], lng, lat) < 1.0


def test_above_the_horizon_there_is_no_ground():
    assert GroundMap(CORNERS).ground(0.5, -0.6) is None


def test_more_pairs_than_needed_say_how_well_they_agree():
    shaken = [Pair(one.x + 0.004, one.y, one.lng, one.lat) for one in [pair_at(0, 0), pair_at(30, -40)]]
    assert 0.1 < GroundMap([*CORNERS, *shaken]).error_m < 10


LINE = [pair_at(east, 0) for east in (-60, -20, 20, 60)]
UNUSABLE = {
    "too_few_pairs": CORNERS[:3],
    "too_many_pairs": CORNERS * 11,
    "same_points": [*CORNERS[:3], CORNERS[0]],
    "points_on_a_line": [*LINE[:3], CORNERS[3]],
    "contradicting_pairs": [
        Pair(one.x, one.y, other.lng, other.lat)
        for one, other in zip(CORNERS, [*CORNERS[1::-1], *CORNERS[2:]], strict=True)
    ],
}


@pytest.mark.parametrize("code", UNUSABLE)
def test_pairs_that_determine_nothing_or_contradict_are_refused(code):
    with pytest.raises(Unusable, match=code):
        GroundMap(UNUSABLE[code])


@given(
    st.lists(st.tuples(*[st.floats(0, 1)] * 2, st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=4, max_size=8)
)
def test_any_pairs_are_either_refused_or_place_their_own_points(raw):
    pairs = [Pair(x, y, LNG + east, LAT + north) for x, y, east, north in raw]
    try:
        placed = GroundMap(pairs)
    except Unusable:
        return
    assert all(placed.ground(pair.x, pair.y) is not None for pair in pairs)
    assert np.isfinite(placed.error_m)


database = pytest.mark.django_db


@database
def test_the_nearest_cameras_come_first_and_say_whether_they_see_the_place(stage):
    lng, lat = moved(LNG, LAT, 90, 100)
    factories.camera(code="SEES", bearing=90, view_angle=60, view_range_m=200)
    factories.camera(code="AWAY", bearing=270, view_angle=60, view_range_m=200)
    factories.camera(code="NEAR", lng=lng, lat=lat)
    factories.camera(code="OFF", lng=lng, lat=lat, enabled=False)
    shown = browser(stage.operator).get("/api/v1/cameras/nearest", {"lng": lng, "lat": lat}).json()["items"]
    assert [(one["code"], one["in_view"]) for one in shown] == [("NEAR", None), ("AWAY", False), ("SEES", True)]
    assert all(one["distance_m"] <= other["distance_m"] for one, other in pairwise(shown))
    assert (round(shown[2]["distance_m"]), round(shown[2]["direction"])) == (100, 90)


@database
def test_more_cameras_nearby_cost_no_more_statements(stage):
    client = browser(stage.operator)
    factories.camera()
    with CaptureQueriesContext(connection) as few:
        client.get("/api/v1/cameras/nearest", {"lng": LNG, "lat": LAT})
    for _ in range(6):
        factories.camera(bearing=1, view_angle=60)
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/cameras/nearest", {"lng": LNG, "lat": LAT})
    assert len(many) == len(few)


@database
def test_the_cameras_near_an_event_are_asked_by_its_number(stage):
    camera = factories.camera()
    event = stage.report()
    shown = browser(stage.operator).get("/api/v1/cameras/nearest", {"event": event.pk}).json()
    assert ([one["id"] for one in shown["items"]], shown["lng"]) == ([camera.pk], pytest.approx(event.point.x))


@database
def test_a_place_is_needed_and_cameras_of_other_areas_stay_hidden(stage):
    factories.camera()
    elsewhere = browser(person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET]))
    assert elsewhere.get("/api/v1/cameras/nearest").status_code in (400, 422)
    assert elsewhere.get("/api/v1/cameras/nearest", {"event": 999999}).status_code == 404
    assert elsewhere.get("/api/v1/cameras/nearest", {"lng": LNG, "lat": LAT}).json()["items"] == []
    assert elsewhere.get("/api/v1/cameras/views.geojson").json()["features"] == []
    assert browser(None).get("/api/v1/cameras/nearest").status_code == 401


@database
def test_views_are_geojson_for_cameras_whose_direction_is_known(stage):
    known = factories.camera(bearing=90, view_angle=60)
    factories.camera()
    body = browser(stage.operator).get("/api/v1/cameras/views.geojson").json()
    ring = body["features"][0]["geometry"]["coordinates"][0]
    assert (body["type"], [one["id"] for one in body["features"]], ring[0]) == (
        "FeatureCollection",
        [known.pk],
        ring[-1],
    )
    assert (Polygon(ring).exterior.is_ccw, body["features"][0]["properties"]["range_known"]) == (True, False)


def calibration(pairs=CORNERS):
    return {"pairs": [{"x": one.x, "y": one.y, "lng": one.lng, "lat": one.lat} for one in pairs]}


@database
def test_a_click_into_a_high_picture_proposes_the_low_cameras_there(stage):
    admin = browser(admin_of(stage.town))
    high = factories.camera(is_high=True)
    lng, lat = moved(LNG, LAT, 90, 40)
    low = factories.camera(lng=lng, lat=lat)
    done = admin.put(f"/api/v1/cameras/{high.pk}/calibration", calibration(), format="json")
    x, y = picture_of(lng, lat)
    shown = browser(stage.operator).get(f"/api/v1/cameras/{high.pk}/ground", {"x": x, "y": y}).json()
    assert (done.status_code, done.json()["error_m"]) == (200, 0.0)
    assert [one["id"] for one in shown["items"]] == [low.pk]
    assert distance_m(shown["lng"], shown["lat"], lng, lat) < 1


@database
@pytest.mark.parametrize(
    ("pairs", "is_high", "code"),
    [
        (CORNERS[:3], True, "too_few_pairs"),
        (UNUSABLE["points_on_a_line"], True, "points_on_a_line"),
        (CORNERS, False, "not_high"),
    ],
)
def test_a_calibration_that_cannot_be_is_refused_with_its_reason(stage, pairs, is_high, code):
    camera = factories.camera(is_high=is_high)
    answer = browser(admin_of(stage.town)).put(
        f"/api/v1/cameras/{camera.pk}/calibration", calibration(pairs), format="json"
    )
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


@database
def test_only_who_sets_up_cameras_calibrates_and_a_picture_without_ground_says_so(stage):
    high = factories.camera(is_high=True)
    address = f"/api/v1/cameras/{high.pk}"
    assert browser(stage.operator).put(f"{address}/calibration", calibration(), format="json").status_code == 403
    answer = browser(stage.operator).get(f"{address}/ground", {"x": 0.5, "y": 0.5})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_ground_there")
    elsewhere = browser(person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET]))
    assert elsewhere.get(f"{address}/ground", {"x": 0.5, "y": 0.5}).status_code == 404
