"""What the API of the rules of risk gives out."""

from datetime import datetime
from typing import Literal

from accounts.setting_shapes import BoundShape, SettingShape
from analytics.shapes import Shape

RiskLevelName = Literal["district", "street", "community", "grid"]


class RiskRuleShape(SettingShape):
    """Version 1 that nobody set is as shipped."""

    code: str
    kind: Literal["outbreak", "cycle", "spread", "backlog"]
    name: str
    name_en: str
    statistic: Literal["surge", "recurrence", "spread", "number"]
    measure: str
    levels: list[RiskLevelName]
    type_codes: list[str]
    citizens_only: bool
    window_days: int
    compared: int
    minimum: int
    attention: float
    warning: float
    alarm: float
    is_on: bool


class RiskMeasure(Shape):
    name: str
    zh: str
    en: str


class RiskRuleList(Shape):
    items: list[RiskRuleShape]
    measures: list[RiskMeasure]
    bounds: list[BoundShape]
    highest: int
    may_edit: bool


class RiskCounts(Shape):
    """By level of risk: attention, warning, alarm."""

    places: list[int]
    events: list[int]
    is_truncated: bool


class RiskWeek(Shape):
    """A judgement at the moment, by the rule in force and by the draft, at the narrowest level of each."""

    at: datetime
    now: RiskCounts
    then: RiskCounts


class RiskLevelTrial(Shape):
    """The judgement of this moment at a level."""

    level: RiskLevelName
    now: RiskCounts
    then: RiskCounts


class RiskRuleTrial(Shape):
    weeks: list[RiskWeek]
    levels: list[RiskLevelTrial]
