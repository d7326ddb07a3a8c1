from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "楼栋登记"

    def ready(self) -> None:
        import_module("registry.connections").connect()
