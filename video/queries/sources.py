"""How a camera is reached: what its worker, and only its worker, is told."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from video.models import Camera, Gateway
from video.pipeline.addresses import NO_LOGIN, Login
from video.pipeline.plans import ChannelPlan
from video.secrets import SecretUnreadable, unseal


def reach_of(camera: Camera) -> dict[str, Any]:
    """The fields of a CameraPlan that say how the camera is reached. A login that cannot be read is that camera's fault
    alone, and told as one. Needs `gateway` and `reference` joined."""
    behind, login, fault = None, NO_LOGIN, ""
    try:
        if camera.gateway is not None:
            behind = ChannelPlan(camera.gateway.kind, camera.gateway.address, camera.channel, login_of(camera.gateway))
        else:
            login = login_of(camera)
    except SecretUnreadable:
        fault = "login_unreadable"
    if camera.gateway is not None and not camera.gateway.enabled:
        fault = "platform_unreachable"
    return {
        "source": camera.source, "login": login, "behind": behind, "fault": fault, "reference": _reference(camera),
    }  # fmt: skip


def login_of(holder: Camera | Gateway) -> Login:
    """Who asks there. Raises SecretUnreadable."""
    return unseal(holder.secret)


def _reference(camera: Camera) -> bytes | None:
    try:
        return bytes(camera.reference.packed)
    except ObjectDoesNotExist:
        return None
