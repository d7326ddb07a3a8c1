"""Many sensors at once from a sheet: what it would change is shown first, then written all together or not at all."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.db.models import Q

from accounts.models import OrgUnit
from core.actor import Actor
from core.errors import DomainError
from events.actions.register_import import bring_in, compared, filled_cells, try_out
from events.sheets.differences import (
    CLEARED,
    FieldChange,
    Preview,
    chosen_word,
    fault_at,
    no_number,
    number_in,
    refusal,
    unknown_word,
)
from events.sheets.plain import read_table
from events.sheets.reading import CellFault, Sheet, SheetRow
from sensors.actions.sensors import edit_sensor, mark_sensors, register_sensor
from sensors.kinds import row_of
from sensors.models import Sensor
from sensors.policies import require_any_steward
from sensors.sheets.columns import BY_KEY, FORM, KIND_WORDS, MAY_BE_EMPTIED, NUMBERS

Units = Mapping[str, OrgUnit]
"""Units by code, full and short name; a name that two units share is not among them."""


def preview_sensors(*, file: BinaryIO, size: int, actor: Actor) -> Preview:
    """New and changed sensors field by field, and every row that must be corrected first. Nothing is written."""
    require_any_steward(actor)
    return try_out(lambda: _compare(read_table(file, size, FORM), actor), lambda preview: _write(preview, actor))


def import_sensors(*, file: BinaryIO, size: int, fingerprint: str, actor: Actor) -> Preview:
    """Write what was previewed, all of it or nothing; PreviewOutdated where file or sensors changed since."""
    require_any_steward(actor)
    return bring_in(
        lambda: _compare(read_table(file, size, FORM), actor), lambda preview: _write(preview, actor), fingerprint
    )


def _compare(sheet: Sheet, actor: Actor) -> Preview:
    def known(codes: set[str]) -> dict[str, Sensor]:
        """What the actor does not see is not compared: its code is then refused as one that somebody else's has."""
        visible = Sensor.objects.visible_to(actor).filter(code__in=codes).select_related("unit")
        return {one.code: one for one in visible}

    units = _units(sheet)
    return compared(sheet, known=known, read=lambda row: _values(row, sheet, units), changes=_changes)


def _changes(values: Mapping[str, Any], sensor: Sensor | None) -> list[FieldChange]:
    changes = []
    for key, value in values.items():
        before = getattr(sensor, key) if sensor is not None else None
        if sensor is None or before != value:
            changes.append(FieldChange(key, _shown(key, before), _shown(key, value)))
    return changes


def _shown(key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, OrgUnit):
        return value.name
    return row_of(value).zh if key == "kind" else str(value)


def _units(sheet: Sheet) -> Units:
    names = {row.cells.get("unit", "") for row in sheet.rows} - {"", *CLEARED}
    found: dict[str, OrgUnit] = {}
    ambiguous: set[str] = set()
    wanted = Q(code__in=names) | Q(name__in=names) | Q(short_name__in=names)
    for unit in OrgUnit.objects.filter(wanted, is_active=True):
        for name in {unit.code, unit.name, unit.short_name} & names:
            ambiguous |= {name} if name in found else set()
            found[name] = unit
    return {name: unit for name, unit in found.items() if name not in ambiguous}


def _values(row: SheetRow, sheet: Sheet, units: Units) -> tuple[dict[str, Any], list[CellFault]]:
    values: dict[str, Any] = {}
    faults: list[CellFault] = []
    for key, text in filled_cells(row, sheet, BY_KEY, faults):
        if key in MAY_BE_EMPTIED and text in CLEARED:
            values[key] = None if key in ("installed_on", "unit") else ""
            continue
        value = _value(key, text, row, sheet, units)
        if isinstance(value, CellFault):
            faults.append(value)
        else:
            values[key] = value
    return values, faults


def _value(key: str, text: str, row: SheetRow, sheet: Sheet, units: Units) -> Any:
    """What a cell means, or what is wrong with it."""
    if key in NUMBERS:
        number = number_in(text)
        return no_number(row, sheet, key) if number is None else number
    if key == "kind":
        return chosen_word(text, KIND_WORDS) or unknown_word(row, sheet, key, KIND_WORDS)
    if key == "installed_on":
        try:
            return date.fromisoformat(text.partition(" ")[0].replace("/", "-"))
        except ValueError:
            return fault_at(row, sheet, key, "not_a_date", "日期请写作 2026-11-23。", "Write the date as 2026-11-23.")
    if key == "unit":
        unknown = "没有这个机构，或有多个同名，请填机构代码。", "No such unit, or several of that name: give its code."
        return units.get(text) or fault_at(row, sheet, key, "unknown_unit", *unknown)
    longest = getattr(Sensor._meta.get_field(key), "max_length", None) or 0
    if len(text) > longest:
        return fault_at(row, sheet, key, "too_long", f"最多 {longest} 个字。", f"At most {longest} characters.")
    return text


def _write(preview: Preview, actor: Actor) -> None:
    for one in preview.differences:
        values = dict(one.values)
        if "unit" in values:
            unit = values.pop("unit")
            values["unit_id"] = unit.pk if unit else None
        try:  # each action takes back what it did when it refuses
            if one.subject_id is None:
                register_sensor(actor=actor, mark=False, **values)
            else:
                edit_sensor(sensor_id=one.subject_id, version=one.version, changes=values, actor=actor, mark=False)
        except DomainError as refused:
            preview.faults.append(refusal(one.row, refused))
    if preview.differences:
        mark_sensors()
