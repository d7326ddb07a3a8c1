"""The life of a routing rule: written, replayed on past events, switched on by the duty chief, switched off."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
EDITORS = frozenset({Role.SYSTEM_ADMIN.value, Role.DUTY_CHIEF.value})
READERS = EDITORS | {Role.DISPATCHER.value, Role.ACCEPTOR.value}


class RuleMove:
    WRITE: Final = "write"
    EDIT: Final = "edit"
    REPLAY: Final = "replay"
    SWITCH_ON: Final = "switch_on"
    SWITCH_OFF: Final = "switch_off"
    REMOVE: Final = "remove"


def _row(move: str, zh: str, en: str, sources: tuple[str, ...], target: str | None, guard: str = "") -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, EDITORS, guard)


ROUTING_RULE = Lifecycle(
    name="routing_rule",
    states={NEW: ("新建", "new"), "draft": ("草稿", "draft"), "on": ("启用", "on"), "off": ("停用", "off")},
    role_names={**ROLE_NAMES, SYSTEM_ROLE: "系统"},
    transitions=(
        _row(RuleMove.WRITE, "新建", "write", (NEW,), "draft"),
        _row(RuleMove.EDIT, "修改", "edit", ("draft", "off"), "draft", "启用中的规则不直接修改"),
        _row(RuleMove.SWITCH_ON, "启用", "switch on", ("draft", "off"), "on", "修改后已回放；自动派遣须由值班长启用"),
        _row(RuleMove.SWITCH_OFF, "停用", "switch off", ("on",), "off"),
        _row(RuleMove.REMOVE, "删除", "remove", ("draft", "off"), "off"),
        *(_row(RuleMove.REPLAY, "回放", "replay", (state,), state) for state in ("draft", "on", "off")),
    ),
)
