"""Footing 平战: the table of its transitions. One post asks, another confirms."""

from accounts.roles import ROLE_NAMES, Role
from core.lifecycle import Lifecycle, Transition

FOOTING_ROLES = frozenset({Role.DUTY_CHIEF.value, Role.LEADER.value})

STATES = {
    "peace": ("平时", "everyday"),
    "war_asked": ("申请转战时", "emergency asked"),
    "war": ("战时", "emergency"),
    "peace_asked": ("申请转平时", "stand-down asked"),
}


def _row(move: str, zh: str, en: str, source: str, target: str, guard: str = "") -> Transition:
    return Transition(move, zh, en, frozenset({source}), target, FOOTING_ROLES, guard)


OTHER = "另一人、另一岗位"
FOOTING = Lifecycle(
    name="footing",
    states=STATES,
    transitions=(
        _row("ask_war", "申请转战时", "ask for the emergency footing", "peace", "war_asked"),
        _row("confirm", "确认转战时", "confirm the emergency", "war_asked", "war", OTHER),
        _row("refuse", "不同意转战时", "refuse the emergency", "war_asked", "peace"),
        _row("ask_peace", "申请转平时", "ask to stand down", "war", "peace_asked"),
        _row("confirm", "确认转平时", "confirm the stand-down", "peace_asked", "peace", OTHER),
        _row("refuse", "不同意转平时", "refuse the stand-down", "peace_asked", "war"),
        _row("tick", "勾选清单", "tick a step", "war", "war"),
        _row("untick", "取消勾选", "take a tick back", "war", "war"),
    ),
    role_names=ROLE_NAMES,
)
