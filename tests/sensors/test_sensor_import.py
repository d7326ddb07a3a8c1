"""Sensors from sheets: previewed with what every row would do, written all together or not at all."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from accounts.models import OrgUnit
from core.history.record import of_subject
from sensors.models import SENSOR_KIND, Sensor
from sensors.sheets.columns import COLUMNS
from tests.grids.conftest import client_of
from tests.grids.town import DISTRICT, Town, at
from tests.sensors.devices import sensor

LNG, LAT = at(2.5, 0.5)
USUAL: dict[str, Any] = {"code": "X1", "name": "新积水计", "kind": "积水", "lng": LNG, "lat": LAT}


def workbook(*rows: dict[str, Any], titles: list[str] | None = None) -> bytes:
    """A sheet of these rows, each a mapping from a column's key to its cell."""
    book = Workbook()
    assert book.active is not None
    keys = titles or [column.key for column in COLUMNS]
    book.active.append([next(one.zh for one in COLUMNS if one.key == key) for key in keys])
    for row in rows:
        book.active.append([row.get(key) for key in keys])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def sent(content: bytes, **more: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("sensors.xlsx", content), **more}


def preview(client: Client, content: bytes) -> Any:
    return client.post("/api/v1/sensors/import/preview", sent(content)).json()


def apply(client: Client, content: bytes, fingerprint: str) -> Any:
    headers = {"idempotency-key": fingerprint[:40] or "none-none-none-1"}
    return client.post("/api/v1/sensors/import", sent(content, fingerprint=fingerprint), headers=headers)


def test_new_and_changed_sensors_are_previewed_and_then_written(town: Town, grid_admin: Client) -> None:
    OrgUnit.objects.create(code="shuiwu", name="水务局", short_name="水务", kind="department")
    known = sensor(code="C1", name="旧名", kind="rainfall")
    rows = [
        USUAL | {"address": "下穿道", "maker": "甲厂", "installed_on": "2025-06-01", "unit": "水务"},
        USUAL | {"code": "C1", "name": "新名", "kind": "Rainfall"},
    ]
    seen = preview(grid_admin, workbook(*rows))
    assert (seen["counts"], seen["errors"], Sensor.objects.count()) == ({"new": 1, "changed": 1, "unchanged": 0}, [], 1)
    assert seen["items"][1]["changes"] == [{"field": "name", "before": "旧名", "after": "新名"}]
    assert {"field": "kind", "before": "", "after": "积水"} in seen["items"][0]["changes"]
    done = apply(grid_admin, workbook(*rows), seen["fingerprint"])
    made = Sensor.objects.select_related("unit").get(code="X1")
    known.refresh_from_db()
    assert made.unit is not None
    assert (done.status_code, known.name, made.kind, made.unit.name) == (200, "新名", "ponding", "水务局")
    assert [row.move for row in of_subject(SENSOR_KIND, known.pk)] == ["register", "edit"]


def test_an_export_reads_back_without_a_change(town: Town, grid_admin: Client) -> None:
    unit = OrgUnit.objects.create(code="shuiwu", name="水务局", short_name="水务", kind="department")
    sensor(code="C1", name="=1+1", address="江堤", installed_on=date(2025, 6, 1), unit_id=unit.pk)
    sensor(0.5, 1.5, kind="manhole_cover")
    content = grid_admin.get("/api/v1/sensors/export.xlsx").content
    seen = preview(grid_admin, content)
    assert (seen["counts"], seen["errors"]) == ({"new": 0, "changed": 0, "unchanged": 2}, [])
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["C1", "=1+1", "水位"]


