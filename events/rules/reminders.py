"""Colours of a supervision, and who it is addressed to. Pure."""

from accounts.roles import Role

COLOURS = ("", "ordinary", "yellow", "red")
"""From none to the highest."""


def higher(one: str, other: str) -> str:
    return max(one, other, key=COLOURS.index)


def addressed_at(unit_kind: str) -> tuple[str, ...]:
    """Who answers for a unit: at a centre its duty chief and seats, elsewhere the desk and the handlers."""
    if unit_kind == "centre":
        return (Role.DUTY_CHIEF, Role.DISPATCHER, Role.ACCEPTOR)
    return (Role.DEPARTMENT_DESK, Role.HANDLER)
