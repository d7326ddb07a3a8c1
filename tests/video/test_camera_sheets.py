"""Cameras in Excel: out and in again, previewed with what every row would do, written all together or not at all."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from core.actor import SYSTEM
from tests.events.stage import HERE, OTHER_STREET, browser
from tests.video import factories
from tests.video.factories import admin_of
from video.actions.camera_groups import create_group
from video.models import Camera, CameraGroup
from video.secrets import unseal
from video.sheets.columns import COLUMNS

pytestmark = pytest.mark.django_db

USUAL = {"code": "X1", "name": "新球机", "source": "rtsp://10.0.0.8/a", "lng": HERE[0], "lat": HERE[1]}


def workbook(*rows, titles=None):
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


def sent(content, **more):
    return {"file": SimpleUploadedFile("cameras.xlsx", content), **more}


def preview(client, content):
    return client.post("/api/v1/cameras/import/preview", sent(content), format="multipart")


def apply(client, content, fingerprint):
    return client.post("/api/v1/cameras/import", sent(content, fingerprint=fingerprint), format="multipart")


@pytest.fixture
def admin(stage):
    return browser(admin_of(stage.town))


def test_new_and_changed_cameras_are_previewed_and_then_written(admin):
    known = factories.camera(code="C1", name="旧名", source="rtsp://10.0.0.5/a")
    rows = [
        {**USUAL, "user": "u", "password": "Geheim-1", "group": "河道", "source_kind": "水务", "is_high": "是"}
        | {"bearing": 90},
        {**USUAL, "code": "C1", "name": "新名", "source": "rtsp://10.0.0.5/a"},
    ]  # fmt: skip
    seen = preview(admin, workbook(*rows)).json()
    assert (seen["counts"], seen["errors"], Camera.objects.count()) == ({"new": 1, "changed": 1, "unchanged": 0}, [], 1)
    assert CameraGroup.objects.count() == 0
    assert [(one["kind"], one["code"]) for one in seen["items"]] == [("new", "X1"), ("changed", "C1")]
    assert seen["items"][1]["changes"] == [{"field": "name", "before": "旧名", "after": "新名"}]
    assert "Geheim-1" not in str(seen)
    done = apply(admin, workbook(*rows), seen["fingerprint"])
    made = Camera.objects.select_related("group").get(code="X1")
    known.refresh_from_db()
    assert made.group is not None
    assert (done.status_code, known.name, made.group.name, made.source_kind) == (200, "新名", "河道", "water")
    assert (made.is_high, made.bearing, unseal(made.secret).password) == (True, 90.0, "Geheim-1")


def test_an_export_holds_no_password_and_reads_back_without_a_change(admin):
    create_group(name="河道", actor=SYSTEM)
    factories.camera(
        code="C1", source="rtsp://u:Geheim-1@10.0.0.5/a", group_id=CameraGroup.objects.get().pk, bearing=45.5
    )
    factories.camera(code="C2", name="=1+1")
    content = admin.get("/api/v1/cameras/export.xlsx").content
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    seen = preview(admin, content).json()
    assert ("Geheim-1" in str(cells), seen["counts"], seen["errors"]) == (
        False, {"new": 0, "changed": 0, "unchanged": 2}, [],
    )  # fmt: skip


def test_the_template_is_an_empty_sheet_that_reads_back(admin):
    seen = preview(admin, admin.get("/api/v1/cameras/template.xlsx").content).json()
    assert (seen["counts"]["new"], seen["errors"]) == (0, [])


FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "required": ({"name": ""}, "B"),
    "not_a_number": ({"lng": "东经"}, "F"),
    "unknown": ({"source_kind": "超市"}, "I"),
    "invalid": ({"source": "ftp://h/a"}, ""),
    "outside_division_tree": ({"lng": 10, "lat": 10}, ""),
}


@pytest.mark.parametrize("code", FAULTS)
def test_what_must_be_corrected_is_told_at_its_row(admin, code):
    wrong, column = FAULTS[code]
    seen = preview(admin, workbook(USUAL | {"code": "OK"}, USUAL | wrong)).json()
    assert [(one["row"], one["column"], one["code"]) for one in seen["errors"]] == [(3, column, code)]
    assert (seen["fingerprint"], bool(seen["errors"][0]["message"])) == ("", True)


def test_a_code_that_stands_twice_is_told(admin):
    seen = preview(admin, workbook(USUAL, USUAL)).json()
    assert [(one["row"], one["code"]) for one in seen["errors"]] == [(3, "double")]


def test_a_sheet_without_its_columns_is_told(admin):
    seen = preview(admin, workbook(USUAL, titles=["code", "name"])).json()
    assert {one["code"] for one in seen["errors"]} == {"missing_heading"}


def test_nothing_is_written_when_cameras_changed_since_the_preview(admin):
    content = workbook(USUAL)
    fingerprint = preview(admin, content).json()["fingerprint"]
    factories.camera(code="X1")
    answer = apply(admin, content, fingerprint)
    assert (answer.status_code, answer.json()["code"], Camera.objects.get().name == "新球机") == (
        409, "preview_outdated", False,
    )  # fmt: skip


def test_an_administrator_imports_only_into_areas_of_its_own(stage):
    seen = preview(browser(admin_of(stage.town, OTHER_STREET)), workbook(USUAL)).json()
    assert [one["code"] for one in seen["errors"]] == ["forbidden"]


def test_an_operator_neither_imports_nor_exports(stage):
    client = browser(stage.operator)
    answers = [preview(client, workbook(USUAL)), apply(client, workbook(USUAL), "x")]
    answers += [client.get("/api/v1/cameras/export.xlsx"), client.get("/api/v1/cameras/template.xlsx")]
    assert [answer.status_code for answer in answers] == [403] * 4


def test_a_sub_stream_and_a_head_come_from_the_sheet_and_go_back_into_it(admin):
    told = {"sub_source": "rtsp://u:Geheim-2@10.0.0.8/b", "can_turn": "是", "control_address": "http://10.0.0.8/onvif"}
    seen = preview(admin, workbook({**USUAL, **told})).json()
    assert apply(admin, workbook({**USUAL, **told}), seen["fingerprint"]).status_code == 200
    made = Camera.objects.get(code="X1")
    again = preview(admin, admin.get("/api/v1/cameras/export.xlsx").content).json()
    emptied = preview(admin, workbook({**USUAL, "sub_source": "-"})).json()
    assert (made.sub_source, made.can_turn, made.control_address) == (
        "rtsp://10.0.0.8/b", True, "http://10.0.0.8/onvif",
    )  # fmt: skip
    assert "Geheim-2" not in str(seen)
    assert (again["counts"]["unchanged"], again["errors"]) == (1, [])
    assert emptied["items"][0]["changes"] == [{"field": "sub_source", "before": "rtsp://10.0.0.8/b", "after": ""}]


def test_a_sub_stream_elsewhere_is_refused_at_its_row(admin):
    seen = preview(admin, workbook({**USUAL, "sub_source": "rtsp://10.0.0.9/b"})).json()
    assert [one["code"] for one in seen["errors"]] == ["invalid"]
