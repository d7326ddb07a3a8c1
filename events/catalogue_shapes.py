"""What the catalogue's API gives out."""

from datetime import datetime
from typing import Literal

from events.shapes import Shape

CategoryName = Literal["part", "event", "governance"]
GroupName = Literal["enforcement", "service", "dispute"]
CheckModeName = Literal["on_site", "video", "call_back"]
Measure = Literal["urgent_hours", "working_hours", "working_days", "calendar_days"]


class MainClassShape(Shape):
    category: CategoryName
    code: str
    name: str
    version: int
    made_at: datetime | None
    made_by: str


class NamedCode(Shape):
    code: str
    name: str


class NumberedCode(Shape):
    code: str
    number: int
    name: str


class CatalogueRow(Shape):
    """A type in its last version. `is_current` false: it is retired. `is_starting_set`: it came with the software."""

    code: str
    number: str
    name: str
    category: CategoryName
    main_class: str
    main_code: str
    sub_code: str
    version: int
    is_current: bool
    is_starting_set: bool
    report_group: GroupName
    default_level: int
    default_unit_code: str
    default_unit_name: str | None
    scenario_code: str
    condition_count: int
    made_at: datetime | None
    made_by: str


class CatalogueList(Shape):
    items: list[CatalogueRow]
    main_classes: list[MainClassShape]
    retired_main_classes: list[MainClassShape]
    scenarios: list[NumberedCode]
    units: list[NamedCode]
    may_edit: bool


class CatalogueCondition(Shape):
    code: str
    text: str
    closing_standard: str
    limit_type: Measure
    limit_amount: str


class CatalogueChange(Shape):
    """`condition` is the code of a condition where the field is its own; a condition that came or went has one side."""

    field: str
    condition: str
    before: str | None
    after: str | None


class CatalogueVersion(Shape):
    version: int
    is_current: bool
    is_starting_set: bool
    made_at: datetime | None
    made_by: str
    note: str
    changes: list[CatalogueChange]


class Retirement(Shape):
    at: datetime | None
    by: str
    reason: str


class CatalogueType(CatalogueRow):
    """One type in full, its versions with the newest first. `open_events` is told to who may edit."""

    check_mode: CheckModeName
    filing_standard: str
    needs_before_photo: bool
    needs_after_photo: bool
    needs_check_photo: bool
    verification_advised: bool
    allows_self_handling: bool
    position: int
    note: str
    conditions: list[CatalogueCondition]
    versions: list[CatalogueVersion]
    retired: Retirement | None
    open_events: int | None


class ImportDifference(Shape):
    kind: Literal["new", "changed", "restored", "retired"]
    code: str
    sub_code: str
    name: str
    category: CategoryName
    main_class: str
    version: int | None
    row: int | None
    condition_count: int
    changes: list[CatalogueChange]


class ImportFault(Shape):
    """Row and column as Excel shows them; row 0 where the sheet leaves the type out."""

    sheet: str
    row: int
    column: str
    code: str
    message: str


class ImportCounts(Shape):
    new: int
    changed: int
    restored: int
    retired: int
    unchanged: int


class ImportPreview(Shape):
    """Nothing is written yet. `fingerprint` is empty while there are errors."""

    fingerprint: str
    counts: ImportCounts
    items: list[ImportDifference]
    errors: list[ImportFault]
    error_count: int
    ignored_columns: list[str]


class ImportDone(Shape):
    counts: ImportCounts
