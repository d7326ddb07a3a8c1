from registry.models.building import Building
from registry.models.component import COMPONENT_KIND, Component, ComponentBin
from registry.models.component_import import IMPORT_KIND, ComponentChange, ComponentImport
from registry.models.component_type import ComponentType

__all__ = [
    "COMPONENT_KIND",
    "IMPORT_KIND",
    "Building",
    "Component",
    "ComponentBin",
    "ComponentChange",
    "ComponentImport",
    "ComponentType",
]
