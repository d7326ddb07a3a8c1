"""The shapes of replays, of what is kept for them, and of zones on trial."""

from datetime import date, datetime
from typing import Any, Literal

from video.precision_shapes import PrecisionFigure
from video.shapes import Shape
from video.zone_shapes import ZoneRow

ReplayState = Literal["queued", "running", "done", "failed", "cancelled"]


class Kept(Shape):
    """What is kept of what a camera saw; `kept_days` is for how long the site keeps it, 0: not at all."""

    kept_days: int
    blocks: int
    looks: int
    things: int
    size_bytes: int
    bytes_per_day: int
    first_at: datetime | None
    last_at: datetime | None


class TallyShape(Shape):
    """So many alerts, by what people made of them."""

    total: int
    confirmed: int
    dismissed: int


class RaisedItem(Shape):
    alert_id: int
    began_at: datetime
    verdict: Literal["confirmed", "dismissed", "none"]


class WouldBe(Shape):
    """Something that would be told and was not. `as_now`: the zone as it stands would tell it too; it fell into an open
    alert or a cool-down."""

    began_at: datetime
    ended_at: datetime
    lasted_seconds: float
    confidence: float
    boxes: list[Any]
    as_now: bool


class ReplayDay(Shape):
    day: date
    raised: int
    would_be: int


class ReplayResult(Shape):
    """`would_be` is how often the candidate would tell; `raised` the alerts of the zone while it is known what was seen
    (`uncovered` were raised at other times), `kept` and `lost` of them by the candidate, `new` beside them. `now` and
    `then` are the precision by people's judgements as it is and as it would be; nobody judged what is new.

    `as_it_is` is how often the zone as it stands tells in the same replay, None where there is none or its rule needs
    pictures, and `reproduced` how many of the raised alerts it tells again: how far the replay can be trusted.
    `never_seen` are words of the rule that nothing was ever taken for in this time.
    """

    looks: int
    watched_seconds: int
    would_be: int
    as_it_is: int | None
    reproduced: int | None
    raised: TallyShape
    kept: TallyShape
    lost: TallyShape
    new: int
    new_as_now: int
    uncovered: int
    now: PrecisionFigure
    then: PrecisionFigure
    never_seen: list[str]
    days: list[ReplayDay]
    lost_items: list[RaisedItem]
    new_items: list[WouldBe]


class ReplayRow(Shape):
    """A replay and how far it is. `problem` is a code where it failed."""

    id: int
    version: int
    camera_id: int
    zone_id: int | None
    candidate: dict[str, Any]
    since: datetime
    until: datetime
    state: ReplayState
    total: int
    looked: int
    problem: Literal["", "needs_pictures", "interrupted", "fault"]
    owner: str
    created_at: datetime
    ended_at: datetime | None


class ReplayDetail(ReplayRow):
    result: ReplayResult | None


class ReplayList(Shape):
    items: list[ReplayRow]
    kept: Kept


class ZoneTrialRow(Shape):
    """A zone on trial. `compares_with` is the zone in force that it may replace."""

    zone: ZoneRow
    camera_id: int
    camera_name: str
    compares_with: ZoneRow | None
    since: datetime | None
    findings: int
    may_edit: bool


class ZoneTrialList(Shape):
    items: list[ZoneTrialRow]


class ShadowFindingRow(Shape):
    id: int
    found_at: datetime
    last_seen_at: datetime
    seen_count: int
    confidence: float | None
    boxes: list[Any]
    still_url: str | None
    alert_id: int | None


class ZoneTrialReport(Shape):
    """A zone on trial against the one in force, since the trial began or over `days`: `both` told it, `only_trial` and
    `only_active` one of them. `now` and `then` are the precision by people's judgements of the alerts each told.
    `kept_days` is for how long stills and findings of trials stay."""

    trial: ZoneTrialRow
    days: int
    since: datetime
    kept_days: int
    trial_findings: int
    active_alerts: TallyShape
    both: TallyShape
    only_active: TallyShape
    only_trial: int
    now: PrecisionFigure
    then: PrecisionFigure
    findings: list[ShadowFindingRow]
    missed: list[RaisedItem]
