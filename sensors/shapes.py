"""The shapes of sensors, the same in API answers and in live updates."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from sensors.kinds import Form, Theme

SensorState = Literal["in_use", "switched_off", "removed"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SensorKindRow(Shape):
    """`usual_from` and `usual_to` in `unit`, for numbers; `no_word` and `yes_word` for what tells one of two things."""

    code: str
    name: str
    theme: Theme
    theme_name: str
    form: Form
    unit: str
    usual_from: float | None
    usual_to: float | None
    no_word: str
    yes_word: str


class SensorKindList(Shape):
    items: list[SensorKindRow]
    may_edit: bool


class SensorRow(Shape):
    id: int
    version: int
    code: str
    name: str
    kind: str
    state: SensorState
    area_path: str
    area_label: str
    address: str
    lng: float
    lat: float


class SensorList(Shape):
    items: list[SensorRow]
    next: str | None


class SensorDetail(SensorRow):
    """`allowed_moves` are those the reader may make now."""

    maker: str
    model_name: str
    installed_on: date | None
    unit_id: int | None
    unit_name: str
    may_edit: bool
    allowed_moves: list[str]


class SensorHistoryRow(Shape):
    """`changes` has old and new values by field."""

    at: datetime
    actor_name: str
    move: str
    from_state: str
    to_state: str
    note: str
    changes: dict[str, list[Any]]


class SensorHistory(Shape):
    items: list[SensorHistoryRow]
