"""Sensors follow the grids: where boundaries were published, each belongs to the areas it now stands in."""

from django.db import transaction

from core.actor import SYSTEM, SYSTEM_ROLE
from core.lifecycle import Change
from grids.models import Area
from grids.queries.locate import Location, locate_many
from sensors.actions.sensors import finish, mark_sensors, place
from sensors.lifecycle import SensorMove
from sensors.models import Sensor

PLACE_TASK = "sensors.place_sensors"


@transaction.atomic
def place_sensors(area_ids: list[int]) -> int:
    """The sensors of the districts of these areas belong to where they stand. Returns how many changed; again, and none
    does. One that no area covers any more keeps the last it had, so that somebody still sees it.
    """
    districts = set(Area.objects.filter(pk__in=area_ids).values_list("district_id", flat=True))
    sensors = list(Sensor.objects.select_for_update().filter(district_id__in=districts).order_by("pk"))
    changed = 0
    for sensor, location in zip(sensors, locate_many([(one.lng, one.lat) for one in sensors]), strict=True):
        if location is None or _stands_in(sensor, location):
            continue
        old_path = sensor.area_path
        place(sensor, location, sensor.lng, sensor.lat)
        sensor.version += 1
        sensor.save()
        change = Change(SensorMove.FOLLOW_BOUNDARIES, sensor.state, sensor.state, SYSTEM_ROLE)
        finish(
            sensor,
            SYSTEM,
            change,
            old_path=old_path,
            facts={"changes": {"area": [old_path, location.path]}},
            mark=False,
        )
        changed += 1
    if changed:
        mark_sensors()
    return changed


def _stands_in(sensor: Sensor, location: Location) -> bool:
    """Codes, and so paths, may go round among areas: the keys are compared too."""
    same_keys = all(getattr(sensor, name) == key for name, key in location.keys.items())
    return same_keys and sensor.area_path == location.path
