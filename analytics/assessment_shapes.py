"""The shape of the assessment's table."""

from datetime import date, datetime
from typing import Literal

from analytics.shapes import Shape


class MeasureShape(Shape):
    name: str
    zh: str
    en: str


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
