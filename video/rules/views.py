"""What part of the ground a camera looks at, as far as is known: a sector of a circle. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_M = 6_371_008.8
USUAL_RANGE_M = 60.0
"""Drawn, and no more than drawn, where a camera's direction is known and its range is not."""
_STEP_DEGREES = 5.0


@dataclass(frozen=True, slots=True)
class View:
    """Degrees from north, clockwise; metres. None is unknown."""

    lng: float
    lat: float
    bearing: float | None
    angle: float | None
    range_m: float | None

    @property
    def is_round(self) -> bool:
        return self.angle is not None and self.angle >= 360


def sees(view: View, lng: float, lat: float) -> bool | None:
    """Whether the point lies within the view; None where too little is known to say. Nothing is known of walls."""
    away = distance_m(view.lng, view.lat, lng, lat)
    if view.range_m is not None and away > view.range_m:
        return False
    if view.is_round:
        return None if view.range_m is None else True
    if view.bearing is None or view.angle is None:
        return None
    turned = abs((bearing_to(view.lng, view.lat, lng, lat) - view.bearing + 180) % 360 - 180)
    if away > 1.0 and turned > view.angle / 2:
        return False
    return None if view.range_m is None else True


def cone(view: View) -> list[tuple[float, float]] | None:
    """The closed outline of the view, counter-clockwise; None where its direction is not known."""
    reach = view.range_m or USUAL_RANGE_M
    if view.is_round:
        ring = [moved(view.lng, view.lat, -turn, reach) for turn in range(0, 360, 10)]
        return [*ring, ring[0]]
    if view.bearing is None or view.angle is None:
        return None
    steps = max(2, math.ceil(view.angle / _STEP_DEGREES))
    first = view.bearing + view.angle / 2
    arc = [moved(view.lng, view.lat, first - view.angle * step / steps, reach) for step in range(steps + 1)]
    here = (round(view.lng, 7), round(view.lat, 7))
    return [here, *arc, here]


def distance_m(lng: float, lat: float, to_lng: float, to_lat: float) -> float:
    """Metres between two points."""
    half_lat, half_lng = math.radians(to_lat - lat) / 2, math.radians(to_lng - lng) / 2
    chord = (
        math.sin(half_lat) ** 2 + math.cos(math.radians(lat)) * math.cos(math.radians(to_lat)) * math.sin(half_lng) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, chord)))


def bearing_to(lng: float, lat: float, to_lng: float, to_lat: float) -> float:
    """Degrees from north in which the other point lies."""
    here, there, across = math.radians(lat), math.radians(to_lat), math.radians(to_lng - lng)
    east = math.sin(across) * math.cos(there)
    north = math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(across)
    return math.degrees(math.atan2(east, north)) % 360


def moved(lng: float, lat: float, bearing: float, metres: float) -> tuple[float, float]:
    """The point so many metres away in that direction."""
    turn, part, here = math.radians(bearing), metres / EARTH_M, math.radians(lat)
    there = math.asin(math.sin(here) * math.cos(part) + math.cos(here) * math.sin(part) * math.cos(turn))
    across = math.atan2(
        math.sin(turn) * math.sin(part) * math.cos(here), math.cos(part) - math.sin(here) * math.sin(there)
    )
    return round(lng + math.degrees(across), 7), round(math.degrees(there), 7)
