import csv
import io
import sqlite3
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from core.actor import SYSTEM
from grids.actions.unit_grids import make_unit_grids
from grids.queries.unit_grids import code_at
from registry.actions import component_imports
from registry.actions.component_imports import take_up_imports
from registry.actions.run_import import run_import
from registry.importing import staging
from registry.models import Component, ComponentBin, ComponentChange, ComponentImport
from tests.grids.conftest import client_of
from tests.grids.town import DISTRICT, Town, at
from tests.registry.components import COVER, kinds, stand
from tests.registry.test_component_tiles import reckoned, told_by_bins

IMPORTS = "/api/v1/components/imports"
HEAD = ("部件代码", "类型", "经度", "纬度", "状态", "地址", "养护单位", "下次巡检")
Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def own_media(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(component_imports, "send_on_commit", lambda import_id: None)
    kinds()


def row(number: int, u: float = 2.5, v: float = 0.5, **other: Any) -> list[Any]:
    lng, lat = at(u, v)
    values = {"code": f"3299050103{number:06d}", "type": "雨水井盖", "lng": lng, "lat": lat, "state": "完好",
              "address": "富春路", "maintainer": "排水所", "due": "2026-12-01"} | other  # fmt: skip
    return list(values.values())


def as_csv(rows: Rows, head: Sequence[str] = HEAD, encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(map(str, line)) for line in (head, *rows)).encode(encoding)


def as_sheet(rows: Rows, path: Path, merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEAD, *rows):
        sheet.append(list(line))
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path.read_bytes()


def as_package(rows: Rows, path: Path, srs: int = 4490) -> bytes:
    link = sqlite3.connect(path)
    link.executescript(
        """CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
        CREATE TABLE parts (fid INTEGER PRIMARY KEY, geom BLOB, "部件代码" TEXT, "类型" TEXT, "状态" TEXT);
        INSERT INTO gpkg_geometry_columns VALUES ('parts', 'geom', 1);"""
    )
    link.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (1, 'EPSG', ?)", [srs])
    for code, kind, lng, lat, state, *_ in rows:
        geometry = b"GP\x00\x01" + struct.pack("<i", 1) + struct.pack("<BIdd", 1, 1, lng, lat)
        link.execute("INSERT INTO parts VALUES (NULL, ?, ?, ?, ?)", [geometry, code, kind, state])
    link.commit()
    link.close()
    return path.read_bytes()


def bring(client: Client, content: bytes, name: str = "parts.csv", **fields: str) -> Any:
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content), **fields})


def imported(client: Client, content: bytes, name: str = "parts.csv", **fields: str) -> dict[str, Any]:
    """Brought, started and run to its end."""
    job = bring(client, content, name, **fields).json()
    start = client.post(f"{IMPORTS}/{job['id']}/start", {"version": job["version"]}, content_type="application/json")
    assert start.status_code == 200, start.json()
    assert run_import(job["id"], batch=3)
    told: dict[str, Any] = client.get(f"{IMPORTS}/{job['id']}").json()
    return told


