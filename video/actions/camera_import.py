"""Many cameras at once from a sheet: what it would change is shown first, then written all together or not at all."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.db import transaction

from core.actor import Actor
from core.errors import DomainError
from events.errors import PreviewOutdated
from events.sheets.differences import (
    CLEARED,
    Difference,
    FieldChange,
    Kind,
    Preview,
    Undone,
    fault_at,
    no_number,
    number_in,
    refusal,
    unknown_word,
)
from events.sheets.reading import OF_CELLS, CellFault, Sheet, SheetRow, read_sheet
from video.actions.camera_checks import shown_address
from video.actions.camera_groups import group_named
from video.actions.cameras import create_camera, edit_camera
from video.models import Camera
from video.policies import require_any_camera_admin
from video.sheets.columns import BY_KEY, CHOICES, FORM, NUMBERS, SECRET, value_of

_HIDDEN = "***"
_MAY_BE_EMPTY = ("group", "sub_source", "control_address")


def preview_cameras(*, file: BinaryIO, size: int, actor: Actor) -> Preview:
    """New and changed cameras field by field, and every row that must be corrected first. Nothing is written: each row
    is really tried, with all checks of the actions, and taken back."""
    require_any_camera_admin(actor)
    preview = _compare(read_sheet(file, size, FORM))
    try:
        with transaction.atomic():
            _write(preview, actor)
            raise Undone
    except Undone:
        return preview


def import_cameras(*, file: BinaryIO, size: int, fingerprint: str, actor: Actor) -> Preview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or cameras changed since."""
    require_any_camera_admin(actor)
    with transaction.atomic():
        preview = _compare(read_sheet(file, size, FORM))
        _write(preview, actor)
        if not preview.fingerprint or preview.fingerprint != fingerprint:
            raise PreviewOutdated()
    return preview


def _compare(sheet: Sheet) -> Preview:
    preview = Preview(sheet.name, faults=list(sheet.faults), ignored=sheet.ignored)
    if any(fault.code not in OF_CELLS for fault in preview.faults):
        return preview
    codes = {row.cells["code"] for row in sheet.rows}
    known = {one.code: one for one in Camera.objects.filter(code__in=codes).select_related("group")}
    seen: dict[str, int] = {}
    for row in sheet.rows:
        values, faults = _values(row, sheet)
        if first := seen.get(values.get("code", "")):
            faults.append(
                fault_at(row, sheet, "code", "double", f"与第 {first} 行编码相同。", f"Same code as row {first}.")
            )
        preview.faults += faults
        if not faults:
            seen[values["code"]] = row.number
            _difference(preview, row, values, known.get(values["code"]))
    return preview


def _difference(preview: Preview, row: SheetRow, values: dict[str, Any], camera: Camera | None) -> None:
    shown = tuple(_changes(values, camera))
    if camera is not None and not shown:
        preview.unchanged += 1
        return
    kind: Kind = "new" if camera is None else "changed"
    preview.differences.append(
        Difference(
            kind,
            row.number,
            values["code"],
            values["name"],
            shown,
            values,
            camera.pk if camera else None,
            camera.version if camera else 0,
        )
    )


def _changes(values: Mapping[str, Any], camera: Camera | None) -> list[FieldChange]:
    changes = []
    for key, value in values.items():
        if key in SECRET:
            changes.append(FieldChange(key, "", _HIDDEN))
            continue
        before = _present(camera, key) if camera is not None else None
        after = shown_address(value) if key in ("source", "sub_source") else value
        if camera is None or before != after:
            changes.append(FieldChange(key, "" if before is None else str(before), "" if after is None else str(after)))
    return changes


def _present(camera: Camera, key: str) -> Any:
    if key == "group":
        return camera.group.name if camera.group else ""
    return getattr(camera, key)


def _values(row: SheetRow, sheet: Sheet) -> tuple[dict[str, Any], list[CellFault]]:
    values: dict[str, Any] = {}
    faults: list[CellFault] = []
    for key, text in row.cells.items():
        column = BY_KEY[key]
        if column.of == "told":
            continue
        if not text:
            if column.required:
                faults.append(fault_at(row, sheet, key, "required", f"请填写{column.zh}。", f"{column.en} is needed."))
            continue
        if key in CHOICES:
            _read_choice(values, key, text, faults, row, sheet)
        elif key in NUMBERS:
            _read_number(values, key, text, faults, row, sheet)
        else:
            values[key] = "" if key in _MAY_BE_EMPTY and text in CLEARED else text
    return values, faults


def _read_choice(
    values: dict[str, Any], key: str, text: str, faults: list[CellFault], row: SheetRow, sheet: Sheet
) -> None:
    value = value_of(key, text)
    if value is None:
        faults.append(unknown_word(row, sheet, key, CHOICES[key]))
    elif key == "priority":
        values[key] = int(value)
    else:
        values[key] = value == "true" if key in ("is_high", "enabled", "can_turn") else value


def _read_number(
    values: dict[str, Any], key: str, text: str, faults: list[CellFault], row: SheetRow, sheet: Sheet
) -> None:
    if text in CLEARED and not BY_KEY[key].required and key != "pictures_per_second":
        values[key] = None
        return
    number = number_in(text)
    if number is None:
        faults.append(no_number(row, sheet, key))
        return
    values[key] = number


def _write(preview: Preview, actor: Actor) -> None:
    for one in preview.differences:
        values = dict(one.values)
        try:
            with transaction.atomic():
                if "group" in values:
                    values["group_id"] = group_named(values.pop("group"), actor)
                if one.subject_id is None:
                    create_camera(actor=actor, **values)
                else:
                    if values["source"].startswith("gateway://"):
                        values.pop("source")
                    edit_camera(camera_id=one.subject_id, changes=values, actor=actor, version=one.version)
        except DomainError as refused:
            preview.faults.append(refusal(one.row, refused))
