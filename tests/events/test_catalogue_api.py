"""The catalogue over HTTP: everybody reads, administrators change, a stale click and a wrong field are told."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.dispatch import Signal
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from rest_framework.test import APIClient

from accounts.roles import Role
from core.actor import SYSTEM
from core.history.record import of_subject
from events.actions.catalogue import load
from events.actions.perform import perform
from events.catalogue_files import read_files
from events.models import Event, EventType
from events.moves import Move
from events.queries.catalogue import forget, type_of
from events.signals import type_retiring
from tests.events.stage import HERE, Stage, browser
from tests.factories import OrgUnitFactory, UserFactory, person_with
from video.actions.cameras import create_camera
from video.actions.zones import create_zone

TYPES = "/api/v1/catalogue/types"
VENDING = f"{TYPES}/street_vending"
PREVIEW, APPLY = "/api/v1/catalogue/import/preview", "/api/v1/catalogue/import/apply"
FILES = read_files()
FEW = FILES.model_copy(
    update={"types": tuple(one for one in FILES.types if one[1].code in {"street_vending", "dead_animal"})}
)
NEW = {
    "code": "night_market",
    "name": "夜市占道",
    "category": "event",
    "main_class": "街面秩序",
    "sub_code": "99",
    "report_group": "enforcement",
    "default_unit_code": "chengguan",
    "filing_standard": "夜市摊位占用道路",
    "conditions": [
        {"text": "夜市摊位占用车行道", "limit_type": "urgent_hours", "limit_amount": "2", "closing_standard": "离开"}
    ],
}


@pytest.fixture
def catalogue(stage: Stage) -> Stage:
    """Two numbered types in force; the stage's own, which has no number, is retired."""
    load(FEW)
    EventType.objects.filter(pk=stage.kind.pk).update(is_current=False)
    forget()
    return stage


@pytest.fixture
def admin(catalogue: Stage) -> APIClient:
    return browser(person_with(Role.SYSTEM_ADMIN, area=catalogue.district, name="何管理"))


def wanted(client: APIClient, **changes: Any) -> dict[str, Any]:
    """What a form sends that was opened on 违规占道经营 and changed so."""
    told = client.get(VENDING).json()
    left_out = {
        "number", "main_code", "is_current", "is_starting_set", "default_unit_name", "condition_count", "made_at",
        "made_by", "versions", "retired", "open_events", "code",
    }  # fmt: skip
    return {key: value for key, value in told.items() if key not in left_out} | {"note": ""} | changes


def fields(answer: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in answer.json()["errors"]}


def workbook(client: APIClient) -> bytes:
    return bytes(client.get("/api/v1/catalogue/export.xlsx").content)


