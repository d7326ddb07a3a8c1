"""Telling caches that map data changed."""

from grids.models import MapDataset
from grids.models.map_data import new_stamp

AREAS, BASE, BUILDINGS, COMPONENTS = "areas", "base", "buildings", "components"
UNIT_GRIDS, SENSORS = "unit_grids", "sensors"


def mark_changed(name: str, *, source: str | None = None) -> MapDataset:
    """A new stamp for the dataset, in the caller's transaction: cached tiles of the old state are never shown again."""
    values = {"stamp": new_stamp()} | ({} if source is None else {"source": source})
    dataset, _ = MapDataset.objects.update_or_create(name=name, defaults=values)
    return dataset
