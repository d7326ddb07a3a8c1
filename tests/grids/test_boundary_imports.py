"""Official boundaries from the file to the draft, with files as departments send them."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.conf import LazySettings
from django.test import Client
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from core.actor import SYSTEM
from core.models import HistoryRow
from grids import divisions
from grids.actions.boundary_imports import take_file
from grids.importing.errors import FileTooLarge
from grids.models import AreaBoundary, BoundaryImport, DraftArea
from tests.grids import map_files
from tests.grids.town import DISTRICT, Town, at, box

ADDRESS = "/api/v1/boundary-imports"
NAMES = (("荷花社区", "001"), ("吉庆社区", "002"))


def shape_of(outline: Any) -> BaseGeometry:
    return shapely.from_wkb(bytes(outline.wkb))


def communities() -> list[map_files.Named]:
    """The four communities of the town, in their places."""
    found: list[map_files.Named] = []
    for street in (1, 2):
        for south, (name, number) in enumerate(NAMES):
            west = (street - 1) * 2
            code = f"329905{street:03d}{number}"
            found.append((f"{name}居委会", code, shape_of(box(west, south, west + 2, south + 1)).geoms[0]))
    return found


def changed(change: Callable[[BaseGeometry], BaseGeometry]) -> list[map_files.Named]:
    return [(name, code, change(shape)) for name, code, shape in communities()]


def send(client: Client, content: bytes, level: str = "community", root: str = DISTRICT, **extra: Any) -> Any:
    return client.post(
        f"{ADDRESS}?root_path={root}&level={level}&file_name=communities.zip",
        data=content,
        content_type="application/octet-stream",
        **extra,
    )


def taken(client: Client, content: bytes, **kinds: str) -> dict[str, Any]:
    answer = send(client, content, **kinds)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def place(client: Client, told: dict[str, Any], **choices: Any) -> dict[str, Any]:
    body = {
        "version": told["version"],
        "layer": told["layer"],
        "projection": "degrees",
        "datum": "cgcs2000",
        "swapped": False,
        "name_field": told["name_field"],
        "code_field": told["code_field"],
    } | choices
    answer = client.put(f"{ADDRESS}/{told['id']}/placing", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def rows(client: Client, told: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(f"{ADDRESS}/{told['id']}/rows").json())


def likely(client: Client, told: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(f"{ADDRESS}/{told['id']}/placing", {"layer": told["layer"]}).json()["likely"])


def found(row: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in row["findings"]}


@pytest.mark.parametrize(
    ("make", "format"),
    [
        (map_files.geojson, "geojson"),
        (map_files.kml, "kml"),
        (map_files.geopackage, "geopackage"),
        (map_files.shapefile, "shapefile"),
    ],
)
def test_every_format_is_read_to_the_same_areas(town: Town, grid_admin: Client, make: Any, format: str):
    told = taken(grid_admin, make(communities()))
    assert told["format"] == format
    assert told["layers"][0]["areas"] == 4
    matched = rows(grid_admin, place(grid_admin, told))
    assert [row["name"] for row in matched["items"]] == [name for name, _, _ in communities()]
    assert [row["area_m2"] for row in matched["items"]] == pytest.approx([2_094_000.0] * 4, rel=0.01)


def test_a_shapefile_in_gbk_without_prj_is_read_and_its_datum_is_asked(town: Town, grid_admin: Client):
    strip = 4534 + 14  # CGCS2000, three degrees around 117° E, without its number
    content = map_files.shapefile(changed(lambda shape: map_files.projected(strip, shape)))
    told = taken(grid_admin, content)
    layer = told["layers"][0]
    assert (layer["encoding"], layer["encoding_said"], layer["names_system"]) == ("gb18030", False, False)
    assert layer["fields"] == ["名称", "代码"]
    assert layer["samples"][0]["名称"] == "荷花社区居委会"
    assert (told["state"], layer["projection"]) == ("read", "")
    assert strip in layer["strips"]
    refused = grid_admin.get(
        f"{ADDRESS}/{told['id']}/preview", {"layer": told["layer"], "projection": "file", "datum": "cgcs2000"}
    )
    assert refused.json()["code"] == "boundary_file_refused"
    guess = likely(grid_admin, told)
    assert (guess["projection"], guess["datum"], guess["swapped"]) == (f"epsg:{strip}", "cgcs2000", False)
    matched = rows(grid_admin, place(grid_admin, told, projection=f"epsg:{strip}"))
    assert matched["counts"] == {"rows": 4, "taken": 4, "new": 0, "changed": 4, "blocked": 0, "crossing": 0}


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_file_half_a_kilometre_off_is_traced_to_its_datum(town: Town, grid_admin: Client, datum: str):
    content = map_files.geojson(changed(lambda shape: map_files.in_datum(datum, shape)))
    told = taken(grid_admin, content)
    placings = grid_admin.get(f"{ADDRESS}/{told['id']}/placing", {"layer": told["layer"]}).json()
    as_it_is = next(one for one in placings["offsets"] if one["datum"] == "cgcs2000" and not one["swapped"])
    assert as_it_is["median_m"] > 300
    assert (placings["likely"]["datum"], placings["likely"]["swapped"]) == (datum, False)
    assert placings["likely"]["median_m"] < 1


def test_without_a_name_in_common_the_borders_tell_the_datum(town: Town, grid_admin: Client):
    shifted = changed(lambda shape: map_files.in_datum("gcj02", shape))
    told = taken(grid_admin, map_files.geojson([("", "", shape) for _, _, shape in shifted]))
    guess = likely(grid_admin, told)
    assert (guess["datum"], guess["by"]) == ("gcj02", "borders")


def test_latitude_before_longitude_is_noticed_and_turned(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(changed(map_files.turned)))
    assert told["layers"][0]["swapped"] is True
    assert likely(grid_admin, told)["swapped"] is True
    preview = grid_admin.get(
        f"{ADDRESS}/{told['id']}/preview", {"layer": told["layer"], "datum": "cgcs2000", "swapped": "true"}
    ).json()
    first = shapely.from_geojson(json.dumps(preview["features"][0]["geometry"]))
    assert first.equals_exact(communities()[0][2], tolerance=1e-6, normalize=True)


def test_a_crossing_is_repaired_only_once_somebody_agreed(town: Town, grid_admin: Client):
    (west, south), (east, north) = at(0, 0), at(2, 1)
    tie = Polygon([(west, south), (east, north), (east, south), (west, north)])
    told = taken(grid_admin, map_files.geojson([("荷花社区", "329905001001", tie), *communities()[1:]]))
    told = place(grid_admin, told)
    matched = rows(grid_admin, told)
    assert found(matched["items"][0]) == {"self_crossing", "islands"}
    preview = grid_admin.get(f"{ADDRESS}/{told['id']}/preview", {"layer": told["layer"], "datum": "cgcs2000"}).json()
    assert [one["properties"]["kind"] for one in preview["features"]][:2] == ["shape", "repaired"]
    draft = f"{ADDRESS}/{told['id']}/draft"
    refused = grid_admin.post(draft, {"version": told["version"]}, content_type="application/json")
    assert (refused.status_code, refused.json()["numbers"]) == (409, [1])
    agreed = grid_admin.post(
        f"{ADDRESS}/{told['id']}/repairs", {"version": told["version"]}, content_type="application/json"
    ).json()
    assert agreed["counts"]["blocked"] == 0
    made = grid_admin.post(draft, {"version": agreed["version"]}, content_type="application/json")
    assert made.status_code == 201
    assert DraftArea.objects.get(draft=made.json()["draft_id"], code="329905001001").outline.valid


def test_islands_and_holes_are_told_and_kept(town: Town, grid_admin: Client):
    whole = communities()[0][2]
    (west, south), (east, north) = at(0.5, 0.2), at(0.8, 0.4)
    hole = Polygon([(west, south), (east, south), (east, north), (west, north)])
    island = shapely.affinity.translate(hole, xoff=0.05)
    told = place(
        grid_admin,
        taken(
            grid_admin,
            map_files.shapefile([("荷花社区", "329905001001", MultiPolygon([whole.difference(hole), island]))]),
        ),
    )
    row = rows(grid_admin, told)["items"][0]
    assert (row["parts"], row["holes"]) == (2, 1)
    assert {"islands", "holes"} <= found(row)


def test_rows_say_what_is_wrong_with_them(town: Town, grid_admin: Client):
    one, two, three, four = communities()
    (west, south), (east, north) = at(9, 9), at(10, 10)
    far = Polygon([(west, south), (east, south), (east, north), (west, north)])
    wrong = [(one[0], "12345", one[2]), ("", "", far), (three[0], three[1], three[2]), ("重复", three[1], four[2])]
    told = place(grid_admin, taken(grid_admin, map_files.geojson(wrong)))
    items = rows(grid_admin, told)["items"]
    assert found(items[0]) == {"malformed_code"}
    assert {"no_name", "no_code"} <= found(items[1])
    assert "duplicate_code" in found(items[3])
    address = f"{ADDRESS}/{told['id']}/rows"
    for number, decision in ((1, {"code": one[1]}), (2, {"taken": False}), (4, {"code": four[1], "name": "吉庆社区"})):
        told = grid_admin.patch(
            f"{address}/{number}", {"version": told["version"], **decision}, content_type="application/json"
        ).json()
    assert told["counts"] == {"rows": 4, "taken": 3, "new": 0, "changed": 3, "blocked": 0, "crossing": 0}
    assert [area["code"] for area in told["missing"]] == [two[1]]


def test_the_draft_holds_the_file_and_the_published_map_stays(town: Town, grid_admin: Client):
    before = list(AreaBoundary.objects.order_by("pk").values_list("pk", "version"))
    moved = changed(lambda shape: shapely.affinity.scale(shape, 0.9, 0.9))
    told = place(grid_admin, taken(grid_admin, map_files.geojson(moved)))
    made = grid_admin.post(
        f"{ADDRESS}/{told['id']}/draft",
        {"version": told["version"], "title": "2026 年勘界"},
        content_type="application/json",
    ).json()
    assert made["filled"] == {"added": 0, "changed": 4, "unchanged": 0, "closed": 0, "refused": []}
    assert list(AreaBoundary.objects.order_by("pk").values_list("pk", "version")) == before
    again = grid_admin.post(
        f"{ADDRESS}/{told['id']}/draft", {"version": told["version"] + 1}, content_type="application/json"
    )
    assert again.json()["code"] == "import_closed"
    moves = HistoryRow.objects.filter(subject_kind="boundary_import", subject_id=told["id"]).order_by("seq")
    assert [row.move for row in moves] == ["read", "place", "draft"]


def test_grids_without_codes_are_numbered_by_the_rule(town: Town, grid_admin: Client):
    content = map_files.geojson([(f"新{n}网格", "", shape_of(box(n, 0, n + 1, 1)).geoms[0]) for n in (1, 0)])
    told = place(grid_admin, taken(grid_admin, content, level="grid"))
    items = rows(grid_admin, told)["items"]
    assert [(row["code"], row["code_from"]) for row in items] == [
        ("329905001001G004", "rule"),
        ("329905001001G003", "rule"),
    ]


def test_what_is_announced_above_the_limit_is_refused_before_it_is_read(
    town: Town, grid_admin: Client, settings: LazySettings
):
    answer = send(grid_admin, b"{}", CONTENT_LENGTH=str(201 << 20))
    assert (answer.status_code, answer.json()["code"]) == (413, "boundary_file_too_large")
    assert answer.json()["limit"] == 200


class Endless:
    """A body whose length nobody announced."""

    def __init__(self, size: int) -> None:
        self.left, self.read_bytes = size, 0

    def read(self, size: int, /) -> bytes:
        piece = b" " * min(size, self.left)
        self.left -= len(piece)
        self.read_bytes += len(piece)
        return piece


def test_201_megabytes_that_nobody_announced_are_refused_while_they_come(town: Town, settings: LazySettings):
    body = Endless(400 << 20)
    with pytest.raises(FileTooLarge) as refusal:
        take_file(root=town[DISTRICT], level="community", file_name="a", stream=body, announced=0, actor=SYSTEM)
    assert refusal.value.extra["limit"] == 200
    assert body.read_bytes <= 201 << 20
    assert list((Path(settings.VAR_DIR) / "imports").iterdir()) == []


def overwritten(archive: bytes, at: int) -> bytes:
    """What a broken copy leaves: the directory of the archive is whole, what it leads to is not."""
    return archive[:at] + b"\xff" * 40 + archive[at + 40 :]


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: zipped({"a.geojson": b" " * (300 << 20)}), "unpacks_too_large"),
        (lambda: zipped({"../../a.geojson": b"{}"}), "path_outside"),
        (lambda: zipped({"/etc/a.geojson": b"{}"}), "path_outside"),
        (lambda: zipped({"a.shp": b"", "a.dbf": b""}), "incomplete_shapefile"),
        (lambda: zipped({f"{n}.txt": b"" for n in range(600)}), "too_many_files"),
        (lambda: map_files.shapefile(communities())[:-40], "broken_zip"),
        (lambda: overwritten(zipped({"a.geojson": bytes(range(256)) * 99}), 60), "broken_zip"),
        (lambda: zipped({"x": b"1"}).replace(b"x", b"."), "unknown_format"),
        (lambda: b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "leads_elsewhere"),
        (lambda: b"<kml><NetworkLink><href>http://example.org</href></NetworkLink></kml>", "leads_elsewhere"),
        (lambda: b"code,name", "unknown_format"),
        (lambda: b'{"type": "FeatureCollection", "features": [', "unreadable"),
        (lambda: b'{"type": "FeatureCollection", "features": []}', "no_areas"),
        (lambda: b"", "nothing_sent"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(
    town: Town, grid_admin: Client, content: Callable[[], bytes], reason: str
):
    answer = send(grid_admin, content())
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert BoundaryImport.objects.count() == 0


def test_names_are_matched_with_the_national_list(town: Town, grid_admin: Client, settings: LazySettings):
    settings.DIVISIONS_DIR = Path(settings.VAR_DIR) / "divisions"
    divisions.cut(national_package(Path(settings.VAR_DIR)), settings.DIVISIONS_DIR)
    shapes = [shape for _, _, shape in communities()]
    named = [("新荷社区", "", shapes[0]), ("吉庆 社区居委会", "", shapes[1]), ("江心洲村", "", shapes[3])]
    items = rows(grid_admin, place(grid_admin, taken(grid_admin, map_files.geojson(named))))["items"]
    assert [(row["code"], row["code_from"]) for row in items] == [
        ("329905001008", "national"),
        ("329905001002", "national"),
        ("", ""),
    ]
    assert items[2]["national"][0]["code"] == "329905002201"


def national_package(folder: Path) -> Path:
    """A package like the published one, with the test district in it."""
    tables = {
        "areas": "code,name\n329905,云澜区\n",
        "streets": "code,name,areaCode\n329905001,莫澜湖街道,329905\n329905002,望江街道,329905\n",
        "villages": "code,name,areaCode\n329905001008,新荷社区居民委员会,329905\n329905001002,吉庆社区居委会,329905\n"
        "329905002201,江心州村村委会,329905\n329905002002,吉庆社区居委会,329905\n",
    }
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for name, text in tables.items():
            member = tarfile.TarInfo(f"package/dist/{name}.csv")
            member.size = len(text.encode())
            package.addfile(member, io.BytesIO(text.encode()))
    return path


def test_a_person_without_the_post_cannot_import(town: Town, dispatcher: Client):
    answer = send(dispatcher, map_files.geojson(communities()))
    assert (answer.status_code, BoundaryImport.objects.count()) == (403, 0)


def test_an_import_into_another_district_does_not_exist(town: Town, grid_admin: Client, street_desk: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    assert street_desk.get(f"{ADDRESS}/{told['id']}").status_code == 404


def test_a_stale_click_is_refused(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    place(grid_admin, told)
    answer = grid_admin.put(
        f"{ADDRESS}/{told['id']}/placing",
        {"version": told["version"], "layer": told["layer"], "datum": "gcj02"},
        content_type="application/json",
    )
    assert answer.json()["code"] == "stale_version"


def test_the_list_says_how_large_a_file_may_be_before_it_is_sent(grid_admin: Client, settings: Any):
    settings.BOUNDARY_UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    assert grid_admin.get(ADDRESS).json()["limit_mb"] == 7


@pytest.mark.parametrize("number", ["1e400", "1e300", "NaN", "-Infinity"])
def test_a_shape_with_a_corner_nowhere_on_earth_is_told_in_its_row_and_spoils_no_other(
    town: Town, grid_admin: Client, number: str
):
    file = json.loads(map_files.geojson(communities()))
    file["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[["?", 32], [118, 32], [118, 33], ["?", 32]]]}
    told = taken(grid_admin, json.dumps(file).replace('"?"', number).encode())
    place(grid_admin, told)
    first, *others = rows(grid_admin, told)["items"]
    assert "not_an_area" in found(first)
    assert all(not row["blocked"] for row in others)
