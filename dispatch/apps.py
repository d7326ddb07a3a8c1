from importlib import import_module

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "dispatch"
    verbose_name = "处置力量与任务"

    def ready(self) -> None:
        import_module("dispatch.connections").connect()
