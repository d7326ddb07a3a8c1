"""The life of an export: asked for by a person, written by the platform, kept for a week."""

from typing import Final

from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
OWNER: Final = "owner"
WAITING: Final = ("queued", "running")
"""States in which something is still to come."""


class ExportMove:
    ASK: Final = "ask"
    START: Final = "start"
    FINISH: Final = "finish"
    FAIL: Final = "fail"
    TAKE_UP: Final = "take_up"
    CANCEL: Final = "cancel"


def _row(move: str, zh: str, en: str, sources: tuple[str, ...], target: str, role: str, guard: str = "") -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, frozenset({role}), guard)


EXPORT = Lifecycle(
    name="export",
    states={
        NEW: ("新建", "new"),
        "queued": ("排队中", "queued"),
        "running": ("导出中", "running"),
        "done": ("已完成", "done"),
        "failed": ("失败", "failed"),
        "cancelled": ("已取消", "cancelled"),
    },
    role_names={OWNER: "本人", SYSTEM_ROLE: "系统"},
    transitions=(
        _row(ExportMove.ASK, "导出", "export", (NEW,), "queued", OWNER, "排队的不超过上限"),
        _row(ExportMove.START, "开始", "start", ("queued",), "running", SYSTEM_ROLE, "全站同时只有一项"),
        _row(ExportMove.FINISH, "完成", "finish", ("running",), "done", SYSTEM_ROLE),
        _row(ExportMove.FAIL, "失败", "fail", WAITING, "failed", SYSTEM_ROLE),
        _row(ExportMove.TAKE_UP, "重新开始", "take up", ("running",), "queued", SYSTEM_ROLE, "执行的进程没有回音"),
        _row(ExportMove.CANCEL, "取消", "cancel", WAITING, "cancelled", OWNER),
    ),
)
