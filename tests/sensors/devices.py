"""Sensors of the town of `tests.grids.town`, registered the way people do it."""

from itertools import count
from typing import Any

from core.actor import SYSTEM
from sensors.actions.sensors import register_sensor
from sensors.models import Sensor
from tests.grids.town import at

_numbers = count(1)


def sensor(u: float = 2.5, v: float = 0.5, **values: Any) -> Sensor:
    """A sensor at a place of the town."""
    lng, lat = at(u, v)
    number = next(_numbers)
    fields: dict[str, Any] = {"code": f"S{number:03d}", "name": f"{number}号水位计", "kind": "water_level"} | values
    return register_sensor(actor=SYSTEM, lng=lng, lat=lat, **fields)
