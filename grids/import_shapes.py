"""What the API tells of an import of boundaries."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

ImportStateName = Literal["read", "placed", "drafted", "dropped"]
DatumName = Literal["cgcs2000", "wgs84", "gcj02", "bd09"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ImportLayer(Shape):
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


class ImportRow(Shape):
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


class ImportDetail(ImportRow):
    """`national_list` names the list that names and codes are matched with; empty where it was not obtained."""

    layers: list[ImportLayer]
    layer: str
    projection: str
    datum: str
    swapped: bool
    name_field: str
    code_field: str
    national_list: str
    published: int
    """How many areas of this level are in force below the root: what the file is compared with."""


class ImportPage(Shape):
    items: list[ImportRow]
    next: str | None


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


class Strip(Shape):
    epsg: int
    name: str


class ImportPlacings(Shape):
    """The assumptions, best first. `likely` is null where nothing is published to compare with."""

    offsets: list[PlacingOffset]
    likely: PlacingOffset | None
    trap_m: float
    strips: list[Strip]


class Difference(Shape):
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


class MatchedRow(Shape):
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
    findings: list[Difference]


class ImportCounts(Shape):
    rows: int
    taken: int
    new: int
    changed: int
    blocked: int
    crossing: int


class ImportRows(Shape):
    """`missing` are areas of the level in force below the root that no row is for."""

    version: int
    counts: ImportCounts
    items: list[MatchedRow]
    missing: list[PresentArea]


class FilledCounts(Shape):
    added: int
    changed: int
    unchanged: int
    closed: int
    refused: list[str]


class ImportFilled(Shape):
    draft_id: int
    filled: FilledCounts
