"""The tools of the grid editor, each one step of a draft: split, merge, move a border, draw, write on, renumber.

Areas are named by their refs (`a12` present, `n7` new in the draft). Lines and outlines are shapes in EPSG:4326. All of
them raise what `drawing` raises, NotFound for a ref that is not in the draft, and CannotDrawThis with the reason.
"""

from collections.abc import Sequence
from typing import Any

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from core.actor import Actor
from core.errors import Invalid, NotFound
from grids.actions.drafts import drawing, geos
from grids.errors import CannotDrawThis
from grids.models import Area, AreaLevel, BoundaryDraft, DraftArea
from grids.queries.draft_plan import Plan, Planned, codes_ever_used, plan_around, ref_of_new
from grids.rules import drawing as tools
from grids.rules.codes import CODE_FORMS, PARENT_LEVELS, is_well_formed
from grids.rules.numbering import next_code, proposed_codes
from grids.rules.refusals import WORDS

NUMBERED = ("grid", "micro_grid")
"""Levels whose codes follow the rule; the codes above are given by the state."""


def split_area(*, draft_id: int, version: int, ref: str, line: LineString, actor: Actor) -> list[str]:
    """Cut an area along a line. The largest piece stays the area, the others are new; households follow the ground.

    Returns the refs of the pieces, the area itself first.
    """
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="split") as step:
        plan = plan_around(step.draft, [ref])
        area = _of(plan, ref)
        _without_parts(plan, area)
        pieces = _tool(lambda: tools.split(area.outline, line))
        shares = [round(area.households * piece.area / area.outline.area) for piece in pieces[1:]]
        step.change(area, outline=geos(pieces[0]), households=max(area.households - sum(shares), 0))
        refs, code = [ref], Codes(step.draft, plan, area.parent, area.level)
        for number, (piece, households) in enumerate(zip(pieces[1:], shares, strict=True), start=2):
            name = _free_name(plan, area.parent, f"{area.name}-{number}", refs)
            row = step.add(_new_row(plan, area.parent, area.level, code.next(), name, households, piece))
            row.origins = _grounds(area)
            row.save(update_fields=["origins"])
            refs.append(ref_of_new(row.pk))
        step.facts = {"ref": ref, "pieces": refs}
    return refs


def merge_areas(*, draft_id: int, version: int, refs: Sequence[str], actor: Actor) -> str:
    """Make neighbours one area. The first one named stays and keeps code and people; the others are closed."""
    chosen = list(dict.fromkeys(refs))
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="merge") as step:
        if len(chosen) < 2:
            raise refusal("two_needed")
        plan = plan_around(step.draft, chosen)
        areas = [_of(plan, ref) for ref in chosen]
        _same_parent(areas)
        for area in areas:
            _without_parts(plan, area)
        merged = _tool(lambda: tools.merge([area.outline for area in areas]))
        kept, others = areas[0], areas[1:]
        if kept.area_id is None and any(other.area_id is not None for other in others):
            kept = next(area for area in areas if area.area_id is not None)
            others = [area for area in areas if area is not kept]
        grounds = sorted({ground for area in areas for ground in _grounds(area)})
        step.change(
            kept,
            outline=geos(merged),
            households=sum(area.households for area in areas),
            origins=grounds,
        )
        for other in others:
            step.close(other)
        step.facts = {"kept": kept.ref, "closed": [other.ref for other in others]}
    return kept.ref


def move_border(*, draft_id: int, version: int, refs: Sequence[str], line: LineString, actor: Actor) -> None:
    """Another border between two neighbours; together they keep their ground, and nobody else's changes."""
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="border") as step:
        if len(set(refs)) != 2:
            raise refusal("two_needed")
        plan = plan_around(step.draft, refs)
        one, other = (_of(plan, ref) for ref in refs)
        _same_parent([one, other])
        first, second = _tool(lambda: tools.move_border(one.outline, other.outline, line))
        step.change(one, outline=geos(first))
        step.change(other, outline=geos(second))
        step.facts = {"refs": list(refs)}


def draw_area(
    *,
    draft_id: int,
    version: int,
    parent: str,
    outline: BaseGeometry,
    actor: Actor,
    name: str = "",
    households: int = 0,
) -> str:
    """A new area below `parent` (a ref), on ground that its siblings give up. What lies outside the parent is cut off.

    A sibling that would lose all of its ground is refused: then the areas are merged instead.
    """
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="draw") as step:
        plan = plan_around(step.draft, [parent], children=True)
        above = _of(plan, parent)
        level = next(level for level in AreaLevel.values if above.level in PARENT_LEVELS[level])
        siblings = [area for area in plan.children(parent) if area.outline.intersects(outline)]
        drawn, rests = _tool(lambda: tools.carve(outline, above.outline, [area.outline for area in siblings]))
        origins: list[int] = []
        for sibling, rest in zip(siblings, rests, strict=True):
            if rest.is_empty:
                raise refusal("covers_whole_area", name=sibling.name)
            if sibling.outline.area - rest.area > 0:
                step.change(sibling, outline=geos(rest))
                origins += _grounds(sibling)
        code = Codes(step.draft, plan, parent, level).next() if level in NUMBERED else ""
        row = _new_row(
            plan, parent, level, code, name.strip() or _numbered_name(plan, parent, level), households, drawn
        )
        row.origins = sorted({*origins})
        step.add(row)
        step.facts = {"parent": parent, "ref": ref_of_new(row.pk)}
    return ref_of_new(row.pk)


