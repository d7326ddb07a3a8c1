"""Areas and lengths on the ground of shapes in degrees.

A plane that touches the ellipsoid at the shape's middle: within a district the error is below 0.1 %, which is enough to
tell a sliver from a grid. Radii of curvature of WGS-84 (CGCS2000 differs by less than a millimetre).
"""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SEMI_MAJOR = 6_378_137.0
ECCENTRICITY_SQUARED = 0.006_694_379_990_14


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """East–west and north–south metres in one degree at this latitude."""
    sine = math.sin(math.radians(latitude))
    flat = 1 - ECCENTRICITY_SQUARED * sine * sine
    north = SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / flat**1.5
    east = SEMI_MAJOR / math.sqrt(flat) * math.cos(math.radians(latitude))
    return math.radians(east), math.radians(north)


def square_metres(shape: BaseGeometry) -> float:
    """The ground that a shape in EPSG:4326 covers, in m²; 0 for an empty one."""
    if shape.is_empty:
        return 0.0
    _, south, _, north = shape.bounds
    east_west, north_south = metres_per_degree((south + north) / 2)
    return float(shape.area * east_west * north_south)


def in_metres(shape: BaseGeometry) -> BaseGeometry:
    """The shape on the plane at its middle, in metres."""
    _, south, _, north = shape.bounds
    scale = np.array(metres_per_degree((south + north) / 2))
    moved: BaseGeometry = shapely.transform(shape, lambda points: points * scale)
    return moved


def degrees_of(metres: float) -> float:
    """A length as degrees of latitude: for tolerances, where the direction does not matter."""
    return metres / 111_132.0
