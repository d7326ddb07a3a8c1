"""Every address of the API keeps its scope. They are taken from its own description: a new one cannot be forgotten.

One district has one of everything. Somebody with every post in another district, and in another department, asks for
all of it: nothing of it may be shown, listed or written. Nobody at all is asked to sign in first.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import DEPARTMENT_ROLES, Role
from analytics.actions.lives import read_new_history
from analytics.actions.risk import load_risk_rules
from analytics.models import RiskFinding, RiskRule
from config.env import REPOSITORY
from core.actor import SYSTEM
from core.clock import now
from dispatch.models import DutyEntry, FieldTask, GridTeamMember
from events.actions.out_of_service import take_out_of_service
from events.actions.perform import perform
from events.actions.retention import hold_evidence
from events.models import Alert, Event, HeldReport, Reminder, Reporter, Request
from events.moves import Move
from grids.actions.drafts import open_draft
from grids.models import BoundaryImport, DutyZone, UnitGridRun
from registry.actions.components import register_component
from registry.models import Component, ComponentImport
from sensors.actions.sensors import register_sensor
from sensors.models import Sensor
from tests.events.stage import HERE, Stage, browser
from tests.factories import GrantFactory, OrgUnitFactory, UserFactory
from tests.registry.components import COVER, kinds
from tests.video import factories as video
from video.actions.viewings import open_viewing
from video.models import ModelShadow, ReplayJob, ShadowFinding, Zone
from wall.models import WallDevice

PATHS: dict[str, Any] = json.loads((REPOSITORY / "frontend" / "src" / "api" / "openapi.json").read_text())["paths"]
METHODS = ("get", "post", "put", "patch", "delete")

FOR_EVERYBODY = (
    "/api/v1/session",
    "/api/v1/health",
    "/api/v1/public/",
    "/api/v1/deliveries/receipts",
)
"""Asked without a session; the public addresses, and the gateways' signed receipts, have tests of their own."""
SHARED = (
    "/api/v1/alarm-rules",
    "/api/v1/algorithms",
    "/api/v1/automation",
    "/api/v1/areas",
    "/api/v1/calendars",
    "/api/v1/camera-gateways",
    "/api/v1/camera-groups",
    "/api/v1/cameras/reasons",
    "/api/v1/catalogue/",
    "/api/v1/components/types",
    "/api/v1/event-types",
    "/api/v1/grid-norms",
    "/api/v1/limits",
    "/api/v1/model-uses",
    "/api/v1/models",
    "/api/v1/plates/types",
    "/api/v1/public-rules",
    "/api/v1/risk-rules",
    "/api/v1/scenes",
    "/api/v1/task-rules",
    "/api/v1/reply-templates",
    "/api/v1/retention",
    "/api/v1/scenarios",
    "/api/v1/sensors/kinds",
    "/api/v1/units",
    "/api/v1/indicators/",
    "/api/v1/routing-rules",
    "/api/v1/responsibilities",
)
"""What everybody signed in may know, or what a post decides and not a place: their own tests say who may change it."""
OWN = (
    "/api/v1/messages",
    "/api/v1/views",
    "/api/v1/uploads",
    "/api/v1/positions",
    "/api/v1/exports",
    "/api/v1/video/presets",
)
"""Only ever about who asks."""


@dataclass
class World:
    """One of everything in the district, with the number that stands in each address."""

    stage: Stage
    ids: dict[str, int]
    words: tuple[str, ...]


def all_posts(stage: Stage) -> User:
    """Every post, in another district and another department."""
    user = UserFactory.create(name="外区人员")
    for role in Role:
        if role in DEPARTMENT_ROLES:
            GrantFactory.create(user=user, role=role, unit=OrgUnitFactory.create())
        else:
            place = {"area_path": "9999.99", "area_level": "district", "area_key": 10**9}
            GrantFactory.create(user=user, role=role, unit=None, **place)
    return user


