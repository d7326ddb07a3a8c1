"""What is wrong with a draft: a list to go through, each with the place to look at.

Only what the draft touches is looked at: the areas it changes, the areas above them, and what stands beside them. What
was wrong before and is left as it was is a warning; what the draft makes wrong blocks it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from grids.models import Area, AreaLevel, BoundaryDraft
from grids.queries.draft_plan import Plan, Planned, plan_of
from grids.queries.norms import households_per_worker
from grids.queries.staff import workers_of
from grids.rules.codes import is_well_formed
from grids.rules.norms import is_over
from grids.rules.topology import Flaw, flaws_of, gaps, outside, overlaps, sound, was_there

BLOCKS, WARNS = "blocks", "warns"
ALWAYS_WARN = frozenset({"multipart", "hole", "no_worker", "households"})
MOST = 500
"""Findings that are listed; a file that is wrong everywhere is wrong in the first five hundred too."""


@dataclass(frozen=True)
class Finding:
    """`kind` names the check; `refs` and `names` the areas; `shape` the place (None: no place of its own); `norm` what
    `value` was measured by, where a site sets that.
    """

    kind: str
    severity: str
    refs: tuple[str, ...]
    names: tuple[str, ...]
    value: float
    shape: BaseGeometry | None
    norm: int | None = None

    def as_json(self) -> dict[str, Any]:
        placed = self.shape is not None and not self.shape.is_empty
        return {
            "kind": self.kind,
            "severity": self.severity,
            "refs": list(self.refs),
            "names": list(self.names),
            "value": round(self.value, 1),
            "norm": self.norm,
            "geometry": json.loads(shapely.to_geojson(self.shape)) if placed else None,
            "bounds": [round(number, 7) for number in self.shape.bounds] if placed and self.shape is not None else None,
        }


def plan_to_check(draft: BoundaryDraft) -> Plan:
    """What the draft touches with what stands around it, read once."""
    rows = list(draft.areas.select_related("area__parent", "parent"))
    paths = {draft.root.path} if not rows else set()
    for row in rows:
        above = row.area.parent if row.area is not None else row.parent
        paths |= {area.path for area in (above, row.area) if area is not None}
    inside = {path for path in paths if path == draft.root.path or path.startswith(draft.root.path + ".")}
    return plan_of(draft, under=inside | ({draft.root.path} if inside != paths else set()))


def check_draft(draft: BoundaryDraft, plan: Plan | None = None) -> list[Finding]:
    """All findings, those that block first; nothing where nothing is wrong."""
    plan = plan or plan_to_check(draft)
    found = [*_each(plan), *_together(plan), *_words(plan), *_stale(draft, plan), *_people(plan)]
    found.sort(key=lambda one: (one.severity != BLOCKS, one.kind, -one.value, one.refs))
    return found[:MOST]


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """kind → how many of those that block."""
    return dict(Counter(one.kind for one in findings if one.severity == BLOCKS))


def _each(plan: Plan) -> list[Finding]:
    """Outlines by themselves, of what the draft changes or adds."""
    found = []
    for area in plan.touched():
        if area.stands and area.outline is not area.before:
            for flaw in flaws_of(area.outline, 0):
                severity = WARNS if flaw.kind in ALWAYS_WARN else BLOCKS
                found.append(Finding(flaw.kind, severity, (area.ref,), (area.name,), flaw.value, flaw.shape))
    return found


def _together(plan: Plan) -> list[Finding]:
    """Outlines with their neighbours and with the area above, wherever one of them is touched."""
    parents = {area.parent for area in plan.touched()} | {area.ref for area in plan.touched()}
    found = []
    for ref in sorted(parents & plan.by_ref.keys()):
        above, children = plan.by_ref[ref], plan.children(ref)
        if above.stands and children:
            found += _below(plan, above, children)
        elif not above.stands:
            found += [
                Finding("left_behind", BLOCKS, (child.ref,), (child.name,), 0.0, child.outline) for child in children
            ]
    return found


def _below(plan: Plan, above: Planned, children: list[Planned]) -> list[Finding]:
    parent, outlines = sound(above.outline), [sound(child.outline) for child in children]
    before = [child.before for child in plan.by_ref.values() if child.parent == above.ref and child.before is not None]
    old_gap = shapely.difference(above.before, shapely.union_all(before)) if above.before is not None else None
    found = []
    for flaw in (*overlaps(outlines), *outside(parent, outlines)):
        concerned = [children[place] for place in flaw.places]
        old = not above.change and not any(child.change for child in concerned)
        found.append(_finding(flaw, concerned, old))
    found += [_finding(flaw, [above], was_there(flaw.shape, old_gap)) for flaw in gaps(parent, outlines)]
    return found


def _finding(flaw: Flaw, areas: list[Planned], old: bool) -> Finding:
    refs, names = tuple(area.ref for area in areas), tuple(area.name for area in areas)
    return Finding(flaw.kind, WARNS if old else BLOCKS, refs, names, flaw.value, flaw.shape)


def _words(plan: Plan) -> list[Finding]:
    """Codes and names: well formed, and nobody else's."""
    touched = [area for area in plan.touched() if area.stands]
    found = []
    for area in touched:
        if not is_well_formed(area.level, area.code):
            found.append(_about("malformed_code", area))
        if not area.name.strip():
            found.append(_about("no_name", area))
    codes = Counter(area.code for area in plan.by_ref.values() if area.stands and area.code)
    own = {area.area_id for area in plan.by_ref.values() if area.stands}
    held = set(
        Area.objects.filter(code__in=[area.code for area in touched])
        .exclude(pk__in=[pk for pk in own if pk is not None])
        .values_list("code", flat=True)
    )
    found += [_about("duplicate_code", area) for area in touched if codes[area.code] > 1 or area.code in held]
    for area in touched:
        names = [other.name for other in plan.children(area.parent)] if area.parent in plan.by_ref else []
        if names.count(area.name) > 1:
            found.append(_about("duplicate_name", area))
    return found


def _stale(draft: BoundaryDraft, plan: Plan) -> list[Finding]:
    """Areas that were changed or closed in the published tree after the draft took them up."""
    found = []
    for row in draft.areas.filter(area__isnull=False):
        ref = f"a{row.area_id}"
        area = plan.by_ref.get(ref)
        if area is None or area.version != row.base_version:
            shape = shapely.from_wkb(bytes(row.outline.wkb))
            found.append(Finding("changed_meanwhile", BLOCKS, (ref,), (row.name,), 0.0, shape))
    return found


def _people(plan: Plan) -> list[Finding]:
    """Grids of the draft with nobody to work in them, or too much for those who do."""
    grids = [area for area in plan.touched() if area.stands and area.level == AreaLevel.GRID]
    if not grids:
        return []
    workers = workers_of([area.path for area in grids if area.path])
    norm = households_per_worker()
    found = []
    for area in grids:
        count = (workers or {}).get(area.path, 0)
        if workers is not None and count == 0:
            found.append(_about("no_worker", area, severity=WARNS))
        if is_over(area.households, count, norm):
            found.append(_about("households", area, severity=WARNS, value=float(area.households), norm=norm))
    return found


def _about(kind: str, area: Planned, *, severity: str = BLOCKS, value: float = 0.0, norm: int | None = None) -> Finding:
    return Finding(kind, severity, (area.ref,), (area.name,), value, area.outline, norm)
