"""GB/T 28181 platforms that offer the HTTP interface of WVP, with ZLMediaKit as their media server.

The platform speaks SIP with the cameras and hands their pictures on over RTSP; here only its HTTP interface is used:
`/api/user/login` (password as MD5, as it wants it) gives a token for the header `access-token`, `/api/device/query/…`
lists, `/api/play/start/<device>/<channel>` has a camera sent, `/api/ptz/control/<device>/<channel>` turns it,
`/api/ptz/preset/query/…` and `/api/ptz/front_end_command/…` list, set and call its presets.
Answers are `{"code": 0, "msg": …, "data": …}`; anything else is told as strange.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from video.gateways.protocol import Channel, Device, GatewayFault, HeadPreset, Motion
from video.pipeline.addresses import Login

_SECONDS = 8.0
_PAGE, _MOST = 100, 10_000
_MOST_BYTES = 4_000_000
_REFUSED_CODES = frozenset({401, 403})
_CALL_PRESET, _SET_PRESET = "130", "129"
"""0x82 and 0x81 of the front-end commands of GB/T 28181, annex A."""
_MOST_PRESETS = 255


class WvpGateway:
    """One connection; the token is asked for at the first question."""

    def __init__(self, address: str, login: Login) -> None:
        self._login = login
        # No proxy of the environment stands between the platform and its cameras' gateway, and no redirect takes a
        # password elsewhere.
        self._http = httpx.Client(
            base_url=address.rstrip("/"), timeout=_SECONDS, trust_env=False, follow_redirects=False
        )
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def devices(self) -> list[Device]:
        return [
            Device(
                id=_text(row, "deviceId"),
                name=_text(row, "name") or _text(row, "deviceId"),
                maker=_text(row, "manufacturer"),
                online=_is_on(row, "onLine", "online", "status"),
                channels=row.get("channelCount") if isinstance(row.get("channelCount"), int) else None,
            )
            for row in self._rows("/api/device/query/devices")
            if _text(row, "deviceId")
        ]

    def channels(self, device_id: str) -> list[Channel]:
        found = []
        for row in self._rows(f"/api/device/query/devices/{_part(device_id)}/channels"):
            number = _text(row, "channelId") or _text(row, "gbDeviceId") or _text(row, "deviceId")
            if not number:
                continue
            lng, lat = _degrees(row, "longitude", 180), _degrees(row, "latitude", 90)
            found.append(
                Channel(
                    channel=f"{device_id}/{number}",
                    device_id=device_id,
                    name=_text(row, "name") or number,
                    online=_is_on(row, "status", "online", "onLine"),
                    can_turn=str(row.get("ptzType") or row.get("PTZType") or 0) in {"1", "4"},
                    lng=lng if lat is not None else None,
                    lat=lat if lng is not None else None,
                )
            )
        return found

    def play(self, channel: str) -> str:
        device, number = _parts(channel)
        told = self._ask(f"/api/play/start/{device}/{number}", of_channel=True)
        address = told.get("rtsp") if isinstance(told, dict) else None
        if not isinstance(address, str) or not address.startswith(("rtsp://", "rtsps://")):
            raise GatewayFault("platform_strange", "the platform names no RTSP address for the channel")
        return address

    def move(self, channel: str, motion: Motion) -> None:
        device, number = _parts(channel)
        query = {
            "command": _command(motion),
            "horizonSpeed": str(round(abs(motion.pan) * 255)),
            "verticalSpeed": str(round(abs(motion.tilt) * 255)),
            "zoomSpeed": str(round(abs(motion.zoom) * 15)),
        }
        self._ask(f"/api/ptz/control/{device}/{number}", query, method="POST", of_channel=True)

    def presets(self, channel: str) -> list[HeadPreset]:
        device, number = _parts(channel)
        rows = self._ask(f"/api/ptz/preset/query/{device}/{number}", of_channel=True)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            # Not as if there were none: the next to be saved would take the number of one that is there.
            raise GatewayFault("platform_strange", "the platform's list of presets has an unknown form")
        found = []
        for row in rows:
            token = _text(row, "presetId") or _text(row, "presetID")
            if not (token.isascii() and token.isdigit()):
                raise GatewayFault("platform_strange", "the platform lists a preset without its number")
            if _is_preset(token):
                found.append(HeadPreset(token, _text(row, "presetName") or token))
        return found

    def go_to(self, channel: str, preset: str) -> None:
        self._front_end(channel, _CALL_PRESET, preset)

    def save_preset(self, channel: str, name: str) -> HeadPreset:
        """In the first free number. This interface takes no name: the device shows the number."""
        taken = {int(one.token) for one in self.presets(channel)}
        free = next((n for n in range(1, _MOST_PRESETS + 1) if n not in taken), None)
        if free is None:
            raise GatewayFault("device_refuses", "all 255 presets are taken")
        self._front_end(channel, _SET_PRESET, str(free))
        return HeadPreset(str(free), str(free))

    def _front_end(self, channel: str, command: str, preset: str) -> None:
        if not _is_preset(preset):
            raise GatewayFault("device_refuses", "the platform numbers presets from 1 to 255")
        device, number = _parts(channel)
        query = {"cmdCode": command, "parameter1": "0", "parameter2": preset, "combindCode2": "0"}
        self._ask(f"/api/ptz/front_end_command/{device}/{number}", query, method="POST", of_channel=True)

    def _rows(self, path: str) -> Iterator[dict[str, Any]]:
        seen, page = 0, 0
        while seen < _MOST:
            page += 1
            told = self._ask(path, {"page": str(page), "count": str(_PAGE)})
            rows = told.get("list") if isinstance(told, dict) else None
            if not isinstance(rows, list):
                raise GatewayFault("platform_strange", "the platform's list has an unknown form")
            yield from (row for row in rows if isinstance(row, dict))
            seen += len(rows)
            total = told.get("total") if isinstance(told, dict) else 0
            if not rows or not isinstance(total, int) or seen >= total:
                return

    def _ask(
        self, path: str, query: dict[str, str] | None = None, *, method: str = "GET", of_channel: bool = False
    ) -> Any:
        if not self._token:
            self._token = self._sign_in()
        return self._said(self._send(method, path, query or {}, {"access-token": self._token}), of_channel=of_channel)

    def _sign_in(self) -> str:
        digest = hashlib.md5(self._login.password.encode(), usedforsecurity=False).hexdigest()
        query = {"username": self._login.user, "password": digest}
        answer = self._send("GET", "/api/user/login", query, {})
        told = self._said(answer, of_sign_in=True)
        token = told.get("accessToken") if isinstance(told, dict) else None
        token = token or answer.headers.get("access-token")
        if not isinstance(token, str) or not token:
            raise GatewayFault("platform_strange", "the platform gives no access token")
        return token

    def _send(self, method: str, path: str, query: dict[str, str], headers: dict[str, str]) -> httpx.Response:
        try:
            with self._http.stream(method, path, params=query, headers=headers) as answer:
                read = bytearray()
                for chunk in answer.iter_bytes():
                    read += chunk
                    if len(read) > _MOST_BYTES:
                        raise GatewayFault("platform_strange", "the platform's answer is too long")
                return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=bytes(read))
        except httpx.TimeoutException:
            raise GatewayFault("platform_unreachable", "the platform does not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # From None, and by its kind alone: the error's request holds the password's digest.
            raise GatewayFault(
                "platform_unreachable", f"the platform cannot be reached: {type(error).__name__}"
            ) from None

    def _said(self, answer: httpx.Response, *, of_sign_in: bool = False, of_channel: bool = False) -> Any:
        if answer.status_code in _REFUSED_CODES:
            raise GatewayFault("platform_password", f"the platform refuses the login ({answer.status_code})")
        if answer.status_code != httpx.codes.OK:
            raise GatewayFault("platform_strange", f"the platform answers with status {answer.status_code}")
        try:
            body = answer.json()
        except ValueError:
            raise GatewayFault("platform_strange", "the platform's answer is no JSON: is it its HTTP API?") from None
        if not isinstance(body, dict) or not isinstance(body.get("code"), int):
            raise GatewayFault("platform_strange", "the platform's answer has an unknown form")
        if body["code"] == 0:
            return body.get("data")
        said = self._login.hidden_in(str(body.get("msg") or ""))[:120]
        if of_sign_in or body["code"] in _REFUSED_CODES:
            raise GatewayFault("platform_password", f"the platform refuses the login: {said}")
        raise GatewayFault(
            "channel_offline" if of_channel else "platform_strange", f"the platform says {body['code']}: {said}"
        )


def _command(motion: Motion) -> str:
    """Its word for a direction. It zooms or turns, not both at once: zooming goes first."""
    if motion.zoom:
        return "zoomin" if motion.zoom > 0 else "zoomout"
    across = "right" if motion.pan > 0 else "left" if motion.pan < 0 else ""
    along = "up" if motion.tilt > 0 else "down" if motion.tilt < 0 else ""
    return along + across or "stop"


def _is_preset(token: str) -> bool:
    return token.isascii() and token.isdigit() and 1 <= int(token) <= _MOST_PRESETS


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """What is kept of the headers: the body was unpacked already."""
    return {name: value for name, value in headers.items() if name.lower() == "access-token"}


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return str(value).strip()[:80] if isinstance(value, str | int) else ""


def _is_on(row: dict[str, Any], *names: str) -> bool:
    """Versions of the interface say it as true, 1 or "ON", under one of these names."""
    return any(str(row.get(name)).lower() in {"true", "1", "on"} for name in names)


def _degrees(row: dict[str, Any], name: str, most: float) -> float | None:
    """A coordinate; 0 stands for unknown there."""
    try:
        value = float(row.get(name) or 0)
    except (TypeError, ValueError):
        return None
    return value if value and abs(value) <= most else None


def _part(text: str) -> str:
    return quote(text, safe="")


def _parts(channel: str) -> tuple[str, str]:
    device, _, number = channel.partition("/")
    return _part(device), _part(number)
