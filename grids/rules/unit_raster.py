"""Cutting a community into unit grids: cells of one size on a raster, clipped to the outline, slivers given away.

The raster is the same for a whole district (it hangs on one anchor), so cells of neighbouring communities line up.
Numbers run from west to east within a row and the rows from north to south (GB/T 30428.1).
"""

import heapq
import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from grids.rules.metres import metres_per_degree

SLIVER_SHARE = 0.25
"""A piece smaller than this part of a whole cell belongs to its neighbour."""
MOST_CELLS = 999
"""Three digits."""
_GRAIN_METRES = 0.001
"""Corners lie on a millimetre raster, so that neighbours share them exactly."""


class TooManyCells(ValueError):
    """More cells than three digits can number; `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True)
class Cell:
    """`number` from 1; `row` counts from north, `column` from west, both on the raster of the district."""

    number: int
    row: int
    column: int
    outline: Polygon


@dataclass
class _Piece:
    row: int
    column: int
    shape: BaseGeometry
    alive: bool = field(default=True)


def unit_cells(
    outline: BaseGeometry, *, size_metres: float, anchor: tuple[float, float], most: int = MOST_CELLS
) -> list[Cell]:
    """The unit grids of an outline (EPSG:4326), in the order of their numbers. They cover it and do not overlap.

    `anchor` (longitude, latitude) is a corner of the raster. A part that is an island smaller than a sliver stays a
    cell of its own: it has no neighbour. Raises TooManyCells.
    """
    plane = _Plane(anchor)
    whole = shapely.set_precision(plane.flat(outline), _GRAIN_METRES)
    if whole.is_empty:
        return []
    west, south, east, north = whole.bounds
    at_most = math.ceil((east - west) / size_metres + 1) * math.ceil((north - south) / size_metres + 1)
    if at_most > 400 * most:
        raise TooManyCells(math.ceil(whole.area / size_metres**2))
    pieces = _merged(_pieces(whole, size_metres), size_metres)
    if len(pieces) > most:
        raise TooManyCells(len(pieces))
    pieces.sort(key=lambda piece: (piece.row, piece.column, piece.shape.bounds[0], -piece.shape.bounds[3]))
    return [
        Cell(number, piece.row, piece.column, plane.round_again(piece.shape))
        for number, piece in enumerate(pieces, start=1)
    ]


def _pieces(whole: BaseGeometry, size: float) -> list[_Piece]:
    west, south, east, north = whole.bounds
    columns = np.arange(math.floor(west / size), math.ceil(east / size))
    rows = np.arange(math.floor(south / size), math.ceil(north / size))
    across, up = (axis.ravel() for axis in np.meshgrid(columns, rows))
    boxes = shapely.box(across * size, up * size, (across + 1) * size, (up + 1) * size)
    shapely.prepare(whole)
    touched = shapely.intersects(whole, boxes)
    inside = shapely.contains(whole, boxes)
    pieces = [_Piece(-int(up[n]), int(across[n]), boxes[n]) for n in np.flatnonzero(inside)]
    cut = np.flatnonzero(touched & ~inside)
    for n, part in zip(cut, shapely.intersection(boxes[cut], whole, grid_size=_GRAIN_METRES), strict=True):
        pieces += [_Piece(-int(up[n]), int(across[n]), one) for one in _areas(part)]
    return pieces


def _merged(pieces: list[_Piece], size: float) -> list[_Piece]:
    """Slivers, the smallest first, become part of the neighbour with which they share the longest border."""
    cells: dict[tuple[int, int], list[_Piece]] = {}
    for piece in pieces:
        cells.setdefault((piece.row, piece.column), []).append(piece)
    least = SLIVER_SHARE * size * size
    heap = [(piece.shape.area, n) for n, piece in enumerate(pieces) if piece.shape.area < least]
    heapq.heapify(heap)
    while heap:
        _, n = heapq.heappop(heap)
        sliver = pieces[n]
        host = _longest_border(sliver, cells)
        if host is None:
            continue
        host.shape = shapely.union(host.shape, sliver.shape, grid_size=_GRAIN_METRES)
        sliver.alive = False
        for spot in _around(sliver):
            cells[spot] = [one for one in cells.get(spot, []) if one is not sliver]
        cells[sliver.row, sliver.column].append(host)
    return [piece for piece in pieces if piece.alive]


def _longest_border(sliver: _Piece, cells: dict[tuple[int, int], list[_Piece]]) -> _Piece | None:
    near = {id(one): one for spot in _around(sliver) for one in cells.get(spot, []) if one is not sliver and one.alive}
    found = [(shapely.intersection(sliver.shape, one.shape).length, one) for one in near.values()]
    touching = [(length, one) for length, one in found if length > _GRAIN_METRES]
    best = max(touching, key=lambda pair: (pair[0], -pair[1].row, -pair[1].column), default=None)
    return best[1] if best else None


def _around(piece: _Piece) -> list[tuple[int, int]]:
    return [(piece.row + down, piece.column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


def _areas(shape: BaseGeometry) -> list[Polygon]:
    parts = shapely.get_parts(shape)
    flat = [one for part in parts for one in (part.geoms if isinstance(part, MultiPolygon) else [part])]
    return [one for one in flat if isinstance(one, Polygon) and one.area > 0]


class _Plane:
    """Degrees ↔ metres from the anchor; linear, so that what is straight stays so."""

    def __init__(self, anchor: tuple[float, float]) -> None:
        self._anchor = np.array(anchor)
        self._scale = np.array(metres_per_degree(anchor[1]))

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        moved: BaseGeometry = shapely.transform(shape, lambda places: (places - self._anchor) * self._scale)
        return moved

    def round_again(self, shape: BaseGeometry) -> Polygon:
        back = shapely.transform(shape, lambda places: np.round(places / self._scale + self._anchor, 10))
        if not isinstance(back, Polygon):
            raise ValueError("a cell is one piece")
        return back
