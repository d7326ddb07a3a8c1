"""Who is told about field tasks: whoever holds one learns that it has come, and that it was called off."""

from typing import Final

from core.actor import Actor
from core.clock import local
from dispatch.models import FieldTask
from notify.actions.post import post_notice
from notify.addressees import user
from notify.kinds import IN_APP, SMS, Kind

ISSUED: Final = "task_issued"
WITHDRAWN: Final = "task_withdrawn"
URGENT_UP_TO: Final = 2
"""特急 and 紧急 reach people whatever hour it is."""

KINDS = (
    Kind(
        ISSUED,
        "新任务",
        "New task",
        "{kind_zh}任务：{title}（{place}），请于 {due} 前完成",
        "Task to {kind_en}: {title} ({place}), due {due}",
        channels=(IN_APP, SMS),
        is_prompt=True,
    ),
    Kind(
        WITHDRAWN,
        "任务撤回",
        "Task called off",
        "任务已撤回：{title}（{place}）。{reason}",
        "Called off: {title} ({place}). {reason}",
    ),
)


def tell_assignee(kind: str, task: FieldTask, actor: Actor, *, reason: str = "") -> None:
    """One row; a team without an account of its own is told by its leader, not by the platform."""
    if task.assignee_user_id is None:
        return
    due = f"{local(task.due_at):%m-%d %H:%M}" if task.due_at else "—"
    post_notice(
        kind,
        to=[user(task.assignee_user_id)],
        subject=("task", task.pk),
        values={
            "title": task.title,
            "place": task.address or task.area_label,
            "kind_zh": task.get_kind_display(),
            "kind_en": task.kind,
            "due": due,
            "reason": reason,
        },
        actor=actor,
        is_urgent=task.level <= URGENT_UP_TO,
    )
