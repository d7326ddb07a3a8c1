from sensors.models.sensor import SENSOR_KIND, Sensor

__all__ = ["SENSOR_KIND", "Sensor"]
