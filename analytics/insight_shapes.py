"""The shapes of the pages of figures: how it runs, how long it takes, what comes again, how good alarms are, what is at
risk. None means no data, which is not zero.
"""

from datetime import date, datetime
from typing import Literal

from analytics.shapes import Shape
from events.shapes import AlertRow, AlertState, EventRow


class DayFigures(Shape):
    """`on_time_rate` of the events closed on the day."""

    day: date
    received: int
    closed: int
    on_time_rate: float | None


class AgeFigures(Shape):
    """Open events by age: up to a day, three, seven, thirty, older."""

    age: Literal["day", "three_days", "week", "month", "older"]
    open: int


class RunningTotals(Shape):
    received: int
    closed: int
    on_time_rate: float | None


class ForecastDay(Shape):
    """Four of five days lie between `low` and `high`."""

    day: date
    value: float
    low: float
    high: float


class Running(Shape):
    """`before` is the same number of days earlier; `last_week_error` how wrong the forecast of a week ago was."""

    days: list[DayFigures]
    ages: list[AgeFigures]
    totals: RunningTotals
    before: RunningTotals
    forecast: list[ForecastDay]
    last_week_error: float | None


class StepFigures(Shape):
    """Half of the events took no longer than the median, nine of ten no longer than the ninetieth."""

    step: Literal["accept", "verify", "dispatch", "sign", "handle", "check", "close", "whole"]
    measure: str
    events: int
    median_minutes: float | None
    ninetieth_minutes: float | None


class Handling(Shape):
    steps: list[StepFigures]


class Place(Shape):
    """Where cases of a kind lie within fifty metres of each other: the point around which most do, and how many. A
    case is in one place.
    """

    lng: float
    lat: float
    type_code: str
    type_name: str
    area_label: str
    count: int
    first_at: datetime
    last_at: datetime


class Repeats(Shape):
    since: datetime
    until: datetime
    is_truncated: bool
    places: list[Place]


class RepeatedEvents(Shape):
    items: list[EventRow]
    next: str | None


class Flood(Shape):
    """Ten minutes, from `at` on, with more than ten alarms."""

    at: datetime
    count: int


class AlarmRate(Shape):
    """`floods`: how many ten minutes had more than ten alarms, and `flood_share` of all there were; `flooded` the
    alarms in them. `peak_at` and `at` are where ten minutes begin.
    """

    raised: int
    mean_in_ten_minutes: float | None
    peak_in_ten_minutes: int | None
    peak_at: datetime | None
    flood_share: float | None
    floods: int
    flooded: int
    worst_floods: list[Flood]


class StateCount(Shape):
    state: AlertState
    count: int


class OperatorFigures(Shape):
    id: int
    name: str
    acknowledged: int
    mean_in_ten_minutes: float
    peak_in_ten_minutes: int
    peak_at: datetime


class RuleFigures(Shape):
    """An algorithm or a rule, and what people made of what it raised."""

    source: str
    rule: str
    rule_name: str
    alerts: int
    confirmed: int
    dismissed: int
    false_rate: float | None


class NoisySource(RuleFigures):
    """`seen` counts every finding, also those that only raised the counter of an open alert."""

    subject_kind: str
    subject_id: int
    camera: str
    place: str
    seen: int


class StandingAlert(Shape):
    id: int
    title: str
    level: int
    area_label: str
    found_at: datetime


class StandingAlerts(Shape):
    """Open for more than a day; the oldest ones by name."""

    count: int
    oldest: list[StandingAlert]


class LevelShare(Shape):
    level: Literal["critical", "urgent", "other"]
    count: int
    share: float | None
    target: float


class Alarms(Shape):
    rate: AlarmRate
    states: list[StateCount]
    operators: list[OperatorFigures]
    noisy: list[NoisySource]
    rules: list[RuleFigures]
    standing: StandingAlerts
    levels: list[LevelShare]


class CountedAlerts(Shape):
    """What a number of the page counts, alert by alert."""

    items: list[AlertRow]
    next: str | None


class Risk(Shape):
    """A place at risk and why: `current` events of a kind in the window, `past` ones in the windows before, and the
    threshold that `value` reached. `rank`: 1 attention, 2 warning, 3 alarm.
    """

    id: int
    kind: Literal["outbreak", "cycle", "spread", "backlog"]
    level: Literal["district", "street", "community", "grid"]
    area_path: str
    area_name: str
    type_code: str
    type_name: str
    rank: int
    rule: str
    rule_en: str
    statistic: Literal["surge", "recurrence", "spread", "number"]
    value: float
    threshold: float
    current: int
    past: list[int]
    window_days: int
    begins: datetime
    ends: datetime


class Risks(Shape):
    """`judged_at` is None where nothing was judged yet."""

    items: list[Risk]
    next: str | None
    judged_at: datetime | None
    is_truncated: bool


class Judged(Shape):
    """`found` in the reader's own areas."""

    judged_at: datetime
    found: int
