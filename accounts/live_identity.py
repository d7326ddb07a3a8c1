"""What the live process asks about a socket's owner: who it is, what it may see, whether the session holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from accounts.audience import keys_of
from accounts.models import Grant, Session, User
from core.actor import Actor, ActorGrant
from core.clock import now
from core.live.publish import Audience


@dataclass(frozen=True)
class Identity:
    """`keys` are the audience keys at the time of connecting; other keys later mean changed rights (close 4403)."""

    session_key: str
    user_id: int
    keys: Audience


def identities(session_keys: Iterable[str]) -> dict[str, Identity]:
    """Who is behind each session. Those that ended (expired, idle, signed out, owner deactivated) are missing.

    Two statements, however many: pages that come back after a cut come all at once.
    """
    owners = _owners_of_living(session_keys)
    keys = current_keys(set(owners.values()))
    return {session_key: Identity(session_key, user_id, keys[user_id]) for session_key, user_id in owners.items()}


def identify(session_key: str) -> Identity | None:
    """The identity behind a session cookie, or None where it ended."""
    return identities([session_key]).get(session_key)


def ended_sessions(session_keys: Iterable[str]) -> frozenset[str]:
    """Those of `session_keys` that have ended. One statement."""
    keys = frozenset(session_keys)
    return keys - _owners_of_living(keys).keys()


def _owners_of_living(session_keys: Iterable[str]) -> dict[str, int]:
    idle_since = now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    living = Session.objects.filter(
        Q(idle_exempt=True) | Q(last_input_at__gte=idle_since) | Q(last_input_at=None),
        session_key__in=frozenset(session_keys),
        expire_date__gt=now(),
        user_id__in=User.objects.filter(is_active=True).values("pk"),
    )
    return {key: owner for key, owner in living.values_list("session_key", "user_id") if owner is not None}


def current_keys(user_ids: Iterable[int]) -> dict[int, Audience]:
    """What each of these people may see now, by their grants. One statement."""
    fields = ("role", "unit_id", "area_path", "area_level", "area_key")
    grants: dict[int, list[ActorGrant]] = {user_id: [] for user_id in user_ids}
    for user_id, *row in Grant.objects.filter(user_id__in=grants).values_list("user_id", *fields):
        grants[user_id].append(ActorGrant(*row))
    return {user_id: keys_of(Actor(user_id, "", tuple(held))) for user_id, held in grants.items()}
