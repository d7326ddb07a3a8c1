"""A stage with everybody the loop needs: a town, its centre, a department, a kind of event and the people."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.clock import now
from dispatch.models import Position, Responder
from events.actions.alerts import raise_alert
from events.actions.perform import perform
from events.actions.report import report_event
from events.actions.type_versions import Planned, write_versions
from events.actions.uploads import store_photo
from events.models import Alert, Condition, Event, EventType
from events.moves import Move
from events.queries.catalogue import forget
from events.queries.event_types import content_of
from grids.models import Area
from tests.factories import EventTypeFactory, OrgUnitFactory, person_with
from tests.grids.town import DISTRICT, Town, at, build_town

HERE = at(2.5, 0.5)
"""Inside 望江街道 荷花社区 1号网格."""
STREET, OTHER_STREET = f"{DISTRICT}.002", f"{DISTRICT}.001"
GRID = f"{DISTRICT}.002.001.g001"


@dataclass(frozen=True)
class Stage:
    town: Town
    centre: OrgUnit
    department: OrgUnit
    kind: EventType

    @property
    def district(self) -> Area:
        return self.town[DISTRICT]

    @property
    def condition(self) -> Condition:
        return self.kind.conditions.get()

    def seat(self, role: str, **fields: Any) -> User:
        """Somebody at a seat of the district's centre."""
        return person_with(role, area=self.district, unit=self.centre, **fields)

    @cached_property
    def acceptor(self) -> User:
        return self.seat(Role.ACCEPTOR, name="李受理")

    @cached_property
    def dispatcher(self) -> User:
        return self.seat(Role.DISPATCHER, name="张派遣")

    @cached_property
    def chief(self) -> User:
        return self.seat(Role.DUTY_CHIEF, name="陈值班")

    @cached_property
    def operator(self) -> User:
        return self.seat(Role.WALL_OPERATOR, name="赵大屏")

    @cached_property
    def desk(self) -> User:
        return person_with(Role.DEPARTMENT_DESK, unit=self.department, name="周部门")

    @cached_property
    def worker(self) -> Responder:
        """The grid worker who answers for the grid."""
        return self.responder(Role.GRID_WORKER, self.town[GRID], "grid_worker", "孙网格")

    @cached_property
    def collector(self) -> Responder:
        return self.responder(Role.COLLECTOR, self.district, "collector", "钱采集")

    def responder(self, role: str, area: Area, kind: str, name: str, unit: OrgUnit | None = None) -> Responder:
        user = person_with(role, area=area, unit=self.centre, name=name)
        sent = Responder.objects.create(
            kind=kind, name=name, user=user, unit=unit or self.centre, area_path=area.path, district_id=self.district.pk
        )
        Position.objects.create(responder=sent, point=Point(*HERE, srid=4326), accuracy_m=5, at=now())
        return sent

    def report(self, by: User | None = None, **fields: Any) -> Event:
        actor = (by or self.acceptor).as_actor()
        values: dict[str, Any] = {
            "type_code": self.kind.code,
            "lng": HERE[0],
            "lat": HERE[1],
            "description": "占道摆摊",
        } | fields
        return report_event(actor=actor, **values).event

    def event_in(self, state: str, **fields: Any) -> Event:
        """An event that has come the usual way to `state`."""
        event = self.report(**fields)
        for move, who, inputs in self.way_to(state):
            event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
        return event

    def way_to(self, state: str) -> list[tuple[str, User, dict[str, Any]]]:
        steps: dict[str, tuple[str, User, dict[str, Any]]] = {
            "filed": (Move.FILE, self.acceptor, {"condition_id": self.condition.pk}),
            "dispatched": (Move.DISPATCH, self.dispatcher, {"unit_id": self.department.pk}),
            "handling": (Move.SIGN, self.desk, {}),
            "handled": (Move.FINISH, self.desk, {"note": "已劝离"}),
            "checking": (Move.ASK_CHECK, self.dispatcher, {"mode": "call_back"}),
            "checked": (Move.CHECK_PASS, self.acceptor, {"note": "电话确认"}),
            "closed": (Move.CLOSE, self.acceptor, {"reply": "已处理"}),
        }
        if state == "verifying":
            return [(Move.ASK_VERIFICATION, self.acceptor, {"assignee_id": self.worker.pk})]
        names = ["reported", *steps]
        return [steps[name] for name in names[1 : names.index(state) + 1]]

    def alert(self, **fields: Any) -> Alert | None:
        values: dict[str, Any] = {
            "source": "video",
            "rule": "presence",
            "subject_kind": "zone",
            "subject_id": 7,
            "type_code": self.kind.code,
            "title": "水域边有人滞留",
            "lng": HERE[0],
            "lat": HERE[1],
            "level": 2,
            "confidence": 0.8,
        } | fields
        return raise_alert(**values)

    def photo(self, by: User) -> int:
        content = picture()
        return store_photo(file=BytesIO(content), size=len(content), actor=by.as_actor()).pk


def new_version_of(kind: EventType) -> EventType:
    """The type as an administrator leaves it after looking at it: another version that says the same."""
    return write_versions([Planned(kind, content_of(kind))], actor=SYSTEM, role=SYSTEM_ROLE)[0]


def build_stage() -> Stage:
    forget()
    town = build_town()
    district = town[DISTRICT]
    centre = OrgUnitFactory.create(
        kind="centre", name="区指挥中心", area_path=district.path, area_level=district.level, area_key=district.pk
    )
    return Stage(town, centre, OrgUnitFactory.create(code="chengguan", name="城市管理局"), EventTypeFactory.create())


def browser(user: User | None) -> APIClient:
    client = APIClient()
    client.force_login(user) if user else None
    return client


def picture(side: int = 40, form: str = "JPEG", **options: Any) -> bytes:
    target = BytesIO()
    Image.new("RGB", (side, side), (120, 30, 30)).save(target, form, **options)
    return target.getvalue()


def upload_of(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def actor(user: User) -> Actor:
    return user.as_actor()
