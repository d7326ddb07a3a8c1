"""The present outlines kept in memory, so that the place of a point is found without asking the database for it.

What is kept is keyed by the stamp of the dataset `areas`, which every change of the tree renews in its own transaction.
A lookup reads the stamp in the caller's transaction and uses the tree only if it is that one: a change is seen from its
commit on, by every process, at once. Until a process has read the new outlines the database answers, as it always did.

Points in time: the tree is the state since the newest of its outlines began; earlier moments are the database's.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.db import connection, transaction
from numpy.typing import NDArray

from core.prepared import prepared
from grids.queries.locations import LEVELS, AreaRef, Location

LOG = logging.getLogger(__name__)
NOWHERE = -1
_STAMP = prepared("SELECT stamp FROM grids_map_dataset WHERE name = 'areas'", count=0)
_OUTLINES = """
SELECT ST_AsBinary(b.geometry), a.path, a.level, lower(b.validity),
       d.id, d.path, d.code, d.name, s.id, s.path, s.code, s.name,
       c.id, c.path, c.code, c.name, g.id, g.path, g.code, g.name
FROM grids_area_boundary b
JOIN grids_area a ON a.id = b.area_id AND a.level <> 'city'
LEFT JOIN grids_area d ON d.id = a.district_id
LEFT JOIN grids_area s ON s.id = a.street_id
LEFT JOIN grids_area c ON c.id = a.community_id
LEFT JOIN grids_area g ON g.id = a.grid_id
WHERE upper(b.validity) IS NULL
ORDER BY a.code
"""
_LAST_END = "SELECT max(upper(validity)) FROM grids_area_boundary WHERE upper(validity) IS NOT NULL"
_DEEPEST_FIRST = ("micro_grid", "grid", "community", "street", "district")


@dataclass(frozen=True)
class _Layer:
    """All outlines of one level in the order of their codes, with an index of their boxes."""

    tree: shapely.STRtree
    outlines: NDArray[np.object_]
    first: int
    """The place of the layer's first outline among all locations."""

    def places(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each point the place (among all locations) of the outline that covers it; the lowest code at a border."""
        found = np.full(len(points), NOWHERE, dtype=np.int64)
        near, outlines = self.tree.query(shapely.points(points))
        inside = shapely.intersects_xy(self.outlines[outlines], points[near])
        near, outlines = near[inside], outlines[inside]
        # Written from the highest code down, so that the lowest stays.
        order = np.argsort(-outlines, kind="stable")
        found[near[order]] = outlines[order] + self.first
        return found


@dataclass(frozen=True)
class PlaceTree:
    """The tree of one stamp: what was published when it was read, valid since `since`."""

    stamp: str
    since: datetime | None
    layers: tuple[_Layer, ...]
    locations: tuple[Location, ...]

    def places(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each (lng, lat) the place of its location in `locations`, `NOWHERE` outside: deepest level first."""
        found = np.full(len(points), NOWHERE, dtype=np.int64)
        left = np.arange(len(points))
        for layer in self.layers:
            if not len(left):
                break
            found[left] = layer.places(points[left])
            left = left[found[left] == NOWHERE]
        return found

    def place(self, lng: float, lat: float) -> Location | None:
        """One point, without the arrays."""
        point = shapely.Point(lng, lat)
        for layer in self.layers:
            near = layer.tree.query(point)
            covering = near[shapely.intersects_xy(layer.outlines[near], lng, lat)] if len(near) else near
            if len(covering):
                return self.locations[layer.first + int(covering.min())]
        return None


class _Kept:
    """The tree that this process holds, and who is reading a newer one."""

    def __init__(self) -> None:
        self.tree: PlaceTree | None = None
        self._reading = threading.Lock()

    def read_beside(self) -> None:
        """Start reading the newest outlines in a thread, unless one is at it."""
        if self._reading.acquire(blocking=False):
            threading.Thread(target=self._read, name="place-tree", daemon=True).start()

    def _read(self) -> None:
        try:
            self.tree = read_tree()
        except Exception:
            LOG.exception("the outlines could not be read; the database goes on answering where a point lies")
        finally:
            self._reading.release()
            connection.close()


_kept = _Kept()


def present_stamp() -> str:
    """The stamp of the outlines as the caller's transaction sees them; empty before there are any."""
    row = _STAMP.fetch_one(())
    return row[0] if row else ""


def tree_for(at: datetime) -> PlaceTree | None:
    """The tree that answers for this moment, or None where the database has to.

    Never waits: where the outlines changed, reading them begins beside the callers.
    """
    if not settings.LOCATE_IN_MEMORY:
        return None
    kept = _kept.tree
    if kept is not None and kept.since is not None and at < kept.since:
        return None
    stamp = present_stamp()
    if kept is not None and kept.stamp == stamp:
        return kept
    if stamp:
        _kept.read_beside()
    return None


def keep_tree(tree: PlaceTree | None) -> None:
    """Hold this tree from now on: for start-up and for measuring."""
    _kept.tree = tree


@transaction.atomic
def read_tree() -> PlaceTree:
    """All present outlines as one consistent state with its stamp (a few µs for each outline)."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:  # else the state that the caller's transaction sees is the one that counts
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT stamp FROM grids_map_dataset WHERE name = 'areas'")
        row = cursor.fetchone()
        cursor.execute(_OUTLINES)
        rows = cursor.fetchall()
        cursor.execute(_LAST_END)
        ended = cursor.fetchone()[0]
    begun = max((one[3] for one in rows), default=None)
    since = max((moment for moment in (begun, ended) if moment is not None), default=None)
    return _tree_of(row[0] if row else "", since, rows)


def _tree_of(stamp: str, since: datetime | None, rows: Sequence[tuple[Any, ...]]) -> PlaceTree:
    layers: list[_Layer] = []
    locations: list[Location] = []
    for level in _DEEPEST_FIRST:
        own = [row for row in rows if row[2] == level]
        if not own:
            continue
        outlines = shapely.from_wkb([bytes(row[0]) for row in own])
        shapely.prepare(outlines)
        layers.append(_Layer(shapely.STRtree(outlines), outlines, len(locations)))
        locations += [_location(row) for row in own]
    return PlaceTree(stamp, since, tuple(layers), tuple(locations))


def _location(row: tuple[Any, ...]) -> Location:
    refs = {}
    for number, level in enumerate(LEVELS):
        values = row[4 + 4 * number : 8 + 4 * number]
        refs[str(level)] = None if values[0] is None else AreaRef(*values)
    return Location(path=str(row[1]), level=str(row[2]), **refs)
