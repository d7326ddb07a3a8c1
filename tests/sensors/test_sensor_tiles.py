from typing import Any

import pytest
from django.test import Client

from core.actor import SYSTEM
from registry.rules.place_keys import cell_of
from sensors.actions.sensors import change_sensor_state, edit_sensor
from tests.grids.town import Town, at
from tests.registry.mvt import features
from tests.sensors.devices import sensor


def tile(u: float, v: float, zoom: int) -> str:
    return "/tiles/sensors/{}/{}/{}.mvt".format(zoom, *cell_of(*at(u, v), zoom))


def drawn(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return features(answer.content, "sensors")


def test_a_sensor_is_drawn_with_its_kind_state_and_name(town: Town, dispatcher: Client) -> None:
    one = sensor(kind="ponding", name="下穿道积水")
    (feature,) = drawn(dispatcher, tile(2.5, 0.5, 16))
    assert feature["tags"] == {"sensor": one.pk, "kind": "ponding", "state": "in_use", "name": "下穿道积水"}


def test_a_sensor_is_drawn_where_it_stands(town: Town, dispatcher: Client) -> None:
    sensor()
    lng, _ = at(2.5, 0.5)
    (feature,) = drawn(dispatcher, tile(2.5, 0.5, 16))
    column = (lng + 180) / 360 * 2**16
    assert feature["at"][0] == pytest.approx((column - int(column)) * 4096, abs=1)


@pytest.mark.parametrize("zoom", [8, 11])
def test_from_afar_sensors_are_counted(town: Town, dispatcher: Client, zoom: int) -> None:
    sensor(2.5, 0.5)
    sensor(2.5001, 0.5)
    (feature,) = drawn(dispatcher, tile(2.5, 0.5, zoom))
    assert feature["tags"] == {"n": 2}
    assert drawn(dispatcher, "/tiles/sensors/7/105/52.mvt") == []


@pytest.mark.parametrize("zoom", [9, 11, 12, 14, 17])
def test_a_tile_holds_what_its_reader_may_see_and_nothing_else(
    town: Town, dispatcher: Client, grid_worker: Client, street_desk: Client, zoom: int
) -> None:
    sensor(2.5, 0.5)
    sensor(0.5, 1.5)
    addresses = {tile(2.5, 0.5, zoom), tile(0.5, 1.5, zoom)}
    counted = [
        sum(f["tags"].get("n", 1) for address in addresses for f in drawn(client, address))
        for client in (dispatcher, grid_worker, street_desk)
    ]
    assert counted == [2, 1, 1]


def test_an_unchanged_tile_is_not_sent_again_and_a_changed_one_is(town: Town, dispatcher: Client) -> None:
    one = sensor()
    address = tile(2.5, 0.5, 14)
    first = dispatcher.get(address)
    etag = first.headers["ETag"]
    assert dispatcher.get(address, headers={"if-none-match": etag}).status_code == 304
    edit_sensor(sensor_id=one.pk, version=1, changes={"name": "新名"}, actor=SYSTEM)
    again = dispatcher.get(address, headers={"if-none-match": etag})
    assert (again.status_code, features(again.content, "sensors")[0]["tags"]["name"]) == (200, "新名")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_the_etag_of_a_tile_is_another_for_another_reach(town: Town, dispatcher: Client, grid_worker: Client) -> None:
    sensor()
    etag = dispatcher.get(tile(2.5, 0.5, 14)).headers["ETag"]
    assert grid_worker.get(tile(2.5, 0.5, 14), headers={"if-none-match": etag}).status_code == 200


def test_a_removed_sensor_leaves_the_map_and_one_switched_off_stays(town: Town, dispatcher: Client) -> None:
    gone, off = sensor(), sensor(2.501, 0.5)
    change_sensor_state(sensor_id=gone.pk, version=1, move="remove", actor=SYSTEM)
    change_sensor_state(sensor_id=off.pk, version=1, move="switch_off", actor=SYSTEM)
    told = [(f["tags"]["sensor"], f["tags"]["state"]) for f in drawn(dispatcher, tile(2.5, 0.5, 14))]
    assert told == [(off.pk, "switched_off")]


def test_tiles_of_sensors_are_for_signed_in_people_and_there_is_no_tile_beyond_the_world(
    town: Town, client: Client, dispatcher: Client
) -> None:
    assert client.get("/tiles/sensors/14/1/1.mvt").status_code == 401
    assert dispatcher.get("/tiles/sensors/8/999/1.mvt").status_code == 404
