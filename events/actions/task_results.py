"""The end of a field task is a move of its event, in the same transaction."""

from typing import Any

from core.actor import SYSTEM, Actor
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.models.event import SUBJECT_KIND
from events.moves import Move


def on_task_ended(*, task: FieldTask, actor: Actor, result: dict[str, Any], **_: Any) -> None:
    """Done: the verification is reported, or the check passed or failed. Refused: what was asked is recalled."""
    if task.subject_kind != SUBJECT_KIND:
        return
    if task.state == "refused":
        _recall(task, f"任务被拒绝：{result.get('reason', '')}")
        return
    passed = bool(result.get("passed"))
    shared: dict[str, Any] = {
        "attachment_ids": result.get("attachment_ids") or [],
        "position": result.get("position"),
        "as_assignee": True,
    }
    note = result.get("note") or ""
    match task.kind:
        case FieldTask.Kind.VERIFY:
            perform(task.subject_id, Move.REPORT_VERIFICATION, actor, finding=passed, note=note, **shared)
        case FieldTask.Kind.CHECK if passed:
            perform(task.subject_id, Move.CHECK_PASS, actor, note=note, **shared)
        case FieldTask.Kind.CHECK:
            perform(task.subject_id, Move.CHECK_FAIL, actor, reason=note, **shared)


def on_task_timed_out(*, task: FieldTask, **_: Any) -> None:
    if task.subject_kind == SUBJECT_KIND:
        _recall(task, "任务超时未完成")


def _recall(task: FieldTask, reason: str) -> None:
    if task.kind in (FieldTask.Kind.VERIFY, FieldTask.Kind.CHECK):
        perform(task.subject_id, Move.RECALL, SYSTEM, reason=reason)
