"""Bringing the catalogue in from a sheet: what would change is shown first, and written only as it was shown."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from django.db import transaction

from accounts.models import OrgUnit
from core.actor import Actor
from core.history.chain import canonical
from events.actions.event_types import names_of, number_fault
from events.actions.type_versions import Planned, digest_of, lock_catalogue, retire_rows, write_versions
from events.catalogue_policies import editor_role
from events.errors import PreviewOutdated
from events.models import EventType
from events.queries.event_types import CAN_LEAD, content_of, known_names, last_versions
from events.rules.type_content import FieldChange, TypeContent, as_plain, changes_between
from events.sheets.reading import OF_CELLS, CellFault, Sheet, read_sheet
from events.sheets.understanding import SheetType, understand

Kind = Literal["new", "changed", "restored", "retired"]


@dataclass(frozen=True)
class Difference:
    """What importing would do to one type. `row` is where the sheet has it, None where the sheet leaves it out."""

    kind: Kind
    content: TypeContent
    previous: EventType | None
    changes: tuple[FieldChange, ...] = ()
    row: int | None = None


@dataclass
class Preview:
    """What importing would do to the catalogue; nothing of it is written yet.

    `fingerprint` stands for exactly these changes on exactly these versions; there is none while the file has faults.
    """

    sheet: str
    differences: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    faults: list[CellFault] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        if self.faults:
            return ""
        told = [
            [one.kind, one.content.code, one.previous.version if one.previous else 0, digest_of(one.content)]
            for one in self.differences
        ]
        return hashlib.sha256(canonical([told, self.unchanged])).hexdigest()


def preview_import(*, file: BinaryIO, size: int, actor: Actor, retire_missing: bool = False) -> Preview:
    """New, changed field by field, restored and retired types; and every cell that must be corrected first."""
    editor_role(actor)
    return _compare(read_sheet(file, size), retire_missing=retire_missing)


def apply_import(
    *, file: BinaryIO, size: int, fingerprint: str, actor: Actor, retire_missing: bool = False, note: str = ""
) -> Preview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or catalogue changed since."""
    role = editor_role(actor)
    sheet = read_sheet(file, size)
    with transaction.atomic():
        lock_catalogue()
        preview = _compare(sheet, retire_missing=retire_missing)
        if not preview.fingerprint or preview.fingerprint != fingerprint:
            raise PreviewOutdated()
        leaving = [one.previous for one in preview.differences if one.kind == "retired" and one.previous]
        retire_rows(leaving, actor=actor, role=role, reason=note)
        plan = [Planned(one.previous, one.content) for one in preview.differences if one.kind != "retired"]
        write_versions(plan, actor=actor, role=role, note=note)
    return preview


def _compare(sheet: Sheet, *, retire_missing: bool) -> Preview:
    preview = Preview(sheet.name, faults=list(sheet.faults), ignored=sheet.ignored)
    if any(fault.code not in OF_CELLS for fault in preview.faults):
        return preview
    last = last_versions()
    present = {code: content_of(row) for code, row in last.items()}
    names = dict(OrgUnit.objects.filter(is_active=True, kind__in=CAN_LEAD).values_list("name", "code"))
    understood = understand(sheet, present=present, known=known_names(), unit_names=names)
    unread = {(fault.row, fault.column) for fault in preview.faults}
    preview.faults += [fault for fault in understood.faults if (fault.row, fault.column) not in unread]
    for one in understood.types:
        _difference(preview, one, last.get(one.content.code), present.get(one.content.code), sheet)
    if retire_missing:
        told = {one.content.code for one in understood.types}
        missing = [row for code, row in sorted(last.items()) if row.is_current and code not in told]
        preview.differences += [Difference("retired", present[row.code], row) for row in missing]
    _refuse_named(preview, sheet)
    _refuse_double_numbers(preview, last.values(), sheet)
    return preview


def _difference(
    preview: Preview, one: SheetType, previous: EventType | None, before: TypeContent | None, sheet: Sheet
) -> None:
    """Sort one type of the sheet by what it does to the catalogue."""
    if previous is None or before is None:
        if one.is_retired:
            preview.faults.append(
                CellFault(
                    one.row, sheet.letters.get("state", ""), "retired_unknown",
                    "目录中没有这个类型，不能停用。请删去该行，或将状态改为“在用”。",
                    "The catalogue has no such type to retire. Delete the row, or set its state to in force.",
                )
            )  # fmt: skip
        else:
            preview.differences.append(Difference("new", one.content, None, (), one.row))
        return
    if one.is_retired:
        if previous.is_current:
            preview.differences.append(Difference("retired", before, previous, (), one.row))
        else:
            preview.unchanged += 1
        return
    changes = tuple(changes_between(before, one.content))
    if not previous.is_current:
        preview.differences.append(Difference("restored", one.content, previous, changes, one.row))
    elif as_plain(before) != as_plain(one.content):
        preview.differences.append(Difference("changed", one.content, previous, changes, one.row))
    else:
        preview.unchanged += 1


def _refuse_named(preview: Preview, sheet: Sheet) -> None:
    """What a procedure, camera or rule still names is not retired."""
    for one in preview.differences:
        if one.kind != "retired":
            continue
        named = names_of(one.content.code)
        if named:
            preview.faults.append(
                CellFault(
                    one.row or 0, sheet.letters.get("state", "") if one.row else "", "still_named",
                    f"“{one.content.name}”不能停用，仍被引用：{'、'.join(named)}。",
                    f"{one.content.code} cannot be retired while it is named by: {', '.join(named)}.",
                )
            )  # fmt: skip


def _refuse_double_numbers(preview: Preview, last: Iterable[EventType], sheet: Sheet) -> None:
    """The catalogue as it would be must have every number once."""
    touched = {one.content.code for one in preview.differences}
    held: dict[tuple[str, str, str], TypeContent | EventType] = {
        (row.category, row.main_class, row.sub_code): row
        for row in last
        if row.is_current and row.sub_code and row.code not in touched
    }
    for one in preview.differences:
        if one.kind == "retired":
            continue
        place = (one.content.category, one.content.main_class, one.content.sub_code)
        holder = held.setdefault(place, one.content)
        if holder is not one.content:
            fault = number_fault(one.content, holder)
            preview.faults.append(
                CellFault(one.row or 0, sheet.letters.get("sub_code", ""), fault.code, fault.zh, fault.en)
            )
