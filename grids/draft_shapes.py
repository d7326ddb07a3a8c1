"""What the API of drafts gives out."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DraftRow(Shape):
    """A draft as lists show it. `changes` counts areas by change; `allowed_moves` are the reader's own."""

    id: int
    number: int
    title: str
    source: str
    root_id: int
    root_path: str
    root_name: str
    state: str
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    submitted_by: str
    reason: str
    effective_at: datetime | None
    published_at: datetime | None
    changes: dict[str, int]
    allowed_moves: list[str]


class DraftList(Shape):
    items: list[DraftRow]


class DraftAreaBefore(Shape):
    code: str
    name: str
    households: int


class DraftAreaRow(Shape):
    """What the draft says about one area; `before` is what the published tree says (null: a new area)."""

    ref: str
    change: str
    level: str
    code: str
    name: str
    households: int
    parent: str
    path: str
    before: DraftAreaBefore | None


class DraftUndo(Shape):
    """The step that undoing would take back; `mine` is false where a colleague made it."""

    tool: str
    by: str
    mine: bool


class DraftDetail(DraftRow):
    areas: list[DraftAreaRow]
    undo: DraftUndo | None


class DraftStep(Shape):
    """The draft after a step, and the refs that the step made or kept."""

    draft: DraftDetail
    refs: list[str]


class PlannedArea(Shape):
    """One area as the draft would leave it. `before` is the present outline where it is another one."""

    ref: str
    level: str
    parent: str
    code: str
    name: str
    households: int
    path: str
    workers: int | None
    change: str
    geometry: dict[str, Any]
    before: dict[str, Any] | None


class DraftPlan(Shape):
    version: int
    areas: list[PlannedArea]


class CheckFinding(Shape):
    """`kind` is the check, `severity` blocks or warns, `bounds` where to look: west, south, east, north; `norm` what
    the value was measured by, where the site sets that.
    """

    kind: str
    severity: str
    refs: list[str]
    names: list[str]
    value: float
    norm: int | None
    geometry: dict[str, Any] | None
    bounds: list[float] | None


class DraftChecks(Shape):
    version: int
    blocking: int
    items: list[CheckFinding]


class DraftBorder(Shape):
    """The line between two neighbours; null where they do not meet."""

    line: dict[str, Any] | None


class ProposedCode(Shape):
    ref: str
    name: str
    present: str
    code: str


class ProposedCodes(Shape):
    items: list[ProposedCode]


class DraftHistoryRow(Shape):
    at: datetime
    by: str
    move: str
    to_state: str
    facts: dict[str, Any]


class DraftHistory(Shape):
    items: list[DraftHistoryRow]


class SuccessionRow(Shape):
    """A part (0–1) of the old area's ground, and the area that holds it since `at`."""

    old_path: str
    old_name: str
    new_path: str
    new_name: str
    share: float
    at: datetime


class SuccessionList(Shape):
    items: list[SuccessionRow]


class PlaceOfPoint(Shape):
    """The deepest area that covers the point; both null where none does."""

    path: str | None
    label: str | None


class PlacesOfPoints(Shape):
    items: list[PlaceOfPoint]
