"""The shapes of types, conditions, scenarios and standard texts."""

from typing import Any, Literal

from events.shapes.base import LimitShape, Shape, UnitRef


class ConditionShape(Shape):
    id: int
    code: str
    text: str
    handling_limit: LimitShape


class ScenarioBrief(Shape):
    code: str
    number: int
    name: str
    version: int
    steps: list[dict[str, Any]]


class EventTypeShape(Shape):
    code: str
    number: str
    name: str
    category: Literal["part", "event", "governance"]
    main_class: str
    report_group: Literal["enforcement", "service", "dispute"]
    default_level: int
    default_unit: UnitRef | None
    scenario_code: str
    needs_before_photo: bool
    """It is filed with a picture from the place, or with the reason why there is none."""
    needs_after_photo: bool
    verification_advised: bool
    allows_self_handling: bool
    check_mode: Literal["on_site", "video", "call_back"]
    conditions: list[ConditionShape]


class EventTypeList(Shape):
    items: list[EventTypeShape]


class ScenarioShape(Shape):
    code: str
    number: int
    name: str
    version: int
    definition: dict[str, Any]


class ScenarioList(Shape):
    items: list[ScenarioShape]


class ReplyTemplateShape(Shape):
    """A standard text for a move; an empty `type_code` fits every type. Facts in braces are filled in by the page."""

    id: int
    move: str
    type_code: str
    name: str
    text: str


class ReplyTemplateList(Shape):
    items: list[ReplyTemplateShape]