def test_the_template_is_an_empty_sheet_that_reads_back(town: Town, grid_admin: Client) -> None:
    seen = preview(grid_admin, grid_admin.get("/api/v1/sensors/template.xlsx").content)
    assert (seen["counts"]["new"], seen["errors"]) == (0, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_plain_text_is_read_as_well(town: Town, grid_admin: Client, encoding: str) -> None:
    rows = (
        "编码,名称,类型,经度,纬度,备注",
        f"X1,积水计,积水,{LNG},{LAT},无",
        ",,,,,",
        f"X2,雨量计,rainfall,{LNG},{LAT},",
    )
    text = "\r\n".join(rows)
    seen = preview(grid_admin, text.encode(encoding))
    assert (seen["counts"]["new"], seen["errors"], seen["ignored_columns"]) == (2, [], ["备注"])


FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "required": ({"name": ""}, "B"),
    "unknown": ({"kind": "心灵感应"}, "C"),
    "not_a_number": ({"lng": "东经"}, "D"),
    "too_long": ({"maker": "长" * 61}, "G"),
    "not_a_date": ({"installed_on": "去年"}, "I"),
    "unknown_unit": ({"unit": "没有的局"}, "J"),
    "outside_division_tree": ({"lng": 10, "lat": 10}, ""),
}


@pytest.mark.parametrize("code", FAULTS)
def test_what_must_be_corrected_is_told_at_its_row(town: Town, grid_admin: Client, code: str) -> None:
    wrong, column = FAULTS[code]
    content = workbook(USUAL | {"code": "OK"}, USUAL | wrong)
    seen = preview(grid_admin, content)
    assert [(one["row"], one["column"], one["code"]) for one in seen["errors"]] == [(3, column, code)]
    assert (seen["fingerprint"], bool(seen["errors"][0]["message"])) == ("", True)
    assert (apply(grid_admin, content, "0" * 64).json()["code"], Sensor.objects.count()) == ("preview_outdated", 0)


def test_a_code_that_stands_twice_is_told(town: Town, grid_admin: Client) -> None:
    seen = preview(grid_admin, workbook(USUAL, USUAL))
    assert [(one["row"], one["code"]) for one in seen["errors"]] == [(3, "double")]


def test_a_sheet_without_its_columns_is_told(town: Town, grid_admin: Client) -> None:
    seen = preview(grid_admin, workbook(USUAL, titles=["code", "name"]))
    assert {one["code"] for one in seen["errors"]} == {"missing_heading"}


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xff\xff", b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_is_refused(town: Town, grid_admin: Client, content: bytes) -> None:
    answer = grid_admin.post("/api/v1/sensors/import/preview", sent(content))
    assert (answer.status_code, answer.json()["code"]) == (422, "sheet_unreadable")


def test_what_changed_after_the_preview_is_not_written_over(town: Town, grid_admin: Client) -> None:
    known = sensor(code="C1", name="旧名")
    content = workbook(USUAL | {"code": "C1", "kind": "水位"})
    seen = preview(grid_admin, content)
    Sensor.objects.filter(pk=known.pk).update(version=2)
    assert apply(grid_admin, content, seen["fingerprint"]).json()["code"] == "preview_outdated"
    known.refresh_from_db()
    assert known.name == "旧名"


def test_a_dash_empties_a_field_and_an_empty_cell_leaves_it(town: Town, grid_admin: Client) -> None:
    sensor(code="C1", name="新积水计", kind="ponding", address="江堤", maker="甲厂")
    seen = preview(grid_admin, workbook(USUAL | {"code": "C1", "address": "-"}))
    assert seen["items"][0]["changes"] == [{"field": "address", "before": "江堤", "after": ""}]


def test_a_sensor_of_another_street_is_neither_shown_nor_changed(town: Town) -> None:
    sensor(2.5, 0.5, code="C1", name="别人的水位计", maker="甲厂")
    elsewhere = client_of("streetadmin", "grid_admin", town, f"{DISTRICT}.001")
    lng, lat = at(0.5, 0.5)
    seen = preview(elsewhere, workbook(USUAL | {"code": "C1", "lng": lng, "lat": lat}))
    assert [(one["code"], seen["counts"]["changed"]) for one in seen["errors"]] == [("duplicate_sensor_code", 0)]
    assert "甲厂" not in str(seen)


def test_only_who_keeps_the_register_imports(town: Town, dispatcher: Client) -> None:
    answer = dispatcher.post("/api/v1/sensors/import/preview", sent(workbook(USUAL)))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
