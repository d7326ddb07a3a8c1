"""Whom a notice is for, in words that are turned into people when it is sent.

A word is a list: ["user", id], ["unit", id, role], ["post", role, centre id, area path], or one that an app above has
registered, as ["reporters", event id].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from accounts.models import Grant, User

Word = Sequence[Any]


@dataclass(frozen=True)
class Recipient:
    """A person to tell. Who is outside has no user, only a `phone` or `email`; `values` are for this one alone."""

    key: str
    user_id: int | None = None
    phone: str = ""
    email: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """How somebody outside is reached; a user's own addresses stay with the user."""
        return "" if self.user_id is not None else self.phone or self.email


Resolver = Callable[..., list[Recipient]]
_resolvers: dict[str, Resolver] = {}


def user(user_id: int | None) -> list[Any]:
    return ["user", user_id]


def unit(unit_id: int | None, role: str) -> list[Any]:
    """Everybody who holds `role` at the unit."""
    return ["unit", unit_id, role]


def post(role: str, unit_id: int | None, area_path: str) -> list[Any]:
    """Everybody at this post of a centre, or of any where none is named, whose area covers the path."""
    return ["post", role, unit_id, area_path]


def register_addressees(word: str, resolver: Resolver) -> None:
    """Let an app above name people in a way of its own; `resolver` takes the rest of the word."""
    _resolvers[word] = resolver


def people_of(word: Word) -> list[Recipient]:
    """The people behind one word; a word nobody knows is nobody."""
    resolver = _resolvers.get(word[0])
    return resolver(*word[1:]) if resolver else []


def _of(users: Any) -> list[Recipient]:
    rows = users.filter(is_active=True).order_by("pk").values_list("pk", "phone", "email").distinct()
    return [Recipient(key=f"user:{pk}", user_id=pk, phone=phone, email=email) for pk, phone, email in rows]


def _user(user_id: int | None) -> list[Recipient]:
    return _of(User.objects.filter(pk=user_id)) if user_id is not None else []


def _unit(unit_id: int | None, role: str) -> list[Recipient]:
    if unit_id is None:
        return []
    return _of(User.objects.filter(pk__in=Grant.objects.filter(unit_id=unit_id, role=role).values("user_id")))


def _post(role: str, unit_id: int | None, area_path: str) -> list[Recipient]:
    labels = area_path.split(".")
    covering = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    held = Grant.objects.filter(role=role, area_path__in=covering)
    if unit_id is not None:
        held = held.filter(Q(unit_id=unit_id) | Q(unit_id=None))
    return _of(User.objects.filter(pk__in=held.values("user_id")))


_resolvers.update({"user": _user, "unit": _unit, "post": _post})
