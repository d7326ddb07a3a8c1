"""From a point to its place in the division tree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from core.clock import now
from core.errors import OutsideDivisionTree
from core.prepared import prepared
from grids.models import Area
from grids.queries.locations import LEVELS as _LEVELS
from grids.queries.locations import AreaRef, Location
from grids.queries.place_tree import tree_for

__all__ = ["AreaRef", "Location", "locate", "locate_many", "location_of"]

_COVERING = prepared(
    """
SELECT a.path, a.level,
       d.id, d.path, d.code, d.name, s.id, s.path, s.code, s.name,
       c.id, c.path, c.code, c.name, g.id, g.path, g.code, g.name
FROM grids_area_boundary b
JOIN grids_area a ON a.id = b.area_id AND a.level <> 'city'
LEFT JOIN grids_area d ON d.id = a.district_id
LEFT JOIN grids_area s ON s.id = a.street_id
LEFT JOIN grids_area c ON c.id = a.community_id
LEFT JOIN grids_area g ON g.id = a.grid_id
WHERE b.validity @> $3
  AND ST_Intersects(b.geometry, ST_SetSRID(ST_MakePoint($1, $2), 4326))
ORDER BY array_position('{micro_grid,grid,community,street,district}', a.level::text), a.code
LIMIT 1
""",
    count=3,
    types=("double precision", "double precision", "timestamptz"),
)
"""Every report asks this: written out and prepared, because composing and planning it cost more than answering it."""


def locate(lng: float, lat: float, at: datetime | None = None) -> Location:
    """The place of a point (degrees, EPSG:4326) at a time (now), in one query; a border belongs to the lowest code.

    Where this process holds the present outlines the query only asks whether they are still those. Raises
    OutsideDivisionTree where no district, street, community or grid covered the point at that time.
    """
    in_range = -180 <= lng <= 180 and -90 <= lat <= 90
    if not in_range:
        raise OutsideDivisionTree(lng=lng, lat=lat)
    moment = at or now()
    tree = tree_for(moment)
    found = tree.place(lng, lat) if tree is not None else _asked(lng, lat, moment)
    if found is None:
        raise OutsideDivisionTree(lng=lng, lat=lat)
    return found


def locate_many(points: Sequence[Sequence[float]]) -> list[Location | None]:
    """The present places of many points (lng, lat), in their order; None for one that lies outside or is none."""
    numbers = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    tree = tree_for(now())
    if tree is not None:
        return [None if place < 0 else tree.locations[place] for place in tree.places(numbers).tolist()]
    found: list[Location | None] = []
    for lng, lat in numbers.tolist():
        in_range = -180 <= lng <= 180 and -90 <= lat <= 90
        found.append(_asked(lng, lat, now()) if in_range else None)
    return found


def _asked(lng: float, lat: float, at: datetime) -> Location | None:
    """The database's answer."""
    covering = _COVERING.fetch_one((lng, lat, at))
    if covering is None:
        return None
    path, level, *refs = covering
    named = {name: refs[4 * place : 4 * place + 4] for place, name in enumerate(_LEVELS)}
    return Location(path, level, **{name: None if ref[0] is None else AreaRef(*ref) for name, ref in named.items()})


def location_of(path: str) -> Location:
    """The same for an area that is already known by its path; raises OutsideDivisionTree for an unknown one."""
    row = Area.objects.filter(path=path).values("path", "level", *_ref_columns()).first()
    if row is None:
        raise OutsideDivisionTree(path=path)
    return Location(path=row["path"], level=row["level"], **{level: _ref(row, level) for level in _LEVELS})


def _ref_columns() -> list[str]:
    return [f"{level}__{column}" for level in _LEVELS for column in ("id", "path", "code", "name")]


def _ref(row: dict[str, Any], prefix: str) -> AreaRef | None:
    if row[f"{prefix}__id"] is None:
        return None
    return AreaRef(
        id=row[f"{prefix}__id"],
        path=row[f"{prefix}__path"],
        code=row[f"{prefix}__code"],
        name=row[f"{prefix}__name"],
    )