def upload(content: bytes, name: str = "catalogue.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def edited(content: bytes, cell: str, value: Any) -> bytes:
    book = load_workbook(BytesIO(content))
    book.worksheets[0][cell] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


# --- reading


def test_everybody_who_is_signed_in_reads_the_catalogue(catalogue: Stage) -> None:
    reader = browser(catalogue.desk)
    told = reader.get(TYPES).json()
    row = next(item for item in told["items"] if item["code"] == "street_vending")
    assert (row["number"], row["main_class"], row["is_starting_set"], told["may_edit"]) == (
        "0501", "街面秩序", True, False,
    )  # fmt: skip
    assert reader.get(VENDING).json()["open_events"] is None
    assert reader.get("/api/v1/catalogue/export.xlsx").status_code == 200


def test_nobody_reads_it_without_signing_in(catalogue: Stage) -> None:
    assert browser(None).get(TYPES).status_code == 401
    assert browser(None).get("/api/v1/catalogue/export.xlsx").status_code == 401


def test_a_type_nobody_knows_is_not_found(admin: APIClient) -> None:
    assert admin.get(f"{TYPES}/unheard_of").json()["code"] == "not_found"
    assert admin.put(f"{TYPES}/unheard_of", wanted(admin), format="json").status_code == 404


def test_the_list_costs_the_same_with_two_types_and_with_two_hundred(admin: APIClient) -> None:
    admin.get(TYPES)
    with CaptureQueriesContext(connection) as few:
        admin.get(TYPES)
    load(FILES)
    with CaptureQueriesContext(connection) as many:
        admin.get(TYPES)
    assert len(many) == len(few)


def test_the_list_for_choosing_is_two_statements_and_then_none(catalogue: Stage) -> None:
    load(FILES)
    reader = browser(catalogue.acceptor)
    type_of("street_vending")
    with CaptureQueriesContext(connection) as asked:
        told = reader.get("/api/v1/event-types").json()["items"]
    with CaptureQueriesContext(connection) as again:
        reader.get("/api/v1/event-types")
    about_types = [[query["sql"] for query in one if "events_" in query["sql"]] for one in (asked, again)]
    assert [len(statements) for statements in about_types] == [2, 0]
    assert next(item for item in told if item["code"] == "street_vending")["number"] == "0501"


def test_a_phone_that_has_the_list_loads_it_again_only_when_it_changed(admin: APIClient) -> None:
    tag = admin.get("/api/v1/event-types")["ETag"]
    same = admin.get("/api/v1/event-types", headers={"If-None-Match": f"W/{tag}"})
    assert (same.status_code, same.content) == (304, b"")
    admin.put(VENDING, wanted(admin, name="占道经营"), format="json")
    forget()  # on_commit does it outside of a test's transaction
    assert admin.get("/api/v1/event-types", headers={"If-None-Match": tag}).status_code == 200


# --- changing


def test_an_administrator_creates_a_type(admin: APIClient, catalogue: Stage) -> None:
    answer = admin.post(TYPES, NEW, format="json")
    assert (answer.status_code, answer.json()["conditions"][0]["code"], answer.json()["number"]) == (201, "c1", "0599")
    forget()
    assert catalogue.report(type_code="night_market").type.name == "夜市占道"


def test_a_change_is_a_new_version_and_events_keep_theirs(admin: APIClient, catalogue: Stage) -> None:
    event = catalogue.report(type_code="street_vending")
    answer = admin.put(VENDING, wanted(admin, name="占道经营", note="按本区叫法"), format="json")
    told = answer.json()
    assert (told["version"], told["name"], told["is_starting_set"]) == (2, "占道经营", False)
    assert told["versions"][0] | {"made_at": None} == {
        "version": 2, "is_current": True, "is_starting_set": False, "made_at": None, "made_by": "何管理",
        "note": "按本区叫法",
        "changes": [{"field": "name", "condition": "", "before": "违规占道经营", "after": "占道经营"}],
    }  # fmt: skip
    assert Event.objects.get(pk=event.pk).type.name == "违规占道经营"
    assert told["open_events"] == 1


def test_a_change_stands_in_the_history_with_who_made_it(admin: APIClient) -> None:
    admin.put(VENDING, wanted(admin, name="占道经营"), format="json")
    first = EventType.objects.get(code="street_vending", version=1)
    last = of_subject("event_type", first.pk)[-1]
    assert (last.move, last.role, (last.personal or {})["actor_name"]) == ("change", "system_admin", "何管理")


def test_a_change_that_changes_nothing_is_none(admin: APIClient) -> None:
    assert admin.put(VENDING, wanted(admin), format="json").json()["version"] == 1


def test_the_second_of_two_who_changed_the_same_version_is_told(admin: APIClient) -> None:
    mine = wanted(admin, name="占道经营")
    admin.put(VENDING, wanted(admin, name="流动摊贩"), format="json")
    answer = admin.put(VENDING, mine, format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["current_version"]) == (409, "stale_version", 2)


@pytest.mark.parametrize("role", [Role.ACCEPTOR, Role.DUTY_CHIEF, Role.LEADER])
def test_who_is_no_administrator_changes_nothing(catalogue: Stage, admin: APIClient, role: str) -> None:
    other = browser(person_with(role, area=catalogue.district, unit=catalogue.centre))
    assert other.post(TYPES, NEW, format="json").status_code == 403
    assert other.put(VENDING, wanted(admin, name="占道经营"), format="json").status_code == 403
    assert other.post(f"{VENDING}/retire", {"version": 1, "reason": "x"}, format="json").status_code == 403
    assert other.post(f"{VENDING}/restore", {"version": 1}, format="json").status_code == 403
    content = workbook(admin)
    assert other.post(PREVIEW, {"file": upload(content)}, format="multipart").status_code == 403
    sent = {"file": upload(content), "fingerprint": "x"}
    assert other.post(APPLY, sent, format="multipart").status_code == 403


def test_a_grid_administrator_may_edit_too(catalogue: Stage) -> None:
    client = browser(person_with(Role.GRID_ADMIN, area=catalogue.district))
    assert client.get(TYPES).json()["may_edit"]
    assert client.post(TYPES, NEW, format="json").status_code == 201


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": " "}, {"name": "length"}),
        ({"sub_code": "00"}, {"sub_code": "invalid_number"}),
        ({"main_class": "海上秩序"}, {"main_class": "unknown_main_class"}),
        ({"default_unit_code": "gremlins"}, {"default_unit_code": "unknown_unit"}),
        ({"scenario_code": "unheard_of"}, {"scenario_code": "unknown_scenario"}),
        ({"report_group": "other"}, {"report_group": "invalid_choice"}),
        ({"conditions": []}, {"conditions": "no_condition"}),
    ],
)
def test_a_wrong_field_is_told(admin: APIClient, changes: dict[str, Any], told: dict[str, str]) -> None:
    assert fields(admin.put(VENDING, wanted(admin, **changes), format="json")) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"limit_amount": "0"}, {"conditions.0.limit_amount": "limit_not_positive"}),
        ({"limit_amount": "5000"}, {"conditions.0.limit_amount": "limit_out_of_range"}),
        ({"limit_type": "weeks"}, {"conditions.0.limit_type": "invalid_choice"}),
        ({"text": "短"}, {"conditions.0.text": "length"}),
        ({"text": "夜市\u0000摊位占道"}, {"conditions.0.text": "null_characters_not_allowed"}),
        ({"text": "夜市\u0007摊位占道"}, {"conditions.0.text": "control_character"}),
        ({"limit_amount": "much"}, {"conditions.0.limit_amount": "invalid"}),
    ],
)
def test_a_wrong_condition_is_told(admin: APIClient, changes: dict[str, Any], told: dict[str, str]) -> None:
    wrong = [{**NEW["conditions"][0], **changes}]  # type: ignore[dict-item]
    assert fields(admin.post(TYPES, NEW | {"conditions": wrong}, format="json")) == told


