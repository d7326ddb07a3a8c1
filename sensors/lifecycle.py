"""The life of a sensor: it is in use, switched off and on again, taken away."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
IN_USE, SWITCHED_OFF, REMOVED = "in_use", "switched_off", "removed"
STEWARDS: Final = frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN})
"""They keep the register."""


class SensorMove:
    REGISTER: Final = "register"
    EDIT: Final = "edit"
    FOLLOW_BOUNDARIES: Final = "follow_boundaries"
    SWITCH_OFF: Final = "switch_off"
    SWITCH_ON: Final = "switch_on"
    REMOVE: Final = "remove"
    RESTORE: Final = "restore"


def _row(move: str, zh: str, en: str, sources: tuple[str, ...], target: str) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, STEWARDS | {SYSTEM_ROLE})


SENSOR = Lifecycle(
    name="sensor",
    states={
        NEW: ("新建", "new"),
        IN_USE: ("在用", "in use"),
        SWITCHED_OFF: ("停用", "switched off"),
        REMOVED: ("拆除", "removed"),
    },
    role_names={**ROLE_NAMES, SYSTEM_ROLE: "系统"},
    transitions=(
        _row(SensorMove.REGISTER, "登记", "register", (NEW,), IN_USE),
        _row(SensorMove.SWITCH_OFF, "停用", "switch off", (IN_USE,), SWITCHED_OFF),
        _row(SensorMove.SWITCH_ON, "启用", "switch on", (SWITCHED_OFF,), IN_USE),
        _row(SensorMove.REMOVE, "拆除", "remove", (IN_USE, SWITCHED_OFF), REMOVED),
        _row(SensorMove.RESTORE, "恢复登记", "restore", (REMOVED,), IN_USE),
    ),
)
STATE_MOVES: Final = tuple(row.move for row in SENSOR.transitions if row.move != SensorMove.REGISTER)
STATES: Final = tuple((state, zh) for state, (zh, _) in SENSOR.states.items() if state)
