"""Turning a camera's head (云台): by one person at a time, and never for two seconds without a further step."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from video.actions.cameras import lock_camera
from video.errors import DoesNotTurn, GatewayTrouble, HeadMasked, HeadSwitchedOff, HeldByAnother, NotWatching
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

    Raises NotFound, Forbidden, DoesNotTurn, HeadSwitchedOff, HeadMasked, NotWatching, HeldByAnother, and GatewayTrouble
    where the device refuses or does not answer: until it has answered a stop, it is marked as one to be stopped.
    """
    held = take_head(camera_id=camera_id, actor=actor, stops=motion.is_stop)
    moved_before = held.is_moving
    mark = _marked(held, now() if motion.is_stop else now() + MOVES_FOR)
    try:
        _told(held.camera, lambda head: head.move(motion))
    except GatewayTrouble as trouble:
        # What was refused was not done; whatever is unanswered may have been, and is to be stopped.
        stands = not motion.is_stop and not moved_before and trouble.extra["reason"] in _NOT_DONE
        mark.update(is_moving=not stands, moves_until=None if stands else now())
        raise
    if motion.is_stop:
        mark.update(is_moving=False, moves_until=None)
        held.is_moving, held.moves_until = False, None
    else:
        _marked(held, now() + MOVES_FOR)  # anew: the answer may have taken seconds, and it begins to move only now
    return held


def go_to_preset(*, camera_id: int, preset: str, actor: Actor) -> CameraTurning:
    """Turns to a view that the device remembers; it stops there by itself. Raises what `turn` does."""
    held = take_head(camera_id=camera_id, actor=actor)
    _told(held.camera, lambda head: head.go_to(preset))
    return held


def save_preset(*, camera_id: int, name: str, actor: Actor) -> HeadPreset:
    """Has the device remember the present view: for who sets the camera up. Raises what `turn` does."""
    role = require_camera_admin(actor, _found(camera_id).area_path)
    held = take_head(camera_id=camera_id, actor=actor)
    saved = _told(held.camera, lambda head: head.save_preset(name))
    with transaction.atomic():
        _note(lock_camera(camera_id), "save_preset", role, actor, {"preset": saved.token, "name": saved.name})
    return saved


def presets_of(*, camera_id: int, actor: Actor) -> list[HeadPreset]:
    """The views that the device remembers; asks it now, and takes nothing. Raises what `turn` does."""
    camera = _found(camera_id)
    require_turning(actor, camera.area_path)
    _require_turning_now(camera)
    return _told(camera, lambda head: head.presets())


@transaction.atomic
def take_head(*, camera_id: int, actor: Actor, stops: bool = False) -> CameraTurning:
    """The head is the actor's for some seconds. The first step of a hold goes into history and into the log of viewing,
    further ones prolong it. Whatever forbids turning forbids no stop."""
    at = now()
    if not CameraTurning.objects.filter(pk=camera_id, holder_id=actor.user_id, held_until__gt=at).exists():
        lock_camera(camera_id)  # a hold begins, which is written into its history; before the head's row, as elsewhere
    camera = _found(camera_id)
    role = require_turning(actor, camera.area_path)
    if not camera.can_turn:
        raise DoesNotTurn()
    if not stops:
        _require_turning_now(camera)
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
    held.save(update_fields=["holder", "held_until"])
    if begins:
        _note(camera, "turn", role, actor, {})
    return held


def stop_overdue(camera_id: int | None = None) -> int:
    """Stops heads that were told to go on for a step and heard nothing since, or did not answer: of one camera, or all.
    How many. Several are told at once, those that moved last first: a device that hangs takes its own seconds only."""
    at = now()
    overdue = CameraTurning.objects.filter(is_moving=True, moves_until__lte=at)
    if camera_id is not None:
        overdue = overdue.filter(camera_id=camera_id)
    heads = list(overdue.order_by("-moves_until").select_related("camera__gateway"))
    if not heads:
        return 0
    with ThreadPoolExecutor(min(_TOLD_AT_ONCE, len(heads)), "stop-heads") as pool:
        # The threads ask devices and nothing of the database: what comes of it is written here, as it comes.
        asked = {pool.submit(_told, held.camera, _stop): held for held in heads}
        return sum(_stopped(asked[answer], answer, at) for answer in as_completed(asked))


def _stop(head: Head) -> None:
    head.move(STOP)


def _stopped(held: CameraTurning, answer: Future[None], at: datetime) -> bool:
    """The mark goes only when the device has answered: until then it is told again, for a minute, by whoever finds it,
    also after this process was killed. Two who tell it at once do no harm. One head's fault is not the others'."""
    mark = CameraTurning.objects.filter(pk=held.pk, is_moving=True, moves_until=held.moves_until)
    try:
        answer.result()
    except GatewayTrouble as trouble:
        log.warning("camera %s was not told to stop: %s", held.pk, trouble)
    except Exception:
        log.exception("camera %s was not told to stop", held.pk)
    else:
        return bool(mark.update(is_moving=False, moves_until=None))
    if held.moves_until is None or at - held.moves_until >= STOP_TRIED_FOR:
        mark.update(is_moving=False, moves_until=None)
    return False


def _marked(held: CameraTurning, until: datetime) -> QuerySet[CameraTurning]:
    """The head as one to be stopped at `until`; what is returned is it while nobody marked it otherwise."""
    held.is_moving, held.moves_until = True, until
    CameraTurning.objects.filter(pk=held.pk).update(is_moving=True, moves_until=until)
    return CameraTurning.objects.filter(pk=held.pk, is_moving=True, moves_until=until)


def _require_turning_now(camera: Camera) -> None:
    """It has a head, is not switched off, and hides nothing: a privacy mask stays where it is in the picture, and would
    lay bare what it hides as soon as the picture moves below it."""
    if not camera.can_turn:
        raise DoesNotTurn()
    if not camera.enabled or (camera.gateway is not None and not camera.gateway.enabled):
        raise HeadSwitchedOff()
    if camera.masks.filter(hides=True).exists():
        raise HeadMasked()


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


_TOLD_AT_ONCE = 16
"""Heads; a city turns few at a time, and fewer of them hang."""

_NOT_DONE = frozenset({"device_refuses", "not_supported", "wrong_password", "platform_password", "login_unreadable"})
"""The device answered, or was not asked."""

_OF_A_CAMERA = {"platform_password": "wrong_password", "platform_unreachable": "offline"}


def _found(camera_id: int) -> Camera:
    camera = Camera.objects.select_related("gateway").filter(pk=camera_id).first()
    if camera is None:
        raise NotFound()
    return camera


def _note(camera: Camera, move: str, role: str, actor: Actor, facts: dict[str, str]) -> None:
    change = Change(move=move, from_state="current", to_state="current", role=role)
    append(subject_kind="camera", subject_id=camera.pk, actor=actor, change=change, facts=facts)