def test_a_code_and_a_number_are_given_once(admin: APIClient) -> None:
    taken = NEW | {"code": "street_vending", "sub_code": "01"}
    assert fields(admin.post(TYPES, taken, format="json")) == {"code": "double_code"}
    assert fields(admin.post(TYPES, NEW | {"sub_code": "01"}, format="json")) == {"sub_code": "double_number"}


def test_the_same_click_sent_twice_creates_one_version(admin: APIClient) -> None:
    sent = wanted(admin, name="占道经营")
    for _ in range(2):
        answer = admin.put(VENDING, sent, format="json", headers={"Idempotency-Key": "one"})
    assert (answer.status_code, EventType.objects.filter(code="street_vending").count()) == (200, 2)


# --- retiring


def retire(client: APIClient, code: str, version: int = 1) -> Any:
    return client.post(f"{TYPES}/{code}/retire", {"version": version, "reason": "并入其他小类"}, format="json")


def test_a_retired_type_cannot_be_chosen_and_its_events_go_on_to_be_filed(admin: APIClient, catalogue: Stage) -> None:
    event = catalogue.report(type_code="dead_animal")
    told = retire(admin, "dead_animal").json()
    assert (told["is_current"], told["retired"]["by"], told["retired"]["reason"]) == (False, "何管理", "并入其他小类")
    forget()
    refused = admin.post(
        "/api/v1/events",
        {"type_code": "dead_animal", "description": "死鱼", "lng": event.point.x, "lat": event.point.y},
        format="json",
    )
    assert refused.json()["code"] == "unknown_event_type"
    condition = event.type.conditions.get(code="single")
    told = browser(catalogue.acceptor).get(f"/api/v1/events/{event.pk}").json()["own_conditions"]
    assert condition.pk in [one["id"] for one in told]
    actor = catalogue.acceptor.as_actor()
    filed = perform(event.pk, Move.FILE, actor, event.version, condition_id=condition.pk)
    assert (filed.state, filed.condition) == ("filed", condition)


def test_a_retired_type_is_restored_before_it_is_changed(admin: APIClient) -> None:
    retire(admin, "dead_animal")
    sent = wanted(admin, sub_code="16")
    assert admin.put(f"{TYPES}/dead_animal", sent, format="json").json()["code"] == "type_is_retired"
    assert retire(admin, "dead_animal").json()["code"] == "type_is_retired"
    told = admin.post(f"{TYPES}/dead_animal/restore", {"version": 1}, format="json").json()
    assert (told["version"], told["is_current"], told["retired"]) == (2, True, None)
    again = admin.post(f"{TYPES}/dead_animal/restore", {"version": 2}, format="json")
    assert again.json()["code"] == "type_is_current"


