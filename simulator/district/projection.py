"""From the drawing board (u along the river, v away from it, metres) to degrees.

The city is drawn as straight lines on a board; bending the board gently makes the streets follow the
river, and keeps every shared border shared because each vertex moves by itself.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

ORIGIN_LNG = 118.72
ORIGIN_LAT = 32.02
BOARD_CENTRE = (4600.0, 3300.0)
ROTATION_DEGREES = -9.0
METRES_PER_DEGREE_LAT = 110_880.0
METRES_PER_DEGREE_LNG = 94_480.0
DECIMALS = 7
"""About a centimetre; finer digits would only be noise in the stored boundaries."""

Coordinates = NDArray[np.float64]


def to_degrees(board: Coordinates) -> Coordinates:
    """Board metres (n, 2) → longitude and latitude (n, 2), rounded so that equal points stay equal."""
    u, v = board[:, 0], board[:, 1]
    bent_u = u + 140 * np.sin(2 * np.pi * v / 9000 + 0.4) + 45 * np.sin(2 * np.pi * (u + v) / 5200)
    bent_v = v + 300 * np.sin(2 * np.pi * u / 13000 + 0.8) + 45 * np.sin(2 * np.pi * (u / 4300 + v / 7000))
    angle = np.radians(ROTATION_DEGREES)
    x, y = bent_u - BOARD_CENTRE[0], bent_v - BOARD_CENTRE[1]
    east = x * np.cos(angle) - y * np.sin(angle)
    north = x * np.sin(angle) + y * np.cos(angle)
    lng = ORIGIN_LNG + east / METRES_PER_DEGREE_LNG
    lat = ORIGIN_LAT + north / METRES_PER_DEGREE_LAT
    return np.round(np.column_stack([lng, lat]), DECIMALS)


def project(geometry: BaseGeometry, max_segment: float | None = 150.0) -> BaseGeometry:
    """A board geometry in degrees; long straight pieces get extra vertices so that they can bend."""
    dense = shapely.segmentize(geometry, max_segment) if max_segment else geometry
    return shapely.transform(dense, to_degrees)
