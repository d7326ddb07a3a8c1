"""The life of a component: it stands, is damaged or lost and repaired, is given up, is taken away."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

NEW: Final = ""
REMOVED: Final = "removed"
FAULTY: Final = ("damaged", "lost")
"""States in which somebody has to come."""
STANDING: Final = ("intact", "damaged", "lost", "abandoned")

STEWARDS: Final = frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN})
"""They keep the register."""
KEEPER: Final = "component_keeper"
"""Somebody at the desk of the unit that maintains, owns or supervises the component."""
FINDERS: Final = STEWARDS | {Role.GRID_WORKER, Role.GRID_LEADER, Role.COLLECTOR, Role.DISPATCHER, Role.DUTY_CHIEF}
"""They see on the spot, or hear, what became of it."""


class ComponentMove:
    REGISTER: Final = "register"
    EDIT: Final = "edit"
    RELOCATE: Final = "relocate"
    REPORT_DAMAGE: Final = "report_damage"
    REPORT_LOSS: Final = "report_loss"
    REPAIR: Final = "repair"
    ABANDON: Final = "abandon"
    REMOVE: Final = "remove"
    RESTORE: Final = "restore"
    INSPECT: Final = "inspect"


def _row(
    move: str, zh: str, en: str, sources: tuple[str, ...], target: str | None, roles: frozenset[str]
) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, roles | {SYSTEM_ROLE})


COMPONENT = Lifecycle(
    name="component",
    states={
        NEW: ("新建", "new"),
        "intact": ("完好", "intact"),
        "damaged": ("破损", "damaged"),
        "lost": ("丢失", "lost"),
        "abandoned": ("废弃", "abandoned"),
        REMOVED: ("移除", "removed"),
    },
    role_names={**ROLE_NAMES, KEEPER: "养护、权属或主管单位坐席", SYSTEM_ROLE: "系统"},
    transitions=(
        _row(ComponentMove.REGISTER, "登记", "register", (NEW,), "intact", STEWARDS),
        _row(ComponentMove.REPORT_DAMAGE, "报破损", "report damage", ("intact", "lost"), "damaged", FINDERS | {KEEPER}),
        _row(ComponentMove.REPORT_LOSS, "报丢失", "report loss", ("intact", "damaged"), "lost", FINDERS | {KEEPER}),
        _row(ComponentMove.REPAIR, "修复", "repair", ("damaged", "lost", "abandoned"), "intact", STEWARDS | {KEEPER}),
        _row(ComponentMove.ABANDON, "废弃", "abandon", ("intact", "damaged", "lost"), "abandoned", STEWARDS | {KEEPER}),
        _row(ComponentMove.REMOVE, "移除", "remove", STANDING, REMOVED, STEWARDS),
        _row(ComponentMove.RESTORE, "恢复登记", "restore", (REMOVED,), "intact", STEWARDS),
    ),
)
STATE_MOVES: Final = tuple(row.move for row in COMPONENT.transitions if row.move != ComponentMove.REGISTER)
STATES: Final = tuple((state, zh) for state, (zh, _) in COMPONENT.states.items() if state)
