"""A screen shows six digits, somebody who manages walls types them in, and the screen has a session of its own.

The secret of the waiting screen and the token of the paired one live in cookies that no script reads; here are digests.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.actions.grants import give_grant
from accounts.actions.sign_in import WALL_SESSION, end_sessions_of
from accounts.models import User
from accounts.roles import Role
from accounts.rules.site_settings import fault
from core.actor import Actor
from core.api.throttles import count
from core.clock import now
from core.errors import Invalid
from core.history.record import append
from core.lifecycle import Change
from grids.models import Area
from wall.actions.locking import lock_wall
from wall.errors import PairingUnknown, TooManyGuesses, TooManyScreensAsk
from wall.live import publish_wall
from wall.models import Pairing, WallDevice
from wall.policies import require_manager
from wall.queries.devices import DEVICE_KIND, wall_rows

CODE_HOLDS = timedelta(minutes=10)
MOST_WAITING = 200
GUESSES, GUESSED_WITHIN = 10, timedelta(minutes=10)
TRIES = 20


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Offered:
    """A code to show, and the secret by which the screen that shows it will be known."""

    code: str
    secret: str
    expires_at: datetime


@transaction.atomic
def offer_pairing() -> Offered:
    """Six digits for a screen that nobody has paired yet."""
    at = now()
    Pairing.objects.filter(expires_at__lt=at).delete()
    if Pairing.objects.count() >= MOST_WAITING:
        raise TooManyScreensAsk()
    for _ in range(TRIES):
        code, secret = f"{secrets.randbelow(10**6):06d}", secrets.token_urlsafe(32)
        try:
            with transaction.atomic():
                row = Pairing.objects.create(
                    code=code, secret_digest=digest(secret), created_at=at, expires_at=at + CODE_HOLDS
                )
            return Offered(code, secret, row.expires_at)
        except IntegrityError:
            continue
    raise TooManyScreensAsk()


@transaction.atomic
def pair_wall(*, code: str, actor: Actor, name: str, area_path: str) -> WallDevice:
    """Somebody stands before the screen, reads its code and types it in: it becomes a wall of this area."""
    role = require_manager(actor, area_path)
    if count("wall-pairing", str(actor.user_id), GUESSED_WITHIN) > GUESSES:
        raise TooManyGuesses(minutes=int(GUESSED_WITHIN.total_seconds() // 60))
    area = Area.objects.filter(path=area_path).first()
    if area is None:
        raise Invalid(errors=[fault("area_path", "unknown", "请选择辖区内的区域。", "Choose an area of the district.")])
    waiting = Pairing.objects.select_for_update().filter(code=code, expires_at__gt=now(), device=None).first()
    if waiting is None:
        raise PairingUnknown()
    user = User.objects.create(username=f"wall-{secrets.token_hex(5)}", name=name)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    give_grant(user=user, role=Role.WALL_DEVICE, area_path=area.path, area_level=area.level, area_key=area.pk)
    device = WallDevice.objects.create(
        name=name, user=user, area_path=area.path, token_digest=digest(secrets.token_urlsafe(32)), paired_at=now(),
        paired_by=User.objects.get(pk=actor.user_id or 0),
    )  # fmt: skip
    waiting.device = device
    waiting.save(update_fields=["device"])
    append(
        subject_kind=DEVICE_KIND, subject_id=device.pk, actor=actor, first=True,
        change=Change(move="paired", from_state="", to_state="active", role=role),
        facts={"name": name, "area_path": area.path},
    )  # fmt: skip
    publish_wall(device, "paired", wall_rows([device])[0])
    return device


@dataclass(frozen=True)
class Claim:
    """What became of a screen that asks for its session; `token` is new where it has just been paired."""

    state: str
    device: WallDevice | None = None
    token: str = ""


@transaction.atomic
def claim_session(*, request: HttpRequest, secret: str, token: str) -> Claim:
    """A session for the screen that holds a paired secret, or the token of a wall that was not revoked."""
    if secret:
        found = _claim_pairing(secret)
        if found.device is not None:
            _open(request, found.device)
            return found
        if not token:
            return found
    device = WallDevice.objects.select_related("user").filter(token_digest=digest(token)).first() if token else None
    if device is None:
        return Claim("unknown")
    if device.state == WallDevice.State.REVOKED:
        return Claim("revoked", device)
    _open(request, device)
    return Claim("open", device)


def _claim_pairing(secret: str) -> Claim:
    waiting = Pairing.objects.select_for_update(of=("self",)).filter(secret_digest=digest(secret)).first()
    if waiting is None or (waiting.device is None and waiting.expires_at <= now()):
        return Claim("expired")
    if waiting.device is None:
        return Claim("waiting")
    device, token = waiting.device, secrets.token_urlsafe(32)
    device.token_digest = digest(token)
    device.save(update_fields=["token_digest"])
    waiting.delete()
    return Claim("open", device, token)


def _open(request: HttpRequest, device: WallDevice) -> None:
    login(request, device.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["idle_exempt"] = True
    request.session.set_expiry(int(WALL_SESSION.total_seconds()))


@transaction.atomic
def revoke_wall(*, wall_id: int, actor: Actor, version: int) -> WallDevice:
    """The screen is no wall of ours any more: its session and its sockets end now, its token opens nothing."""
    wall = lock_wall(wall_id, actor, version)
    role = require_manager(actor, wall.area_path)
    change = Change(move="revoked", from_state=wall.state, to_state="revoked", role=role)
    wall.state, wall.revoked_at = WallDevice.State.REVOKED, now()
    wall.version += 1
    wall.save()
    User.objects.filter(pk=wall.user_id).update(is_active=False)
    end_sessions_of(user_id=wall.user_id)
    append(subject_kind=DEVICE_KIND, subject_id=wall.pk, actor=actor, change=change)
    publish_wall(wall, "revoked", wall_rows([wall])[0])
    return wall
