"""The shape of the assessment's table."""

from datetime import date, datetime
from typing import Literal

from analytics.shapes import Shape
from events.shapes import EventRow


class MeasureShape(Shape):
    """`of` says what it counts: a formula names measures of one kind only."""

    name: str
    zh: str
    en: str
    of: Literal["EventLife", "DepartmentStint"]


class IndicatorShape(Shape):
    """`formula` as it is computed; `measures` are the numbers it names."""

    code: str
    name: str
    name_en: str
    formula: str
    unit: Literal["share", "minutes", "count"]
    higher_is_better: bool
    explanation: str
    measures: list[MeasureShape]


class Cell(Shape):
    """`value` is None where there is nothing to divide by: no data. `before` is the period compared with."""

    value: float | None
    before: float | None
    measures: dict[str, float]


class AssessmentRow(Shape):
    key: int
    name: str
    cells: dict[str, Cell]


class Assessment(Shape):
    """`read_until`: history is counted up to then."""

    subject: Literal["area", "department", "acceptor", "dispatcher", "checker", "collector"]
    first: date
    last: date
    read_until: datetime | None
    indicators: list[IndicatorShape]
    rows: list[AssessmentRow]
    whole: dict[str, Cell]


class CountedRow(Shape):
    """One run or stint that a number counts, and what it adds to a sum of minutes. `event` is None where the reader has
    no part in it any more, `order_id` the work order of the reader's own department.
    """

    event_id: int
    number: str
    run: int
    minutes: float | None
    event: EventRow | None
    order_id: int | None


class CountedPage(Shape):
    items: list[CountedRow]
    next: str | None


class IndicatorList(Shape):
    items: list[IndicatorShape]
    measures: list[MeasureShape]


class TrialValues(Shape):
    old: float | None
    new: float | None


class TrialRow(TrialValues):
    key: int
    name: str


class Trial(Shape):
    """The formula in force and another one, over last month."""

    subject: Literal["area", "department", "acceptor", "dispatcher", "checker", "collector"]
    first: date
    last: date
    formula: str
    in_force: str
    unit: Literal["share", "minutes", "count"]
    rows: list[TrialRow]
    whole: TrialValues


class VersionShape(Shape):
    """`at` is None for the one that came with the platform."""

    formula: str
    at: datetime | None
    by: str


class VersionList(Shape):
    items: list[VersionShape]