def counts(job: dict[str, Any]) -> tuple[int, ...]:
    return job["read"], job["created"], job["updated"], job["unchanged"], job["refused"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_previewed_and_brought_in(town: Town, grid_admin: Client, encoding: str) -> None:
    content = as_csv([row(n, 2 + n / 10) for n in range(1, 8)], encoding=encoding)
    looked = bring(grid_admin, content).json()
    assert (looked["state"], looked["total"], looked["preview"]["may_start"]) == ("previewed", 7, True)
    assert looked["preview"]["rows"][0]["address"] == "富春路"
    assert Component.objects.count() == 0
    job = imported(grid_admin, content)
    assert (job["state"], *counts(job)) == ("done", 7, 7, 0, 0, 0)
    component = Component.objects.get(code="3299050103000001")
    assert (component.type.code, component.maintainer, component.grid_id) == (
        COVER, "排水所", town[f"{DISTRICT}.002.001.g001"].pk,
    )  # fmt: skip
    assert told_by_bins() == reckoned()


def test_the_same_file_again_changes_nothing(town: Town, grid_admin: Client) -> None:
    content = as_csv([row(n, 2 + n / 10) for n in range(1, 8)])
    imported(grid_admin, content)
    assert counts(imported(grid_admin, content)) == (7, 0, 0, 7, 0)
    assert ComponentChange.objects.count() == 0
    assert told_by_bins() == reckoned()


def test_known_codes_are_updated_in_place_and_what_was_is_kept(town: Town, grid_admin: Client) -> None:
    imported(grid_admin, as_csv([row(1), row(2)]))
    job = imported(grid_admin, as_csv([row(1, 0.5, 1.5, state="破损", maintainer="市政二所"), row(2), row(3, 3.5)]))
    assert counts(job) == (3, 1, 1, 1, 0)
    moved = Component.objects.get(code="3299050103000001")
    assert (moved.state, moved.version, moved.street_id) == ("damaged", 2, town[f"{DISTRICT}.001"].pk)
    history = grid_admin.get(f"/api/v1/components/{moved.pk}/history").json()["items"]
    assert [entry["move"] for entry in history] == ["register", "edit"]
    assert history[1]["changes"]["maintainer"] == ["排水所", "市政二所"]
    assert history[1]["import_file"] == "parts.csv"
    assert told_by_bins() == reckoned()


def test_columns_that_the_file_lacks_stay_as_they_are(town: Town, grid_admin: Client) -> None:
    imported(grid_admin, as_csv([row(1)]))
    lng, lat = at(2.5, 0.5)
    job = imported(grid_admin, as_csv([["3299050103000001", lng, lat, "新址"]], ("code", "lng", "lat", "address")))
    assert counts(job) == (1, 0, 1, 0, 0)
    component = Component.objects.get()
    assert (component.address, component.maintainer, str(component.inspection_due)) == ("新址", "排水所", "2026-12-01")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "123"}, "code_malformed"),
        ({"code": "3299050115000001"}, "code_of_other_type"),
        ({"code": "9999990103000001"}, "code_of_other_district"),
        ({"type": "不存在"}, "unknown_type"),
        ({"state": "很好"}, "unknown_state"),
        ({"lng": "东经"}, "not_a_place"),
        ({"lng": 500}, "not_a_place"),
        ({"lng": 32.005, "lat": 118.025}, "places_swapped"),
        ({"lng": 100.0, "lat": 20.0}, "outside"),
        ({"address": "长" * 121}, "too_long"),
        ({"due": "下周"}, "not_a_date"),
    ],
)
def test_a_bad_row_is_told_and_the_others_come_in(
    town: Town, grid_admin: Client, wrong: dict[str, Any], code: str
) -> None:
    job = imported(grid_admin, as_csv([row(1), row(2, **wrong), row(3)]))
    assert counts(job) == (3, 2, 0, 0, 1)
    assert (job["faults"][0]["row"], job["faults"][0]["code"]) == (3, code)
    file = b"".join(grid_admin.get(f"{IMPORTS}/{job['id']}/faults").streaming_content)  # type: ignore[attr-defined]
    lines = list(csv.reader(file.decode("utf-8-sig").splitlines()))
    assert lines[0][0] == "行"
    assert lines[1][0] == "3"


def test_a_code_that_comes_twice_counts_once(town: Town, grid_admin: Client) -> None:
    job = imported(grid_admin, as_csv([row(1), row(2), row(3), row(4), row(2, 3.5), row(2, 3.6)]))
    assert counts(job) == (6, 4, 0, 0, 2)
    assert [(f["row"], f["code"]) for f in job["faults"]] == [(6, "duplicate_in_file"), (7, "duplicate_in_file")]
    assert "第 3 行" in job["faults"][0]["message"]


def test_rows_of_another_width_are_told(town: Town, grid_admin: Client) -> None:
    content = as_csv([row(1), row(2)[:-2], row(3)])
    job = imported(grid_admin, content)
    assert (counts(job), job["faults"][0]["code"]) == ((3, 2, 0, 0, 1), "ragged")


