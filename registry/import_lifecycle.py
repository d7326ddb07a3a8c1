"""The life of an import: looked at, started by a person, read by the platform."""

from typing import Final

from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
OWNER: Final = "owner"
WAITING: Final = ("queued", "running")


class ImportMove:
    BRING: Final = "bring"
    START: Final = "start"
    RUN: Final = "run"
    FINISH: Final = "finish"
    FAIL: Final = "fail"
    TAKE_UP: Final = "take_up"
    CANCEL: Final = "cancel"


def _row(move: str, zh: str, en: str, sources: tuple[str, ...], target: str, role: str) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, frozenset({role}))


IMPORT = Lifecycle(
    name="component_import",
    states={
        NEW: ("新建", "new"),
        "previewed": ("待确认", "to confirm"),
        "queued": ("排队中", "queued"),
        "running": ("导入中", "running"),
        "done": ("已完成", "done"),
        "failed": ("失败", "failed"),
        "cancelled": ("已取消", "cancelled"),
    },
    role_names={OWNER: "本人", SYSTEM_ROLE: "系统"},
    transitions=(
        _row(ImportMove.BRING, "上传", "upload", (NEW,), "previewed", OWNER),
        _row(ImportMove.START, "开始导入", "start", ("previewed",), "queued", OWNER),
        _row(ImportMove.RUN, "执行", "run", ("queued",), "running", SYSTEM_ROLE),
        _row(ImportMove.FINISH, "完成", "finish", ("running",), "done", SYSTEM_ROLE),
        _row(ImportMove.FAIL, "失败", "fail", WAITING, "failed", SYSTEM_ROLE),
        _row(ImportMove.TAKE_UP, "重新开始", "take up", ("running",), "queued", SYSTEM_ROLE),
        _row(ImportMove.CANCEL, "取消", "cancel", ("previewed", *WAITING), "cancelled", OWNER),
    ),
)
