"""The shapes of zones, masks and algorithms."""

from typing import Any, Literal

from pydantic import Field

from events.shapes import Shape

ZoneShapeName = Literal["area", "line"]
ZoneState = Literal["active", "disabled", "outside_schedule", "missing_model"]
Sensitivity = Literal["low", "normal", "high"]
AlgorithmModelState = Literal["ready", "missing", "not_accepted"]


class WindowShape(Shape):
    """Days 1 (Monday) to 7; times as "22:30". One that ends before it begins runs into the next day."""

    days: list[int]
    begins: str
    ends: str


class ScheduleShape(Shape):
    """No windows: at all hours; `light` narrows it to the light or the dark part of them."""

    windows: list[WindowShape] = Field(default_factory=list)
    light: Literal["any", "day", "night"] = "any"


class ZoneRow(Shape):
    """A watched part of the picture; `polygon` is its corners, or the points of a line, in fractions of the picture.

    `by_day` and `by_night` are all parameters as they hold, worked out of what the zone sets, its sensitivity and the
    algorithm's declarations. `state` says whether it is watched now, `state_detail` what is missing. One that
    `is_shadow` is on trial beside `compares_with` and raises nothing.
    """

    id: int
    version: int
    name: str
    shape: ZoneShapeName
    polygon: list[tuple[float, float]]
    algorithm: str
    parameters: dict[str, Any]
    sensitivity: Sensitivity
    night_by: Literal["sun", "picture"]
    night_parameters: dict[str, Any]
    by_day: dict[str, float | str]
    by_night: dict[str, float | str]
    schedule: ScheduleShape
    ignore_still_after_seconds: float | None
    cool_down_seconds: float | None
    type_code: str
    level: int | None
    enabled: bool
    is_shadow: bool
    compares_with: int | None
    state: ZoneState
    state_detail: str


class MaskRow(Shape):
    """A part of the picture in which nothing is looked for, for every zone of the camera; where it `hides`, it is
    painted over in every picture that anybody is shown."""

    id: int
    version: int
    name: str
    polygon: list[tuple[float, float]]
    hides: bool


class ParameterShape(Shape):
    name: str
    title: str
    type: Literal["number", "integer", "choice"]
    default: float | str
    minimum: float | None
    maximum: float | None
    choices: list[str]
    help: str | None


class AlgorithmModel(Shape):
    """A model that knows words an algorithm needs. One that is not_accepted has a licence that the site must choose."""

    name: str
    title: str
    version: str
    licence: str
    licence_note: str
    state: AlgorithmModelState
    detail: str


class AlgorithmShape(Shape):
    """`sees` says what it looks for, `limits` what it cannot see. What is only `suspected` is never confirmed without a
    person. `sensitivity` and `night` are the parameters that hold by a zone's choice and after dark; `shapes` what is
    drawn for each mode (`default` where there are no modes). `keeps_still`: standing things cannot be left out.

    `state` is missing_model where no model knows its `targets`; `state_detail` says what to do.
    """

    code: str
    name: str
    targets: list[str]
    default_level: int
    default_type: str
    suspected: bool
    about_person: bool
    opt_in_model: bool
    keeps_still: bool
    cool_down_seconds: float
    parameters: list[ParameterShape]
    sensitivity: dict[str, dict[str, float]]
    night: dict[str, float]
    shapes: dict[str, ZoneShapeName]
    sees: str
    limits: str
    models: list[AlgorithmModel]
    state: Literal["ready", "missing_model"]
    state_detail: str


class AlgorithmList(Shape):
    items: list[AlgorithmShape]


class AlgorithmCamera(Shape):
    """A camera that is watched by an algorithm: its zones by name, and how many of them are on."""

    id: int
    code: str
    name: str
    area_label: str
    enabled: bool
    zones: list[str]
    watching: int


class AlgorithmPage(AlgorithmShape):
    """The algorithm's own page: `zones` and `cameras` count those the reader may see, `watching` the enabled zones.
    `used_by` are the first of these cameras by code."""

    zones: int
    watching: int
    cameras: int
    used_by: list[AlgorithmCamera]
