"""One number for a place on the map: Morton order on a square of 2^24 by 2^24 cells of the web Mercator world.

Every tile is an unbroken run of these numbers, every bin of a tile too, so one ordinary index serves all zooms, and
rows written in this order lie beside their neighbours on disk. Cells are 2.4 m wide at the equator.
Formulas: EPSG:3857 (spherical Mercator), Morton 1966 (bits of x and y taken in turn, x lowest).
"""

from math import asinh, pi, radians, sinh, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray

KEY_ZOOM = 24
BIN_BITS = 6
"""A tile has 64 by 64 bins."""
FIRST_BIN_ZOOM, LAST_BIN_ZOOM = 8, 15
MOST_LATITUDE = 85.0511287798066

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def spread(value: int) -> int:
    """The bits of a number with a gap behind each."""
    for shift, mask in _SPREAD:
        value = (value | (value << shift)) & mask
    return value


def interleaved(x: int, y: int) -> int:
    return spread(x) | (spread(y) << 1)


def cell_of(lng: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the cell at a zoom; beyond the edges of the world the outermost one."""
    side = 1 << zoom
    bounded = max(-MOST_LATITUDE, min(MOST_LATITUDE, lat))
    x = int((lng + 180.0) / 360.0 * side)
    y = int((1.0 - asinh(tan(radians(bounded))) / pi) / 2.0 * side)
    return max(0, min(side - 1, x)), max(0, min(side - 1, y))


def place_key(lng: float, lat: float) -> int:
    """The number of the place of a point in degrees (EPSG:4326)."""
    return interleaved(*cell_of(lng, lat, KEY_ZOOM))


def place_keys(lng: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """The same for many points at once."""
    side = 1 << KEY_ZOOM
    bounded = np.radians(np.clip(lat, -MOST_LATITUDE, MOST_LATITUDE))
    x = np.clip(((lng + 180.0) / 360.0 * side).astype(np.int64), 0, side - 1)
    y = np.clip(((1.0 - np.arcsinh(np.tan(bounded)) / pi) / 2.0 * side).astype(np.int64), 0, side - 1)
    return _spread_all(x) | (_spread_all(y) << np.int64(1))


def _spread_all(values: NDArray[np.int64]) -> NDArray[np.int64]:
    spreading: NDArray[Any] = values
    for shift, mask in _SPREAD:
        spreading = (spreading | (spreading << np.int64(shift))) & np.int64(mask)
    return spreading


def keys_of_tile(z: int, x: int, y: int) -> tuple[int, int]:
    """The run of place numbers of a tile: from the first to before the second."""
    width = 2 * (KEY_ZOOM - z)
    first = interleaved(x, y) << width
    return first, first + (1 << width)


def bin_of(key: int, z: int) -> int:
    """The bin of zoom `z` in which a place lies. A leading one marks the zoom, so bins of all zooms share a column."""
    depth = z + BIN_BITS
    return (1 << (2 * depth)) | (key >> (2 * (KEY_ZOOM - depth)))


def bins_of_tile(z: int, x: int, y: int) -> tuple[int, int]:
    """The run of bins of a tile: from the first to before the second."""
    first = ((1 << (2 * z)) | interleaved(x, y)) << (2 * BIN_BITS)
    return first, first + (1 << (2 * BIN_BITS))


def degrees_of_cell(x: float, y: float, zoom: int) -> tuple[float, float]:
    """Longitude and latitude of the north-western corner of a cell."""
    side = 1 << zoom
    lat = np.degrees(np.arctan(sinh(pi * (1 - 2 * y / side))))
    return x / side * 360.0 - 180.0, float(lat)
