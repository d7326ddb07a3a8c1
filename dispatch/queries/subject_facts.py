"""What the owner of a task's subject knows of its ground, asked for through here by who holds the task."""

from collections.abc import Callable

from dispatch.models import FieldTask
from dispatch.shapes import TaskGround

GroundOf = Callable[[int], TaskGround | None]
"""subject id → its unit grid and component; None where there is no such subject."""

_sources: dict[str, GroundOf] = {}


def register_ground(subject_kind: str, ground_of: GroundOf) -> None:
    """Let `ground_of` answer for the subjects of this kind; called once at start-up by their owner."""
    _sources[subject_kind] = ground_of


def ground_of_task(task: FieldTask) -> TaskGround | None:
    source = _sources.get(task.subject_kind)
    return source(task.subject_id) if source else None
