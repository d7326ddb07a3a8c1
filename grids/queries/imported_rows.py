"""An import row by row: what each shape would become, what matches, and what is in the way."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from grids.divisions import DistrictList, district_list
from grids.importing import findings
from grids.importing.findings import Finding
from grids.importing.placing import Placer, Placing
from grids.importing.repair import Condition, condition_of
from grids.models import Area, AreaBoundary, BoundaryImport, ImportedShape
from grids.rules.codes import CODE_FORMS, PARENT_LEVELS, is_well_formed
from grids.rules.metres import square_metres
from grids.rules.name_match import Division, Match, matches, stem, sure_match
from grids.rules.numbering import MOST, proposed_codes

_BEYOND_SQUARE_METRES, _BEYOND_SHARE = 100.0, 0.01
_NATIONAL_LEVELS = ("street", "community")


@dataclass
class Row:
    """`code_from` says where the code comes from: "file", "person", "present", "national", "rule" or "" without one.

    `present` is the area in force that this row changes; without one the row is a new area below `parent_code`.
    """

    number: int
    taken: bool
    name: str
    code: str
    code_from: str
    parent_code: str
    parent_name: str
    present: Area | None
    national: list[Match]
    condition: Condition | None
    repaired: bool
    found: list[Finding] = field(default_factory=list)

    @property
    def is_blocked(self) -> bool:
        return any(one.weight == "error" for one in self.found) or self.awaits_answer

    @property
    def awaits_answer(self) -> bool:
        return self.condition is not None and not self.condition.is_sound and not self.repaired


def placing_of(source: BoundaryImport) -> Placing:
    return Placing(source.projection, source.datum, source.swapped)


def wkt_of(source: BoundaryImport) -> str:
    return next((str(layer["wkt"]) for layer in source.layers if layer["name"] == source.layer), "")


def rows_of(source: BoundaryImport) -> list[Row]:
    """All rows of the chosen layer in the file's order. The file must have been placed."""
    return _Reading(source).rows()


