"""Looking for cameras in the network."""

from urllib.parse import urlsplit

from core.actor import Actor
from video.errors import GatewayTrouble
from video.gateways.onvif import MULTICAST, OnvifStream, discover, streams_of
from video.gateways.protocol import GatewayFault
from video.models import Camera
from video.pipeline.addresses import Login
from video.policies import require_any_camera_admin
from video.registry_shapes import FoundCamera


def find_cameras(*, seconds: float, actor: Actor, to: tuple[str, int] = MULTICAST) -> list[FoundCamera]:
    """Who answers, and which of them are registered already. Raises GatewayTrouble where nothing can be sent."""
    require_any_camera_admin(actor)
    try:
        found = discover(seconds=seconds, to=to)
    except GatewayFault as fault:
        raise GatewayTrouble.of(fault.reason, fault.detail) from None
    hosts = {one.host for one in found}
    known: dict[str, str] = {}
    for source, code in (
        Camera.objects.visible_to(actor).filter(source__startswith="rtsp").values_list("source", "code")
    ):
        host = urlsplit(source).hostname or ""
        if host in hosts:
            known.setdefault(host, code)
    return [
        FoundCamera(
            service=one.service,
            host=one.host,
            name=one.name,
            hardware=one.hardware,
            camera_code=known.get(one.host),
        )
        for one in found
    ]


def find_streams(*, service: str, actor: Actor, user: str = "", password: str = "") -> list[OnvifStream]:
    """The streams of one camera, the largest first. The login is used once and kept nowhere. Raises GatewayTrouble."""
    require_any_camera_admin(actor)
    try:
        return streams_of(service, Login(user, password))
    except GatewayFault as fault:
        reason = "wrong_password" if fault.reason == "platform_password" else fault.reason
        raise GatewayTrouble.of("offline" if reason == "platform_unreachable" else reason, fault.detail) from None
