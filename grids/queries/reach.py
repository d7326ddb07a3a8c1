"""A reach in keys: what rows that store the keys of their areas are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.actor import Actor
from grids.actions.datasets import AREAS
from grids.models import Area, MapDataset
from grids.scope import reach_key, reach_of

_LEVELS = ("district", "street", "community", "grid")


@dataclass(frozen=True)
class Reach:
    """The areas somebody sees, by level; `key` is short and the same for everybody who sees the same.

    `leaves` are all areas at or below them by key, None where that is every area there is. Below a city its districts
    are named. A reach of a micro-grid alone holds nothing: what stores these keys knows no smaller area than a grid.
    """

    key: str
    keys: Mapping[str, tuple[int, ...]]
    leaves: frozenset[int] | None

    @property
    def is_everything(self) -> bool:
        return self.leaves is None

    def narrowing(self, alias: str, values: dict[str, Any]) -> str:
        """Narrows a statement to the rows of the table `alias` inside this reach, beginning with AND; nothing where it
        is everything. The keys go into `values`.
        """
        if self.is_everything:
            return ""
        for level, keys in self.keys.items():
            values[f"of_{level}"] = list(keys)
        within = " OR ".join(f"{alias}.{level}_id = ANY(%(of_{level})s)" for level in self.keys)
        return f"AND ({within})"


def reach_in_keys(actor: Actor) -> Reach:
    """The reach of an actor. One statement where the division tree did not change since it was last worked out."""
    paths = reach_of(actor)
    stamp = MapDataset.objects.filter(name=AREAS).values_list("stamp", flat=True).first() or ""
    return _worked_out(paths, stamp)


@lru_cache(maxsize=256)
def _worked_out(paths: tuple[str, ...], stamp: str) -> Reach:
    keys: dict[str, list[int]] = {}
    leaves: set[int] = set()
    for path in paths:
        below = list(Area.objects.under(path).filter(level__in=_LEVELS).values_list("pk", "level", "path"))
        leaves.update(pk for pk, _, _ in below)
        own = [(pk, level) for pk, level, found in below if found == path]
        for pk, level in own or [(pk, level) for pk, level, _ in below if level == "district"]:
            keys.setdefault(level, []).append(pk)
    everything = bool(leaves) and not Area.objects.filter(level__in=_LEVELS).exclude(pk__in=leaves).exists()
    return Reach(
        reach_key(paths),
        {level: tuple(sorted(found)) for level, found in keys.items()},
        None if everything else frozenset(leaves),
    )