def test_a_workbook_comes_in_too_with_numbers_and_dates_as_cells(
    town: Town, grid_admin: Client, tmp_path: Path
) -> None:
    rows = [row(1), row(2, code=3299050103000002), row(3, address="=A1"), [], row(4)]
    job = imported(grid_admin, as_sheet(rows, tmp_path / "parts.xlsx"), "parts.xlsx")
    assert counts(job) == (4, 2, 0, 0, 2)
    assert [(f["row"], f["code"]) for f in job["faults"]] == [(3, "number_lost_digits"), (4, "formula")]


def test_merged_cells_are_refused_before_anything_starts(town: Town, grid_admin: Client, tmp_path: Path) -> None:
    content = as_sheet([row(1), row(2)], tmp_path / "parts.xlsx", merged="F2:F3")
    looked = bring(grid_admin, content, "parts.xlsx").json()
    assert looked["preview"]["may_start"] is False
    assert looked["preview"]["faults"][0]["code"] == "merged_cells"
    start = grid_admin.post(
        f"{IMPORTS}/{looked['id']}/start", {"version": looked["version"]}, content_type="application/json"
    )
    assert start.json()["code"] == "import_has_nothing"


def test_a_package_brings_its_own_places(town: Town, grid_admin: Client, tmp_path: Path) -> None:
    job = imported(grid_admin, as_package([row(n, 2 + n / 10) for n in range(1, 6)], tmp_path / "p.gpkg"), "p.gpkg")
    assert (job["format"], *counts(job)) == ("gpkg", 5, 5, 0, 0, 0)
    assert told_by_bins() == reckoned()


def test_a_package_in_another_grid_is_refused_with_what_to_do(town: Town, grid_admin: Client, tmp_path: Path) -> None:
    answer = bring(grid_admin, as_package([row(1)], tmp_path / "p.gpkg", srs=4547), "p.gpkg")
    assert (answer.status_code, answer.json()["code"]) == (422, "import_unreadable")
    assert "4547" in answer.json()["detail"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0", b"\xff\xfe\xff\x80\n"]
)
def test_what_is_no_table_is_refused(town: Town, grid_admin: Client, content: bytes) -> None:
    assert bring(grid_admin, content).status_code in (400, 422)
    assert ComponentImport.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "code"),
    [(("代码", "经度", "纬度"), "missing_heading"), (("code", "code", "lng", "lat"), "double_heading")],
)
def test_wrong_headings_are_told(town: Town, grid_admin: Client, head: Sequence[str], code: str) -> None:
    looked = bring(grid_admin, as_csv([], head)).json()
    assert looked["preview"]["may_start"] is False
    assert code in {fault["code"] for fault in looked["preview"]["faults"]}


def test_places_of_another_datum_are_moved(town: Town, grid_admin: Client) -> None:
    imported(grid_admin, as_csv([row(1)]), datum="gcj02")
    component = Component.objects.get()
    lng, lat = at(2.5, 0.5)
    assert 100 < ((component.point.x - lng) * 94_000) ** 2 + ((component.point.y - lat) * 111_000) ** 2 < 1_000_000


def test_nobody_writes_outside_the_areas_they_keep(town: Town, grid_admin: Client) -> None:
    imported(grid_admin, as_csv([row(1, 0.5, 0.5)]))
    keeper = client_of("keeper", "grid_admin", town, f"{DISTRICT}.002")
    job = imported(keeper, as_csv([row(1, 2.5, 0.5), row(2, 0.5, 0.5), row(3, 2.5, 0.5)]))
    assert counts(job) == (3, 1, 0, 0, 2)
    assert {fault["code"] for fault in job["faults"]} == {"held_elsewhere", "out_of_reach"}


def test_only_who_keeps_the_register_brings_files(town: Town, dispatcher: Client, grid_admin: Client) -> None:
    assert bring(dispatcher, as_csv([row(1)])).status_code == 403
    job = bring(grid_admin, as_csv([row(1)])).json()
    assert dispatcher.get(f"{IMPORTS}/{job['id']}").status_code == 404


def test_a_file_that_is_too_large_is_refused_before_it_is_read(town: Town, grid_admin: Client, settings: Any) -> None:
    settings.COMPONENT_UPLOAD_MAX_BYTES = 10
    assert bring(grid_admin, b"x" * 80_000).status_code == 413


