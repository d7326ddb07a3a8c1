import math
import random
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.actor import SYSTEM
from registry.actions.component_bins import count_everything
from registry.actions.components import change_component_state, edit_component, relocate_component
from registry.models import Component, ComponentBin
from registry.rules.place_keys import bin_of, bins_of_tile, cell_of, keys_of_tile, place_key, place_keys
from tests.grids.town import DISTRICT, Town, at
from tests.registry.components import kinds, stand
from tests.registry.mvt import features

OWN_GRID = f"{DISTRICT}.002.001.g001"
DEGREES = st.tuples(st.floats(-179.9, 179.9), st.floats(-84, 84))


@pytest.fixture(autouse=True)
def known_kinds(db: None) -> None:
    kinds()


def tile(u: float, v: float, zoom: int) -> tuple[int, int, int]:
    return (zoom, *cell_of(*at(u, v), zoom))


def drawn(client: Client, place: tuple[int, int, int]) -> list[dict[str, Any]]:
    answer = client.get("/tiles/components/{}/{}/{}.mvt".format(*place))
    assert answer.status_code == 200
    return features(answer.content, "components")


def told_by_bins() -> set[tuple[int, int, int, int]]:
    return set(ComponentBin.objects.values_list("bin", "area_id", "n", "faulty"))


def reckoned() -> set[tuple[int, int, int, int]]:
    """What the bins must hold, counted point by point."""
    counts: dict[tuple[int, int], list[int]] = {}
    for component in Component.objects.standing():
        for zoom in range(8, 16):
            key = (bin_of(component.place_key, zoom), component.grid_id or 0)
            held = counts.setdefault(key, [0, 0])
            held[0] += 1
            held[1] += component.state in ("damaged", "lost")
    return {(place, area, held[0], held[1]) for (place, area), held in counts.items()}


@given(DEGREES)
def test_a_place_lies_in_the_run_of_its_tile_at_every_zoom(place: tuple[float, float]) -> None:
    key = place_key(*place)
    for zoom in (8, 13, 16, 18):
        first, end = keys_of_tile(zoom, *cell_of(*place, zoom))
        assert first <= key < end
    for zoom in (8, 15):
        first, end = bins_of_tile(zoom, *cell_of(*place, zoom))
        assert first <= bin_of(key, zoom) < end


@given(st.lists(DEGREES, min_size=1, max_size=20))
def test_many_places_have_the_numbers_that_each_has(places: list[tuple[float, float]]) -> None:
    lngs, lats = np.array(places).T
    assert place_keys(lngs, lats).tolist() == [place_key(*place) for place in places]


@pytest.mark.parametrize("seed", range(4))
def test_bins_equal_the_points_whatever_is_done_to_them(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    components = [stand(chance.uniform(0, 4), chance.uniform(0, 2)) for _ in range(12)]
    moves = {"intact": ["report_damage", "report_loss", "remove"], "damaged": ["repair", "remove", "report_loss"]}
    for _ in range(15):
        component = Component.objects.get(pk=chance.choice(components).pk)
        lng, lat = at(chance.uniform(0, 4), chance.uniform(0, 2))
        do: Any = {"component_id": component.pk, "version": component.version, "actor": SYSTEM}
        movable = component.state in moves and chance.random() < 0.5
        move = chance.choice(moves.get(component.state, ["repair"]))
        if movable:
            change_component_state(**do, move=move)
        elif component.state != "removed":
            relocate_component(**do, lng=lng, lat=lat)
    assert told_by_bins() == reckoned()
    count_everything()
    assert told_by_bins() == reckoned()


def test_counting_everything_anew_keeps_the_table_as_it_was_made(town: Town) -> None:
    stand(2.5, 0.5)
    count_everything()
    count_everything()
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'registry_component_bin'::regclass")
        assert cursor.fetchall() == [("registry_component_bin_pkey",)]
    stand(2.5, 0.6)
    assert told_by_bins() == reckoned()


def test_a_point_is_drawn_where_it_stands(town: Town, dispatcher: Client) -> None:
    component = stand(2.5, 0.5, state="damaged")
    place = tile(2.5, 0.5, 17)
    (feature,) = drawn(dispatcher, place)
    assert feature["tags"] == {"component": component.pk, "type": "rain_cover", "state": "damaged"}
    lng, lat = at(2.5, 0.5)
    x = ((lng + 180) / 360 * 2**17 - place[1]) * 4096
    y = ((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**17 - place[2]) * 4096
    assert feature["at"] == pytest.approx((x, y), abs=1)


def test_from_afar_bins_stand_near_their_points_and_count_them(town: Town, dispatcher: Client) -> None:
    stand(2.5, 0.5)
    stand(2.5001, 0.5, state="lost")
    for zoom in (8, 12, 15):
        place = tile(2.5, 0.5, zoom)
        (feature,) = drawn(dispatcher, place)
        assert feature["tags"] == {"n": 2, "faulty": 1}
        lng, lat = at(2.5, 0.5)
        x = ((lng + 180) / 360 * 2**zoom - place[1]) * 4096
        y = ((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom - place[2]) * 4096
        assert feature["at"] == pytest.approx((x, y), abs=33)
    assert dispatcher.get("/tiles/components/7/0/0.mvt").content == b""


@pytest.mark.parametrize("zoom", [9, 13, 15, 16, 18])
def test_a_tile_holds_what_its_reader_may_see_and_nothing_else(
    town: Town, dispatcher: Client, grid_worker: Client, street_desk: Client, zoom: int
) -> None:
    stand(2.5, 0.5)
    own, other = tile(2.5, 0.5, zoom), tile(0.5, 1.5, zoom)
    stand(0.5, 1.5)
    for client, here, there in ((dispatcher, 1, 1), (grid_worker, 1, 0), (street_desk, 0, 1)):
        counted = {place: sum(f["tags"].get("n", 1) for f in drawn(client, place)) for place in {own, other}}
        assert sum(counted.values()) == here + there
        assert client.get("/tiles/components/{}/{}/{}.mvt".format(*own)).headers["Cache-Control"] == "private, no-cache"


def test_an_unchanged_tile_is_not_sent_again_and_a_changed_one_is(town: Town, dispatcher: Client) -> None:
    component = stand(2.5, 0.5)
    address = "/tiles/components/{}/{}/{}.mvt".format(*tile(2.5, 0.5, 16))
    etag = dispatcher.get(address).headers["ETag"]
    assert dispatcher.get(address, headers={"if-none-match": etag}).status_code == 304
    edit_component(component_id=component.pk, version=1, actor=SYSTEM, address="新址")
    assert dispatcher.get(address, headers={"if-none-match": etag}).status_code == 200


def test_the_etag_of_a_tile_is_another_for_another_reach(town: Town, dispatcher: Client, grid_worker: Client) -> None:
    stand(2.5, 0.5)
    address = "/tiles/components/{}/{}/{}.mvt".format(*tile(2.5, 0.5, 16))
    etag = dispatcher.get(address).headers["ETag"]
    assert grid_worker.get(address, headers={"if-none-match": etag}).status_code == 200


def test_tiles_of_components_are_for_signed_in_people(town: Town, client: Client) -> None:
    assert client.get("/tiles/components/16/1/1.mvt").status_code == 401


def test_there_is_no_such_tile(town: Town, dispatcher: Client) -> None:
    assert dispatcher.get("/tiles/components/8/999/1.mvt").status_code == 404
