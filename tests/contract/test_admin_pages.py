"""Every page of the admin opens, and none of them names another host."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import UnitCalendar, User
from accounts.roles import Role
from analytics.actions.risk import load_risk_rules
from analytics.models import Goal, Indicator
from core.actor import SYSTEM
from core.clock import now
from dispatch.models import DutyEntry, DutyShift, GridTeamMember, TaskRule, Team
from events.actions.out_of_service import take_out_of_service
from events.actions.perform import perform
from events.actions.public_reports import Contact, add_first
from events.actions.retention import hold_evidence, load_retention
from events.models import (
    AlarmRules,
    ClockLimit,
    EscalationStep,
    HeldReport,
    MainClass,
    PublicRules,
    ReplyTemplate,
    Scenario,
    SimilarityLimit,
)
from events.moves import Move
from grids.models import BoundaryImport, DutyZone, MapFeature, MapSource, MapView, UnitGrid, UnitGridRun, UnitGridShare
from notify.actions.expand import expand_notices
from notify.models import Preference
from registry.models import Building
from tests.events.stage import HERE, Stage
from tests.factories import UserFactory
from video.actions.cameras import create_camera
from video.actions.masks import create_mask
from video.actions.viewings import open_viewing
from video.actions.zones import create_zone

MODELS = sorted((model for model in admin.site._registry), key=lambda model: model._meta.label)
PAGES = [(model, page) for model in MODELS for page in ("changelist", "add", "change", "history")]
OTHER_HOST = re.compile(
    r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//(?!testserver)[^"'\s)>]+""", re.IGNORECASE
)


@pytest.fixture
def furnished(stage: Stage) -> Stage:
    """At least one row of everything that the admin shows."""
    lng, lat = HERE
    camera = create_camera(code="c1", name="一号", source="rtsp://127.0.0.1/x", lng=lng, lat=lat, actor=SYSTEM)
    create_zone(
        camera_id=camera.pk,
        name="区",
        polygon=[[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]],
        algorithm="fire_lane_blocked",
        type_code=stage.kind.code,
        actor=SYSTEM,
    )
    create_mask(camera_id=camera.pk, name="邻居的窗", polygon=[[0.1, 0.1], [0.4, 0.1], [0.4, 0.4]], actor=SYSTEM)
    open_viewing(camera=camera, actor=stage.operator.as_actor())
    stage.event_in("closed")
    stage.event_in("verifying")
    stage.alert()
    outline = Polygon(((lng, lat), (lng + 0.001, lat), (lng, lat + 0.001), (lng, lat)), srid=4326)
    building = Building(name="一号楼", height_m=20, levels=6, area_path=stage.district.path, footprint=outline)
    building.save()
    MapFeature.objects.create(kind="water", feature_class="river", name="江", geometry=outline)
    MapView.objects.update_or_create(
        area=stage.district, defaults={"center_name": "中心", "center": Point(lng, lat, srid=4326)}
    )
    Team.objects.create(code="t1", name="一队", unit=stage.department)
    shift = {"user": stage.chief, "seat": "duty_chief", "area_path": stage.district.path}
    DutyShift.objects.create(**shift, starts_at="2026-01-01T00:00Z", ends_at="2026-01-01T08:00Z")
    TaskRule.objects.create(kind="check")
    SimilarityLimit.objects.create()
    Group.objects.create(name="维护")
    ClockLimit.objects.get_or_create(kind="accept", defaults={"limit_type": "urgent_hours", "limit_amount": 1})
    Scenario.objects.get_or_create(
        code="s1", defaults={"number": 1, "name": "场景", "definition": {"steps": []}, "digest": "0"}
    )
    MainClass.objects.get_or_create(category="event", code="05", defaults={"name": "街面秩序"})
    _public_side(stage)
    _office_side(stage)
    _ground_side(stage)
    Goal.objects.get_or_create(indicator="on_time_rate", defaults={"share": 0.9})
    return stage


