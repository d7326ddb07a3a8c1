"""What the generator hands over: plain values, coordinates in degrees (EPSG:4326), lengths in metres."""

from dataclasses import dataclass, field

from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class AreaPlan:
    """One node of the division tree, with its outline as it is today."""

    level: str
    code: str
    name: str
    path: str
    parent_path: str | None
    households: int
    boundary: MultiPolygon
    label: Point


@dataclass(frozen=True)
class FeaturePlan:
    """A piece of the base map: water, a road, something green."""

    kind: str
    feature_class: str
    name: str
    min_zoom: int
    geometry: BaseGeometry


@dataclass(frozen=True)
class BuildingPlan:
    """A building standing in exactly one grid."""

    name: str
    address: str
    height_m: float
    levels: int
    households: int
    grid_path: str
    footprint: Polygon


@dataclass(frozen=True)
class DistrictPlan:
    """A whole district: the same seed always gives the same one."""

    seed: int
    areas: list[AreaPlan] = field(default_factory=list)
    features: list[FeaturePlan] = field(default_factory=list)
    buildings: list[BuildingPlan] = field(default_factory=list)

    def at_level(self, level: str) -> list[AreaPlan]:
        """The areas of one level, in the order of their codes."""
        return [area for area in self.areas if area.level == level]