def test_a_type_that_a_scenario_names_is_not_retired(admin: APIClient) -> None:
    answer = retire(admin, "street_vending")
    assert (answer.status_code, answer.json()["code"]) == (409, "type_is_named")
    assert "违规占道经营" in answer.json()["detail"]


def test_a_zone_whose_alerts_name_the_type_holds_on_to_it(admin: APIClient) -> None:
    lng, lat = HERE
    camera = create_camera(code="c1", name="南门", source="rtsp://127.0.0.1/x", lng=lng, lat=lat, actor=SYSTEM)
    create_zone(
        camera_id=camera.pk,
        name="门前",
        polygon=[[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]],
        algorithm="fire_lane_blocked",
        type_code="dead_animal",
        actor=SYSTEM,
    )
    assert "监测区域 南门·门前" in retire(admin, "dead_animal").json()["detail"]


def test_an_app_above_can_hold_on_to_a_type(admin: APIClient) -> None:
    assert isinstance(type_retiring, Signal)

    def camera(**_: Any) -> list[str]:
        return ["摄像机 一号·南门"]

    type_retiring.connect(camera)
    answer = retire(admin, "dead_animal")
    type_retiring.disconnect(camera)
    assert "摄像机 一号·南门" in answer.json()["detail"]


# --- Excel


def test_importing_previews_then_writes_then_finds_nothing_more_to_do(admin: APIClient) -> None:
    content = edited(workbook(admin), "E2", "动物遗体")
    told = admin.post(PREVIEW, {"file": upload(content)}, format="multipart").json()
    assert told["counts"] == {"new": 0, "changed": 0, "restored": 0, "retired": 0, "unchanged": 2}
    assert [(error["row"], error["column"], error["code"]) for error in told["errors"]] == [(3, "E", "contradiction")]
    content = edited(content, "E3", None)
    told = admin.post(PREVIEW, {"file": upload(content)}, format="multipart").json()
    assert (told["counts"]["changed"], told["items"][0]["changes"][0]["after"]) == (1, "动物遗体")
    assert not EventType.objects.filter(name="动物遗体").exists()
    sent = {"file": upload(content), "fingerprint": told["fingerprint"], "note": "年度修订"}
    assert admin.post(APPLY, sent, format="multipart").json()["counts"]["changed"] == 1
    again = admin.post(PREVIEW, {"file": upload(content)}, format="multipart").json()
    assert again["counts"] == {"new": 0, "changed": 0, "restored": 0, "retired": 0, "unchanged": 3}


def test_what_changed_since_the_preview_is_not_overwritten(admin: APIClient) -> None:
    content = edited(edited(workbook(admin), "E2", "动物遗体"), "E3", None)
    told = admin.post(PREVIEW, {"file": upload(content)}, format="multipart").json()
    retire(admin, "dead_animal")
    sent = {"file": upload(content), "fingerprint": told["fingerprint"]}
    assert admin.post(APPLY, sent, format="multipart").json()["code"] == "preview_outdated"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a,b,c", "sheet_unreadable"), (b"\xd0\xcf\x11\xe0" + bytes(600), "sheet_unreadable"), (bytes(9_000_000), None)],
)
def test_a_file_that_is_none_is_told(admin: APIClient, content: bytes, code: str | None) -> None:
    answer = admin.post(PREVIEW, {"file": upload(content, "catalogue.xls")}, format="multipart")
    assert answer.json()["code"] == (code or "file_too_large")


def test_without_a_file_the_field_is_named(admin: APIClient) -> None:
    assert fields(admin.post(PREVIEW, {}, format="multipart")) == {"file": "required"}


def test_the_export_is_a_download_in_the_readers_language(admin: APIClient) -> None:
    OrgUnitFactory.create()
    answer = admin.get("/api/v1/catalogue/export.xlsx", headers={"Accept-Language": "en"})
    assert "attachment" in answer["Content-Disposition"]
    assert load_workbook(BytesIO(bytes(answer.content))).sheetnames == ["Event types", "How to fill in"]


def test_somebody_without_any_post_reads_but_may_not_edit(catalogue: Stage) -> None:
    client = browser(UserFactory.create())
    assert client.get(TYPES).json()["may_edit"] is False