@pytest.fixture
def world(stage: Stage) -> World:
    event = stage.event_in("handling", title="只有本区知道的案件")
    lead = stage.desk.as_actor()
    perform(event.pk, Move.ASK_EXTENSION, lead, None, reason="等待材料")
    perform(event.pk, Move.URGE, stage.chief.as_actor(), None, note="请尽快")
    asked = stage.event_in("verifying", title="只有本区知道的核实")
    alert = stage.alert(title="只有本区知道的告警")
    assert alert is not None
    noisy = stage.alert(title="只有本区知道的误报", subject_id=99)
    assert noisy is not None
    out = take_out_of_service(
        alert_id=noisy.pk, actor=stage.seat(Role.SYSTEM_ADMIN).as_actor(), reason="只有本区知道的理由"
    )
    camera = video.camera(name="只有本区知道的摄像机")
    zone = video.zone(camera, stage.kind.code, name="只有本区知道的区域")
    mask = video.mask(camera, name="只有本区知道的屏蔽区")
    held = HeldReport.objects.create(
        receipt="H" * 12, channel="snapshot", description="只有本区知道的上报", area_path=event.area_path,
        created_at=event.reported_at,
    )  # fmt: skip
    reporter, _ = Reporter.objects.get_or_create(
        event=event, channel="inspection", defaults={"receipt": "R" * 12, "created_at": event.reported_at}
    )
    ids = {
        "event_id": event.pk,
        "alert_id": alert.pk,
        "order_id": event.work_orders.get().pk,
        "request_id": Request.objects.get().pk,
        "reporter_id": reporter.pk,
        "component_id": component_here().pk,
        "import_id": import_of(stage).pk,
        "sensor_id": sensor_here().pk,
        "task_id": FieldTask.objects.get(subject_id=asked.pk).pk,
        "camera_id": camera.pk,
        "zone_id": zone.pk,
        "mask_id": mask.pk,
        "held_id": held.pk,
        "risk_id": risk_of(event),
        "out_id": out.pk,
        "viewing_id": open_viewing(camera=camera, actor=stage.operator.as_actor()).pk,
        "replay_id": replay_of(camera.pk),
        "wall_id": wall_of(stage),
        "finding_id": trial_finding_of(camera.pk, zone.pk),
        "hold_id": hold_evidence(reason="只有本区知道的封存", actor=SYSTEM, event_id=event.pk).pk,
        "shadow_id": ModelShadow.objects.create(camera=camera, model="只有本区知道的模型", started_at=now()).pk,
    }
    ids["draft_id"] = open_draft(root=stage.district, title="只有本区知道的边界草稿", actor=SYSTEM).pk
    ids |= ground_of(stage)
    assert Reminder.objects.exists() and Alert.objects.exists()
    return World(stage, ids, ("只有本区知道",))


def ground_of(stage: Stage) -> dict[str, int]:
    """A file of boundaries, unit grids with who collects there, and the team of a grid; by the first part of their
    addresses, where the name of the number is another one's too."""
    file = {"file_name": "只有本区知道.zip", "size": 1, "sha256": "0" * 64, "format": "shapefile", "layer": "a"}
    source = BoundaryImport.objects.create(root=stage.district, level="community", created_at=now(), **file)
    ground = {"kind": "collector", "code": "Z001", "name": "只有本区知道的责任网格", "community": stage.district}
    (lng, lat), side = HERE, 0.001
    outline = Polygon(((lng, lat), (lng + side, lat), (lng, lat + side), (lng, lat)), srid=4326)
    zone = DutyZone.objects.create(outline=MultiPolygon(outline, srid=4326), **ground)
    run = UnitGridRun.objects.create(area=stage.district, size_metres=100, started_at=now())
    member = {"grid_path": stage.district.path, "post": "leader", "name": "只有本区知道的网格长", "since": "2026-01-04"}
    line = {"level": "grid", "kind": "duty", "title": "巡查", "post": "full_time", "per": "day"}
    return {
        "boundary-imports:import_id": source.pk,
        "boundary-imports:number": 1,
        "duty-zones:zone_id": zone.pk,
        "unit-grids:run_id": run.pk,
        "grid-teams:member_id": GridTeamMember.objects.create(**member).pk,
        "duty-lists:entry_id": DutyEntry.objects.create(area_path=stage.district.path, **line).pk,
    }


def wall_of(stage: Stage) -> int:
    """A screen on a wall of the district."""
    paired = {"paired_at": now(), "paired_by": stage.chief, "token_digest": "0" * 64}
    device = UserFactory.create(name="只有本区知道的大屏")
    return WallDevice.objects.create(name=device.name, user=device, area_path=stage.district.path, **paired).pk


def component_here() -> Component:
    """A part that stands where the events are."""
    kinds()
    return register_component(actor=SYSTEM, type_code=COVER, lng=HERE[0], lat=HERE[1], address="只有本区知道的井盖")


def sensor_here() -> Sensor:
    """A sensor that stands where the events are."""
    name = "只有本区知道的水位计"
    return register_sensor(actor=SYSTEM, code="W1", name=name, kind="water_level", lng=HERE[0], lat=HERE[1])


def import_of(stage: Stage) -> ComponentImport:
    """A file that somebody else has brought."""
    owner = stage.seat(Role.GRID_ADMIN)
    return ComponentImport.objects.create(
        owner=owner, file_name="只有本区知道.csv", format="csv", path="imports/none", size=1, state="previewed",
        version=1, created_at=now(),
    )  # fmt: skip


