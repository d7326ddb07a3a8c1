"""ONVIF: which cameras answer in the network, and where a camera's stream is.

WS-Discovery asks by one UDP datagram and gathers what comes back for a while; the media service is asked by SOAP with a
WS-UsernameToken digest (the password itself is never sent). What cameras answer is foreign text: it is bounded, may
hold no document type, and is read for a few elements by their local names, whatever their prefixes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx

from video.gateways.protocol import GatewayFault
from video.pipeline.addresses import Login, without_password

MULTICAST = ("239.255.255.250", 3702)
_SECONDS = 6.0
_MOST_BYTES = 256 * 1024
_MOST_FOUND = 500

_PROBE = """<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>uuid:{id}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>"""

_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">{head}<s:Body>{body}</s:Body></s:Envelope>"""

_SECURITY = """<s:Header><Security s:mustUnderstand="1"
 xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><UsernameToken>
<Username>{user}</Username><Password
 Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">{digest}</Password>
<Nonce EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary">{nonce}</Nonce>
<Created xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">{created}</Created>
</UsernameToken></Security></s:Header>"""

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
    """One profile of a camera; `address` holds no login. Size 0 where it is not told."""

    profile: str
    address: str
    codec: str
    width: int
    height: int


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
    with httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as http:
        media = _media_service(http, service, login)
        profiles = _ask(http, media, _PROFILES, login)
        found = []
        for profile in _all(profiles, "Profiles"):
            token = profile.get("token", "")
            if not token or not any(_all(profile, "VideoEncoderConfiguration")):
                continue
            told = _ask(http, media, _STREAM.format(token=escape(token)), login)
            address = _first(told, "Uri")
            if address.startswith(("rtsp://", "rtsps://")):
                found.append(_stream(profile, address))
    if not found:
        raise GatewayFault("platform_strange", "the camera names no RTSP stream")
    return sorted(found, key=lambda stream: -stream.width * stream.height)


def _media_service(http: httpx.Client, service: str, login: Login) -> str:
    """Where the media service is: on the host that was asked, whatever address the camera believes to have."""
    told = _ask(http, service, _CAPABILITIES, login)
    for media in _all(told, "Media"):
        if path := urlsplit(_first(media, "XAddr")).path:
            return urlsplit(service)._replace(path=path, query="").geturl()
    raise GatewayFault("platform_strange", "the camera names no media service")


def _stream(profile: ElementTree.Element, address: str) -> OnvifStream:
    coding = next(_all(profile, "VideoEncoderConfiguration"))
    return OnvifStream(
        profile=_first(profile, "Name") or profile.get("token", ""),
        address=without_password(address.strip()),
        codec=_first(coding, "Encoding"),
        width=_whole(_first(coding, "Width")),
        height=_whole(_first(coding, "Height")),
    )


def _ask(http: httpx.Client, address: str, body: str, login: Login) -> ElementTree.Element:
    text = _ENVELOPE.format(head=_security(login) if login.user else "", body=body)
    try:
        answer = http.post(
            address, content=text.encode(), headers={"Content-Type": "application/soap+xml; charset=utf-8"}
        )
    except httpx.TimeoutException:
        raise GatewayFault("platform_unreachable", "the camera does not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GatewayFault("platform_unreachable", f"the camera cannot be reached: {type(error).__name__}") from None
    if answer.status_code in (401, 403) or b"NotAuthorized" in answer.content[:_MOST_BYTES]:
        raise GatewayFault("platform_password", "the camera refuses user and password, or its clock is far off")
    if answer.status_code != httpx.codes.OK:
        raise GatewayFault("platform_strange", f"the camera answers with status {answer.status_code}")
    return _read(answer.content)


def _security(login: Login) -> str:
    nonce = secrets.token_bytes(16)
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # SHA-1 is what WS-UsernameToken prescribes.
    digest = hashlib.sha1(nonce + created.encode() + login.password.encode(), usedforsecurity=False).digest()
    return _SECURITY.format(
        user=escape(login.user),
        digest=base64.b64encode(digest).decode(),
        nonce=base64.b64encode(nonce).decode(),
        created=created,
    )


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
        told = _read(text)
    except GatewayFault:
        return
    for match in _all(told, "ProbeMatch"):
        services = [one for one in _first(match, "XAddrs").split() if one.startswith(("http://", "https://"))]
        own = [one for one in services if urlsplit(one).hostname == sender]
        scopes = _first(match, "Scopes").split()
        if own:
            yield Answered(own[0], sender, _scope(scopes, "name"), _scope(scopes, "hardware"))


def _scope(scopes: list[str], kind: str) -> str:
    start = f"onvif://www.onvif.org/{kind}/"
    return next((unquote(one[len(start) :])[:80] for one in scopes if one.startswith(start)), "")


def _read(text: bytes) -> ElementTree.Element:
    if len(text) > _MOST_BYTES or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise GatewayFault("platform_strange", "the answer is too long or of a forbidden form")
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise GatewayFault("platform_strange", "the answer is no XML: is this an ONVIF service?") from None


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


def _first(root: ElementTree.Element, name: str) -> str:
    return next((one.text or "" for one in _all(root, name)), "").strip()


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0
