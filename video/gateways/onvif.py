"""ONVIF: which cameras answer in the network, and where a camera's stream is.

WS-Discovery asks by one UDP datagram and gathers what comes back for a while; the media service is asked by SOAP
(soap.py).
"""

from __future__ import annotations

import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx

from video.gateways.protocol import GatewayFault
from video.gateways.soap import SECONDS, ask, every, first, has, path_of, read
from video.pipeline.addresses import Login, without_password

MULTICAST = ("239.255.255.250", 3702)
_MOST_FOUND = 500

_PROBE = """<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>uuid:{id}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>"""

_CAPABILITIES = (
    '<GetCapabilities xmlns="http://www.onvif.org/ver10/device/wsdl"><Category>Media</Category></GetCapabilities>'
)
_PROFILES = '<GetProfiles xmlns="http://www.onvif.org/ver10/media/wsdl"/>'
_STREAM = """<GetStreamUri xmlns="http://www.onvif.org/ver10/media/wsdl"><StreamSetup>
<Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream>
<Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>
<ProfileToken>{token}</ProfileToken></GetStreamUri>"""


@dataclass(frozen=True, slots=True)
class Answered:
    """A device that answered the probe: where its service is, and what it says of itself."""

    service: str
    host: str
    name: str
    hardware: str


@dataclass(frozen=True, slots=True)
class OnvifStream:
    """One profile of a camera; `address` holds no login. Size 0 where it is not told. `can_turn`: it names a head."""

    profile: str
    address: str
    codec: str
    width: int
    height: int
    can_turn: bool = False


def discover(*, seconds: float = 3.0, to: tuple[str, int] = MULTICAST) -> list[Answered]:
    """Who answers within `seconds`, by host. Nobody is no fault; raises GatewayFault where nothing can be sent."""
    found: dict[str, Answered] = {}
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP) as asking:
            asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 2)
            asking.sendto(_PROBE.format(id=uuid.uuid4()).encode(), to)
            for text, sender in _heard(asking, time.monotonic() + seconds):
                for one in _matches(text, sender):
                    found.setdefault(one.service, one)
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise GatewayFault("platform_unreachable", f"nothing can be sent into the network: {said}") from None
    return sorted(found.values(), key=lambda one: [part.rjust(3, "0") for part in one.host.split(".")])


def streams_of(service: str, login: Login) -> list[OnvifStream]:
    """The streams a camera offers at its device service, the largest first. Raises GatewayFault."""
    with httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as http:
        media = _media_service(http, service, login)
        profiles = ask(http, media, _PROFILES, login)
        found = []
        for profile in every(profiles, "Profiles"):
            token = profile.get("token", "")
            if not token or not has(profile, "VideoEncoderConfiguration"):
                continue
            told = ask(http, media, _STREAM.format(token=escape(token)), login)
            address = first(told, "Uri")
            if address.startswith(("rtsp://", "rtsps://")):
                found.append(_stream(profile, address))
    if not found:
        raise GatewayFault("platform_strange", "the camera names no RTSP stream")
    return sorted(found, key=lambda stream: -stream.width * stream.height)


def _media_service(http: httpx.Client, service: str, login: Login) -> str:
    """Where the media service is: on the host that was asked, whatever address the camera believes to have."""
    told = ask(http, service, _CAPABILITIES, login)
    for media in every(told, "Media"):
        if path := path_of(first(media, "XAddr")):
            return urlsplit(service)._replace(path=path, query="").geturl()
    raise GatewayFault("platform_strange", "the camera names no media service")


def _stream(profile: ElementTree.Element, address: str) -> OnvifStream:
    coding = next(every(profile, "VideoEncoderConfiguration"))
    return OnvifStream(
        profile=first(profile, "Name") or profile.get("token", ""),
        address=_without_password(address.strip()),
        codec=first(coding, "Encoding"),
        width=_whole(first(coding, "Width")),
        height=_whole(first(coding, "Height")),
        can_turn=has(profile, "PTZConfiguration"),
    )


def _without_password(address: str) -> str:
    try:
        return without_password(address)
    except ValueError:
        raise GatewayFault("platform_strange", "the camera names its stream by what is no address") from None


def _heard(asking: socket.socket, until: float) -> Iterator[tuple[bytes, str]]:
    for _ in range(_MOST_FOUND):
        rest = until - time.monotonic()
        if rest <= 0:
            return
        asking.settimeout(rest)
        try:
            text, sender = asking.recvfrom(65_535)
        except TimeoutError:
            return
        yield text, sender[0]


def _matches(text: bytes, sender: str) -> Iterator[Answered]:
    """Who answers in one datagram; noise in the network is passed over. Only the sender's own address is believed."""
    try:
        told = read(text)
    except GatewayFault:
        return
    for match in every(told, "ProbeMatch"):
        services = [one for one in first(match, "XAddrs").split() if one.startswith(("http://", "https://"))]
        own = [one for one in services if _host(one) == sender]
        scopes = first(match, "Scopes").split()
        if own:
            yield Answered(own[0], sender, _scope(scopes, "name"), _scope(scopes, "hardware"))


def _host(service: str) -> str | None:
    try:
        return urlsplit(service).hostname
    except ValueError:
        return None


def _scope(scopes: list[str], kind: str) -> str:
    start = f"onvif://www.onvif.org/{kind}/"
    return next((unquote(one[len(start) :])[:80] for one in scopes if one.startswith(start)), "")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
