from grids.models.area import Area, AreaLevel
from grids.models.boundary import AreaBoundary
from grids.models.draft import AreaSuccession, BoundaryDraft, DraftArea, DraftEdit, DraftState
from grids.models.map_data import MapDataset, MapFeature, MapView

__all__ = [
    "Area",
    "AreaBoundary",
    "AreaLevel",
    "AreaSuccession",
    "BoundaryDraft",
    "DraftArea",
    "DraftEdit",
    "DraftState",
    "MapDataset",
    "MapFeature",
    "MapView",
]
