"""The shapes of an import that is previewed and then written, the same for every register that sheets fill."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.errors import Language
from events.sheets.differences import Preview
from events.sheets.reading import MOST_FAULTS


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SheetChange(Shape):
    field: str
    before: str
    after: str


class SheetDifference(Shape):
    kind: Literal["new", "changed"]
    row: int
    code: str
    name: str
    changes: list[SheetChange]


class SheetFault(Shape):
    sheet: str
    row: int
    column: str
    code: str
    message: str


class SheetCounts(Shape):
    new: int
    changed: int
    unchanged: int


class SheetPreview(Shape):
    """Nothing is written yet. `fingerprint` is empty while there are errors."""

    fingerprint: str
    counts: SheetCounts
    items: list[SheetDifference]
    errors: list[SheetFault]
    error_count: int
    ignored_columns: list[str]


class SheetDone(Shape):
    counts: SheetCounts


def counts_of(preview: Preview) -> SheetCounts:
    kinds = [one.kind for one in preview.differences]
    return SheetCounts(new=kinds.count("new"), changed=kinds.count("changed"), unchanged=preview.unchanged)


def shape_of(preview: Preview, language: Language) -> SheetPreview:
    """The preview as a page shows it: the first faults in full, all of them counted."""
    return SheetPreview(
        fingerprint=preview.fingerprint,
        counts=counts_of(preview),
        items=[
            SheetDifference(
                kind=one.kind,
                row=one.row,
                code=one.code,
                name=one.name,
                changes=[SheetChange(field=c.field, before=c.before, after=c.after) for c in one.changes],
            )
            for one in preview.differences
        ],
        errors=[
            SheetFault(
                sheet=preview.sheet,
                row=fault.row,
                column=fault.column,
                code=fault.code,
                message=fault.zh if language == "zh" else fault.en,
            )
            for fault in sorted(preview.faults, key=lambda fault: fault.row)[:MOST_FAULTS]
        ],
        error_count=len(preview.faults),
        ignored_columns=list(preview.ignored),
    )
