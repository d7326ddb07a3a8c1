"""SOAP with cameras, as ONVIF speaks it: a WS-UsernameToken digest, so the password itself is never sent.

What cameras answer is foreign text: it is bounded, may hold no document type, and is read for a few elements by their
local names, whatever their prefixes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx

from video.gateways.protocol import GatewayFault
from video.pipeline.addresses import Login

SECONDS = 6.0
_MOST_BYTES = 256 * 1024
_CANNOT = (b"ActionNotSupported", b"NoPTZProfile", b"PTZNotSupported")
_SAID = 120

_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">{head}<s:Body>{body}</s:Body></s:Envelope>"""

_SECURITY = """<s:Header><Security s:mustUnderstand="1"
 xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><UsernameToken>
<Username>{user}</Username><Password
 Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">{digest}</Password>
<Nonce EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary">{nonce}</Nonce>
<Created xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">{created}</Created>
</UsernameToken></Security></s:Header>"""


def ask(http: httpx.Client, address: str, body: str, login: Login) -> ElementTree.Element:
    """One question and its answer. Raises GatewayFault; `not_supported`, `device_refuses` where the camera says so."""
    text = _ENVELOPE.format(head=_security(login) if login.user else "", body=body)
    kind = {"Content-Type": "application/soap+xml; charset=utf-8"}
    try:
        with http.stream("POST", address, content=text.encode(), headers=kind) as answer:
            status, content = answer.status_code, _bounded(answer)
    except httpx.TimeoutException:
        raise GatewayFault("platform_unreachable", "the camera does not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GatewayFault("platform_unreachable", f"the camera cannot be reached: {type(error).__name__}") from None
    if status in (401, 403) or b"NotAuthorized" in content:
        raise GatewayFault("platform_password", "the camera refuses user and password, or its clock is far off")
    if any(word in content for word in _CANNOT):
        raise GatewayFault("not_supported", "the camera says that it cannot do this")
    if b"Fault>" in content:
        raise GatewayFault("device_refuses", f"the camera says: {login.hidden_in(_reason(content))}")
    if status != httpx.codes.OK:
        raise GatewayFault("platform_strange", f"the camera answers with status {status}")
    return read(content)


def _bounded(answer: httpx.Response) -> bytes:
    """The body; no more of it is taken than an answer may be long."""
    taken = bytearray()
    for chunk in answer.iter_bytes():
        taken += chunk
        if len(taken) > _MOST_BYTES:
            raise GatewayFault("platform_strange", "the camera's answer is too long")
    return bytes(taken)


def _reason(content: bytes) -> str:
    """What a fault says in words, or its innermost code."""
    told = read(content)
    codes = [one.text or "" for one in every(told, "Value")]
    return (first(told, "Text") or first(told, "faultstring") or (codes[-1] if codes else "no"))[:_SAID]


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


def read(text: bytes) -> ElementTree.Element:
    if len(text) > _MOST_BYTES or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise GatewayFault("platform_strange", "the answer is too long or of a forbidden form")
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise GatewayFault("platform_strange", "the answer is no XML: is this an ONVIF service?") from None


def path_of(address: str) -> str:
    """Where on its host a service is, of an address that a camera told. Raises GatewayFault."""
    try:
        return urlsplit(address).path
    except ValueError:
        raise GatewayFault("platform_strange", "the camera names a service by what is no address") from None


def every(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


def first(root: ElementTree.Element, name: str) -> str:
    return next((one.text or "" for one in every(root, name)), "").strip()


def has(root: ElementTree.Element, name: str) -> bool:
    """Whether there is such a part, be it empty: an element without children counts as false by itself."""
    return next(every(root, name), None) is not None
