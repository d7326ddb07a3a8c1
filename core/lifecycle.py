"""A lifecycle is a table of named transitions. Nothing else assigns `.state`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden, MoveNotAllowed, MoveNotAvailable


class Stateful(Protocol):
    state: str
    version: int


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    `target` is None where the state to go to is computed (the caller passes it to `apply`). `roles` are the roles that
    may ask; the system may perform a move only where `system` is named. `guard` says in words what must hold, `needs`
    names the fields the move asks for. A row with `available=False` is part of the table but refused.
    """

    move: str
    zh: str
    en: str
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    guard: str = ""
    needs: tuple[str, ...] = ()
    available: bool = True


@dataclass(frozen=True)
class Change:
    """What `apply` did; history and live updates are written from it."""

    move: str
    from_state: str
    to_state: str
    role: str


@dataclass(frozen=True)
class Lifecycle:
    """States with their names (zh, en) and the transitions between them."""

    name: str
    states: Mapping[str, tuple[str, str]]
    transitions: tuple[Transition, ...]
    role_names: Mapping[str, str] = field(default_factory=dict)

    def transition(self, move: str, state: str) -> Transition:
        """The row for `move` out of `state`; raises MoveNotAllowed where there is none."""
        for row in self.transitions:
            if row.move == move and state in row.sources:
                return row
        named = next((row for row in self.transitions if row.move == move), None)
        raise MoveNotAllowed(
            move=move, state=state, move_name=named.zh if named else move, state_name=self.states[state][0]
        )

    def rows_from(self, state: str) -> list[Transition]:
        return [row for row in self.transitions if state in row.sources]

    def require(self, move: str, subject: Stateful, *, actor: Actor, roles: Iterable[str]) -> tuple[Transition, str]:
        """The row and the acting role, or the refusal that tells why not.

        `roles` are the actor's roles that count for this subject (scope is decided by the caller).
        """
        row = self.transition(move, subject.state)
        if not row.available:
            raise MoveNotAvailable(move=move, move_name=row.zh)
        held = {SYSTEM_ROLE} if actor.is_system else set(roles)
        acting = sorted(held & row.roles)
        if not acting:
            names = "、".join(self.role_names.get(role, role) for role in sorted(row.roles))
            raise Forbidden(roles=names)
        return row, acting[0]

    def apply(
        self, move: str, subject: Stateful, *, actor: Actor, roles: Iterable[str] = (), target: str | None = None
    ) -> Change:
        """Perform `move` on the locked `subject`: its state changes and its version grows by one. Not saved here."""
        row, role = self.require(move, subject, actor=actor, roles=roles)
        to_state = row.target or target
        if to_state is None or to_state not in self.states:
            raise ValueError(f"{self.name}.{move}: a target state is needed, got {to_state!r}")
        change = Change(move=move, from_state=subject.state, to_state=to_state, role=role)
        subject.state = to_state
        subject.version += 1
        return change
