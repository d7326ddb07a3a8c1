"""Is somebody at the place? Pure arithmetic on degrees and metres (WGS 84, lon/lat)."""

from math import asin, ceil, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from accounts.rules.site_settings import Bound

EARTH_RADIUS_M = 6_371_008.8
GEOFENCE: Final = Bound("geofence_metres", 200, 20, 5000)
"""Nearer than 20 m no telephone between buildings is sure of itself; beyond 5 km a sign-in says nothing."""


class Fix(NamedTuple):
    """A position as a device reports it: degrees, and the radius in metres within which it is sure to be."""

    lng: float
    lat: float
    accuracy_m: float = 0.0
    pinned: bool = False
    """Chosen on a map by hand: no device vouches for it."""


class Arrival(NamedTuple):
    distance_m: int
    inside: bool


def distance_m(lng_a: float, lat_a: float, lng_b: float, lat_b: float) -> float:
    """Great-circle distance in metres; within 0.6 % of the ellipsoid."""
    dlng, dlat = radians(lng_b - lng_a), radians(lat_b - lat_a)
    h = sin(dlat / 2) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(dlng / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(h)))


def arrival(fix: Fix, *, lng: float, lat: float, allowed_m: int) -> Arrival:
    """Whether the whole circle of the fix lies within `allowed_m` of the place, so that a vague fix proves nothing."""
    distance = distance_m(fix.lng, fix.lat, lng, lat)
    return Arrival(distance_m=ceil(distance), inside=distance + fix.accuracy_m <= allowed_m)
