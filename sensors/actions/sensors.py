"""Registering a sensor, editing it, and noting what became of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from accounts.models import OrgUnit
from core.actor import Actor
from core.errors import StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.datasets import SENSORS, mark_changed
from grids.queries.locate import Location, locate
from sensors.errors import DuplicateSensorCode, SensorRemoved, invalid
from sensors.lifecycle import NEW, REMOVED, SENSOR, SensorMove
from sensors.live import publish_sensor, sensor_audience
from sensors.models import SENSOR_KIND, Sensor
from sensors.policies import require_steward, steward_role
from sensors.queries.sensors import row_of, visible_sensor

TEXTS = ("code", "name", "kind", "address", "maker", "model_name")
EDITABLE = (*TEXTS, "installed_on", "unit_id")


@transaction.atomic
def register_sensor(
    *, code: str, name: str, kind: str, lng: float, lat: float, actor: Actor, mark: bool = True, **values: Any
) -> Sensor:
    """A new sensor at a point (degrees) inside the division tree.

    `values` are of `EDITABLE`. Whoever writes many at once says `mark=False` and calls `mark_sensors` in the end.
    Raises OutsideDivisionTree, Invalid, DuplicateSensorCode, Forbidden.
    """
    location = locate(lng, lat)
    role = require_steward(actor, location.path)
    sensor = Sensor(version=0, state=NEW)
    place(sensor, location, lng, lat)
    _write_values(sensor, {"code": code, "name": name, "kind": kind, **values})
    change = SENSOR.apply(SensorMove.REGISTER, sensor, actor=actor, roles={role})
    _save(sensor, force_insert=True)
    facts = {"code": sensor.code, "kind": sensor.kind, "area": location.path}
    return finish(
        sensor, actor, change, old_path=location.path, facts=facts, first=True, mark=mark, label=location.label
    )


@transaction.atomic
def edit_sensor(*, sensor_id: int, version: int, changes: Mapping[str, Any], actor: Actor, mark: bool = True) -> Sensor:
    """Other words on a sensor, or another place (`lng`, `lat`), whose areas then follow.

    Raises StaleVersion, SensorRemoved, and what `register_sensor` raises.
    """
    sensor = visible_sensor(actor, sensor_id, lock=True)
    role = require_steward(actor, sensor.area_path)
    _require_fresh(sensor, version)
    if sensor.state == REMOVED:
        raise SensorRemoved()
    was, old_path = _told(sensor), sensor.area_path
    if "lng" in changes or "lat" in changes:
        lng, lat = changes.get("lng", sensor.lng), changes.get("lat", sensor.lat)
        location = locate(lng, lat)
        require_steward(actor, location.path)
        place(sensor, location, lng, lat)
    _write_values(sensor, {key: value for key, value in changes.items() if key not in ("lng", "lat")})
    told = {key: [was[key], value] for key, value in _told(sensor).items() if was[key] != value}
    if not told:
        return sensor
    sensor.version += 1
    _save(sensor)
    change = Change(SensorMove.EDIT, sensor.state, sensor.state, role)
    return finish(sensor, actor, change, old_path=old_path, facts={"changes": told}, mark=mark)


@transaction.atomic
def change_sensor_state(*, sensor_id: int, version: int, move: str, actor: Actor, note: str = "") -> Sensor:
    """Switched off, on again, taken away, or registered again."""
    sensor = visible_sensor(actor, sensor_id, lock=True)
    role = steward_role(actor, sensor.area_path)
    _require_fresh(sensor, version)
    change = SENSOR.apply(move, sensor, actor=actor, roles={role} if role else ())
    sensor.save(update_fields=["state", "version"])
    return finish(sensor, actor, change, old_path=sensor.area_path, facts={}, note=note)


def place(sensor: Sensor, location: Location, lng: float, lat: float) -> None:
    """Point and areas are always written together."""
    sensor.point = Point(lng, lat, srid=4326)
    sensor.area_path = location.path
    for key, value in location.keys.items():
        setattr(sensor, key, value)


def finish(
    sensor: Sensor,
    actor: Actor,
    change: Change,
    *,
    old_path: str,
    facts: dict[str, Any],
    note: str = "",
    first: bool = False,
    mark: bool = True,
    label: str | None = None,
) -> Sensor:
    """History, screens and tiles, in the transaction of the change; `label` is the area's where the caller has it."""
    append(
        subject_kind=SENSOR_KIND,
        subject_id=sensor.pk,
        actor=actor,
        change=change,
        facts=facts,
        personal={"note": note} if note else {},
        first=first,
    )
    after = sensor_audience(sensor.area_path)
    before = after if old_path == sensor.area_path else sensor_audience(old_path)
    publish_sensor(row_of(sensor, label), change.move, before=before, after=after)
    if mark:
        mark_sensors()
    return sensor


def mark_sensors() -> None:
    """Tiles of sensors that are kept anywhere are of an older state now."""
    mark_changed(SENSORS)


def _require_fresh(sensor: Sensor, version: int) -> None:
    if sensor.version != version:
        raise StaleVersion(current_version=sensor.version)


def _write_values(sensor: Sensor, values: Mapping[str, Any]) -> None:
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"a sensor has no {', '.join(sorted(unknown))}")
    unit_id: int | None = values.get("unit_id")
    known = unit_id is None or unit_id == sensor.unit_id or OrgUnit.objects.filter(pk=unit_id, is_active=True).exists()
    if not known:
        raise invalid("unit_id", "unknown_unit", "没有这个机构，或已停用。", "There is no such unit, or it is closed.")
    for name, value in values.items():
        setattr(sensor, name, value.strip() if isinstance(value, str) else value)
    for name, zh, en in (("code", "编码", "code"), ("name", "名称", "name")):
        if not getattr(sensor, name):
            raise invalid(name, "required", f"请填写{zh}。", f"A {en} is needed.")


def _told(sensor: Sensor) -> dict[str, Any]:
    """What history keeps of a change, by field."""
    installed: date | None = sensor.installed_on
    values = {name: getattr(sensor, name) for name in EDITABLE}
    return values | {
        "installed_on": installed.isoformat() if installed else None,
        "point": [sensor.lng, sensor.lat],
        "area": sensor.area_path,
    }


def _save(sensor: Sensor, *, force_insert: bool = False) -> None:
    """A code is given once: the database decides, also between two who choose it at the same moment. What was refused
    leaves the transaction of the action with it."""
    try:
        sensor.save(force_insert=force_insert)
    except IntegrityError as error:
        raise DuplicateSensorCode(sensor_code=sensor.code) from error
