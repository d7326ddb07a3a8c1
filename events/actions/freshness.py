"""Refusing a stale click, and saying who was faster."""

from typing import Never

from core.actor import Actor
from core.errors import AlreadyTaken, StaleVersion
from core.models import HistoryRow


def require_fresh(
    subject_kind: str,
    subject_id: int,
    move: str,
    actor: Actor,
    *,
    seen: int,
    current: int,
    order_id: int | None = None,
) -> Never:
    """Raise what a click on an old version deserves.

    AlreadyTaken (by, at) where somebody else made the same move since the version `seen` (of the leg `order_id`, where
    one is named); else StaleVersion (current_version).
    """
    made = HistoryRow.objects.filter(subject_kind=subject_kind, subject_id=subject_id, move=move)
    if order_id is not None:
        made = made.filter(facts__orders__has_key=str(order_id))
    last = made.order_by("-seq").values("at", "actor_id", "facts", "personal").first()
    by_another = last is not None and last["actor_id"] != actor.user_id
    if last is not None and by_another and last["facts"].get("version", 0) > seen:
        by = (last["personal"] or {}).get("actor_name", "")
        raise AlreadyTaken(by=by, at=last["at"].isoformat(), current_version=current)
    raise StaleVersion(current_version=current)
