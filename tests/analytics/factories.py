"""Streets, events, clocks and alerts that are valid without arguments, dated as a test needs them."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.actor import Actor
from core.clock import now
from core.history.record import append
from core.lifecycle import Change
from core.models import Deadline, DeadlineState
from events.lifecycle import OPEN_STATES
from events.models import Alert, Condition, Event, EventType
from grids.models import Area
from video.models import Camera, CameraLease

_numbers = count(1)
PLACE = Point(118.7, 32.0, srid=4326)
SYSTEM = Actor(None, "系统")


def street(label: str, name: str, *, district: str = "d") -> Area:
    """A street with its district and city above it."""
    city = _area(None, "city", "c", "南江市")
    above = _area(city, "district", district, f"{district}区")
    return _area(above, "street", label, name)


def _area(parent: Area | None, level: str, label: str, name: str) -> Area:
    path = f"{parent.path}.{label}" if parent else label
    area, created = Area.objects.get_or_create(
        path=path,
        defaults={
            "code": f"code-{path}",
            "level": level,
            "name": name,
            "parent": parent,
            "label": label,
            "label_point": PLACE,
            "district_id": parent.district_id if parent else None,
        },
    )
    if created and level != "city":
        setattr(area, level, area)
        area.save()
    return area


def person(role: str, area: Area) -> User:
    user = User.objects.create_user(f"wall{next(_numbers)}", name="值守")
    Grant.objects.create(user=user, role=role, area_path=area.path, area_level=area.level, area_key=area.pk)
    return user


def wall_operator(area: Area) -> User:
    return person(Role.WALL_OPERATOR, area)


def event(at: Area, *, state: str = "reported", **fields: Any) -> Event:
    """An event in a street; an open one has a running clock with an hour left unless told otherwise."""
    kind = EventType.objects.first() or EventType.objects.create(
        code="stall",
        name="占道经营",
        category="event",
        main_class="街面秩序",
        report_group="enforcement",
        default_unit_code="u",
        digest="",
    )
    condition = kind.conditions.first() or Condition.objects.create(
        type=kind, code="a", text="占道", limit_type="urgent_hours", limit_amount=2
    )
    centre = OrgUnit.objects.filter(code="centre").first() or OrgUnit.objects.create(
        code="centre", name="指挥中心", short_name="中心", kind="centre"
    )
    reported_at = fields.pop("reported_at", now())
    is_open = state in OPEN_STATES
    values: dict[str, Any] = {
        "number": f"n{next(_numbers)}",
        "state": state,
        "type": kind,
        "type_code": kind.code,
        "condition": condition,
        "level": 3,
        "title": "占道经营",
        "description": "王芳 13800000000",
        "source": "grid_worker",
        "owner_unit": centre,
        "lead_unit": centre,
        "reported_at": reported_at,
        "ended_at": None if is_open else now(),
        "suspended_until": now() + timedelta(days=30) if state == "suspended" else None,
        "due_kind": "accept" if is_open else "",
        "due_started_at": reported_at,
        "warn_at": now() + timedelta(minutes=48),
        "due_at": now() + timedelta(hours=1),
        "area_path": at.path,
        "area_label": at.name,
        "street_path": at.path,
        "district_id": at.district_id,
        "street_id": at.pk,
        "point": PLACE,
    }
    return Event.objects.create(**(values | fields))


def handling_clock(
    of: Event, *, state: str = DeadlineState.STOPPED, late_seconds: int = 0, due_in: int = 0
) -> Deadline:
    """The event's handling clock: stopped with an overrun, or running and due in so many seconds."""
    runs = state == DeadlineState.RUNNING
    due_at = now() + timedelta(seconds=due_in)
    return Deadline.objects.create(
        subject_kind="event",
        subject_id=of.pk,
        kind="handling",
        limit_type="urgent_hours",
        limit_amount=2,
        state=state,
        started_at=of.reported_at,
        running_since=of.reported_at if runs else None,
        counted_before=timedelta(),
        warn_at=due_at,
        due_at=due_at,
        overdue_seconds=late_seconds,
    )


def moved(of: Event, to_state: str, at: datetime, *, first: bool = False, from_state: str = "reported") -> None:
    change = Change(move="test", from_state="" if first else from_state, to_state=to_state, role="system")
    append(subject_kind="event", subject_id=of.pk, actor=SYSTEM, change=change, at=at, first=first)


def alert(at: Area, **fields: Any) -> Alert:
    number = next(_numbers)
    values: dict[str, Any] = {
        "source": "video",
        "rule": "restricted_area_presence",
        "subject_kind": "zone",
        "subject_id": number,
        "level": 2,
        "type_code": "stall",
        "type_name": "占道经营",
        "title": "重点区域闯入",
        "found_at": now(),
        "last_seen_at": now(),
        "due_at": now() + timedelta(minutes=5),
        "area_path": at.path,
        "area_label": at.name,
        "street_path": at.path,
        "district_id": at.district_id,
        "street_id": at.pk,
        "point": PLACE,
    }
    return Alert.objects.create(**(values | fields))


def camera(at: Area, **fields: Any) -> Camera:
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"cam{number:04d}",
        "name": f"{at.name}{number}号球机",
        "source": "rtsp://127.0.0.1/none",
        "area_path": at.path,
        "area_label": at.name,
        "district_id": at.district_id,
        "street_id": at.pk,
        "point": PLACE,
    }
    found = Camera.objects.create(**(values | fields))
    CameraLease.objects.get_or_create(camera=found)
    return found
