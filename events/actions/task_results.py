"""The end of a field task is a move of its event, in the same transaction."""

from typing import Any

from core.actor import SYSTEM, Actor
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.models.event import SUBJECT_KIND
from events.moves import Move


def on_task_ended(*, task: FieldTask, actor: Actor, result: dict[str, Any], **_: Any) -> None:
    """Done: the verification is reported, the check or the audit passed or failed, the team has done its part. Refused:
    what was asked is taken back.
    """
    if task.subject_kind != SUBJECT_KIND:
        return
    if task.state == "refused":
        _take_back(task, f"任务被拒绝：{result.get('reason', '')}", refused_by=actor.user_id)
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
        case FieldTask.Kind.HANDLE:
            order_id = task.payload["order"]
            perform(task.subject_id, Move.TEAM_REPORT, actor, order_id=order_id, is_done=passed, note=note, **shared)
        case FieldTask.Kind.CHECK if task.payload.get("audit"):
            perform(task.subject_id, Move.AUDIT, actor, passed=passed, note=note, **shared)
        case FieldTask.Kind.CHECK if passed:
            perform(task.subject_id, Move.CHECK_PASS, actor, note=note, **shared)
        case FieldTask.Kind.CHECK:
            perform(task.subject_id, Move.CHECK_FAIL, actor, reason=note, **shared)


def on_task_timed_out(*, task: FieldTask, **_: Any) -> None:
    if task.subject_kind == SUBJECT_KIND:
        _take_back(task, "任务超时未完成")


def _take_back(task: FieldTask, reason: str, *, refused_by: int | None = None) -> None:
    """The step before is open again. Whoever held the task does not see the event by it any more, and is told so.

    An audit is asked of somebody else by the next round of `ask_due_audits`.
    """
    held: dict[str, Any] = {"former_holder": task.assignee_user_id}
    match task.kind:
        case FieldTask.Kind.HANDLE:
            perform(
                task.subject_id,
                Move.TEAM_REPORT,
                SYSTEM,
                order_id=task.payload["order"],
                is_done=False,
                note=reason,
                refused_by=refused_by,
                **held,
            )
        case FieldTask.Kind.CHECK if task.payload.get("audit"):
            perform(task.subject_id, Move.AUDIT, SYSTEM, passed=None, note=reason, **held)
        case FieldTask.Kind.VERIFY | FieldTask.Kind.CHECK:
            perform(task.subject_id, Move.RECALL, SYSTEM, reason=reason, **held)
