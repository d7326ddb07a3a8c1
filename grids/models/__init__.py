from grids.models.area import Area, AreaLevel
from grids.models.boundary import AreaBoundary
from grids.models.boundary_import import BoundaryImport, ImportedShape, ImportState
from grids.models.draft import AreaSuccession, BoundaryDraft, DraftArea, DraftEdit, DraftState
from grids.models.map_data import MapDataset, MapFeature, MapView

__all__ = [
    "Area",
    "AreaBoundary",
    "AreaLevel",
    "AreaSuccession",
    "BoundaryDraft",
    "BoundaryImport",
    "DraftArea",
    "DraftEdit",
    "DraftState",
    "ImportState",
    "ImportedShape",
    "MapDataset",
    "MapFeature",
    "MapView",
]
