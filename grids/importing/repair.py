"""What is wrong with a shape, and what repairing it would make of it. Nothing is repaired by looking."""

import re
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from grids.rules.metres import square_metres

_PLACE = re.compile(r"\[\s*(-?[\d.eE+-]+)\s+(-?[\d.eE+-]+)\s*\]")
SPECK_SQUARE_METRES = 0.01


@dataclass(frozen=True)
class Condition:
    """`outline` is what would be stored: the shape itself where it is sound, else the repaired one, offered.

    `crosses_at` is the place (degrees) where it crosses itself; areas in m²; `parts` and `holes` of `outline`.
    """

    outline: MultiPolygon
    crosses_at: tuple[float, float] | None
    area_before: float
    area_after: float
    parts: int
    holes: int

    @property
    def is_sound(self) -> bool:
        return self.crosses_at is None


def condition_of(shape: BaseGeometry) -> Condition | None:
    """The condition of a placed shape (EPSG:4326); None where it is no area at all."""
    if shape.is_empty or not isinstance(shape, Polygon | MultiPolygon):
        return None
    crosses = None if shape.is_valid else _place(shape)
    outline = _as_multi(shape) if crosses is None else repaired(shape)
    if outline.is_empty:
        return None
    return Condition(
        outline,
        crosses,
        square_metres(shape),
        square_metres(outline),
        len(outline.geoms),
        sum(len(part.interiors) for part in outline.geoms),
    )


def repaired(shape: BaseGeometry) -> MultiPolygon:
    """The areas of the valid shape that keeps every corner (ST_MakeValid's own method); lines and specks fall away."""
    made = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(made, return_index=False) if isinstance(part, Polygon | MultiPolygon)]
    flat = [piece for part in parts for piece in shapely.get_parts(part)]
    return MultiPolygon([piece for piece in flat if square_metres(piece) > SPECK_SQUARE_METRES])


def _as_multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def _place(shape: BaseGeometry) -> tuple[float, float]:
    found = _PLACE.search(shapely.is_valid_reason(shape))
    return (float(found[1]), float(found[2])) if found else (shape.bounds[0], shape.bounds[1])
