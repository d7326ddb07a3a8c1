import math
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import LineString
from django.test import Client

from accounts.queries.site import site
from core.actor import Actor, ActorGrant
from grids.actions.boundaries import change_boundary
from grids.actions.datasets import BASE, mark_changed
from grids.models import MapFeature, MapView
from grids.scope import reach_key, reach_of, within
from grids.tile_cache import TileCache
from tests.grids.town import DISTRICT, Town, actor, at, box

OWN_GRID = f"{DISTRICT}.002.001.g001"


def tile_at(u: float, v: float, zoom: int) -> str:
    lng, lat = at(u, v)
    x = int((lng + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
    return f"/tiles/base/{zoom}/{x}/{y}.mvt"


@pytest.fixture
def road(town: Town) -> MapFeature:
    line = LineString(at(0, 0.5), at(4, 0.5), srid=4326)
    road = MapFeature.objects.create(kind="road", feature_class="primary", name="富春路", min_zoom=10, geometry=line)
    mark_changed(BASE)
    return road


def test_tiles_are_for_signed_in_people(town: Town, client: Client) -> None:
    answer = client.get(tile_at(0.5, 0.5, 12))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_the_citizens_map_needs_no_account_and_shows_no_grids(road: MapFeature, client: Client) -> None:
    answer = client.get(tile_at(2.5, 0.5, 14).replace("base", "public"))
    assert answer.status_code == 200
    assert "富春路".encode() in answer.content
    assert OWN_GRID.encode() not in answer.content
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_tile_holds_roads_and_areas(dispatcher: Client, road: MapFeature) -> None:
    answer = dispatcher.get(tile_at(0.5, 0.5, 12))
    assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    for word in ("roads", "primary", "富春路", "areas", "莫澜湖街道", "荷花社区"):
        assert word.encode() in answer.content


def test_far_away_only_what_is_seen_from_there_is_drawn(dispatcher: Client, road: MapFeature) -> None:
    tile = dispatcher.get(tile_at(0.5, 0.5, 9)).content
    assert "莫澜湖街道".encode() in tile
    assert "荷花社区".encode() not in tile
    assert "富春路".encode() not in tile


def test_grid_outlines_reach_only_those_whose_grids_they_are(
    dispatcher: Client, grid_worker: Client, street_desk: Client, town: Town
) -> None:
    close = tile_at(2.5, 0.5, 14)
    assert OWN_GRID.encode() in dispatcher.get(close).content
    assert OWN_GRID.encode() in grid_worker.get(close).content
    assert OWN_GRID.encode() not in street_desk.get(close).content


def test_an_unchanged_tile_is_not_sent_again_and_a_changed_one_is(dispatcher: Client, town: Town) -> None:
    url = tile_at(2.5, 0.5, 14)
    first = dispatcher.get(url)
    assert dispatcher.get(url, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    change_boundary(
        area_id=town[OWN_GRID].pk, version=1, boundary=box(2, 0, 2.5, 1), actor=actor("grid_admin", town[DISTRICT])
    )
    changed = dispatcher.get(url, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content


def test_two_scopes_never_share_an_etag_where_grids_show(dispatcher: Client, grid_worker: Client) -> None:
    close, far = tile_at(2.5, 0.5, 14), tile_at(2.5, 0.5, 12)
    assert dispatcher.get(close).headers["ETag"] != grid_worker.get(close).headers["ETag"]
    assert dispatcher.get(far).headers["ETag"] == grid_worker.get(far).headers["ETag"]


def test_a_kept_tile_asks_the_database_only_who_and_which_version(
    dispatcher: Client, road: MapFeature, django_assert_max_num_queries: Any
) -> None:
    url = tile_at(0.5, 0.5, 14)
    first = dispatcher.get(url).content
    with django_assert_max_num_queries(4):
        assert dispatcher.get(url).content == first


@pytest.mark.parametrize("tile", ["/tiles/base/3/8/0.mvt", "/tiles/base/99/0/0.mvt"])
def test_a_tile_that_cannot_exist_is_not_found(dispatcher: Client, tile: str) -> None:
    assert dispatcher.get(tile).status_code == 404


def test_tiles_of_older_data_are_forgotten(tmp_path: Path) -> None:
    cache = TileCache("base", tmp_path)
    assert cache.get("old", "all", 1, 0, 0, lambda: b"old") == b"old"
    assert cache.get("old", "all", 1, 0, 0, lambda: b"never") == b"old"
    assert cache.get("new", "all", 1, 0, 0, lambda: b"new") == b"new"
    assert [folder.name for folder in (tmp_path / "base").iterdir()] == ["new"]


def test_an_empty_tile_is_not_kept(tmp_path: Path) -> None:
    cache = TileCache("base", tmp_path)
    assert cache.get("s", "all", 1, 0, 0, lambda: b"") == b""
    assert not (tmp_path / "base").exists()


def test_a_reach_is_the_shortest_list_of_paths(db: None) -> None:
    grants = (
        ActorGrant("dispatcher", area_path="a.b"),
        ActorGrant("acceptor", area_path="a.b.c"),
        ActorGrant("grid_worker", area_path="a.bc"),
    )
    reach = reach_of(Actor(1, "x", grants))
    assert reach == ("a.b", "a.bc")
    assert within(reach, "a.b.z") and not within(reach, "a.bcd")
    assert reach_key(reach) != reach_key(("a.b",))


def test_the_site_tells_its_district_in_one_query(town: Town, django_assert_num_queries: Any) -> None:
    assert site() is None
    MapView.objects.create(area=town[DISTRICT], center_name="指挥中心", center=town[DISTRICT].label_point)
    with django_assert_num_queries(1):
        known = site()
    assert known is not None
    assert (known["name"], known["path"]) == ("云澜区", DISTRICT)
    assert known["bounds"] == pytest.approx([118.0, 32.0, 118.04, 32.02])
