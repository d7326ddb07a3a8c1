"""Which of an actor's roles count for a field task."""

from accounts.scope import roles_over
from core.actor import Actor
from dispatch.lifecycle import ASSIGNEE, DESKS
from dispatch.models import FieldTask


def roles_over_task(task: FieldTask, actor: Actor) -> frozenset[str]:
    """Whoever holds the task moves it; the desks of its area may say that somebody has arrived."""
    held = {ASSIGNEE} if actor.user_id is not None and task.assignee_user_id == actor.user_id else frozenset()
    return frozenset(held) | (roles_over(actor, task.area_path) & DESKS)
