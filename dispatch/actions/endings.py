"""The end of a task: one place that writes the result, the history and the live update."""

from collections.abc import Collection, Mapping
from typing import Any

from core.actor import Actor
from core.clock import now
from core.history.record import append
from dispatch.lifecycle import FIELD_TASK
from dispatch.live import publish_task
from dispatch.models import FieldTask

STAYS = frozenset({"passed", "attachment_ids"})
"""What history keeps of a result for ever; the rest (note, reason, position) may be erased one day."""


def end(
    task: FieldTask, move: str, *, actor: Actor, roles: Collection[str], result: Mapping[str, Any] | None = None
) -> None:
    """Perform an ending move on the locked task."""
    change = FIELD_TASK.apply(move, task, actor=actor, roles=roles)
    task.ended_at = now()
    task.ended_by_id = actor.user_id
    task.result = dict(result) if result is not None else None
    task.save(update_fields=["state", "version", "ended_at", "ended_by", "result"])
    append(
        subject_kind="task",
        subject_id=task.pk,
        actor=actor,
        change=change,
        at=task.ended_at,
        facts={key: value for key, value in (result or {}).items() if key in STAYS},
        personal={key: value for key, value in (result or {}).items() if key not in STAYS},
    )
    publish_task(task, move)
