"""Whatever is sent to a write, the answer says what is wrong: never a fault, never a refusal without words."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework.test import APIClient

from accounts.roles import DEPARTMENT_ROLES, Role
from core.actor import SYSTEM
from dispatch.models import FieldTask
from events.actions.retention import load_retention
from events.models import Event
from events.moves import Move
from tests.events.stage import HERE, Stage, browser
from tests.factories import GrantFactory
from video.actions.cameras import create_camera
from video.actions.zones import create_zone

LNG, LAT = HERE
SQUARE = [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]
ODD_VALUES: tuple[Any, ...] = (
    None,
    "a\x00b",
    "\ud800",
    "NaN",
    "字" * 3000,
    -1,
    10**30,
    10**400,
    [2**63],
    ["x"],
    {"": ""},
    {"type": "Polygon", "coordinates": [[["a", "b"]]]},
    "0001-01-01T00:00:00+14:00",
)
RAW_BODIES = (b"", b"null", b"[]", b"5", b"{", b"\xff", b"[" * 20_000, b'{"version": 1e999}')
FIX = {"lng": LNG, "lat": LAT, "accuracy_m": 5}
MOVES: dict[str, tuple[str, dict[str, Any]]] = {
    Move.ASK_VERIFICATION: ("reported", {"assignee_id": 1, "unit_id": 1, "note": "x"}),
    Move.REPORT_VERIFICATION: ("verifying", {"finding": True, "note": "x"}),
    Move.FILE: ("reported", {"condition_id": 1, "type_code": "x", "level": 1, "note": "x"}),
    Move.REJECT: ("reported", {"reason": "x"}),
    Move.DISPATCH: ("filed", {"unit_id": 1, "note": "x"}),
    Move.SIGN: ("dispatched", {}),
    Move.FINISH: ("handling", {"note": "x", "attachment_ids": [1]}),
    Move.ASK_CHECK: ("handled", {"assignee_id": 1, "mode": "video", "note": "x"}),
    Move.CHECK_PASS: ("checking", {"note": "x", "attachment_ids": [1]}),
    Move.CHECK_FAIL: ("checking", {"reason": "x", "attachment_ids": [1]}),
    Move.CLOSE: ("checked", {"reply": "x"}),
    Move.RECALL: ("dispatched", {"reason": "x"}),
    Move.CANCEL: ("reported", {"reason": "x"}),
    Move.MERGE: ("reported", {}),
    "unheard_of": ("reported", {}),
}
TASK_MOVES: dict[str, dict[str, Any]] = {
    "see": {},
    "accept": {},
    "arrive": FIX,
    "done": {"passed": True, "note": "x", "attachment_ids": [1], **FIX},
    "refuse": {"reason": "x"},
}
Write = tuple[str, str, dict[str, Any]]


def everybody(stage: Stage) -> APIClient:
    """One person with every post, so that nothing is refused before its input is looked at."""
    user = stage.worker.user
    assert user is not None
    district = {"area_path": stage.district.path, "area_level": "district", "area_key": stage.district.pk}
    for role in Role:
        place = {"unit": stage.department} if role in DEPARTMENT_ROLES else {"unit": None, **district}
        GrantFactory.create(user=user, role=role, **place)
    client = browser(user)
    client.raise_request_exception = False
    return client


def settings_writes(stage: Stage) -> Iterator[Write]:
    """Cameras, zones and areas."""
    camera = create_camera(code="c1", name="一号", source="rtsp://127.0.0.1/x", lng=LNG, lat=LAT, actor=SYSTEM)
    zone_body = {"name": "y", "polygon": SQUARE, "algorithm": "fire_lane_blocked", "parameters": {}, "level": 1}
    zone_body["type_code"] = stage.kind.code
    zone = create_zone(camera_id=camera.pk, actor=SYSTEM, **{**zone_body, "name": "z"})  # type: ignore[arg-type]
    camera_body = {"code": "c2", "name": "x", "stream_url": "rtsp://h/x", "lng": LNG, "lat": LAT, "enabled": True}
    yield "post", "/cameras", {**camera_body, "sampling": "timed", "pictures_per_second": 1}
    yield "patch", f"/cameras/{camera.pk}", {**camera_body, "version": 1}
    yield "post", f"/cameras/{camera.pk}/zones", zone_body
    yield "patch", f"/zones/{zone.pk}", zone_body
    area = {"code": "330102009", "name": "x", "level": "street", "parent_path": stage.district.path, "label": "x9"}
    yield "post", "/areas", {**area, "households": 1, "boundary": {}}
    yield "put", f"/areas/{stage.district.pk}/boundary", {"version": 1, "boundary": {}, "valid_from": "2026-01-01"}


def limit_writes() -> Iterator[Write]:
    """Limits, steps, calendars, main classes, days of keeping."""
    hours = {"periods": [{"opens": "08:00", "closes": "18:00"}], "follows_site": False, "works_on": [], "rests_on": []}
    step = {"percent": 80, "step": "handler", "urgent": True, "supervises": False}
    load_retention()
    yield "put", "/retention/clip_of_alert", {"version": 1, "days": 30}
    yield "post", "/evidence-holds", {"event_number": "x", "alert_id": 1, "reason": "x"}
    yield "put", "/limits/clocks/accept", {"version": 0, "measure": "urgent_hours", "amount": "1"}
    yield "put", "/limits/similarity", {"version": 0, "type_code": "", "metres": 50, "hours": 24}
    yield "post", "/limits/similarity/drop", {"version": 1, "type_code": "x"}
    yield "put", "/limits/escalation", {"version": 0, "subject_kind": "event", "clock": "sign", "steps": [step]}
    yield "put", "/calendars/site", {"version": 0, **hours}
    yield "post", "/calendars/preview", {"month": "2026-10", "unit_id": None, "limit_amount": "8", **hours}
    yield "post", "/catalogue/main-classes", {"category": "event", "code": "98", "name": "x", "note": "x"}
    yield "put", "/catalogue/main-classes/event/98", {"version": 1, "name": "x", "note": "x"}


def report_writes(stage: Stage) -> Iterator[Write]:
    """Signing in, reports, alerts, positions, files."""
    alert = stage.alert()
    assert alert is not None
    report = {"type_code": stage.kind.code, "description": "x", "lng": LNG, "lat": LAT, "address": "x", "level": 1}
    yield "post", "/session", {"username": "x", "password": "y"}
    yield "post", "/events", {**report, "source": "patrol", "attachment_ids": [1]}
    yield "post", f"/alerts/{alert.pk}/acknowledge", {"version": 1}
    yield "post", f"/alerts/{alert.pk}/confirm", {"version": 1, "type_code": "x", "level": 1, "note": "x"}
    yield "post", f"/alerts/{alert.pk}/dismiss", {"version": 1, "reason": "x", "note": "x"}
    yield "post", f"/alerts/{alert.pk}/restore", {"version": 1}
    yield "post", "/positions", {**FIX, "at": "2026-01-01T00:00:00Z"}
    yield "post", "/positions", {"items": [FIX]}
    yield "post", "/uploads", {"file": "x"}


def move_writes(stage: Stage) -> Iterator[Write]:
    """Every move of events, orders and tasks, on one in the state that takes it."""
    for move, (state, body) in MOVES.items():
        event: Event = stage.event_in(state)
        yield "post", f"/events/{event.pk}/moves/{move}", {"version": event.version, **body}
        for order in event.work_orders.all():
            if move in (Move.SIGN, Move.FINISH):
                yield "post", f"/orders/{order.pk}/moves/{move}", {"version": order.version, **body}
    task = FieldTask.objects.open().latest("id")
    for move, body in TASK_MOVES.items():
        yield "post", f"/tasks/{task.pk}/moves/{move}", {"version": task.version, **body}


def bodies_of(body: dict[str, Any]) -> Iterator[bytes]:
    """The body with one field at a time made odd."""
    for field in body:
        yield from (json.dumps({**body, field: value}).encode() for value in ODD_VALUES)


def faults(client: APIClient, write: Write, bodies: Iterator[bytes] | tuple[bytes, ...]) -> list[str]:
    """What was answered with a fault, or refused without a problem; each request leaves nothing behind."""
    method, address, _body = write
    found = []
    for content in bodies:
        with transaction.atomic():
            answer: HttpResponse = getattr(client, method)(
                f"/api/v1{address}", content, content_type="application/json", headers={"idempotency-key": "k"}
            )
            transaction.set_rollback(True)
        is_problem = answer["Content-Type"].startswith("application/problem+json") if answer.content else False
        if answer.status_code >= 500 or (answer.status_code >= 400 and not is_problem):
            found.append(f"{method} {address} {content[:120]!r}: {answer.status_code}")
    return found


def test_no_setting_of_cameras_and_areas_ends_in_a_fault(stage: Stage) -> None:
    client = everybody(stage)
    assert [f for write in settings_writes(stage) for f in faults(client, write, bodies_of(write[2]))] == []


def test_no_limit_and_no_calendar_ends_in_a_fault(stage: Stage) -> None:
    client = everybody(stage)
    assert [f for write in limit_writes() for f in faults(client, write, bodies_of(write[2]))] == []


def test_no_report_and_no_decision_about_an_alert_ends_in_a_fault(stage: Stage) -> None:
    client = everybody(stage)
    assert [f for write in report_writes(stage) for f in faults(client, write, bodies_of(write[2]))] == []


def test_no_move_ends_in_a_fault(stage: Stage) -> None:
    client = everybody(stage)
    assert [f for write in move_writes(stage) for f in faults(client, write, bodies_of(write[2]))] == []


def test_no_body_of_another_form_ends_in_a_fault(stage: Stage) -> None:
    client = everybody(stage)
    writes = [*settings_writes(stage), *report_writes(stage), ("post", f"/events/{stage.report().pk}/moves/file", {})]
    assert [f for write in writes for f in faults(client, write, RAW_BODIES)] == []
