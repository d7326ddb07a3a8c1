"""The shapes of field tasks, the same in API answers and in live updates."""

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Light = Literal["green", "yellow", "red"]
TaskKind = Literal["verify", "check", "handle", "patrol", "visit"]
TaskState = Literal["issued", "seen", "accepted", "arrived", "done", "refused", "timed_out", "withdrawn"]
TASK_KINDS = get_args(TaskKind)
TASK_STATES = get_args(TaskState)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TaskSubject(Shape):
    kind: str
    id: int


class TaskAssignee(Shape):
    """`id` is the responder; a team or vehicle has no user."""

    id: int
    user_id: int | None
    name: str


class TaskPosition(Shape):
    lng: float
    lat: float
    accuracy_m: float
    pinned: bool = False
    """Chosen on a map by hand."""


class TaskResult(Shape):
    """What the assignee handed in, or the reason why the task ended without it."""

    passed: bool | None = None
    note: str = ""
    reason: str = ""
    attachment_ids: list[int] = []
    position: TaskPosition | None = None


class BeforePhoto(Shape):
    """A photo of the subject from before the task."""

    id: int
    url: str
    thumb_url: str | None
    kind: str
    purpose: str
    blurred: bool
    created_at: datetime
    by: str | None


class FieldTaskRow(Shape):
    """`distance_m` is the straight line from the reader's latest position; live updates do not carry it."""

    id: int
    version: int
    kind: TaskKind
    state: TaskState
    subject: TaskSubject
    title: str
    note: str
    level: int
    area_path: str
    area_label: str
    address: str
    lng: float
    lat: float
    distance_m: int | None
    on_site: bool
    assignee: TaskAssignee
    issued_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    light: Light
    result: TaskResult | None
    before_photos: list[BeforePhoto]


class TaskMove(Shape):
    """A button of the one who holds the task."""

    move: str
    label: str
    needs: list[str]
    available: bool


class TaskComponent(Shape):
    """The part of the city a task is about; `state` as the register has it now."""

    code: str
    type_name: str
    state: str


class TaskGround(Shape):
    """`unit_grid` is the code of the cell of digital urban management at the subject; empty where none is drawn."""

    unit_grid: str
    component: TaskComponent | None


class FieldTaskDetail(FieldTaskRow):
    ground: TaskGround | None
    allowed_moves: list[TaskMove]
    as_of: str
    epoch: str


class FieldTaskPage(Shape):
    items: list[FieldTaskRow]
    next: str | None
    as_of: str
    epoch: str