def write_on_area(*, draft_id: int, version: int, ref: str, actor: Actor, values: dict[str, Any]) -> None:
    """Name, code, households or outline of one area. `values` holds only what is to be different."""
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="write") as step:
        area = _of(plan_around(step.draft, [ref]), ref)
        written = dict(values)
        if "name" in written and not str(written["name"]).strip():
            raise _invalid("name", "required", "请填写名称。", "A name is needed.")
        if "code" in written and not is_well_formed(area.level, written["code"]):
            zh, en = CODE_FORMS[area.level]
            raise _invalid("code", "malformed", f"代码应为{zh}。", f"The code must be {en}.")
        if "outline" in written:
            written["outline"] = geos(tools.as_multipolygon(written["outline"]))
        step.change(area, **written)
        step.facts = {"ref": ref, "fields": sorted(written)}


def give_up_area(*, draft_id: int, version: int, ref: str, actor: Actor) -> None:
    """Close an area without giving its ground to anybody: the checks show the gap until somebody takes it."""
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="close") as step:
        plan = plan_around(step.draft, [ref])
        area = _of(plan, ref)
        _without_parts(plan, area)
        step.close(area)
        step.facts = {"ref": ref}


def forget_change(*, draft_id: int, version: int, ref: str, actor: Actor) -> None:
    """The draft no longer changes this area (a new one leaves it)."""
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="forget") as step:
        area = plan_around(step.draft, [ref]).by_ref.get(ref)
        if area is None or area.row is None:
            raise NotFound()
        step.drop(area.row)
        step.facts = {"ref": ref}


def renumber(*, draft_id: int, version: int, parent: str, actor: Actor) -> dict[str, str]:
    """Codes by the rule for everything directly below `parent`. Returns ref → code of those that got another one."""
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="renumber") as step:
        plan = plan_around(step.draft, [parent], children=True)
        proposal = codes_by_rule(plan, parent)
        changed = {ref: code for ref, code in proposal.items() if plan.by_ref[ref].code != code}
        for ref, code in changed.items():
            step.change(plan.by_ref[ref], code=code)
        step.facts = {"parent": parent, "codes": changed}
    return changed


def codes_by_rule(plan: Plan, parent: str) -> dict[str, str]:
    """ref → code for everything directly below `parent`, from west to east and north to south.

    Numbers of areas that were closed earlier, or that this draft closes, are skipped.
    """
    above, children = _of(plan, parent), plan.children(parent)
    if not children or children[0].level not in NUMBERED:
        raise refusal("numbers_used_up") if children else NotFound()
    own = {code for area in children if area.area_id is not None for code in _present_codes(area)}
    gone = codes_ever_used(above.code) - own
    try:
        return proposed_codes(above.code, children[0].level, {area.ref: area.outline for area in children}, gone)
    except ValueError as error:
        raise refusal("numbers_used_up") from error


class Codes:
    """Gives out numbers below a parent that nobody has, had, or holds in this draft."""

    def __init__(self, draft: BoundaryDraft, plan: Plan, parent: str, level: str) -> None:
        above = plan.by_ref.get(parent)
        self._level, self._above = level, above.code if above else ""
        drafted = set(DraftArea.objects.filter(draft=draft).values_list("code", flat=True))
        self._taken = codes_ever_used(self._above) | drafted

    def next(self) -> str:
        if self._level not in NUMBERED or not self._above:
            return ""
        code = next_code(self._above, self._level, self._taken)
        if not code:
            raise refusal("numbers_used_up")
        self._taken.add(code)
        return code


def refusal(reason: str, **named: str) -> CannotDrawThis:
    zh, en = WORDS[reason]
    return CannotDrawThis(reason=reason, said_zh=zh.format(**named), said_en=en.format(**named))


def _tool(draw: Any) -> Any:
    """What a tool draws, or its refusal in words."""
    try:
        return draw()
    except tools.CannotDraw as error:
        raise refusal(error.reason) from error


def _of(plan: Plan, ref: str) -> Planned:
    area = plan.by_ref.get(ref)
    if area is None:
        raise NotFound()
    if not area.stands:
        raise refusal("closed", name=area.name)
    return area


def _without_parts(plan: Plan, area: Planned) -> None:
    if plan.children(area.ref):
        raise refusal("has_parts", name=area.name)


def _same_parent(areas: Sequence[Planned]) -> None:
    if len({(area.parent, area.level) for area in areas}) != 1:
        raise refusal("different_parents")


def _grounds(area: Planned) -> list[int]:
    """Numbers of the present areas whose ground this one holds."""
    own = [area.area_id] if area.area_id is not None else []
    return sorted({*own, *(area.row.origins if area.row else [])})


def _present_codes(area: Planned) -> set[str]:
    """The code it has in the tree, and the one it has in the draft."""
    held = {area.code}
    if area.area_id is not None:
        held |= set(Area.objects.filter(pk=area.area_id).values_list("code", flat=True))
    return held


def _new_row(
    plan: Plan, parent: str, level: str, code: str, name: str, households: int, outline: BaseGeometry
) -> DraftArea:
    above = plan.by_ref[parent]
    return DraftArea(
        level=level,
        parent_id=above.area_id,
        parent_draft=above.row if above.area_id is None else None,
        code=code,
        name=name[:40],
        households=households,
        outline=geos(outline),
    )


def _free_name(plan: Plan, parent: str, wanted: str, more: Sequence[str]) -> str:
    names = {area.name for area in plan.children(parent)}
    number = len(names) + len(more)
    return wanted if wanted not in names else f"{wanted}（{number}）"


def _numbered_name(plan: Plan, parent: str, level: str) -> str:
    """3号网格: the first number no sibling has in its name."""
    names = {area.name for area in plan.children(parent)}
    word = AreaLevel(level).label
    return next(name for number in range(1, 10_000) if (name := f"{number}号{word}") not in names)


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
