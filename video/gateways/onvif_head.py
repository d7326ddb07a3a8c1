"""ONVIF's PTZ service: a camera that is turned by SOAP.

The device service is asked where the PTZ service is and which media profile has a head; that is remembered for some
minutes, so that a held key costs one question a step. Each motion carries its own time-out for the camera, so that it
stops even if nobody comes to say so.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx

from video.gateways.protocol import STOP, GatewayFault, HeadPreset, Motion
from video.gateways.soap import SECONDS, ask, every, first, has, path_of
from video.pipeline.addresses import Login

_REMEMBERED_SECONDS = 300.0
_MOST_REMEMBERED = 2000
_MOST_PRESETS = 300
_PTZ, _SCHEMA = "http://www.onvif.org/ver20/ptz/wsdl", "http://www.onvif.org/ver10/schema"
_CAPABILITIES = (
    '<GetCapabilities xmlns="http://www.onvif.org/ver10/device/wsdl"><Category>All</Category></GetCapabilities>'
)
_PROFILES = '<GetProfiles xmlns="http://www.onvif.org/ver10/media/wsdl"/>'


@dataclass(frozen=True, slots=True)
class _Place:
    service: str
    profile: str
    until: float


_known: dict[tuple[str, str], _Place] = {}


class OnvifHead:
    """One connection to a camera's device service. `stops_after` seconds is what each motion tells the camera."""

    def __init__(self, service: str, login: Login, *, stops_after: float = 2.0) -> None:
        self._service = service
        self._login = login
        self._stops_after = stops_after
        self._http = httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def move(self, motion: Motion) -> None:
        if motion == STOP:
            self._do("Stop", "<PanTilt>true</PanTilt><Zoom>true</Zoom>")
            return
        speed = ""
        if motion.pan or motion.tilt:
            speed += f'<PanTilt xmlns="{_SCHEMA}" x="{motion.pan:.3f}" y="{motion.tilt:.3f}"/>'
        if motion.zoom:
            speed += f'<Zoom xmlns="{_SCHEMA}" x="{motion.zoom:.3f}"/>'
        self._do("ContinuousMove", f"<Velocity>{speed}</Velocity><Timeout>PT{self._stops_after:.1f}S</Timeout>")

    def presets(self) -> list[HeadPreset]:
        told = self._do("GetPresets", "")
        found = []
        for one in list(every(told, "Preset"))[:_MOST_PRESETS]:
            if token := one.get("token", "")[:64]:
                found.append(HeadPreset(token, first(one, "Name")[:60] or token))
        return found

    def go_to(self, preset: str) -> None:
        self._do("GotoPreset", f"<PresetToken>{escape(preset)}</PresetToken>")

    def save_preset(self, name: str) -> HeadPreset:
        token = first(self._do("SetPreset", f"<PresetName>{escape(name)}</PresetName>"), "PresetToken")
        if not token:
            raise GatewayFault("platform_strange", "the camera names no preset")
        return HeadPreset(token[:64], name)

    def _do(self, what: str, body: str) -> ElementTree.Element:
        place = self._place()
        profile = f"<ProfileToken>{escape(place.profile)}</ProfileToken>"
        try:
            return ask(self._http, place.service, f'<{what} xmlns="{_PTZ}">{profile}{body}</{what}>', self._login)
        except GatewayFault:
            _known.pop((self._service, self._login.user), None)  # it may have been set up anew
            raise

    def _place(self) -> _Place:
        key = (self._service, self._login.user)
        known = _known.get(key)
        if known is not None and known.until > time.monotonic():
            return known
        told = ask(self._http, self._service, _CAPABILITIES, self._login)
        turning, media = _path(told, "PTZ"), _path(told, "Media")
        if not turning or not media:
            raise GatewayFault("not_supported", "the camera names no PTZ service")
        profiles = ask(self._http, self._at(media), _PROFILES, self._login)
        for profile in every(profiles, "Profiles"):
            if has(profile, "PTZConfiguration") and (token := profile.get("token", "")):
                if len(_known) >= _MOST_REMEMBERED:
                    _known.clear()
                _known[key] = found = _Place(self._at(turning), token, time.monotonic() + _REMEMBERED_SECONDS)
                return found
        raise GatewayFault("not_supported", "none of the camera's profiles has a head that turns")

    def _at(self, path: str) -> str:
        """On the host that was asked, whatever address the camera believes to have."""
        return urlsplit(self._service)._replace(path=path, query="").geturl()


def _path(capabilities: ElementTree.Element, name: str) -> str:
    return next((path for one in every(capabilities, name) if (path := path_of(first(one, "XAddr")))), "")
