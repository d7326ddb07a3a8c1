"""Turning a camera's head (云台): by one person at a time, and never for two seconds without a further step."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from video.errors import DoesNotTurn, GatewayTrouble, HeldByAnother, NotWatching
from video.gateways.heads import head_of
from video.gateways.protocol import STOP, GatewayFault, Head, HeadPreset, Motion
from video.models import Camera, CameraTurning, CameraViewing
from video.pipeline.addresses import NO_LOGIN
from video.pipeline.plans import ChannelPlan
from video.policies import require_camera_admin, require_turning
from video.queries.sources import login_of
from video.rules.viewing import HEAD_HELD, MOVES_FOR, OVER_AFTER, STOP_TRIED_FOR
from video.secrets import SecretUnreadable

log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


def turn(*, camera_id: int, motion: Motion, actor: Actor) -> CameraTurning:
    """Turns and zooms for a moment; said again in time, it goes on. Everybody who watches sees it turn.

    Raises NotFound, Forbidden, DoesNotTurn, NotWatching, HeldByAnother, and GatewayTrouble where the device refuses or
    does not answer.
    """
    held = take_head(camera_id=camera_id, actor=actor, moves_for_a_step=not motion.is_stop)
    try:
        _told(held.camera, lambda head: head.move(motion))
    except GatewayTrouble:
        CameraTurning.objects.filter(camera_id=camera_id).update(is_moving=False)
        raise
    return held


def go_to_preset(*, camera_id: int, preset: str, actor: Actor) -> CameraTurning:
    """Turns to a view that the device remembers; it stops there by itself. Raises what `turn` does."""
    held = take_head(camera_id=camera_id, actor=actor)
    _told(held.camera, lambda head: head.go_to(preset))
    return held


def save_preset(*, camera_id: int, name: str, actor: Actor) -> HeadPreset:
    """Has the device remember the present view: for who sets the camera up. Raises what `turn` does."""
    camera = _found(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    held = take_head(camera_id=camera_id, actor=actor)
    saved = _told(held.camera, lambda head: head.save_preset(name))
    _note(camera, "save_preset", role, actor, {"preset": saved.token, "name": saved.name})
    return saved


def presets_of(*, camera_id: int, actor: Actor) -> list[HeadPreset]:
    """The views that the device remembers; asks it now, and takes nothing. Raises what `turn` does."""
    camera = _found(camera_id)
    require_turning(actor, camera.area_path)
    if not camera.can_turn:
        raise DoesNotTurn()
    return _told(camera, lambda head: head.presets())


@transaction.atomic
def take_head(*, camera_id: int, actor: Actor, moves_for_a_step: bool = False) -> CameraTurning:
    """The head is the actor's for some seconds. The first step of a hold goes into history and into the log of viewing,
    further ones prolong it."""
    camera = _found(camera_id)
    role = require_turning(actor, camera.area_path)
    if not camera.can_turn:
        raise DoesNotTurn()
    at = now()
    CameraTurning.objects.get_or_create(camera=camera, defaults={"held_until": at})
    held = CameraTurning.objects.select_for_update(of=("self",)).select_related("holder").get(camera=camera)
    is_held = held.held_until > at
    if is_held and held.holder is not None and held.holder_id != actor.user_id:
        seconds = max(1, round((held.held_until - at).total_seconds()))
        raise HeldByAnother(holder=held.holder.name, seconds=seconds)
    own = CameraViewing.objects.filter(camera=camera, user_id=actor.user_id or 0, is_over=False)
    if not own.filter(last_at__gt=at - OVER_AFTER).update(turned_at=at):
        raise NotWatching()
    begins = not is_held or held.holder_id != actor.user_id
    held.camera, held.holder_id, held.held_until = camera, actor.user_id, at + HEAD_HELD
    held.is_moving, held.moves_until = moves_for_a_step, at + MOVES_FOR if moves_for_a_step else None
    held.save(update_fields=["holder", "held_until", "is_moving", "moves_until"])
    if begins:
        _note(camera, "turn", role, actor, {})
    return held


def stop_overdue(camera_id: int | None = None) -> int:
    """Stops heads that were told to go on for a step and heard nothing since: of one camera, or all. How many."""
    at = now()
    overdue = CameraTurning.objects.filter(is_moving=True, moves_until__lte=at)
    if camera_id is not None:
        overdue = overdue.filter(camera_id=camera_id)
    return sum(_stop(held, at) for held in overdue.select_related("camera__gateway"))


def _stop(held: CameraTurning, at: datetime) -> bool:
    """One of those who find it overdue stops it. A device that cannot be told is told again for a minute."""
    mine = CameraTurning.objects.filter(pk=held.pk, is_moving=True, moves_until=held.moves_until)
    if not mine.update(is_moving=False):
        return False
    try:
        _told(held.camera, lambda head: head.move(STOP))
    except GatewayTrouble as trouble:
        log.warning("camera %s was not told to stop: %s", held.pk, trouble)
        if held.moves_until and at - held.moves_until < STOP_TRIED_FOR:
            CameraTurning.objects.filter(pk=held.pk, moves_until=held.moves_until).update(is_moving=True)
    return True


def _told(camera: Camera, ask: Callable[[Head], _Answer]) -> _Answer:
    """No transaction is open while the device is asked: it may take seconds."""
    gateway = camera.gateway
    try:
        behind = None
        if gateway is not None:
            behind = ChannelPlan(gateway.kind, gateway.address, camera.channel, login_of(gateway))
        login = NO_LOGIN if gateway is not None else login_of(camera)
        with head_of(behind=behind, service=camera.control_address, login=login) as head:
            return ask(head)
    except SecretUnreadable:
        raise GatewayTrouble.of("login_unreadable", "the stored login cannot be read") from None
    except GatewayFault as fault:
        reason = fault.reason if gateway is not None else _OF_A_CAMERA.get(fault.reason, fault.reason)
        raise GatewayTrouble.of(reason, fault.detail) from None


_OF_A_CAMERA = {"platform_password": "wrong_password", "platform_unreachable": "offline"}


def _found(camera_id: int) -> Camera:
    camera = Camera.objects.select_related("gateway").filter(pk=camera_id).first()
    if camera is None:
        raise NotFound()
    return camera


def _note(camera: Camera, move: str, role: str, actor: Actor, facts: dict[str, str]) -> None:
    change = Change(move=move, from_state="current", to_state="current", role=role)
    append(subject_kind="camera", subject_id=camera.pk, actor=actor, change=change, facts=facts)
