"""From a point to its place in the division tree."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Case, IntegerField, Value, When

from core.clock import now
from core.errors import OutsideDivisionTree
from grids.models import Area, AreaBoundary, AreaLevel
from grids.models.area import LEVEL_ORDER

_LEVELS = (AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY, AreaLevel.GRID)
_DEPTH = Case(
    *(When(area__level=level, then=Value(depth)) for depth, level in enumerate(LEVEL_ORDER)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class AreaRef:
    """One area of a location."""

    id: int
    path: str
    code: str
    name: str


@dataclass(frozen=True)
class Location:
    """Where a point lies: the deepest area that covers it, and that area's ancestors."""

    path: str
    level: str
    district: AreaRef | None
    street: AreaRef | None
    community: AreaRef | None
    grid: AreaRef | None

    @property
    def label(self) -> str:
        """How people say it: 望江街道 荷花社区 3号网格."""
        named = [ref.name for ref in (self.street, self.community, self.grid) if ref]
        return " ".join(named) or (self.district.name if self.district else "")

    @property
    def keys(self) -> dict[str, int | None]:
        """The keys that scoped rows store beside their path: district_id, street_id, community_id, grid_id."""
        refs = {"district": self.district, "street": self.street, "community": self.community, "grid": self.grid}
        return {f"{level}_id": ref.id if ref else None for level, ref in refs.items()}


def locate(lng: float, lat: float, at: datetime | None = None) -> Location:
    """The place of a point (degrees, EPSG:4326) at a time (now), in one query; a border belongs to the lowest code.

    Raises OutsideDivisionTree where no district, street, community or grid covered the point at that time.
    """
    in_range = -180 <= lng <= 180 and -90 <= lat <= 90
    if not in_range:
        raise OutsideDivisionTree(lng=lng, lat=lat)
    covering = (
        AreaBoundary.objects.filter(geometry__intersects=Point(lng, lat, srid=4326), validity__contains=at or now())
        .exclude(area__level=AreaLevel.CITY)
        .order_by(_DEPTH.desc(), "area__code")
        .values("area__path", "area__level", *_ref_columns())
        .first()
    )
    if covering is None:
        raise OutsideDivisionTree(lng=lng, lat=lat)
    return Location(
        path=covering["area__path"],
        level=covering["area__level"],
        **{level: _ref(covering, f"area__{level}") for level in _LEVELS},
    )


def location_of(path: str) -> Location:
    """The same for an area that is already known by its path; raises OutsideDivisionTree for an unknown one."""
    row = Area.objects.filter(path=path).values("path", "level", *_ref_columns("")).first()
    if row is None:
        raise OutsideDivisionTree(path=path)
    return Location(path=row["path"], level=row["level"], **{level: _ref(row, level) for level in _LEVELS})


def _ref_columns(prefix: str = "area__") -> list[str]:
    return [f"{prefix}{level}__{column}" for level in _LEVELS for column in ("id", "path", "code", "name")]


def _ref(row: dict[str, Any], prefix: str) -> AreaRef | None:
    if row[f"{prefix}__id"] is None:
        return None
    return AreaRef(
        id=row[f"{prefix}__id"],
        path=row[f"{prefix}__path"],
        code=row[f"{prefix}__code"],
        name=row[f"{prefix}__name"],
    )
