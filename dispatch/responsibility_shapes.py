"""Who answers for a grid: its team, its lists, what is missing, and whoever is nearest."""

from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

PostName = Literal["leader", "secretary", "full_time", "part_time", "instructor", "cadre", "enforcement", "volunteer"]
Lack = Literal["leader", "full_time", "on_duty"]
LACKS: tuple[Lack, ...] = get_args(Lack)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TeamMember(Shape):
    """`id` is null for a grid worker who belongs to the team because the grid is his or her own area."""

    id: int | None
    post: PostName
    name: str
    unit_name: str
    phone: str
    since: date | None
    responder_id: int | None
    user_id: int | None
    on_duty: bool | None
    """Null for somebody whose hours are not known here."""


class RoundCount(Shape):
    """Of the rounds that were due `so_far` in the present period (the one that is on now included): how many are
    done, and for how many somebody is out.
    """

    done: int
    open: int
    so_far: int


class DutyLine(Shape):
    """`rounds`: how a line that makes tasks stands in the grid that was asked for; null in lists and of other lines."""

    id: int
    version: int
    area_path: str
    level: Literal["grid", "micro_grid"]
    kind: Literal["duty", "task"]
    group: str
    title: str
    post: PostName
    times: int
    per: Literal["day", "week", "month", "quarter", "year", "need"]
    rank: int
    makes_tasks: bool
    rounds: RoundCount | None = None


class GridTeam(Shape):
    grid_path: str
    grid_name: str
    area_label: str
    members: list[TeamMember]
    lacks: list[Lack]
    duties: list[DutyLine]


class DutyLines(Shape):
    items: list[DutyLine]


class GridGap(Shape):
    id: int
    path: str
    code: str
    name: str
    area_label: str
    lacks: list[Lack]
    workers: int
    on_duty: int


class Gaps(Shape):
    """Grids below an area where somebody is missing now. `grids` counts all of them, `complete` those without a gap."""

    grids: int
    complete: int
    lacking: dict[Lack, int]
    items: list[GridGap]


class Answering(Shape):
    """A worker on duty for a place: of its own grid, of a neighbouring one, or merely the nearest."""

    responder_id: int
    user_id: int | None
    name: str
    kind: str
    phone: str
    of: Literal["own", "neighbour", "nearest"]
    grid_path: str
    distance_m: int | None
    busy_with: str | None
