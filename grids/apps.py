from importlib import import_module

from django.apps import AppConfig


class GridsConfig(AppConfig):
    name = "grids"
    verbose_name = "区划与网格"

    def ready(self) -> None:
        import_module("grids.told_to_accounts")
        publication = import_module("grids.signals").areas_published
        publication.connect(import_module("grids.actions.unit_grids").follow_publication, dispatch_uid="unit_grids")
