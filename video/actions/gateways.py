"""Platforms: set up, asked what they hold, and their channels taken on as cameras."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.actor import Actor
from core.clock import now
from core.errors import NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from video.errors import GatewayInUse, GatewayTrouble, invalid
from video.gateways.adapters import gateway_of
from video.gateways.kinds import GATEWAY_KINDS
from video.gateways.protocol import Channel, Device, GatewayAdapter, GatewayFault
from video.models import Camera, Gateway
from video.pipeline.addresses import Login, host_of
from video.policies import require_any_camera_admin
from video.secrets import SecretUnreadable, seal, unseal

SUBJECT_KIND = "video_gateway"
_FIELDS = ("code", "name", "kind", "address", "enabled")
_Answer = TypeVar("_Answer")


@transaction.atomic
def create_gateway(
    *, code: str, name: str, kind: str, address: str, actor: Actor, user: str = "", password: str = "",
    enabled: bool = True,
) -> Gateway:  # fmt: skip
    """A platform; its login is kept encrypted. Raises Invalid and Forbidden."""
    role = require_any_camera_admin(actor)
    gateway = Gateway(code=code.strip(), name=name.strip(), kind=kind, address=address.strip(), enabled=enabled)
    gateway.secret = seal(Login(user, password))
    _check(gateway)
    _save(gateway)
    _note(gateway, "create", role, actor, first=True)
    return gateway


@transaction.atomic
def edit_gateway(*, gateway_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> Gateway:
    """Any of the fields, user and password. A new address needs its login anew: the old one is never sent there."""
    role = require_any_camera_admin(actor)
    gateway = _lock(gateway_id)
    if version is not None and version != gateway.version:
        raise StaleVersion(current_version=gateway.version)
    led_to = host_of(gateway.address)
    for field in _FIELDS:
        if field in changes:
            value = changes[field]
            setattr(gateway, field, value.strip() if isinstance(value, str) else value)
    _check(gateway)
    known = Login() if host_of(gateway.address) != led_to else _known_login(gateway)
    gateway.secret = seal(Login(changes.get("user", known.user), changes.get("password", known.password)))
    gateway.version += 1
    gateway.checked_at, gateway.checked_reason, gateway.checked_detail = None, "", ""
    _save(gateway)
    for camera in Camera.objects.select_for_update(of=("self",)).filter(gateway=gateway).order_by("pk"):
        camera.source = f"gateway://{gateway.code}/{camera.channel}"
        camera.version += 1  # its worker connects anew, to where the platform is now
        camera.save(update_fields=["source", "version"])
    _note(gateway, "edit", role, actor)
    return gateway


@transaction.atomic
def remove_gateway(*, gateway_id: int, actor: Actor) -> None:
    """Takes a platform away that no camera stands behind any more. Raises GatewayInUse."""
    role = require_any_camera_admin(actor)
    gateway = _lock(gateway_id)
    _note(gateway, "remove", role, actor)
    try:
        gateway.delete()
    except ProtectedError:
        raise GatewayInUse(count=gateway.cameras.count()) from None


def devices_of(*, gateway_id: int, actor: Actor) -> list[Device]:
    """What is registered at the platform. Asks it now, and notes how it answered. Raises GatewayTrouble."""
    require_any_camera_admin(actor)
    return _asked(_found(gateway_id), lambda gateway: gateway.devices())


def channels_of(*, gateway_id: int, device_id: str, actor: Actor) -> list[Channel]:
    """The channels of one device. Raises GatewayTrouble."""
    require_any_camera_admin(actor)
    return _asked(_found(gateway_id), lambda gateway: gateway.channels(device_id))


def _asked(gateway: Gateway, question: Callable[[GatewayAdapter], _Answer]) -> _Answer:
    """No transaction is open while the platform is asked: it may take seconds."""
    try:
        with gateway_of(gateway.kind, gateway.address, unseal(gateway.secret)) as adapter:
            answer = question(adapter)
    except SecretUnreadable:
        reason, detail = "login_unreadable", "the stored login cannot be read"
    except GatewayFault as fault:
        reason, detail = fault.reason, fault.detail
    else:
        _noted(gateway, "ok", "")
        return answer
    _noted(gateway, reason, detail)
    raise GatewayTrouble.of(reason, detail)


def _noted(gateway: Gateway, reason: str, detail: str) -> None:
    Gateway.objects.filter(pk=gateway.pk, version=gateway.version).update(
        checked_at=now(), checked_reason=reason, checked_detail=detail[:300]
    )


def _found(gateway_id: int) -> Gateway:
    gateway = Gateway.objects.filter(pk=gateway_id).first()
    if gateway is None:
        raise NotFound()
    return gateway


def _lock(gateway_id: int) -> Gateway:
    gateway = Gateway.objects.select_for_update().filter(pk=gateway_id).first()
    if gateway is None:
        raise NotFound()
    return gateway


def _known_login(gateway: Gateway) -> Login:
    try:
        return unseal(gateway.secret)
    except SecretUnreadable:
        return Login()


def _check(gateway: Gateway) -> None:
    for field, text in (("code", gateway.code), ("name", gateway.name)):
        if not text:
            raise invalid(field, "required", "此项必填。", "This is needed.")
    if gateway.kind not in GATEWAY_KINDS:
        raise invalid("kind", "unknown", "不支持的接口类型。", "An unknown kind of platform.")
    try:
        parts = urlsplit(gateway.address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        whole = whole and not parts.query and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise invalid(
            "address",
            "unknown_scheme",
            "接口地址应以 http:// 或 https:// 开头，不含账号口令和参数。",
            "The address begins with http:// or https://, without a login and without a query.",
        )


def _save(gateway: Gateway) -> None:
    try:
        with transaction.atomic():
            gateway.save()
    except IntegrityError:
        raise invalid("code", "taken", "已有相同编码的平台。", "There is a platform of this code.") from None


def _note(gateway: Gateway, move: str, role: str, actor: Actor, *, first: bool = False) -> None:
    change = Change(move=move, from_state="" if first else "current", to_state="current", role=role)
    facts = {"code": gateway.code, "kind": gateway.kind, "address": gateway.address, "enabled": gateway.enabled}
    append(subject_kind=SUBJECT_KIND, subject_id=gateway.pk, actor=actor, change=change, facts=facts, first=first)