class _Reading:
    """One reading of one import: tree and national list are read once for all rows."""

    def __init__(self, source: BoundaryImport) -> None:
        self._source = source
        self._placer = Placer(placing_of(source), wkt_of(source))
        self._root = source.root
        within = list(Area.objects.current().under(self._root.path))
        self._by_code = {area.code: area for area in within}
        self._same_level = [area for area in within if area.level == source.level]
        names = Counter(stem(area.name) for area in self._same_level)
        self._by_name = {stem(area.name): area for area in self._same_level if names[stem(area.name)] == 1}
        parents = PARENT_LEVELS[source.level]
        self._parents = [area for area in within if area.level in parents]
        self._parent_outlines = outlines_of(self._parents)
        self._drawn = [area for area in self._parents if area.pk in self._parent_outlines]
        self._drawn_by_code = {area.code: area for area in self._drawn}
        self._parent_tree = shapely.STRtree([self._parent_outlines[area.pk] for area in self._drawn])
        self._national = self._district()

    def rows(self) -> list[Row]:
        shapes = self._source.shapes.filter(layer=self._source.layer).order_by("number")
        rows = [self._row(shape) for shape in shapes]
        if self._source.level in MOST:
            self._number_by_rule(rows)
        self._find(rows)
        return rows

    def _row(self, shape: ImportedShape) -> Row:
        source, attributes = self._source, shape.attributes
        name = shape.name if shape.name is not None else attributes.get(source.name_field, "")[:40]
        code = shape.code if shape.code is not None else attributes.get(source.code_field, "")[:24]
        condition = condition_of(self._placer.place(bytes(shape.wkb)))
        row = Row(shape.number, shape.taken, name, code, "", "", "", None, [], condition, shape.repaired)
        if code:
            row.code_from = "person" if shape.code is not None else "file"
        parent = self._parent_at(condition.outline) if condition else None
        row.national = self._national_matches(row, parent)
        if not row.code and (same := self._by_name.get(stem(name))):
            row.code, row.code_from = same.code, "present"
        if not row.code and (national := sure_match(row.national)):
            row.code, row.code_from = national.code, "national"
        row.present = self._by_code.get(row.code)
        if row.present is not None and row.present.parent_id is not None:
            parent = next((one for one in self._parents if one.pk == row.present.parent_id), parent)
        elif row.code:
            parent = self._parent_of_code(row.code) or parent
        if parent is not None:
            row.parent_code, row.parent_name = parent.code, parent.name
        return row

    def _number_by_rule(self, rows: Sequence[Row]) -> None:
        """Grids and micro-grids without a code get the next ones of their parent, by the rule of the numbering."""
        nameless: dict[str, dict[str, BaseGeometry]] = {}
        for row in rows:
            if row.taken and not row.code and row.condition and row.parent_code:
                nameless.setdefault(row.parent_code, {})[f"{row.number:06d}"] = row.condition.outline
        taken = set(self._by_code) | {row.code for row in rows if row.code}
        by_number = {row.number: row for row in rows}
        for parent_code, outlines in nameless.items():
            try:
                codes = proposed_codes(parent_code, self._source.level, outlines, taken)
            except ValueError:
                continue
            for number, code in codes.items():
                row = by_number[int(number)]
                row.code, row.code_from = code, "rule"

    def _find(self, rows: Sequence[Row]) -> None:
        codes: dict[str, int] = {}
        names: dict[tuple[str, str], int] = {}
        for row in rows:
            if not row.taken:
                continue
            row.found += self._wrong_with(row)
            if row.code and (first := codes.setdefault(row.code, row.number)) != row.number:
                row.found.append(findings.twice("code", first))
            if row.name and (first := names.setdefault((row.parent_code, row.name), row.number)) != row.number:
                row.found.append(findings.twice("name", first))

    def _wrong_with(self, row: Row) -> list[Finding]:
        found = [] if row.name or row.present else [findings.NO_NAME]
        found += self._wrong_with_code(row)
        if row.condition is None:
            return [*found, findings.NO_AREA]
        if row.condition.crosses_at is not None:
            before, after = row.condition.area_before, row.condition.area_after
            found.append(findings.crosses(*row.condition.crosses_at, before, after))
        if row.condition.parts > 1:
            found.append(findings.islands(row.condition.parts))
        if row.condition.holes:
            found.append(findings.holes(row.condition.holes))
        if row.present is not None and row.name and row.name != row.present.name:
            found.append(findings.renamed(row.present.name))
        return found + self._beyond(row, row.condition.outline)

    def _wrong_with_code(self, row: Row) -> list[Finding]:
        level = self._source.level
        if not row.code:
            return [findings.NO_CODE]
        if row.present is not None:
            return [] if row.present.level == level else [findings.other_level(row.present.name)]
        if not is_well_formed(level, row.code):
            return [findings.malformed(*CODE_FORMS[level])]
        return [] if row.parent_code else [findings.NO_PARENT]

    def _beyond(self, row: Row, outline: MultiPolygon) -> list[Finding]:
        parent = self._drawn_by_code.get(row.parent_code)
        if parent is None:
            return []
        beyond = square_metres(outline.difference(self._parent_outlines[parent.pk]))
        is_much = beyond > max(_BEYOND_SQUARE_METRES, _BEYOND_SHARE * square_metres(outline))
        return [findings.beyond_parent(parent.name, beyond)] if is_much else []

    def _national_matches(self, row: Row, parent: Area | None) -> list[Match]:
        if self._national is None or self._source.level not in _NATIONAL_LEVELS:
            return []
        of_level = self._national.streets if self._source.level == "street" else self._national.communities
        same_code = [Match(one, 1.0) for one in of_level if row.code and one.code == row.code]
        if same_code:
            return same_code
        near = [one for one in of_level if parent is not None and one.code.startswith(parent.code)]
        return matches(row.name, near) or matches(row.name, of_level)

    def _district(self) -> DistrictList | None:
        code = next((area.code for area in [self._root, self._root.district] if area and len(area.code) >= 6), "")
        return district_list(code[:6])

    def _parent_at(self, outline: MultiPolygon) -> Area | None:
        """The possible parent in which a point of the outline lies."""
        inside = self._parent_tree.query(outline.representative_point(), predicate="intersects")
        return min((self._drawn[place] for place in inside), key=lambda area: area.code, default=None)

    def _parent_of_code(self, code: str) -> Area | None:
        return next((area for area in self._parents if code != area.code and code.startswith(area.code)), None)


def outlines_of(areas: Sequence[Area]) -> Mapping[int, BaseGeometry]:
    """Area number → present outline, for those that have one."""
    found = AreaBoundary.objects.filter(area__in=[area.pk for area in areas], validity__endswith=None)
    return {area: shapely.from_wkb(bytes(outline.wkb)) for area, outline in found.values_list("area_id", "geometry")}


def national_list(source: BoundaryImport) -> Sequence[Division]:
    """The entries of the national list that rows of this import can be, for choosing by hand."""
    reading = district_list((source.root.district or source.root).code[:6])
    if reading is None:
        return ()
    return reading.streets if source.level == "street" else reading.communities if source.level == "community" else ()
