"""The tree as a draft would leave it: what is present, with what the draft changes."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from grids.models import Area, BoundaryDraft, DraftArea


def ref_of_area(area_id: int) -> str:
    return f"a{area_id}"


def ref_of_new(draft_area_id: int) -> str:
    return f"n{draft_area_id}"


@dataclass(frozen=True)
class Planned:
    """One area of the tree as it would be. `ref` names it in the draft: `a` and its number, or `n` for a new one.

    `change` is empty for what the draft does not touch. `before` is the present outline, None for a new area; for a
    closed one `outline` is what it last was. `path` is empty for a new area: it gets one when it is published.
    """

    ref: str
    area_id: int | None
    row: DraftArea | None
    level: str
    parent: str
    code: str
    name: str
    households: int
    path: str
    version: int | None
    change: str
    outline: BaseGeometry
    before: BaseGeometry | None

    @property
    def stands(self) -> bool:
        """Is it there after the draft?"""
        return self.change != DraftArea.Change.CLOSE


class Plan:
    """All areas a question needs, by ref."""

    def __init__(self, areas: Iterable[Planned]) -> None:
        self.by_ref = {area.ref: area for area in areas}
        self._children: dict[str, list[Planned]] = {}
        for area in self.by_ref.values():
            self._children.setdefault(area.parent, []).append(area)

    def children(self, ref: str) -> list[Planned]:
        """What stands directly below, by code."""
        return sorted((area for area in self._children.get(ref, []) if area.stands), key=lambda a: (a.code, a.ref))

    def touched(self) -> list[Planned]:
        return [area for area in self.by_ref.values() if area.change]


_PRESENT = """
SELECT a.id, a.level, a.parent_id, a.code, a.name, a.households, a.path, a.version, ST_AsBinary(b.geometry)
FROM grids_area a JOIN grids_area_boundary b ON b.area_id = a.id AND upper(b.validity) IS NULL
WHERE a.closed_at IS NULL AND (a.path = ANY(%(exact)s) OR a.path LIKE ANY(%(below)s))
"""


def plan_of(draft: BoundaryDraft, *, under: Iterable[str] | None = None) -> Plan:
    """The tree below the draft's root, the root itself included. With `under` only those subtrees (paths) and what
    the draft changes: an area above them is then absent, and so are its other parts.
    """
    paths = [draft.root.path] if under is None else _outermost(under)
    rows = list(draft.areas.all())
    drafted = {row.area_id: row for row in rows if row.area_id is not None}
    ids = sorted({*drafted, *(row.parent_id for row in rows if row.parent_id is not None)})
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT + " OR a.id = ANY(%(ids)s)" if ids else _PRESENT, {
            "exact": paths, "below": [f"{path}.%" for path in paths], "ids": ids,
        })  # fmt: skip
        present = cursor.fetchall()
    outlines = shapely.from_wkb([bytes(one[8]) for one in present])
    areas = []
    for (pk, level, parent_id, code, name, households, path, version, _), outline in zip(
        present, outlines, strict=True
    ):
        row = drafted.get(pk)
        areas.append(
            Planned(
                ref=ref_of_area(pk),
                area_id=pk,
                row=row,
                level=level,
                parent=ref_of_area(parent_id) if parent_id else "",
                code=row.code if row else code,
                name=row.name if row else name,
                households=row.households if row else households,
                path=path,
                version=version,
                change=row.change if row else "",
                outline=shape_of(row) if row else outline,
                before=outline,
            )
        )
    areas += [_new(row) for row in rows if row.area_id is None]
    return Plan(areas)


def _outermost(paths: Iterable[str]) -> list[str]:
    """Without those that lie below another: every row of the tree is compared with each that is left."""
    given = {*paths}
    return sorted(path for path in given if not any(path[:at] in given for at, sign in enumerate(path) if sign == "."))


def plan_around(draft: BoundaryDraft, refs: Iterable[str], *, children: bool = False) -> Plan:
    """The part of the plan that a step needs: the areas named, what stands above and beside them, and what is below."""
    ids = [int(ref[1:]) for ref in refs if ref[:1] == "a" and ref[1:].isdigit()]
    areas = Area.objects.under(draft.root.path).filter(pk__in=ids).select_related("parent")
    paths = {area.path if children or area.parent is None else area.parent.path for area in areas}
    new = [int(ref[1:]) for ref in refs if ref[:1] == "n" and ref[1:].isdigit()]
    rows = draft.areas.filter(pk__in=new, parent__isnull=False).select_related("parent")
    paths |= {row.parent.path for row in rows if row.parent is not None}
    return plan_of(draft, under=paths or {draft.root.path})


def shape_of(row: DraftArea) -> BaseGeometry:
    """The drafted outline for shapely."""
    shape: BaseGeometry = shapely.from_wkb(bytes(row.outline.wkb))
    return shape


def _new(row: DraftArea) -> Planned:
    if row.parent_draft_id is not None:
        parent = ref_of_new(row.parent_draft_id)
    else:
        parent = ref_of_area(row.parent_id) if row.parent_id is not None else ""
    return Planned(
        ref=ref_of_new(row.pk),
        area_id=None,
        row=row,
        level=row.level,
        parent=parent,
        code=row.code,
        name=row.name,
        households=row.households,
        path="",
        version=None,
        change=row.change,
        outline=shape_of(row),
        before=None,
    )


def codes_ever_used(parent_code: str) -> set[str]:
    """Every code below a parent's that an area has or had: a number is never given to a second place."""
    return set(Area.objects.filter(code__startswith=parent_code).values_list("code", flat=True))
