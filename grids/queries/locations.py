"""What a place in the division tree is."""

from dataclasses import dataclass

from grids.models import AreaLevel

LEVELS = (AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY, AreaLevel.GRID)


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
