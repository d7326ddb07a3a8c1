"""Further maps of a site: archives are read by ranges, addresses are the site's own."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from grids.models import MapSource
from grids.rules.pmtiles import NotAnArchive, find_tile, read_header, tile_id
from tests.grids.town import Town

PICTURE = b"\x89PNG a tile"


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def directory(entries: Sequence[tuple[int, int, int, int]]) -> bytes:
    """Entries of (id, offset, length, run), in order of their ids."""
    ids = [entry[0] for entry in entries]
    steps = [now - before for before, now in zip([0, *ids], ids, strict=False)]
    parts = [len(ids), *steps, *(e[3] for e in entries), *(e[2] for e in entries), *(e[1] + 1 for e in entries)]
    return gzip.compress(b"".join(varint(part) for part in parts))


def archive(tiles: dict[tuple[int, int, int], bytes], kind: int = 2, leaves: bool = False) -> bytes:
    """A PMTiles archive, its tiles not packed; with a directory below the root where asked for."""
    data, entries = b"", []
    for number, content in sorted((tile_id(*place), content) for place, content in tiles.items()):
        entries.append((number, len(data), len(content), 1))
        data += content
    below = directory(entries)
    root = directory([(entries[0][0], 0, len(below), 0)]) if leaves else below
    leaf = below if leaves else b""
    at = (127, 127 + len(root), 127 + len(root), 127 + len(root) + len(leaf))
    numbers = [at[0], len(root), at[1], 0, at[2], len(leaf), at[3], len(data), 0, 0, 0]
    header = b"PMTiles\x03" + b"".join(n.to_bytes(8, "little") for n in numbers)
    header += bytes([1, 2, 1, kind, 0, 14]) + bytes(25)
    return header[:127].ljust(127, b"\0") + root + leaf + data


def found(data: bytes, z: int, x: int, y: int) -> bytes | None:
    def read(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    return find_tile(read, read_header(read), z, x, y)


def test_tiles_are_numbered_along_the_curve_of_the_specification() -> None:
    places = [(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0)]
    assert [tile_id(*place) for place in places] == [0, 1, 2, 3, 4, 5]


@given(st.integers(1, 6))
def test_every_tile_of_a_zoom_has_a_number_of_its_own_and_neighbours_follow(zoom: int) -> None:
    side = 2**zoom
    numbers = {tile_id(zoom, x, y): (x, y) for x in range(side) for y in range(side)}
    first = (4**zoom - 1) // 3
    assert sorted(numbers) == list(range(first, first + side * side))
    steps = zip(range(first, first + side * side - 1), range(first + 1, first + side * side), strict=True)
    assert all(sum(abs(a - b) for a, b in zip(numbers[i], numbers[j], strict=True)) == 1 for i, j in steps)


@pytest.mark.parametrize("leaves", [False, True])
def test_a_tile_is_found_and_what_is_not_there_is_not(leaves: bool) -> None:
    data = archive({(14, 13590, 6650): PICTURE, (14, 13591, 6650): b"other"}, leaves=leaves)
    assert found(data, 14, 13590, 6650) == PICTURE
    assert found(data, 14, 13591, 6650) == b"other"
    assert found(data, 3, 1, 1) is None


def test_a_damaged_archive_says_so() -> None:
    with pytest.raises(NotAnArchive):
        found(b"PMTiles\x02" + bytes(200), 1, 0, 0)
    with pytest.raises(NotAnArchive):
        found(archive({(1, 0, 0): PICTURE})[:127] + b"broken" * 9, 1, 0, 0)


def test_an_archive_of_the_site_is_served_and_listed(town: Town, dispatcher: Client, settings: Any) -> None:
    folder = Path(settings.VAR_DIR) / "maps"
    folder.mkdir()
    (folder / "image.pmtiles").write_bytes(archive({(14, 13590, 6650): PICTURE}))
    source = MapSource.objects.create(name="影像", kind="pmtiles", file="image.pmtiles", attribution="审图号 GS 1")
    MapSource.objects.create(name="旧图", kind="pmtiles", file="old.pmtiles", enabled=False)
    (told,) = dispatcher.get("/api/v1/map-sources").json()["items"]
    assert (told["name"], told["attribution"]) == ("影像", "审图号 GS 1")
    address = told["tiles"].format(z=14, x=13590, y=6650)
    answer = dispatcher.get(address)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, PICTURE, "image/png")
    assert dispatcher.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert dispatcher.get(f"/tiles/archive/{source.pk}/14/1/1").status_code == 204
    assert dispatcher.get(f"/tiles/archive/{source.pk + 1}/14/1/1").status_code == 404


def test_further_maps_are_for_signed_in_people(town: Town, client: Client) -> None:
    assert client.get("/api/v1/map-sources").status_code == 401
    assert client.get("/tiles/archive/1/1/0/0").status_code == 401


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "raster", "address": "https://elsewhere/{z}/{x}/{y}"},
        {"kind": "raster", "address": "//elsewhere/{z}/{x}/{y}"},
        {"kind": "raster", "address": "/maps/{z}/{x}"},
        {"kind": "pmtiles", "file": "../secret.pmtiles"},
        {"kind": "pmtiles", "file": "image.mbtiles"},
    ],
)
def test_a_map_from_elsewhere_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        MapSource(name="x", **values).clean()
