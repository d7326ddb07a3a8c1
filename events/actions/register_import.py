"""A sheet brought into a register whose things are known by their codes: compared, tried, then written all together or
not at all. What a cell means and what a row writes, the register says.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from django.db import transaction

from events.errors import PreviewOutdated
from events.sheets.columns import Column
from events.sheets.differences import Difference, FieldChange, Preview, fault_at
from events.sheets.reading import OF_CELLS, CellFault, Sheet, SheetRow

Compare = Callable[[], Preview]
Write = Callable[[Preview], None]
"""Tries every difference; a row that is refused becomes a fault of the preview."""


class Registered(Protocol):
    pk: int
    version: int


T = TypeVar("T", bound=Registered)


class _Undone(Exception):
    """Takes back what was tried for the preview."""


def try_out(compare: Compare, write: Write) -> Preview:
    """What importing would do, and every row that must be corrected first. Nothing is written: each row is really
    tried, with all checks of the actions, and taken back."""
    preview = compare()
    try:
        with transaction.atomic():
            write(preview)
            raise _Undone
    except _Undone:
        return preview


def bring_in(compare: Compare, write: Write, fingerprint: str) -> Preview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or register changed since."""
    with transaction.atomic():
        preview = compare()
        write(preview)
        if not preview.fingerprint or preview.fingerprint != fingerprint:
            raise PreviewOutdated()
    return preview


def compared(
    sheet: Sheet,
    *,
    known: Callable[[set[str]], Mapping[str, T]],
    read: Callable[[SheetRow], tuple[dict[str, Any], list[CellFault]]],
    changes: Callable[[Mapping[str, Any], T | None], list[FieldChange]],
) -> Preview:
    """Row by row what is new, changed or wrong. `known` finds by codes, `read` gives a row's values and what is wrong
    in it, `changes` says what these values would change of the thing, or of nothing.
    """
    preview = Preview(sheet.name, faults=list(sheet.faults), ignored=sheet.ignored)
    if any(fault.code not in OF_CELLS for fault in preview.faults):
        return preview
    present = known({row.cells["code"] for row in sheet.rows})
    seen: dict[str, int] = {}
    for row in sheet.rows:
        values, faults = read(row)
        if first := seen.get(values.get("code", "")):
            told = f"与第 {first} 行编码相同。", f"Same code as row {first}."
            faults.append(fault_at(row, sheet, "code", "double", *told))
        preview.faults += faults
        if not faults:
            seen[values["code"]] = row.number
            one = present.get(values["code"])
            _compare_row(preview, row, values, one, tuple(changes(values, one)))
    return preview


def _compare_row(
    preview: Preview, row: SheetRow, values: dict[str, Any], one: Registered | None, shown: tuple[FieldChange, ...]
) -> None:
    if one is not None and not shown:
        preview.unchanged += 1
        return
    preview.differences.append(
        Difference(
            "new" if one is None else "changed",
            row.number,
            values["code"],
            values["name"],
            shown,
            values,
            one.pk if one else None,
            one.version if one else 0,
        )
    )


def filled_cells(
    row: SheetRow, sheet: Sheet, columns: Mapping[str, Column], faults: list[CellFault]
) -> Iterator[tuple[str, str]]:
    """Key and text of the cells that hold something to be read; what is needed and missing becomes a fault."""
    for key, text in row.cells.items():
        column = columns[key]
        if column.of == "told":
            continue
        if text:
            yield key, text
        elif column.required:
            faults.append(fault_at(row, sheet, key, "required", f"请填写{column.zh}。", f"{column.en} is needed."))