def replay_of(camera_id: int) -> int:
    """A replay of what the camera saw."""
    at = now()
    candidate = {"name": "只有本区知道的试用"}
    return ReplayJob.objects.create(
        camera_id=camera_id, candidate=candidate, since=at, until=at, state="cancelled", created_at=at
    ).pk


def trial_finding_of(camera_id: int, zone_id: int) -> int:
    """What a zone on trial found."""
    trial = Zone.objects.create(
        camera_id=camera_id, name="只有本区知道的试运行", polygon=[], algorithm="water_fishing", is_shadow=True,
        compares_with_id=zone_id,
    )  # fmt: skip
    return ShadowFinding.objects.create(zone=trial, found_at=now(), last_seen_at=now()).pk


def risk_of(event: Event) -> int:
    """A finding of risk that counts the event."""
    load_risk_rules()
    read_new_history()
    begins, ends = event.reported_at - timedelta(days=7), event.reported_at + timedelta(minutes=1)
    finding = RiskFinding.objects.create(
        rule=RiskRule.objects.get(code="outbreak_week"), level="district", area_id=event.district_id,
        area_path=event.area_path, area_name="只有本区知道的区域", type_code=event.type_code, type_name="占道经营",
        rank=1, value=1, current=1, begins=begins, ends=ends,
    )  # fmt: skip
    return finding.pk


def addresses(method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, ways in PATHS.items():
        if method in ways and not path.startswith((*FOR_EVERYBODY, *SHARED, *OWN)):
            yield path, ways[method]


def filled(path: str, world: World) -> str:
    """The address with the numbers of the world; a parameter that is not known here fails, so that it is thought of."""
    kind = path.split("/")[3]
    ids = {**world.ids, **{key.partition(":")[2]: pk for key, pk in world.ids.items() if key.startswith(f"{kind}:")}}
    return re.sub(r"\{(\w+)\}", lambda found: str(ids[found.group(1)]), path)


def questions(way: dict[str, Any], world: World) -> dict[str, Any]:
    """Values for the required query parameters."""
    given = {
        "lng": str(HERE[0]),
        "lat": str(HERE[1]),
        "type_code": world.stage.kind.code,
        "subject": "area",
        "first": date(2026, 11, 1).isoformat(),
        "last": date(2026, 11, 22).isoformat(),
        "measure": "reported",
        "text": "占道",
        "kind": world.stage.kind.code,
        "area_path": world.stage.district.path,
        "figure": "open",
        "one": "a1",
        "other": "a2",
        "parent": "a1",
        "layer": "a",
        "datum": "gcj02",
        "grid_path": world.stage.district.path,
        "under": world.stage.district.path,
        "x": "0.5",
        "y": "0.5",
    }
    required = [p["name"] for p in way.get("parameters", ()) if p["in"] == "query" and p.get("required")]
    return {name: given[name] for name in required}


def test_nothing_is_shown_to_nobody(world: World) -> None:
    shown = []
    for method in METHODS:
        for path, ways in PATHS.items():
            if method not in ways or path.startswith(FOR_EVERYBODY):
                continue
            address = re.sub(r"\{\w+\}", "1", path)
            answer = getattr(APIClient(), method)(address, {}, format="json" if method != "get" else None)
            shown += [f"{method} {path}: {answer.status_code}"] if answer.status_code not in (401, 403) else []
    assert shown == []


def test_what_one_district_has_another_neither_lists_nor_opens(world: World) -> None:
    client = browser(all_posts(world.stage))
    shown = []
    for path, way in addresses("get"):
        answer = client.get(filled(path, world), questions(way, world))
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        told = any(word in text.decode(errors="replace") for word in world.words)
        hidden = answer.status_code in (403, 404) if "{" in path else answer.status_code < 500
        shown += [f"{path}: {answer.status_code}"] if told or not hidden else []
    assert shown == []


def test_what_one_district_has_another_cannot_change(world: World) -> None:
    client = browser(all_posts(world.stage))
    client.raise_request_exception = False
    written = []
    for method in ("post", "put", "patch", "delete"):
        for path, _ in addresses(method):
            if "{" not in path:
                continue
            answer = getattr(client, method)(filled(path, world), {"version": 1}, format="json")
            # Words of what is missing may come first; an answer that it is done, or a fault, may not come at all.
            written += [f"{method} {path}: {answer.status_code}"] if answer.status_code not in (403, 404, 422) else []
    assert written == []


def test_the_words_of_a_refusal_do_not_tell_what_there_is(world: World) -> None:
    """The same refusal for what is hidden and for what is not there."""
    client = browser(all_posts(world.stage))
    hidden, absent = [], []
    for path, way in addresses("get"):
        if "{" in path:
            asked = questions(way, world)
            hidden.append(client.get(filled(path, world), asked).status_code)
            absent.append(client.get(re.sub(r"\{\w+\}", "987654321", path), asked).status_code)
    assert hidden == absent
