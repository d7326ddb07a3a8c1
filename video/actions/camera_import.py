"""Many cameras at once from a sheet: what it would change is shown first, then written all together or not at all."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.db import transaction

from core.actor import Actor
from core.errors import DomainError
from events.actions.register_import import bring_in, compared, filled_cells, try_out
from events.sheets.differences import (
    CLEARED,
    FieldChange,
    Preview,
    no_number,
    number_in,
    refusal,
    unknown_word,
)
from events.sheets.reading import CellFault, Sheet, SheetRow, read_sheet
from video.actions.camera_checks import shown_address
from video.actions.camera_groups import group_named
from video.actions.cameras import create_camera, edit_camera
from video.models import Camera
from video.policies import require_any_camera_admin
from video.sheets.columns import BY_KEY, CHOICES, FORM, NUMBERS, SECRET, value_of

_HIDDEN = "***"
_MAY_BE_EMPTY = ("group", "sub_source", "control_address")


def preview_cameras(*, file: BinaryIO, size: int, actor: Actor) -> Preview:
    """New and changed cameras field by field, and every row that must be corrected first. Nothing is written."""
    require_any_camera_admin(actor)
    return try_out(lambda: _compare(read_sheet(file, size, FORM)), lambda preview: _write(preview, actor))


def import_cameras(*, file: BinaryIO, size: int, fingerprint: str, actor: Actor) -> Preview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or cameras changed since."""
    require_any_camera_admin(actor)
    return bring_in(lambda: _compare(read_sheet(file, size, FORM)), lambda preview: _write(preview, actor), fingerprint)


def _compare(sheet: Sheet) -> Preview:
    def known(codes: set[str]) -> dict[str, Camera]:
        return {one.code: one for one in Camera.objects.filter(code__in=codes).select_related("group")}

    return compared(sheet, known=known, read=lambda row: _values(row, sheet), changes=_changes)


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
    for key, text in filled_cells(row, sheet, BY_KEY, faults):
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
