"""Signing in and out."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from accounts.errors import BadCredentials, LockedOut
from accounts.models import Session, SignInAttempt, User
from accounts.roles import Role
from core.clock import now
from core.live.control import end_sockets_of

WALL_SESSION = timedelta(days=30)
DESK_SESSION = timedelta(hours=12)
NAME_LENGTH = 40


def require_not_locked(username: str) -> None:
    """Raises LockedOut while this name is locked after repeated failures."""
    attempt = SignInAttempt.objects.filter(username=username[:NAME_LENGTH]).first()
    if attempt and attempt.locked_until and attempt.locked_until > now():
        seconds = (attempt.locked_until - now()).total_seconds()
        raise LockedOut(minutes=max(1, round(seconds / 60)))


def forget_failures(username: str) -> None:
    SignInAttempt.objects.filter(username=username[:NAME_LENGTH]).delete()


@transaction.atomic
def count_failure(username: str) -> None:
    """One more wrong password for this name; the last one allowed locks it."""
    username = username[:NAME_LENGTH]
    attempt, _ = SignInAttempt.objects.select_for_update().get_or_create(username=username)
    attempt.failures += 1
    if attempt.failures >= settings.SIGN_IN_ATTEMPTS:
        attempt.failures = 0
        attempt.locked_until = now() + timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS)
    attempt.save()


def sign_in(*, request: HttpRequest, username: str, password: str) -> User:
    """Open a session for `username`; raises BadCredentials, or LockedOut after repeated failures.

    A wall's session lasts 30 days without input, since nobody types there; all others end when idle.
    """
    require_not_locked(username)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        count_failure(username)
        raise BadCredentials()
    forget_failures(username)
    is_wall = user.as_actor().roles == {Role.WALL_OPERATOR}
    login(request, user)
    request.session["idle_exempt"] = is_wall
    request.session.set_expiry(int((WALL_SESSION if is_wall else DESK_SESSION).total_seconds()))
    return user


@transaction.atomic
def end_sessions_of(*, user_id: int, but: str | None = None) -> None:
    """The password is another one: every session (`but` this one) ends, and all open sockets with them."""
    Session.objects.filter(user_id=user_id).exclude(session_key=but).delete()
    end_sockets_of(user_id=user_id, reason="session_ended")


@transaction.atomic
def sign_out(*, request: HttpRequest) -> None:
    """End this session, and with it the person's open sockets that belong to it."""
    user_id, session_key = request.user.pk, request.session.session_key
    logout(request)
    if user_id is not None and session_key is not None:
        end_sockets_of(user_id=user_id, reason="session_ended", session_key=session_key)
