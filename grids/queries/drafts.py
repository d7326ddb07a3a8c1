"""Drafts as the editor shows them."""

import json
from collections import Counter, defaultdict
from typing import Any

import shapely

from accounts.scope import roles_over
from core.actor import Actor
from core.history.record import of_subject
from core.lifecycle import Transition
from grids.lifecycle import BOUNDARY_DRAFT, DraftMove
from grids.models import Area, AreaSuccession, BoundaryDraft, DraftArea, DraftEdit
from grids.policies import TREE_ROLES
from grids.queries.draft_plan import plan_of, ref_of_area, ref_of_new
from grids.queries.staff import workers_of

SHOWN = 100
PEOPLE = ("root", "created_by", "changed_by", "submitted_by")
NOT_WHO_SUBMITTED = frozenset({DraftMove.PUBLISH, DraftMove.APPROVE, DraftMove.RETURN})


def draft_rows(actor: Actor, *, under: str = "") -> list[dict[str, Any]]:
    """The newest drafts the actor may see, below a path: two queries."""
    drafts = BoundaryDraft.objects.visible_to(actor).select_related(*PEOPLE).order_by("-changed_at", "-pk")
    if under:
        drafts = drafts.filter(root__in=Area.objects.under(under))
    page = list(drafts[:SHOWN])
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for draft_id, change in DraftArea.objects.filter(draft__in=page).values_list("draft_id", "change"):
        counts[draft_id][change] += 1
    return [_row(draft, actor, counts[draft.pk]) for draft in page]


def draft_detail(draft: BoundaryDraft, actor: Actor) -> dict[str, Any]:
    """One draft with what it says about each area, and the step that could be undone."""
    rows = list(draft.areas.select_related("area", "parent").order_by("code", "pk").defer("outline"))
    last = DraftEdit.objects.filter(draft=draft, undone=False).select_related("by").order_by("-version").first()
    return _row(draft, actor, Counter(row.change for row in rows)) | {
        "areas": [_area(row) for row in rows],
        "undo": {
            "tool": last.operation,
            "by": last.by.name if last.by else "",
            "mine": last.by_id == actor.user_id,
        }
        if last
        else None,
    }


def plan_rows(draft: BoundaryDraft, *, under: str, level: str) -> list[dict[str, Any]]:
    """The areas of a level below a path as the draft would leave them, and everything it changes there."""
    plan = plan_of(draft, under=[under])
    inside = [
        area
        for area in plan.by_ref.values()
        if (area.level == level or area.change) and (not area.path or (area.path + ".").startswith(under + "."))
    ]
    inside.sort(key=lambda area: (area.code, area.ref))
    workers = workers_of([area.path for area in inside if area.path])
    return [
        {
            "ref": area.ref,
            "level": area.level,
            "parent": area.parent,
            "code": area.code,
            "name": area.name,
            "households": area.households,
            "path": area.path,
            "workers": None if workers is None else workers.get(area.path, 0),
            "change": area.change,
            "geometry": geojson(area.outline),
            "before": geojson(area.before) if area.change and area.before is not None else None,
        }
        for area in inside
    ]


def geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """To a centimetre, which is less than the width of a line on any screen."""
    made: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return made


def draft_history(draft: BoundaryDraft) -> list[dict[str, Any]]:
    """Every step and move, the newest first."""
    rows = of_subject("boundary_draft", draft.pk)[::-1]
    return [
        {
            "at": row.at,
            "by": (row.personal or {}).get("actor_name", ""),
            "move": row.move,
            "to_state": row.to_state,
            "facts": row.facts,
        }
        for row in rows[:500]
    ]


def successions(actor: Actor, under: str) -> list[dict[str, Any]]:
    """Where the ground of areas below a path went that the actor may see, the newest publication first."""
    seen = Area.objects.visible_to(actor)
    rows = AreaSuccession.objects.filter(old__in=seen.under(under), new__in=seen).select_related("old", "new")
    return [
        {
            "old_path": row.old.path,
            "old_name": row.old.name,
            "new_path": row.new.path,
            "new_name": row.new.name,
            "share": round(row.share, 4),
            "at": row.at,
        }
        for row in rows.order_by("-at", "old__path", "-share")[:2000]
    ]


def _row(draft: BoundaryDraft, actor: Actor, changes: Counter[str]) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "number": draft.number,
        "title": draft.title,
        "source": draft.source,
        "root_id": draft.root_id,
        "root_path": draft.root.path,
        "root_name": draft.root.name,
        "state": draft.state,
        "version": draft.version,
        "created_at": draft.created_at,
        "created_by": draft.created_by.name if draft.created_by else "",
        "changed_at": draft.changed_at,
        "changed_by": draft.changed_by.name if draft.changed_by else "",
        "submitted_by": draft.submitted_by.name if draft.submitted_by else "",
        "reason": draft.reason,
        "effective_at": draft.effective_at,
        "published_at": draft.published_at,
        "changes": {change: changes[change] for change in ("add", "change", "close")},
        "allowed_moves": [row.move for row in BOUNDARY_DRAFT.rows_from(draft.state) if _may(row, draft, actor)],
    }


def _may(row: Transition, draft: BoundaryDraft, actor: Actor) -> bool:
    if not row.roles & roles_over(actor, draft.root.path) & TREE_ROLES:
        return False
    own = draft.submitted_by_id is not None and draft.submitted_by_id == actor.user_id
    if row.move == DraftMove.TAKE_BACK:
        return own
    return not (own and row.move in NOT_WHO_SUBMITTED)


def _area(row: DraftArea) -> dict[str, Any]:
    parent = ref_of_new(row.parent_draft_id) if row.parent_draft_id else ""
    return {
        "ref": ref_of_area(row.area_id) if row.area_id is not None else ref_of_new(row.pk),
        "change": row.change,
        "level": row.level,
        "code": row.code,
        "name": row.name,
        "households": row.households,
        "parent": ref_of_area(row.parent_id) if row.parent_id is not None else parent,
        "path": row.area.path if row.area else "",
        "before": {"code": row.area.code, "name": row.area.name, "households": row.area.households}
        if row.area
        else None,
    }
