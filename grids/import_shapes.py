"""What the API tells of an import of boundaries."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

ImportStateName = Literal["received", "reading", "refused", "read", "placed", "drafted", "dropped"]
DatumName = Literal["cgcs2000", "wgs84", "gcj02", "bd09"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BoundaryImportLayer(Shape):
    """A layer of the file. `extent` is in its own numbers; `projection` is empty where somebody must choose a strip.

    `names_system` is true where the file itself names a coordinate system (`system`); `encoding_said` is false where
    the encoding of its texts was found by trying.
    """

    name: str
    fields: list[str]
    samples: list[dict[str, str]]
    count: int
    areas: int
    names_system: bool
    system: str
    extent: list[float]
    projection: str
    strips: list[int]
    swapped: bool
    encoding: str
    encoding_said: bool


class BoundaryImportRow(Shape):
    """A file that a worker reads tells how many of its shapes are `read`, and of how many once that is known; one that
    could not be read tells why.
    """

    id: int
    version: int
    state: ImportStateName
    root_path: str
    root_name: str
    level: str
    file_name: str
    size: int
    format: str
    created_at: datetime
    created_by: str
    draft_id: int | None
    read: int
    total: int | None
    problem_zh: str
    problem_en: str


class BoundaryImportDetail(BoundaryImportRow):
    """`national_list` names the list that names and codes are matched with; empty where it was not obtained."""

    layers: list[BoundaryImportLayer]
    layer: str
    projection: str
    datum: str
    swapped: bool
    name_field: str
    code_field: str
    national_list: str
    published: int
    """How many areas of this level are in force below the root: what the file is compared with."""


class BoundaryImportPage(Shape):
    """`limit_mb`: how large a file may be, so that a page refuses a larger one before it is sent."""

    items: list[BoundaryImportRow]
    next: str | None
    limit_mb: int


class PlacingOffset(Shape):
    """How far the file lies from the published areas (median, metres) if its numbers are this."""

    projection: str
    datum: DatumName
    swapped: bool
    median_m: float
    east_m: float
    north_m: float
    compared: int
    by: Literal["names", "borders"]


class ProjectionStrip(Shape):
    epsg: int
    name: str


class BoundaryImportPlacings(Shape):
    """The assumptions, best first. `likely` is null where nothing is published to compare with."""

    offsets: list[PlacingOffset]
    likely: PlacingOffset | None
    trap_m: float
    strips: list[ProjectionStrip]


class RowFinding(Shape):
    """What was said of a row; an "error" or an unanswered "ask" keeps it out of the draft."""

    code: str
    weight: Literal["error", "ask", "note"]
    message_zh: str
    message_en: str


class NationalMatch(Shape):
    code: str
    name: str
    score: float


class PresentArea(Shape):
    id: int
    code: str
    name: str


class BoundaryMatchedRow(Shape):
    number: int
    taken: bool
    name: str
    code: str
    code_from: Literal["", "file", "person", "present", "national", "rule"]
    parent_code: str
    parent_name: str
    present: PresentArea | None
    national: list[NationalMatch]
    area_m2: float
    parts: int
    holes: int
    crosses_at: list[float] | None
    repaired: bool
    blocked: bool
    findings: list[RowFinding]


class BoundaryImportCounts(Shape):
    rows: int
    taken: int
    new: int
    changed: int
    blocked: int
    crossing: int


class BoundaryImportRows(Shape):
    """`missing` are areas of the level in force below the root that no row is for."""

    version: int
    counts: BoundaryImportCounts
    items: list[BoundaryMatchedRow]
    missing: list[PresentArea]


class DraftFilledCounts(Shape):
    added: int
    changed: int
    unchanged: int
    closed: int
    refused: list[str]


class BoundaryImportFilled(Shape):
    draft_id: int
    filled: DraftFilledCounts