def _office_side(stage: Stage) -> None:
    """What offices keep for themselves, ask of each other, and are measured by."""
    late = stage.event_in("handling")
    perform(late.pk, Move.URGE, stage.chief.as_actor(), None, note="请加快")
    perform(late.pk, Move.ASK_EXTENSION, stage.desk.as_actor(), None, reason="等待配件")
    UnitCalendar.objects.create(unit=stage.department, version=1, periods=[["09:00", "17:00"]], set_at=now())
    EscalationStep.objects.create(subject_kind="event", clock="handling", percent=80, step="handler")
    ReplyTemplate.objects.create(move="close", name="通用", text="已处理完毕。")
    AlarmRules.objects.create()
    load_risk_rules()
    load_retention()
    hold_evidence(reason="公安机关调取", actor=SYSTEM, event_id=late.pk)
    noisy = stage.alert(subject_id=99)
    assert noisy is not None
    take_out_of_service(alert_id=noisy.pk, actor=stage.seat(Role.SYSTEM_ADMIN).as_actor(), reason="起雾")
    Indicator.objects.create(code="closed", name="结案数", name_en="Closed", formula="closed")


def _ground_side(stage: Stage) -> None:
    """A file of boundaries on its way, unit grids with somebody who answers for them, and a further map."""
    MapSource.objects.create(name="影像", kind="raster", address="/maps/image/{z}/{x}/{y}")
    file = {"file_name": "a.zip", "size": 1, "sha256": "0" * 64, "format": "shapefile", "layer": "a"}
    BoundaryImport.objects.create(root=stage.district, level="community", created_at=now(), **file)
    lng, lat = HERE
    outline = Polygon(((lng, lat), (lng + 0.001, lat), (lng, lat + 0.001), (lng, lat)), srid=4326)
    ground = {"kind": "collector", "code": "Z001", "name": "一号责任网格"}
    zone = DutyZone.objects.create(community=stage.district, outline=MultiPolygon(outline, srid=4326), **ground)
    cell = {"code": "329905001001001", "square_metres": 5_000.0, "geometry": outline}
    UnitGrid.objects.create(community=stage.district, zone=zone, **cell)
    UnitGridShare.objects.create(unit_grid=UnitGrid.objects.get(), grid=stage.district, share=1)
    GridTeamMember.objects.create(grid_path=stage.district.path, post="leader", name="邓桂兰", since="2026-01-04")
    entry = {"level": "grid", "kind": "duty", "title": "巡查", "post": "full_time", "per": "day"}
    DutyEntry.objects.create(area_path=stage.district.path, **entry)
    UnitGridRun.objects.create(area=stage.district, size_metres=100, started_at=now())


def _public_side(stage: Stage) -> None:
    """Somebody reported and was told; one report waits."""
    PublicRules.objects.create()
    place = {"area_path": stage.district.path, "created_at": now(), "channel": "snapshot"}
    HeldReport.objects.create(receipt="2" * 12, description="路灯不亮", **place)
    contact = Contact("王芳", "13800000000")
    add_first(stage.report(), "snapshot", contact, now())
    Preference.objects.create(kind="order_issued", channel="smtp", mode="off")
    expand_notices()


@pytest.fixture
def office(furnished: Stage) -> Client:
    client = Client()
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def address(model: type[Model], page: str, row: Any) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=[row.pk] if page in ("change", "history") else [])


def test_every_page_of_every_model_opens_and_stays_in_the_house(office: Client) -> None:
    found = {}
    for model, page in PAGES:
        row = model._default_manager.order_by("pk").first()
        answer = office.get(address(model, page, row))
        may_add = page != "add" or admin.site._registry[model].has_add_permission(answer.wsgi_request)
        expected = 200 if may_add else 403
        if answer.status_code != expected or OTHER_HOST.search(answer.content.decode()):
            found[model._meta.label, page] = (answer.status_code, OTHER_HOST.findall(answer.content.decode()))
    assert found == {}


def test_the_admins_own_pages_open_and_stay_in_the_house(office: Client) -> None:
    pages = [reverse("admin:index"), reverse("admin:password_change"), reverse("admin:jsi18n")]
    pages += [reverse("admin:app_list", args=[label]) for label in {m._meta.app_label for m in MODELS}]
    pages.append(reverse("admin:auth_user_password_change", args=[User.objects.latest("pk").pk]))
    answers = {page: office.get(page) for page in pages}
    assert {page: a.status_code for page, a in answers.items() if a.status_code != 200} == {}
    assert [page for page, a in answers.items() if OTHER_HOST.search(a.content.decode())] == []


def test_the_admins_sign_in_stays_in_the_house(db: None) -> None:
    answer = Client().get(reverse("admin:login"))
    assert answer.status_code == 200
    assert not OTHER_HOST.search(answer.content.decode())


def test_somebody_without_staff_rights_is_not_let_in(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.acceptor)
    assert client.get(reverse("admin:index")).status_code == 302
