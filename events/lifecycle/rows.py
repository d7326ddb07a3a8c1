"""How a row of these tables is written."""

from typing import Final

from core.lifecycle import Transition

NEW: Final = ""
"""The state before the first move."""


def row(
    move: str,
    zh: str,
    en: str,
    sources: tuple[str, ...] | str,
    target: str | None,
    roles: tuple[str, ...] | str,
    guard: str = "",
    needs: tuple[str, ...] = (),
) -> Transition:
    from_states = (sources,) if isinstance(sources, str) else sources
    held_by = (roles,) if isinstance(roles, str) else roles
    held = frozenset(str(role) for role in held_by)
    return Transition(move, zh, en, frozenset(from_states), target, held, guard, needs)
