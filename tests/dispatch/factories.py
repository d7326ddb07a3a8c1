"""People, shifts, positions and tasks that are valid without arguments."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.actor import SYSTEM, Actor
from core.clock import now
from dispatch.actions.tasks import issue_task
from dispatch.models import DutyShift, FieldTask, Position, Responder

GRID = "c.d.s1.m1.g1"
DISTRICT_KEY, STREET_KEY, GRID_KEY = 1, 11, 111
HERE = (118.7000, 32.0000)
"""The place of the tasks; one thousandth of a degree of latitude is about 111 m."""

_numbers = count(1)


def unit(**fields: Any) -> OrgUnit:
    number = next(_numbers)
    values = {"code": f"u{number}", "name": f"机构{number}", "short_name": f"机{number}", "kind": "office"} | fields
    return OrgUnit.objects.create(**values)


def user(*, name: str = "王芳", role: str = "", area_path: str = "", area_level: str = "", area_key: int = 0) -> User:
    person = User.objects.create_user(f"user{next(_numbers)}", name=name)
    if role:
        Grant.objects.create(user=person, role=role, area_path=area_path, area_level=area_level, area_key=area_key)
    return person


def dispatcher(area_path: str = "c.d") -> User:
    return user(name="张涛", role=Role.DISPATCHER, area_path=area_path, area_level="", area_key=0)


def responder(
    *,
    kind: str = "grid_worker",
    at: tuple[float, float] | None = HERE,
    on_duty: bool = True,
    area_path: str = GRID,
    **fields: Any,
) -> Responder:
    person = fields.pop("user", None) or user(name=fields.get("name", "王芳"))
    values: dict[str, Any] = {"name": person.name, "unit": fields.pop("unit", None) or unit()} | fields
    found = Responder.objects.create(
        kind=kind,
        user=person,
        area_path=area_path,
        district_id=DISTRICT_KEY,
        street_id=STREET_KEY,
        grid_id=GRID_KEY,
        **values,
    )
    if on_duty:
        shift(found)
    if at is not None:
        Position.objects.create(responder=found, point=Point(*at, srid=4326), accuracy_m=5, at=now())
    return found


def actor_of(sent: Responder) -> Actor:
    """The person who is sent, as an actor."""
    assert sent.user is not None
    return sent.user.as_actor()


def shift(of: Responder, *, starts_at: datetime | None = None, hours: float = 8) -> DutyShift:
    begins = starts_at or now() - timedelta(hours=1)
    return DutyShift.objects.create(responder=of, starts_at=begins, ends_at=begins + timedelta(hours=hours))


def task(**fields: Any) -> FieldTask:
    assignee = fields.pop("assignee", None) or responder()
    values: dict[str, Any] = {
        "kind": "verify",
        "subject_kind": "exercise",
        "subject_id": next(_numbers),
        "assignee_id": assignee.pk,
        "title": "占道经营",
        "area_path": GRID,
        "area_label": "望江街道 荷花社区 1号网格",
        "district_id": DISTRICT_KEY,
        "street_id": STREET_KEY,
        "grid_id": GRID_KEY,
        "lng": HERE[0],
        "lat": HERE[1],
        "due_at": now() + timedelta(minutes=30),
        "actor": SYSTEM,
    } | fields
    return issue_task(**values)
