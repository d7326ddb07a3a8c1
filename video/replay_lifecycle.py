"""The life of a replay: asked for by whoever sets a camera up, run by the platform over what the camera saw."""

from typing import Final

from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition
from video.policies import CAMERA_ROLES

NEW: Final = ""
WAITING: Final = ("queued", "running")
"""States in which something is still to come."""


class ReplayMove:
    ASK: Final = "ask"
    START: Final = "start"
    FINISH: Final = "finish"
    FAIL: Final = "fail"
    TAKE_UP: Final = "take_up"
    CANCEL: Final = "cancel"


_PEOPLE = frozenset({*CAMERA_ROLES, SYSTEM_ROLE})
_SYSTEM = frozenset({SYSTEM_ROLE})

REPLAY = Lifecycle(
    name="replay",
    states={
        NEW: ("新建", "new"),
        "queued": ("排队中", "queued"),
        "running": ("回放中", "running"),
        "done": ("已完成", "done"),
        "failed": ("失败", "failed"),
        "cancelled": ("已取消", "cancelled"),
    },
    role_names={SYSTEM_ROLE: "系统"},
    transitions=(
        Transition(ReplayMove.ASK, "回放", "replay", frozenset({NEW}), "queued", _PEOPLE, "每台摄像机同时一项"),
        Transition(ReplayMove.START, "开始", "start", frozenset({"queued"}), "running", _SYSTEM),
        Transition(ReplayMove.FINISH, "完成", "finish", frozenset({"running"}), "done", _SYSTEM),
        Transition(ReplayMove.FAIL, "失败", "fail", frozenset(WAITING), "failed", _SYSTEM),
        Transition(
            ReplayMove.TAKE_UP, "重新开始", "take up", frozenset({"running"}), "queued", _SYSTEM, "执行的进程没有回音"
        ),
        Transition(ReplayMove.CANCEL, "取消", "cancel", frozenset(WAITING), "cancelled", _PEOPLE),
    ),
)
