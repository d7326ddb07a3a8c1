from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "案件"

    def ready(self) -> None:
        import_module("events.connections").connect()
        import_module("events.recordings").register()
        import_module("events.health").register()
