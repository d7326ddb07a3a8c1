"""What the one who holds a task does with it, and what the clock does when nobody does."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import local, now
from core.errors import AlreadyTaken, Invalid, StaleVersion
from core.history.record import append
from dispatch.actions.endings import end
from dispatch.actions.positions import keep_position
from dispatch.errors import ArrivalNeeded, NoRecentFix, OutsideGeofence
from dispatch.lifecycle import FIELD_TASK, OPEN_STATES, Move
from dispatch.live import publish_task
from dispatch.models import FieldTask, Position, TaskRule
from dispatch.models.task_rule import DEFAULT_GEOFENCE_METRES
from dispatch.policies import roles_over_task
from dispatch.queries.tasks import visible_task
from dispatch.rules.geofence import Fix, arrival
from dispatch.signals import task_ended, task_subject_lock, task_timed_out

logger = logging.getLogger(__name__)

STAMPS = {
    Move.SEE: "seen_at",
    Move.ACCEPT: "accepted_at",
    Move.ARRIVE: "arrived_at",
    Move.REPORT_ARRIVAL: "arrived_at",
}
BATCH = 200
FIX_HOLDS_FOR = timedelta(minutes=5)
"""How old the last fix of a device may be and still say where it is."""
PRESENCE_IS_EVIDENCE = frozenset({FieldTask.Kind.VERIFY, FieldTask.Kind.CHECK})
"""Whether somebody stood at the place is what these are about: a voice on the telephone is not enough."""


@dataclass(frozen=True)
class Outcome:
    """What the assignee found: does it hold (verify), did it pass (check). The evidence belongs to the listener."""

    passed: bool
    note: str = ""
    attachment_ids: Sequence[int] = ()
    fix: Fix | None = None


def see(*, task_id: int, version: int, actor: Actor) -> FieldTask:
    """The assignee has opened the task: the second tick on the dispatcher's screen."""
    return _step(Move.SEE, task_id, version, actor)


def accept(*, task_id: int, version: int, actor: Actor) -> FieldTask:
    """The assignee takes the task."""
    return _step(Move.ACCEPT, task_id, version, actor)


def arrive(*, task_id: int, version: int, actor: Actor, fix: Fix) -> FieldTask:
    """The assignee signs in at the place; refused with the distance where the fix is not inside the geofence."""
    return _step(Move.ARRIVE, task_id, version, actor, fix)


def report_arrival(*, task_id: int, version: int, actor: Actor) -> FieldTask:
    """The desk hears that the responder is there and records it.

    A recent fix of the responder's device has to agree; without one, a verification or check is refused, since presence
    is their evidence, and any other task is recorded as reported by word of mouth.
    """
    return _step(Move.REPORT_ARRIVAL, task_id, version, actor)


@transaction.atomic
def done(*, task_id: int, version: int, actor: Actor, outcome: Outcome) -> FieldTask:
    """The assignee hands in the result; the subject moves in the same transaction."""
    task = _locked_with_subject(task_id, actor)
    _require_version(task, version)
    FIELD_TASK.require(Move.DONE, task, actor=actor, roles=roles_over_task(task, actor))
    if task.on_site and task.state != "arrived":
        raise ArrivalNeeded()
    if not outcome.passed and not outcome.note.strip():
        raise Invalid(
            errors=[
                {
                    "field": "note",
                    "code": "required",
                    "message_zh": "请写明情况说明。",
                    "message_en": "Say why in the note.",
                }
            ]
        )
    result = {
        "passed": outcome.passed,
        "note": outcome.note,
        "attachment_ids": list(outcome.attachment_ids),
        "position": _position(outcome.fix),
    }
    end(task, Move.DONE, actor=actor, roles=roles_over_task(task, actor), result=result)
    task_ended.send(sender=FieldTask, task=task, actor=actor, result=result)
    return task


@transaction.atomic
def refuse(*, task_id: int, version: int, actor: Actor, reason: str) -> FieldTask:
    """The assignee cannot do it and says why; the subject goes back to whoever sent the task."""
    task = _locked_with_subject(task_id, actor)
    _require_version(task, version)
    result = {"reason": reason}
    end(task, Move.REFUSE, actor=actor, roles=roles_over_task(task, actor), result=result)
    task_ended.send(sender=FieldTask, task=task, actor=actor, result=result)
    return task


