"""The life of a model that a site brings: told of, sent, tried, switched on and off, or refused with the reason."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
GONE: Final = "gone"
MODEL_ROLES = frozenset({Role.SYSTEM_ADMIN})
_SYSTEM = frozenset({SYSTEM_ROLE})
_EITHER = MODEL_ROLES | _SYSTEM


class ModelMove:
    TELL: Final = "tell"
    EDIT: Final = "edit"
    SEND: Final = "send"
    TRY: Final = "try"
    PASS: Final = "pass"
    REFUSE: Final = "refuse"
    SWITCH_ON: Final = "switch_on"
    SWITCH_OFF: Final = "switch_off"
    REMOVE: Final = "remove"


def _row(
    move: str,
    zh: str,
    en: str,
    sources: tuple[str, ...],
    target: str,
    guard: str = "",
    roles: frozenset[str] = _EITHER,
) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, roles, guard)


OWN_MODEL = Lifecycle(
    name="own_model",
    states={
        NEW: ("新建", "new"),
        "awaiting": ("待上传", "file awaited"),
        "trying": ("试运行中", "being tried"),
        "tried": ("试运行通过", "tried"),
        "refused": ("未通过", "refused"),
        "on": ("启用", "on"),
        GONE: ("已删除", "removed"),
    },
    role_names={**ROLE_NAMES, SYSTEM_ROLE: "系统"},
    transitions=(
        _row(ModelMove.TELL, "登记", "tell of", (NEW,), "awaiting", "名称、类别词与许可证齐全"),
        _row(ModelMove.EDIT, "修改", "edit", ("awaiting", "tried", "refused"), "awaiting", "改后须重新试运行"),
        _row(ModelMove.SEND, "上传", "send", ("awaiting", "tried", "refused"), "trying", "文件为 ONNX 且不超过上限"),
        _row(ModelMove.TRY, "重新试运行", "try again", ("awaiting", "tried", "refused"), "trying", "文件已上传"),
        _row(ModelMove.PASS, "试运行通过", "pass", ("trying",), "tried", roles=_SYSTEM),
        _row(ModelMove.REFUSE, "不通过", "refuse", ("trying",), "refused", roles=_SYSTEM),
        _row(ModelMove.SWITCH_ON, "启用", "switch on", ("tried",), "on", "试运行通过，且已看过试运行画面"),
        _row(ModelMove.SWITCH_OFF, "停用", "switch off", ("on",), "tried"),
        _row(ModelMove.REMOVE, "删除", "remove", ("awaiting", "trying", "tried", "refused"), GONE, "启用中的须先停用"),
    ),
)
