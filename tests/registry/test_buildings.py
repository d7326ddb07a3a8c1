import pytest
from django.contrib.gis.geos import Polygon
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from grids.actions.datasets import BUILDINGS, mark_changed
from registry.models import Building
from tests.grids.test_tiles import tile_at as tile_of_base
from tests.grids.town import DISTRICT, Town, actor, at, box, person

OWN_GRID = f"{DISTRICT}.002.001.g001"


def tile_at(u: float, v: float, zoom: int) -> str:
    base = tile_of_base(u, v, zoom)
    return base.replace("/base/", "/buildings/")


def put_up(town: Town, u: float, v: float, *, name: str, height_m: float, path: str) -> Building:
    grid = town[path]
    (west, south), (east, north) = at(u, v), at(u + 0.03, v + 0.03)
    footprint = Polygon([(west, south), (east, south), (east, north), (west, north), (west, south)], srid=4326)
    return Building.objects.create(
        name=name,
        height_m=height_m,
        levels=round(height_m / 3),
        area_path=path,
        district_id=grid.district_id,
        street_id=grid.street_id,
        community_id=grid.community_id,
        grid_id=grid.grid_id,
        footprint=footprint,
    )


@pytest.fixture
def buildings(town: Town) -> list[Building]:
    mark_changed(BUILDINGS)
    return [
        put_up(town, 2.5, 0.5, name="云澜大厦", height_m=120, path=OWN_GRID),
        put_up(town, 2.52, 0.56, name="荷花苑3号楼", height_m=9, path=OWN_GRID),
    ]


def test_tiles_of_buildings_are_for_signed_in_people(town: Town, client: Client) -> None:
    assert client.get(tile_at(2.5, 0.5, 15)).status_code == 401


def test_names_stand_only_on_buildings_in_reach(
    buildings: list[Building], dispatcher: Client, grid_worker: Client, street_desk: Client
) -> None:
    close = tile_at(2.5, 0.5, 15)
    for client in (dispatcher, grid_worker):
        assert "荷花苑3号楼".encode() in client.get(close).content
    other = street_desk.get(close).content
    assert b"buildings" in other
    assert "荷花苑3号楼".encode() not in other


def test_from_afar_only_tall_buildings_are_drawn_and_none_below_the_first_zoom(
    buildings: list[Building], dispatcher: Client
) -> None:
    sizes = {zoom: len(dispatcher.get(tile_at(2.5, 0.5, zoom)).content) for zoom in (11, 12, 15)}
    assert sizes[11] == 0
    assert 0 < sizes[12] < sizes[15]


def test_an_unchanged_tile_is_not_sent_again(buildings: list[Building], dispatcher: Client) -> None:
    url = tile_at(2.5, 0.5, 15)
    etag = dispatcher.get(url).headers["ETag"]
    assert dispatcher.get(url, headers={"if-none-match": etag}).status_code == 304
    mark_changed(BUILDINGS)
    assert dispatcher.get(url, headers={"if-none-match": etag}).status_code == 200


def test_a_building_is_seen_by_those_whose_area_it_stands_in(buildings: list[Building], town: Town) -> None:
    assert Building.objects.visible_to(actor("dispatcher", town[DISTRICT])).count() == 2
    assert Building.objects.visible_to(actor("dispatcher", town[f"{DISTRICT}.001"])).count() == 0


def test_a_building_has_a_height(town: Town) -> None:
    with pytest.raises(IntegrityError, match="a_building_has_a_height"), transaction.atomic():
        put_up(town, 2.5, 0.5, name="平地", height_m=0, path=OWN_GRID)


def test_the_admin_finds_the_grid_a_building_stands_in(town: Town) -> None:
    user = person("sysadmin", "system_admin", town[DISTRICT])
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    fields = {"name": "新楼", "address": "", "height_m": "30", "levels": "10", "households": "40"}
    inside, outside = box(2.2, 0.2, 2.3, 0.3)[0].json, box(9, 9, 9.1, 9.1)[0].json
    url = reverse("admin:registry_building_add")
    assert client.post(url, fields | {"footprint": inside}).status_code == 302
    assert Building.objects.get(name="新楼").area_path == OWN_GRID
    refused = client.post(url, fields | {"name": "界外", "footprint": outside})
    assert "辖区" in refused.content.decode()
    assert not Building.objects.filter(name="界外").exists()
