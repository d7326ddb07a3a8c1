"""Field tasks as screens show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.actor import Actor
from core.clock import now
from core.deadlines.arithmetic import YELLOW_FROM, Light, light
from core.errors import NotFound
from dispatch.lifecycle import FIELD_TASK
from dispatch.models import FieldTask, Position
from dispatch.policies import roles_over_task
from dispatch.queries.subject_photos import before_photos
from dispatch.rules.geofence import Fix, distance_m
from dispatch.shapes import FieldTaskRow


def light_of(task: FieldTask, at: datetime) -> Light:
    """Green before 80 % of the time is used, yellow until it is due, red after; an ended task keeps its last light."""
    if task.due_at is None:
        return "green"
    span = task.due_at - task.issued_at
    return light(task.ended_at or at, warn_at=task.issued_at + span * YELLOW_FROM / 100, due_at=task.due_at)


def task_row(
    task: FieldTask, *, photos: list[dict[str, Any]], at: datetime, seen_from: Fix | None = None
) -> FieldTaskRow:
    """The row of one task; `seen_from` is where its reader stands, for the straight-line distance."""
    lng, lat = task.point.x, task.point.y
    return FieldTaskRow.model_validate(
        {
            "id": task.pk,
            "version": task.version,
            "kind": task.kind,
            "state": task.state,
            "subject": {"kind": task.subject_kind, "id": task.subject_id},
            "title": task.title,
            "note": task.note,
            "level": task.level,
            "area_path": task.area_path,
            "area_label": task.area_label,
            "address": task.address,
            "lng": lng,
            "lat": lat,
            "distance_m": round(distance_m(seen_from.lng, seen_from.lat, lng, lat)) if seen_from else None,
            "on_site": task.on_site,
            "assignee": {"id": task.assignee_id, "user_id": task.assignee_user_id, "name": task.assignee.name},
            "issued_at": task.issued_at,
            "due_at": task.due_at,
            "accepted_at": task.accepted_at,
            "arrived_at": task.arrived_at,
            "ended_at": task.ended_at,
            "light": light_of(task, at),
            "result": task.result,
            "before_photos": photos,
        }
    )


def task_rows(tasks: Sequence[FieldTask], *, seen_from: Fix | None = None) -> list[FieldTaskRow]:
    """The rows of a page (assignees already joined): the photos cost one call however many tasks."""
    photos, at = before_photos(tasks), now()
    return [
        task_row(task, photos=photos.get((task.subject_kind, task.subject_id), []), at=at, seen_from=seen_from)
        for task in tasks
    ]


def standing_at(actor: Actor) -> Fix | None:
    """The actor's own latest fix, if there is one."""
    position = Position.objects.filter(responder__user_id=actor.user_id).first() if actor.user_id is not None else None
    return Fix(position.point.x, position.point.y, position.accuracy_m) if position else None


def visible_task(task_id: int, actor: Actor) -> FieldTask:
    """The task, or NotFound where the actor may not see it."""
    task = FieldTask.objects.visible_to(actor).select_related("assignee").filter(pk=task_id).first()
    if task is None:
        raise NotFound()
    return task


def tasks_of_subject(subject_kind: str, subject_id: int) -> list[FieldTaskRow]:
    """The rows of every task about a subject, oldest first; the caller has checked that its reader may see it."""
    tasks = FieldTask.objects.filter(subject_kind=subject_kind, subject_id=subject_id).select_related("assignee")
    return task_rows(list(tasks.order_by("id")))


def allowed_moves(task: FieldTask, actor: Actor, *, english: bool = False) -> list[dict[str, Any]]:
    """The moves this person may make now: the buttons."""
    roles = roles_over_task(task, actor)
    rows = [row for row in FIELD_TASK.rows_from(task.state) if roles & row.roles]
    return [
        {"move": row.move, "label": row.en if english else row.zh, "needs": list(row.needs), "available": row.available}
        for row in rows
        if row.move != "done" or not task.on_site or task.state == "arrived"
    ]
