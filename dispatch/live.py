"""What dispatch tells the screens, and whom."""

from datetime import datetime
from typing import ClassVar

from accounts.audience import watchers_among
from core.live.latest import latest_type, publish_latest
from core.live.publish import Audience, LiveUpdate, area_audience, publish, unit_audience, user_audience
from dispatch.models import FieldTask, Responder
from dispatch.queries.tasks import task_rows
from dispatch.rules.geofence import Fix
from dispatch.shapes import FieldTaskRow

POSITION = latest_type("position")


class TaskChanged(LiveUpdate):
    """A task was issued or moved; `row` is the task as lists show it, without the reader's distance."""

    type: ClassVar[str] = "task.changed"
    subject_kind: ClassVar[str] = "task"

    change: str
    row: FieldTaskRow


def audience_of(task: FieldTask) -> Audience:
    """Who covers the task's area, and who holds it: the same rule as `FieldTask.objects.visible_to`."""
    return area_audience(task.area_path) | user_audience(task.assignee_user_id)


def publish_task(task: FieldTask, change: str) -> None:
    """Nothing that decides the audience changes in a task's life, so nobody has to be told that it is gone."""
    row = task_rows([task])[0]
    publish(TaskChanged(id=task.pk, version=task.version, change=change, row=row), after=audience_of(task))


def publish_position(responder: Responder, fix: Fix, at: datetime) -> None:
    """Where a responder is, to those who watch over the responder's area or unit, and to the responder."""
    watched = area_audience(responder.area_path) | unit_audience(responder.unit_id)
    audience = watchers_among(watched) | user_audience(responder.user_id)
    payload = {"responder_id": responder.pk, "lng": fix.lng, "lat": fix.lat, "at": at}
    publish_latest(POSITION, responder.pk, payload, audience)
