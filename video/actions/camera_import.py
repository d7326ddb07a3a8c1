"""Many cameras at once from a sheet: what it would change is shown first, then written all together or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from django.db import transaction

from core.actor import Actor
from core.errors import DomainError
from core.history.chain import canonical
from events.errors import PreviewOutdated
from events.sheets.reading import OF_CELLS, CellFault, Sheet, SheetRow, read_sheet
from video.actions.camera_checks import shown_address
from video.actions.camera_groups import group_named
from video.actions.cameras import create_camera, edit_camera
from video.models import Camera
from video.policies import require_any_camera_admin
from video.sheets.columns import BY_KEY, CHOICES, FORM, NUMBERS, SECRET, value_of

Kind = Literal["new", "changed"]
_CLEARED = ("-", "—", "－")
_HIDDEN = "***"
_MAY_BE_EMPTY = ("group", "sub_source", "control_address")


@dataclass(frozen=True)
class FieldChange:
    """One field of one camera; a password never stands here."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class CameraDifference:
    """What importing would do to one camera; `values` are for the action and never shown."""

    kind: Kind
    row: int
    code: str
    name: str
    changes: tuple[FieldChange, ...]
    values: Mapping[str, Any] = field(repr=False)
    camera_id: int | None = None
    version: int = 0


@dataclass
class CameraPreview:
    """What importing would do. The fingerprint stands for exactly this on exactly these versions."""

    sheet: str
    differences: list[CameraDifference] = field(default_factory=list)
    unchanged: int = 0
    faults: list[CellFault] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        if self.faults:
            return ""
        told = [[one.kind, one.code, one.version, sorted(map(repr, one.values.items()))] for one in self.differences]
        return hashlib.sha256(canonical([told, self.unchanged])).hexdigest()


class _Undone(Exception):
    """Takes back what was tried for the preview."""


def preview_cameras(*, file: BinaryIO, size: int, actor: Actor) -> CameraPreview:
    """New and changed cameras field by field, and every row that must be corrected first. Nothing is written: each row
    is really tried, with all checks of the actions, and taken back."""
    require_any_camera_admin(actor)
    preview = _compare(read_sheet(file, size, FORM))
    try:
        with transaction.atomic():
            _write(preview, actor)
            raise _Undone
    except _Undone:
        return preview


def import_cameras(*, file: BinaryIO, size: int, fingerprint: str, actor: Actor) -> CameraPreview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or cameras changed since."""
    require_any_camera_admin(actor)
    with transaction.atomic():
        preview = _compare(read_sheet(file, size, FORM))
        _write(preview, actor)
        if not preview.fingerprint or preview.fingerprint != fingerprint:
            raise PreviewOutdated()
    return preview


def _compare(sheet: Sheet) -> CameraPreview:
    preview = CameraPreview(sheet.name, faults=list(sheet.faults), ignored=sheet.ignored)
    if any(fault.code not in OF_CELLS for fault in preview.faults):
        return preview
    codes = {row.cells["code"] for row in sheet.rows}
    known = {one.code: one for one in Camera.objects.filter(code__in=codes).select_related("group")}
    seen: dict[str, int] = {}
    for row in sheet.rows:
        values, faults = _values(row, sheet)
        if first := seen.get(values.get("code", "")):
            faults.append(
                _fault(row, sheet, "code", "double", f"与第 {first} 行编码相同。", f"Same code as row {first}.")
            )
        preview.faults += faults
        if not faults:
            seen[values["code"]] = row.number
            _difference(preview, row, values, known.get(values["code"]))
    return preview


def _difference(preview: CameraPreview, row: SheetRow, values: dict[str, Any], camera: Camera | None) -> None:
    shown = tuple(_changes(values, camera))
    if camera is not None and not shown:
        preview.unchanged += 1
        return
    kind: Kind = "new" if camera is None else "changed"
    preview.differences.append(
        CameraDifference(
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
                faults.append(_fault(row, sheet, key, "required", f"请填写{column.zh}。", f"{column.en} is needed."))
            continue
        if key in CHOICES:
            _read_choice(values, key, text, faults, row, sheet)
        elif key in NUMBERS:
            _read_number(values, key, text, faults, row, sheet)
        else:
            values[key] = "" if key in _MAY_BE_EMPTY and text in _CLEARED else text
    return values, faults


def _read_choice(
    values: dict[str, Any], key: str, text: str, faults: list[CellFault], row: SheetRow, sheet: Sheet
) -> None:
    value = value_of(key, text)
    if value is None:
        zh = "、".join(words[0] for words in CHOICES[key].values())
        en = ", ".join(words[1] for words in CHOICES[key].values())
        faults.append(_fault(row, sheet, key, "unknown", f"只能是：{zh}。", f"One of: {en}."))
    elif key == "priority":
        values[key] = int(value)
    else:
        values[key] = value == "true" if key in ("is_high", "enabled", "can_turn") else value


def _read_number(
    values: dict[str, Any], key: str, text: str, faults: list[CellFault], row: SheetRow, sheet: Sheet
) -> None:
    if text in _CLEARED and not BY_KEY[key].required and key != "pictures_per_second":
        values[key] = None
        return
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e9:
        faults.append(_fault(row, sheet, key, "not_a_number", "这里应是数字。", "This must be a number."))
        return
    values[key] = number


def _write(preview: CameraPreview, actor: Actor) -> None:
    for one in preview.differences:
        values = dict(one.values)
        try:
            with transaction.atomic():
                if "group" in values:
                    values["group_id"] = group_named(values.pop("group"), actor)
                if one.camera_id is None:
                    create_camera(actor=actor, **values)
                else:
                    if values["source"].startswith("gateway://"):
                        values.pop("source")
                    edit_camera(camera_id=one.camera_id, changes=values, actor=actor, version=one.version)
        except DomainError as refused:
            preview.faults.append(_refusal(one.row, refused))


def _refusal(row: int, refused: DomainError) -> CellFault:
    """A row that the actions refuse; which field, where they say it."""
    told = refused.extra.get("errors") or []
    zh = "".join(str(one.get("message_zh", "")) for one in told) or refused.detail("zh")
    en = " ".join(str(one.get("message_en", "")) for one in told) or refused.detail("en")
    return CellFault(row, "", refused.code, zh, en)


def _fault(row: SheetRow, sheet: Sheet, key: str, code: str, zh: str, en: str) -> CellFault:
    return CellFault(row.number, sheet.letters.get(key, ""), code, zh, en)