def test_a_cancelled_import_leaves_the_register_as_it_was(town: Town, grid_admin: Client) -> None:
    job = bring(grid_admin, as_csv([row(1)])).json()
    assert grid_admin.post(f"{IMPORTS}/{job['id']}/cancel").json()["state"] == "cancelled"
    assert not run_import(job["id"])
    assert Component.objects.count() == 0


def test_an_import_whose_worker_died_begins_anew(town: Town, grid_admin: Client) -> None:
    job = bring(grid_admin, as_csv([row(1)])).json()
    ComponentImport.objects.filter(pk=job["id"]).update(state="running", attempt=1)
    assert take_up_imports() == 1
    assert run_import(job["id"])
    assert Component.objects.count() == 1


def test_a_large_file_writes_the_register_anew_with_all_that_was_there(
    town: Town, grid_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(grid_admin, as_csv([row(1, state="丢失"), row(2)]))
    before = dict(Component.objects.values_list("code", "pk"))
    monkeypatch.setattr(staging, "ANEW_FROM", 3)
    job = imported(grid_admin, as_csv([row(n, 2 + n / 10) for n in range(2, 9)]))
    assert counts(job) == (7, 6, 1, 0, 0)
    assert before.items() <= dict(Component.objects.values_list("code", "pk")).items()
    assert told_by_bins() == reckoned()
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'registry_component' ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == [
            "a_component_code_is_given_once", "components_by_inspection", "components_by_place",
            "components_not_intact", "registry_component_pkey",
        ]  # fmt: skip
    assert ComponentBin.objects.exists()
    imported(grid_admin, as_csv([row(20)]))
    assert Component.objects.count() == 9


def test_a_component_knows_its_unit_grid(town: Town, grid_admin: Client) -> None:
    community = f"{DISTRICT}.002.001"
    make_unit_grids(communities=[town[community]], size_metres=400, actor=SYSTEM)
    imported(grid_admin, as_csv([row(1), row(2, 0.5, 1.5)]))
    lng, lat = at(2.5, 0.5)
    assert Component.objects.get(code="3299050103000001").unit_grid == code_at(lng, lat)
    assert Component.objects.get(code="3299050103000002").unit_grid is None
    assert stand(2.51, 0.5).unit_grid == code_at(*at(2.51, 0.5))


def test_what_is_wrong_is_told_in_the_order_of_the_file(town: Town, grid_admin: Client) -> None:
    wrong = [row(1, due="明天"), row(2, state="丢了半个"), row(3), row(4, type="火箭发射井"), row(5, lng="abc")]
    content = as_csv([*wrong, ["1", "2"]])
    looked = bring(grid_admin, content).json()
    assert [fault["row"] for fault in looked["preview"]["faults"]] == [2, 3, 5, 6, 7]
    job = imported(grid_admin, as_csv(wrong[:2]))
    assert [fault["row"] for fault in job["faults"]] == [2, 3]


def test_the_list_says_how_large_a_file_may_be_before_it_is_sent(grid_admin: Client, settings: Any) -> None:
    settings.COMPONENT_UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    assert grid_admin.get(IMPORTS).json()["limit_mb"] == 7


def with_other_sheet(book: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with what its sheet holds changed, packed anew as a whole archive."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as before, ZipFile(stream, "w") as after:
        for part in before.namelist():
            held = before.read(part)
            after.writestr(part, change(held) if part.endswith("sheet1.xml") else held)
    return stream.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        lambda book: with_other_sheet(book, lambda sheet: sheet[: len(sheet) // 2]),
        lambda book: with_other_sheet(book, lambda sheet: sheet.replace(b'r="C', b'r="!!')),
        lambda book: book[:-400],
    ],
)
def test_a_workbook_that_is_damaged_inside_is_refused_with_what_to_do(
    grid_admin: Client, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    content = as_sheet([row(number) for number in range(1, 60)], tmp_path / "parts.xlsx")
    answer = bring(grid_admin, damage(content), "parts.xlsx")
    assert (answer.status_code, answer.json()["code"]) == (422, "import_unreadable")
    assert "重新保存" in answer.json()["detail"]
