"""From a point of a high camera's picture to a point on the ground: a homography over four or more known pairs. Pure.

The ground is taken as flat: what stands up from it (roofs, tree tops) is placed where its ray meets the ground.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_PAIRS, MOST_PAIRS = 4, 40
_LEAST_SPREAD = 0.02
_MOST_ERROR_M, _ERROR_SHARE = 30.0, 0.08
_EARTH_M = 6_371_008.8
Matrix = NDArray[np.float64]


class Unusable(ValueError):
    """These pairs determine nothing, or contradict each other. `code` names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Pair:
    """A point of the picture in fractions of it, and where it lies on the ground in degrees."""

    x: float
    y: float
    lng: float
    lat: float


class GroundMap:
    """Of one camera. Raises Unusable for too few, coinciding, collinear or contradicting pairs."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        if not LEAST_PAIRS <= len(pairs) <= MOST_PAIRS:
            raise Unusable("too_few_pairs" if len(pairs) < LEAST_PAIRS else "too_many_pairs")
        self._origin = (sum(pair.lng for pair in pairs) / len(pairs), sum(pair.lat for pair in pairs) / len(pairs))
        picture = np.array([(pair.x, pair.y) for pair in pairs])
        ground = np.array([self._metres(pair.lng, pair.lat) for pair in pairs])
        _require_spread(picture)
        _require_spread(ground / max(float(np.ptp(ground, axis=0).max()), 1e-9))
        self._matrix = _fitted(picture, ground)
        self._side = _side_of(self._matrix, picture)
        self.error_m = self._checked_error(picture, ground)

    def ground(self, x: float, y: float) -> tuple[float, float] | None:
        """lng, lat of a point of the picture; None at or above the horizon, where no ground is."""
        east, north, depth = self._matrix @ (x, y, 1.0)
        if depth * self._side <= 1e-9:
            return None
        east, north = east / depth, north / depth
        if math.hypot(east, north) > 50_000:
            return None
        return (
            self._origin[0] + math.degrees(east / (_EARTH_M * math.cos(math.radians(self._origin[1])))),
            self._origin[1] + math.degrees(north / _EARTH_M),
        )

    def _metres(self, lng: float, lat: float) -> tuple[float, float]:
        east = math.radians(lng - self._origin[0]) * _EARTH_M * math.cos(math.radians(self._origin[1]))
        return east, math.radians(lat - self._origin[1]) * _EARTH_M

    def _checked_error(self, picture: Matrix, ground: Matrix) -> float:
        """Root mean square of how far the pairs are from where the map puts them, in metres."""
        placed = np.column_stack((picture, np.ones(len(picture)))) @ self._matrix.T
        if np.any(placed[:, 2] * self._side <= 1e-9):
            raise Unusable("contradicting_pairs")
        away = placed[:, :2] / placed[:, 2:] - ground
        error = float(np.sqrt((away**2).sum(axis=1).mean()))
        if error > max(_MOST_ERROR_M, _ERROR_SHARE * float(np.ptp(ground, axis=0).max())):
            raise Unusable("contradicting_pairs")
        return error


def _require_spread(points: Matrix) -> None:
    """At least four different points, no three of a set of four on one line: else many maps fit, or none."""
    if len({(round(x, 4), round(y, 4)) for x, y in points.tolist()}) < LEAST_PAIRS:
        raise Unusable("same_points")
    for left_out in range(len(points)):
        rest = np.delete(points, left_out, axis=0)
        thin = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)[-1]
        if thin < _LEAST_SPREAD:
            raise Unusable("points_on_a_line")


def _fitted(picture: Matrix, ground: Matrix) -> Matrix:
    """Direct linear transformation on centred, scaled points, as numbers of one size are needed for a good fit."""
    to_picture, to_ground = _centring(picture), _centring(ground)
    rows = []
    for (x, y), (u, v) in zip(_moved(picture, to_picture), _moved(ground, to_ground), strict=True):
        rows.append((-x, -y, -1, 0, 0, 0, u * x, u * y, u))
        rows.append((0, 0, 0, -x, -y, -1, v * x, v * y, v))
    _, sizes, turned = np.linalg.svd(np.array(rows))
    if sizes[7] < 1e-6 * sizes[0]:
        raise Unusable("points_on_a_line")
    fitted = np.linalg.inv(to_ground) @ turned[-1].reshape(3, 3) @ to_picture
    if abs(np.linalg.det(fitted / np.linalg.norm(fitted))) < 1e-15:
        raise Unusable("points_on_a_line")
    return np.asarray(fitted, np.float64)


def _side_of(matrix: Matrix, picture: Matrix) -> float:
    """The sign of the depth on the near side of the horizon: that of the pairs."""
    depths = np.column_stack((picture, np.ones(len(picture)))) @ matrix[2]
    return float(np.sign(np.median(depths))) or 1.0


def _centring(points: Matrix) -> Matrix:
    middle = points.mean(axis=0)
    scale = math.sqrt(2) / max(float(np.linalg.norm(points - middle, axis=1).mean()), 1e-12)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])


def _moved(points: Matrix, by: Matrix) -> Matrix:
    return np.asarray((np.column_stack((points, np.ones(len(points)))) @ by.T)[:, :2])
