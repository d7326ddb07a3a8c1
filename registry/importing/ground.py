"""What rows of a file are compared with: the division tree in memory, types, units, and how far one's hand reaches."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray

from accounts.models import OrgUnit
from accounts.scope import area_grants
from core.actor import Actor
from grids.models import Area, AreaBoundary, UnitGrid
from registry.component_lifecycle import STEWARDS
from registry.models import ComponentType
from registry.rules.component_codes import CodeForm, code_form

LEVELS = ("grid", "community", "street", "district")
"""The deepest first: a point belongs to the deepest area that covers it, and there to the one of the lowest code."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Layer:
    """The areas of one level as a search tree; `places` are their rows in `Ground.areas`, by code."""

    tree: shapely.STRtree
    places: Ints


@dataclass(frozen=True)
class Ground:
    """`keys` has district, street, community and grid (0: none) of each area, `may` whether the actor keeps it."""

    layers: tuple[Layer, ...]
    keys: Ints
    may: NDArray[np.bool_]
    kept: list[int]
    district_codes: list[str]
    form: CodeForm
    types: dict[str, tuple[int, str]]
    by_number: dict[str, int]
    units: dict[str, int]
    cells: Layer | None = None
    cell_codes: tuple[str, ...] = ()

    def cells_at(self, lng: Floats, lat: Floats) -> list[str] | None:
        """Per point the code of its unit grid, empty outside all of them; None where there are no unit grids."""
        if self.cells is None:
            return None
        found = np.full(len(lng), len(self.cell_codes), dtype=np.int64)
        asked, hit = self.cells.tree.query(shapely.points(lng, lat), predicate="intersects")
        np.minimum.at(found, asked, self.cells.places[hit])
        codes = (*self.cell_codes, "")
        return [codes[at] for at in found.tolist()]

    def locate(self, lng: Floats, lat: Floats) -> Ints:
        """Per point the row of its area, -1 outside all of them. 1 to 4 microseconds each."""
        found = np.full(len(lng), -1, dtype=np.int64)
        points = shapely.points(lng, lat)
        for layer in self.layers:
            open_ones = np.flatnonzero(found < 0)
            if not len(open_ones):
                break
            asked, hit = layer.tree.query(points[open_ones], predicate="intersects")
            lowest = np.full(len(open_ones), np.iinfo(np.int64).max)
            np.minimum.at(lowest, asked, layer.places[hit])
            covered = lowest < np.iinfo(np.int64).max
            found[open_ones[covered]] = lowest[covered]
        return found


def ground_for(actor: Actor) -> Ground:
    """Everything a file is compared with, as it is now."""
    form = code_form(settings.COMPONENT_CODE_SPLIT)
    areas = list(Area.objects.filter(level__in=LEVELS).select_related("district").order_by("code"))
    row = {area.pk: number for number, area in enumerate(areas)}
    keys = np.array(
        [[a.district_id or 0, a.street_id or 0, a.community_id or 0, a.grid_id or 0] for a in areas], dtype=np.int64
    ).reshape(-1, 4)
    kept = [grant.area_path for grant in area_grants(actor, STEWARDS)]
    may = [actor.is_system or any(a.path == path or a.path.startswith(path + ".") for path in kept) for a in areas]
    outlines = AreaBoundary.objects.filter(area__level__in=LEVELS, validity__endswith=None).order_by("area__code")
    shapes: dict[str, list[tuple[int, bytes]]] = {level: [] for level in LEVELS}
    for area_id, level, geometry in outlines.values_list("area_id", "area__level", "geometry"):
        shapes[level].append((row[area_id], bytes(geometry.wkb)))
    layers = tuple(
        Layer(shapely.STRtree(shapely.from_wkb([wkb for _, wkb in found])), np.array([number for number, _ in found]))
        for found in (shapes[level] for level in LEVELS)
        if found
    )
    cells, cell_codes = _cells()
    kinds = list(ComponentType.objects.current())
    units = {unit.code: unit.pk for unit in OrgUnit.objects.filter(is_active=True)}
    units |= {unit.name: unit.pk for unit in OrgUnit.objects.filter(is_active=True).order_by("-pk")}
    named = {kind.name: (kind.pk, kind.number) for kind in reversed(kinds)}
    numbered = {kind.number: (kind.pk, kind.number) for kind in kinds if kind.number}
    return Ground(
        layers=layers,
        keys=keys,
        may=np.array(may, dtype=np.bool_),
        kept=[area.pk for area, allowed in zip(areas, may, strict=True) if allowed],
        district_codes=[(a.district.code if a.district else "")[: form.district] for a in areas],
        form=form,
        types=named | numbered | {kind.code: (kind.pk, kind.number) for kind in kinds},
        by_number={kind.number: kind.pk for kind in kinds if kind.number},
        units=units,
        cells=cells,
        cell_codes=cell_codes,
    )


def _cells() -> tuple[Layer | None, tuple[str, ...]]:
    """The unit grids, by code."""
    rows = list(UnitGrid.objects.order_by("code").values_list("code", "geometry"))
    if not rows:
        return None, ()
    tree = shapely.STRtree(shapely.from_wkb([bytes(geometry.wkb) for _, geometry in rows]))
    return Layer(tree, np.arange(len(rows))), tuple(code for code, _ in rows)
