from importlib import import_module

from django.apps import AppConfig


class SensorsConfig(AppConfig):
    name = "sensors"
    verbose_name = "传感器"

    def ready(self) -> None:
        import_module("sensors.live")
        import_module("sensors.connections").connect()
