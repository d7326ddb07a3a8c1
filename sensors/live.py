"""What the register of sensors tells the screens, and whom."""

from typing import ClassVar

from core.live.publish import Audience, LiveUpdate, publish
from registry.live import component_audience
from sensors.models import SENSOR_KIND
from sensors.shapes import SensorRow


class SensorChanged(LiveUpdate):
    """A sensor was registered, edited, moved, or changed its state; `change` is the name of the move."""

    type: ClassVar[str] = "sensor.changed"
    subject_kind: ClassVar[str] = SENSOR_KIND

    change: str
    row: SensorRow


def sensor_audience(path: str) -> Audience:
    """Who covers the area, and the units that answer for it, as for a component: the rule of `visible_to`."""
    return component_audience(path)


def publish_sensor(row: SensorRow, change: str, *, before: Audience, after: Audience) -> None:
    publish(SensorChanged(id=row.id, version=row.version, change=change, row=row), before=before, after=after)
