"""Coordinates as Chinese maps give them, and what they are in EPSG:4326.

CGCS2000 and WGS-84 differ by centimetres and are taken as one. GCJ-02 (the maps of the internet) lies 300–800 m from
them, BD-09 (Baidu) as far again from GCJ-02. The shift of GCJ-02 was never published; the formula is the one that is
in general use since 2010 (eviltransform), that of BD-09 Baidu's own. Outside China neither shifts anything.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
"""Longitudes and latitudes, shape (n, 2)."""


class Datum(StrEnum):
    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


DATUM_NAMES: dict[Datum, str] = {
    Datum.CGCS2000: "CGCS2000（国家2000）",
    Datum.WGS84: "WGS-84",
    Datum.GCJ02: "GCJ-02（火星坐标）",
    Datum.BD09: "BD-09（百度坐标）",
}

_KRASOVSKY_METRES = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.006693421622965943
_BAIDU_PI = np.pi * 3000.0 / 180.0
_CLOSE_ENOUGH_DEGREES = 1e-10
_ROUNDS = 30


def to_wgs84(datum: str, places: Degrees) -> Degrees:
    """Longitudes and latitudes of `datum` → EPSG:4326; exact to well below a centimetre."""
    return _TO_WGS84[Datum(datum)](np.asarray(places, dtype=np.float64))


def from_wgs84(datum: str, places: Degrees) -> Degrees:
    """EPSG:4326 → longitudes and latitudes of `datum`."""
    return _FROM_WGS84[Datum(datum)](np.asarray(places, dtype=np.float64))


def wgs84_to_gcj02(places: Degrees) -> Degrees:
    """The shift of the state's map service, inside the box that it is defined for."""
    shifted = places + _gcj_shift(places)
    return np.where(_in_china(places)[:, None], shifted, places)


def gcj02_to_wgs84(places: Degrees) -> Degrees:
    """There is no closed form; the shift changes slowly, so a few rounds of correction find the place."""
    return _undo(wgs84_to_gcj02, places)


def gcj02_to_bd09(places: Degrees) -> Degrees:
    lng, lat = places[:, 0], places[:, 1]
    radius = np.hypot(lng, lat) + 0.00002 * np.sin(lat * _BAIDU_PI)
    angle = np.arctan2(lat, lng) + 0.000003 * np.cos(lng * _BAIDU_PI)
    shifted = np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])
    return np.where(_in_china(places)[:, None], shifted, places)


def bd09_to_gcj02(places: Degrees) -> Degrees:
    return _undo(gcj02_to_bd09, places)


def swapped(places: Degrees) -> Degrees:
    """Latitude and longitude the other way round."""
    return places[:, ::-1]


def looks_swapped(west: float, south: float, east: float, north: float) -> bool:
    """Would these degrees lie in China only after swapping? The first numbers are then latitudes."""
    return not _box_in_china(west, south, east, north) and _box_in_china(south, west, north, east)


def are_degrees(west: float, south: float, east: float, north: float) -> bool:
    """Could these numbers be longitudes and latitudes, in one order or the other? Else they are metres."""
    return all(abs(value) <= 180 for value in (west, south, east, north)) and (
        max(abs(south), abs(north)) <= 90 or max(abs(west), abs(east)) <= 90
    )


def _box_in_china(west: float, south: float, east: float, north: float) -> bool:
    return west >= 72.004 and east <= 137.8347 and south >= 0.8293 and north <= 55.8271


def _in_china(places: Degrees) -> NDArray[np.bool_]:
    lng, lat = places[:, 0], places[:, 1]
    return np.asarray((lng >= 72.004) & (lng <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271))


def _gcj_shift(places: Degrees) -> Degrees:
    x, y = places[:, 0] - 105.0, places[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    latitude = np.radians(places[:, 1])
    magic = 1.0 - _ECCENTRICITY_SQUARED * np.sin(latitude) ** 2
    along_meridian = _KRASOVSKY_METRES * (1.0 - _ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))
    along_parallel = _KRASOVSKY_METRES / np.sqrt(magic) * np.cos(latitude)
    return np.column_stack([np.degrees(east / along_parallel), np.degrees(north / along_meridian)])


def _undo(shift: Callable[[Degrees], Degrees], places: Degrees) -> Degrees:
    """The places that `shift` moves to `places`."""
    guess = places.copy()
    for _ in range(_ROUNDS):
        wrong = shift(guess) - places
        guess = guess - wrong
        if not wrong.size or np.abs(wrong).max() < _CLOSE_ENOUGH_DEGREES:
            break
    return guess


def _same(places: Degrees) -> Degrees:
    return places


_TO_WGS84: dict[Datum, Callable[[Degrees], Degrees]] = {
    Datum.CGCS2000: _same,
    Datum.WGS84: _same,
    Datum.GCJ02: gcj02_to_wgs84,
    Datum.BD09: lambda places: gcj02_to_wgs84(bd09_to_gcj02(places)),
}
_FROM_WGS84: dict[Datum, Callable[[Degrees], Degrees]] = {
    Datum.CGCS2000: _same,
    Datum.WGS84: _same,
    Datum.GCJ02: wgs84_to_gcj02,
    Datum.BD09: lambda places: gcj02_to_bd09(wgs84_to_gcj02(places)),
}
