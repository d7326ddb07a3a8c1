"""The footing that holds for an area."""

from accounts.scope import roles_over
from core.actor import Actor
from wall.lifecycle import FOOTING
from wall.models import Footing
from wall.queries.plans import plans
from wall.shapes import FootingBook, FootingPlan, FootingShape, FootingStep


def _above(path: str) -> list[str]:
    labels = path.split(".")
    return [".".join(labels[: depth + 1]) for depth in range(len(labels))]


def footing_over(path: str) -> Footing:
    """An emergency of the area or of one above it holds; else the area's own footing. One statement."""
    rows = {row.area_path: row for row in Footing.objects.select_related("asked_by").filter(area_path__in=_above(path))}
    nearest_first = [rows[one] for one in reversed(_above(path)) if one in rows]
    at_war = next((row for row in nearest_first if row.state in ("war", "peace_asked")), None)
    return at_war or rows.get(path) or Footing(pk=0, area_path=path, version=0)


def footing_shape(footing: Footing, actor: Actor | None = None) -> FootingShape:
    """`actor`: whose moves are told; a wall has none."""
    plan = plans().get(footing.plan)
    return FootingShape(
        id=footing.pk or 0,
        version=footing.version,
        area_path=footing.area_path,
        state=footing.state,  # type: ignore[arg-type]
        plan=FootingPlan(code=plan.code, zh=plan.zh, en=plan.en) if plan else None,
        checklist=[FootingStep.model_validate(step) for step in footing.checklist],
        since=footing.since,
        asked_by=footing.asked_by.name if footing.asked_by else "",
        asked_role=footing.asked_role,
        asked_at=footing.asked_at,
        allowed_moves=allowed_moves(footing, actor) if actor else [],
    )


def allowed_moves(footing: Footing, actor: Actor) -> list[str]:
    """Whoever asked does not confirm, and neither does somebody in the same post."""
    held = roles_over(actor, footing.area_path)
    found = []
    for row in FOOTING.rows_from(footing.state):
        may = held & row.roles
        if row.move == "confirm":
            may = may - {footing.asked_role} if actor.user_id != footing.asked_by_id else frozenset()
        if may:
            found.append(row.move)
    return found


def footing_book(path: str, actor: Actor) -> FootingBook:
    return FootingBook(
        footing=footing_shape(footing_over(path), actor),
        plans=[FootingPlan(code=plan.code, zh=plan.zh, en=plan.en) for plan in plans().values()],
    )
