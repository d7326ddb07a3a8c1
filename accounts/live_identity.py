"""What the live process asks about a socket's owner: who it is, what it may see, whether the session holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from accounts.audience import keys_of
from accounts.models import Grant, Session, User
from accounts.sessions import SessionStore, is_idle
from core.actor import Actor, ActorGrant
from core.clock import now
from core.live.publish import Audience


@dataclass(frozen=True)
class Identity:
    """`keys` are the audience keys at the time of connecting; other keys later mean changed rights (close 4403)."""

    session_key: str
    user_id: int
    keys: Audience


def identify(session_key: str) -> Identity | None:
    """The identity behind a session cookie, or None where it ended. Reads the database."""
    row = SessionStore(session_key).load_row()
    if row is None or row.user_id is None or is_idle(row):
        return None
    user = User.objects.filter(pk=row.user_id, is_active=True).first()
    return Identity(session_key, user.pk, keys_of(user.as_actor())) if user else None


def ended_sessions(session_keys: Iterable[str]) -> frozenset[str]:
    """Those of `session_keys` that have ended (expired, idle, signed out, owner deactivated). One statement."""
    keys = frozenset(session_keys)
    idle_since = now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    active_users = User.objects.filter(is_active=True).values("pk")
    alive = Session.objects.filter(
        Q(idle_exempt=True) | Q(last_input_at__gte=idle_since),
        session_key__in=keys,
        expire_date__gt=now(),
        user_id__in=active_users,
    ).values_list("session_key", flat=True)
    return keys - frozenset(alive)


def current_keys(user_ids: Iterable[int]) -> dict[int, Audience]:
    """What each of these people may see now, by their grants. One statement."""
    fields = ("role", "unit_id", "area_path", "area_level", "area_key")
    grants: dict[int, list[ActorGrant]] = {user_id: [] for user_id in user_ids}
    for user_id, *row in Grant.objects.filter(user_id__in=grants).values_list("user_id", *fields):
        grants[user_id].append(ActorGrant(*row))
    return {user_id: keys_of(Actor(user_id, "", tuple(held))) for user_id, held in grants.items()}