def time_out_due(*, at: datetime, batch: int = BATCH) -> int:
    """End open tasks whose limit has passed, each in its own transaction; the number ended.

    One that fails is logged and left for the next round, and does not hold up the others.
    """
    due = (
        FieldTask.objects.filter(state__in=OPEN_STATES, due_at__lte=at).order_by("due_at").values_list("pk", flat=True)
    )
    ended = 0
    for task_id in list(due[:batch]):
        try:
            ended += _time_out(task_id, at)
        except Exception:
            logger.exception("task %s could not be timed out and is tried again", task_id)
    return ended


@transaction.atomic
def _time_out(task_id: int, at: datetime) -> int:
    seen = FieldTask.objects.get(pk=task_id)
    task_subject_lock.send(sender=FieldTask, subject_kind=seen.subject_kind, subject_id=seen.subject_id)
    waiting = FieldTask.objects.filter(pk=task_id, state__in=OPEN_STATES, due_at__lte=at).select_related("assignee")
    task = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if task is None:
        return 0
    end(task, Move.TIME_OUT, actor=SYSTEM, roles=())
    task_timed_out.send(sender=FieldTask, task=task)
    return 1


@transaction.atomic
def _step(move: str, task_id: int, version: int, actor: Actor, fix: Fix | None = None) -> FieldTask:
    visible_task(task_id, actor)
    task = _locked(task_id)
    _require_version(task, version)
    FIELD_TASK.require(move, task, actor=actor, roles=roles_over_task(task, actor))
    facts: dict[str, Any] = {}
    if move == Move.REPORT_ARRIVAL:
        facts = _heard_of_arrival(task)
    if fix is not None:
        facts["distance_m"] = _require_presence(task, fix)
        keep_position(responder_id=task.assignee_id, fix=fix, at=now())
    change = FIELD_TASK.apply(move, task, actor=actor, roles=roles_over_task(task, actor))
    moment = now()
    setattr(task, STAMPS[move], moment)
    task.save(update_fields=["state", "version", STAMPS[move]])
    personal = {"position": _position(fix)} if fix else {}
    append(
        subject_kind="task", subject_id=task.pk, actor=actor, change=change, at=moment, facts=facts, personal=personal
    )
    publish_task(task, move)
    return task


def _locked(task_id: int) -> FieldTask:
    return FieldTask.objects.select_related("assignee").select_for_update(of=("self",)).get(pk=task_id)


def _locked_with_subject(task_id: int, actor: Actor) -> FieldTask:
    """The task's row lock, after its subject's owner has taken the subject's."""
    seen = visible_task(task_id, actor)
    task_subject_lock.send(sender=FieldTask, subject_kind=seen.subject_kind, subject_id=seen.subject_id)
    return _locked(task_id)


def _heard_of_arrival(task: FieldTask) -> dict[str, Any]:
    """What speaks for an arrival that the desk reports: the distance by the device's last fix, or word of mouth."""
    last = Position.objects.filter(responder_id=task.assignee_id, at__gte=now() - FIX_HOLDS_FOR).first()
    if last is not None:
        return {
            "by_desk": True,
            "distance_m": _require_presence(task, Fix(last.point.x, last.point.y, last.accuracy_m)),
        }
    if task.kind in PRESENCE_IS_EVIDENCE:
        raise NoRecentFix(minutes=FIX_HOLDS_FOR.seconds // 60)
    return {"by_desk": True}


def _require_version(task: FieldTask, version: int) -> None:
    """A stale click is refused; one on a task that has ended says who ended it and when."""
    if task.version == version:
        return
    if task.ended_at is not None:
        by = task.ended_by.name if task.ended_by else SYSTEM.name
        raise AlreadyTaken(by=by, at=local(task.ended_at).strftime("%H:%M:%S"), current_version=task.version)
    raise StaleVersion(current_version=task.version)


def _require_presence(task: FieldTask, fix: Fix) -> int:
    rule = TaskRule.objects.filter(kind=task.kind).first()
    allowed = rule.geofence_metres if rule else DEFAULT_GEOFENCE_METRES
    found = arrival(fix, lng=task.point.x, lat=task.point.y, allowed_m=allowed)
    if not found.inside:
        raise OutsideGeofence(distance_m=found.distance_m, accuracy_m=round(fix.accuracy_m), allowed_m=allowed)
    return found.distance_m


def _position(fix: Fix | None) -> dict[str, float | bool] | None:
    if fix is None:
        return None
    return {"lng": fix.lng, "lat": fix.lat, "accuracy_m": fix.accuracy_m} | ({"pinned": True} if fix.pinned else {})
