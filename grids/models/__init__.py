from grids.models.area import Area, AreaLevel
from grids.models.boundary import AreaBoundary
from grids.models.boundary_import import BoundaryImport, ImportedShape, ImportState
from grids.models.draft import AreaSuccession, BoundaryDraft, DraftArea, DraftEdit, DraftState
from grids.models.map_data import MapDataset, MapFeature, MapView
from grids.models.map_source import MapSource
from grids.models.norm import GridNorms
from grids.models.unit_grid import DutyZone, UnitGrid, UnitGridRun, UnitGridShare

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
    "DutyZone",
    "GridNorms",
    "ImportState",
    "ImportedShape",
    "MapDataset",
    "MapFeature",
    "MapSource",
    "MapView",
    "UnitGrid",
    "UnitGridRun",
    "UnitGridShare",
]
