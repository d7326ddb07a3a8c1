"""The life of an automation: written, switched on by an administrator, switched off, stopped by its own measure."""

from typing import Final

from accounts.roles import ROLE_NAMES
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition
from events.routing_lifecycle import EDITORS

NEW: Final = ""


class AutomationMove:
    WRITE: Final = "write"
    EDIT: Final = "edit"
    SWITCH_ON: Final = "switch_on"
    SWITCH_OFF: Final = "switch_off"
    STOP: Final = "stop"


def _row(
    move: str, zh: str, en: str, sources: tuple[str, ...], target: str, guard: str = "", roles: frozenset[str] = EDITORS
) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, roles, guard)


AUTOMATION = Lifecycle(
    name="automation",
    states={NEW: ("新建", "new"), "off": ("停用", "off"), "on": ("启用", "on"), "stopped": ("自动停用", "stopped")},
    role_names={**ROLE_NAMES, SYSTEM_ROLE: "系统"},
    transitions=(
        _row(AutomationMove.WRITE, "设置", "write", (NEW,), "off"),
        _row(AutomationMove.EDIT, "修改", "edit", ("off", "stopped"), "off", "启用中的设置不直接修改"),
        _row(
            AutomationMove.SWITCH_ON,
            "启用",
            "switch on",
            ("off", "stopped"),
            "on",
            "实测属实率达到下限，且不涉及对人的决定",
        ),
        _row(AutomationMove.SWITCH_OFF, "停用", "switch off", ("on",), "off"),
        _row(
            AutomationMove.STOP,
            "自动停用",
            "stop",
            ("on",),
            "stopped",
            "实测属实率低于下限，或场景改为涉及对人的决定",
            frozenset({SYSTEM_ROLE}),
        ),
    ),
)
