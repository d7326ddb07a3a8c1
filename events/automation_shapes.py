"""The shapes of what may happen without a person: the figures, the limits, and a rehearsal on the past."""

from datetime import datetime
from typing import Literal

from events.shapes import Shape

AutomationState = Literal["none", "off", "on", "stopped"]
WhyNot = Literal[
    "",
    "off",
    "stopped",
    "no_scenario",
    "about_person",
    "suspected",
    "no_sample",
    "too_few",
    "below",
    "not_declared",
    "no_condition",
]


class FigureShape(Shape):
    """What people made of the findings: `lower` is the lower bound of the Wilson interval at 95 %, which is compared
    with what is asked; `ratio` and `lower` are None before the first judgement.
    """

    confirmed: int
    dismissed: int
    sample: int
    ratio: float | None
    lower: float | None


class PairScenario(Shape):
    """`condition` is under which filing condition the scenario lets it be filed; empty where it does not."""

    code: str
    name: str
    about_person: bool
    reason: str
    condition: str
    condition_text: str
    precision_above: float | None


class AutomationShape(Shape):
    """One source × rule. `why_not` and `why_not_filed` are empty where the platform may confirm, or file, by itself;
    `lacks` is what the measure lacks of the limits, whether it is switched on or not.
    `needed` is the smallest sample that could reach the precision asked, were all of it true. `version` 0: no limits
    yet, those shown are a proposal.
    """

    source: str
    source_name: str
    rule: str
    scenario: PairScenario | None
    state: AutomationState
    version: int
    confirms: bool
    files: bool
    min_precision: float
    min_sample: int
    window_days: int
    audit_percent: int
    figure: FigureShape
    needed: int
    why_not: WhyNot
    why_not_filed: WhyNot
    lacks: Literal["", "no_sample", "too_few", "below"]
    confirmed_by_platform: int
    sampled: int
    left: int
    edited_at: datetime | None
    edited_by: str
    switched_at: datetime | None
    switched_by: str
    stopped_because: WhyNot
    stopped_lower: float | None
    may_switch_on: bool


class ScenarioFigure(Shape):
    """All findings of a scenario's types, whichever rule made them, over the last `days` of the list."""

    code: str
    number: int
    name: str
    about_person: bool
    filing_declared: bool
    figure: FigureShape


class RoutingFigure(Shape):
    """How often the department that an automatic rule named was the one that took the event on."""

    rule_id: int
    name: str
    figure: FigureShape


class AutomationList(Shape):
    items: list[AutomationShape]
    scenarios: list[ScenarioFigure]
    routing: list[RoutingFigure]
    days: int
    may_edit: bool


class RehearsedAlert(Shape):
    id: int
    title: str
    found_at: datetime
    area_label: str
    decision_reason: str


class AutomationPreview(Shape):
    """What would have been automatic in the last `days`, and what people made of it. The newest wrong ones that the
    reader may see are listed. `truncated` where there were more findings than are looked at.
    """

    days: int
    examined: int
    automatic: int
    sampled: int
    confirmed: int
    dismissed: int
    undecided: int
    truncated: bool
    wrong: list[RehearsedAlert]
