"""Filling a draft with outlines that came from elsewhere: a file, a register, a generator.

The importer decides what is in the file (datum, names, codes); this decides what that means for the tree. Nothing is
published by it: what was filled in is looked at, checked and reviewed like anything drawn by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from core.actor import Actor
from grids.actions.drafts import Step, drawing
from grids.models import Area, AreaBoundary, AreaLevel, DraftArea
from grids.rules.codes import PARENT_LEVELS


@dataclass(frozen=True)
class Outline:
    """One area of a file. `outline` is a Polygon or MultiPolygon in EPSG:4326 and may be invalid: the checks say so.

    An area of the tree with the same `code` (below the draft's root) gets this outline and name; any other code is a
    new area below `parent_code`, which is an area of the tree or of the same file. `parent_code` may be empty where
    the code says it (12 digits + G + 3 → its first 12). `households` None keeps what is known. An empty `name` keeps
    the present name.
    """

    level: str
    code: str
    outline: GEOSGeometry
    name: str = ""
    parent_code: str = ""
    households: int | None = None


@dataclass
class Filled:
    """What became of the outlines, by code. `refused` gives a reason for each that could not be taken:
    `unknown_level`, `no_parent`, `wrong_parent_level`, `outside_root`, `twice`, `other_level`, `not_a_polygon`.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def fill_draft(
    *, draft_id: int, version: int, outlines: Sequence[Outline], actor: Actor, close_missing: Iterable[str] = ()
) -> Filled:
    """Put the outlines into an open draft, as one step (and so undone as one). Returns what became of each.

    `close_missing` names levels of which the file is complete: a present area of such a level below the root that the
    file does not hold is closed. Raises what `drawing` raises.
    """
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="fill") as step:
        filling = _Filling(step)
        for level in AreaLevel.values:
            for one in outlines:
                if one.level == level:
                    filling.take(one)
        known = set(AreaLevel.values)
        filling.filled.refused += [(one.code, "unknown_level") for one in outlines if one.level not in known]
        for level in close_missing:
            filling.close_missing(level)
        filled = filling.filled
        step.facts = {
            "added": len(filled.added),
            "changed": len(filled.changed),
            "closed": len(filled.closed),
            "refused": len(filled.refused),
        }
    return filled


class _Filling:
    """One filling of one draft: what is present and drafted already, by code, read once."""

    def __init__(self, step: Step) -> None:
        self.step, self.filled, root = step, Filled(), step.draft.root
        self.present = {area.code: area for area in Area.objects.current().under(root.path)}
        boundaries = AreaBoundary.objects.filter(
            area__in=[area.pk for area in self.present.values()], validity__endswith=None
        )
        self.outlines = dict(boundaries.values_list("area_id", "geometry"))
        rows = list(step.draft.areas.all())
        self.of_area = {row.area_id: row for row in rows if row.area_id is not None}
        self.new = {row.code: row for row in rows if row.area_id is None}
        self.seen: set[str] = set()

    def take(self, one: Outline) -> None:
        reason = self._refusal(one)
        if reason:
            self.filled.refused.append((one.code, reason))
            return
        self.seen.add(one.code)
        area = self.present.get(one.code)
        if area is not None:
            self._change(area, one)
        else:
            self._add(one)

    def close_missing(self, level: str) -> None:
        for code, area in self.present.items():
            row = self.of_area.get(area.pk)
            if area.level == level and code not in self.seen and area.pk != self.step.draft.root_id:
                row = self._row_of(area, row)
                row.change = DraftArea.Change.CLOSE
                self._store(row)
                self.filled.closed.append(code)

    def _refusal(self, one: Outline) -> str:
        if one.outline.geom_type not in {"Polygon", "MultiPolygon"} or one.outline.empty:
            return "not_a_polygon"
        if one.code in self.seen:
            return "twice"
        area = self.present.get(one.code)
        if area is not None:
            return "" if area.level == one.level else "other_level"
        if Area.objects.filter(code=one.code).exists():
            return "outside_root"
        parent = self._parent_code(one)
        above = self.present.get(parent) or self.new.get(parent)
        if above is None:
            return "no_parent"
        return "" if above.level in PARENT_LEVELS[one.level] else "wrong_parent_level"

    def _parent_code(self, one: Outline) -> str:
        if one.parent_code:
            return one.parent_code
        digits = {"street": 6, "community": 9, "grid": 12, "micro_grid": 16}
        return one.code[: digits.get(one.level, 0)]

    def _change(self, area: Area, one: Outline) -> None:
        row, present = self.of_area.get(area.pk), self.outlines.get(area.pk)
        name, households = one.name or area.name, area.households if one.households is None else one.households
        same = present is not None and present.equals_exact(_multi(one.outline), 1e-9)
        if row is None and same and (name, households) == (area.name, area.households):
            self.filled.unchanged.append(one.code)
            return
        row = self._row_of(area, row)
        row.change, row.name, row.households = DraftArea.Change.CHANGE, name, households
        row.outline = _multi(one.outline)
        self._store(row)
        self.filled.changed.append(one.code)

    def _add(self, one: Outline) -> None:
        row = self.new.get(one.code)
        if row is not None:
            self.step.remember(row)
        else:
            row = DraftArea(draft=self.step.draft, change=DraftArea.Change.ADD, code=one.code, level=one.level)
        parent = self._parent_code(one)
        area = self.present.get(parent)
        row.parent, row.parent_draft = area, None if area is not None else self.new[parent]
        row.name, row.outline = one.name or one.code, _multi(one.outline)
        row.households = row.households if one.households is None else one.households
        self._store(row)
        self.new[one.code] = row
        self.filled.added.append(one.code)

    def _row_of(self, area: Area, row: DraftArea | None) -> DraftArea:
        """The draft's row of a present area, remembered for undoing where it was there before."""
        if row is not None:
            self.step.remember(row)
            return row
        made = DraftArea(
            draft=self.step.draft,
            area=area,
            base_version=area.version,
            level=area.level,
            parent_id=area.parent_id,
            code=area.code,
            name=area.name,
            households=area.households,
            outline=self.outlines[area.pk],
        )
        self.of_area[area.pk] = made
        return made

    def _store(self, row: DraftArea) -> None:
        row.save()
        self.step.touched.append(row.pk)


def _multi(outline: GEOSGeometry) -> GEOSGeometry:
    """One kind of geometry for every area; the ring itself stays as it came."""
    return MultiPolygon(outline, srid=4326) if isinstance(outline, Polygon) else outline
