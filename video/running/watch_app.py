"""What the `viewing` process serves below /watch/: playlists, parts, stills and how a camera is doing, by ticket."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections

from core.clock import now
from video.rules.tickets import opened, session_mark
from video.running.viewing import TooMany, Viewing, Watched

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

TICKET_HEADER = b"x-watch-ticket"
_PATH = re.compile(
    r"/watch/(?P<camera>\d{1,18})/(?P<sub>sub/)?"
    r"(?:(?P<what>live\.m3u8|picture\.jpg|state)|head-(?P<head>\d{1,9})\.mp4"
    r"|segment-(?P<segment>\d{1,9})\.m4s|part-(?P<of>\d{1,9})-(?P<index>\d{1,4})\.m4s)$",
    re.ASCII,
)
_WAIT_SECONDS = 6.0
_PLAYLIST, _MP4 = "application/vnd.apple.mpegurl", "video/mp4"


class Refused(Exception):
    """An answer that is no picture: status and stable code."""

    def __init__(self, status: int, code: str, **told: Any) -> None:
        super().__init__(code)
        self.status, self.body = status, {"code": code, **told}


class WatchApp:
    """An ASGI application. One asyncio loop; cameras run in threads of their own and wake it."""

    def __init__(self, *, capacity: int, secret: str, cookie: str, viewing: Viewing | None = None) -> None:
        self._secret = secret
        self._cookie = cookie
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, set[asyncio.Event]] = {}
        self.viewing = viewing or Viewing(capacity=capacity, changed=self.changed)

    def changed(self, camera_id: int) -> None:
        """From any thread: there is more of this camera."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake, camera_id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
            return
        self._loop = asyncio.get_running_loop()
        try:
            status, kind, body = 200, *await self._answer(scope)
        except Refused as refusal:
            status, kind, body = refusal.status, "application/problem+json", json.dumps(refusal.body).encode()
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-server-time", now().isoformat().encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.viewing.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope) -> tuple[str, bytes]:
        path = _PATH.fullmatch(scope["path"])
        if path is None or scope["method"] not in ("GET", "HEAD"):
            raise Refused(404, "not_found")
        camera_id, sub = int(path["camera"]), path["sub"] is not None
        self._require_ticket(scope, camera_id)
        watched = self.viewing.find(camera_id, sub) or await self._begin(camera_id, sub)
        match path["what"]:
            case "live.m3u8":
                return _PLAYLIST, await self._playlist(camera_id, watched, parse_qs(scope["query_string"].decode()))
            case "picture.jpg":
                return "image/jpeg", await self._picture(camera_id, watched)
            case "state":
                return "application/json", json.dumps(_told(watched)).encode()
        _require_open(watched)
        if path["head"]:
            found = watched.window.head(int(path["head"]))
        elif path["segment"]:
            found = watched.window.segment(int(path["segment"]))
        else:
            found = watched.window.part(int(path["of"]), int(path["index"]))
        if found is None:
            raise Refused(404, "not_found")
        return _MP4, found

    def _require_ticket(self, scope: Scope, camera_id: int) -> None:
        headers = dict(scope["headers"])
        ticket = opened(headers.get(TICKET_HEADER, b"").decode("latin-1"), self._secret, now=time.time())
        if ticket is None:
            raise Refused(401, "ticket_over")
        try:
            morsel = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(self._cookie)
        except CookieError:
            morsel = None
        if ticket.camera_id != camera_id or morsel is None or session_mark(morsel.value) != ticket.session:
            raise Refused(403, "forbidden")

    async def _begin(self, camera_id: int, sub: bool) -> Watched:
        try:
            # A platform that is asked for an address may take its time: the other cameras do not wait for it.
            watched = await sync_to_async(self._watch, thread_sensitive=False)(camera_id, sub)
        except TooMany as error:
            raise Refused(503, "too_many_watched") from error
        except (DatabaseError, InterfaceError) as error:
            raise Refused(503, "unavailable") from error
        if watched is None:
            raise Refused(404, "not_found")
        return watched

    def _watch(self, camera_id: int, sub: bool) -> Watched | None:
        close_old_connections()
        return self.viewing.watch(camera_id, sub)

    async def _playlist(self, camera_id: int, watched: Watched, query: dict[str, list[str]]) -> bytes:
        wanted = _numbers(query)
        _require_open(watched)
        if wanted is None:
            ready = await self._until(camera_id, lambda: watched.window.is_playable or not _is_coming(watched))
        else:
            ready = await self._until(camera_id, lambda: watched.window.has(*wanted) or not _is_coming(watched))
        _require_playable(watched)
        if not ready:
            raise Refused(503, "not_yet", **_told(watched))
        return watched.window.playlist().encode()

    async def _picture(self, camera_id: int, watched: Watched) -> bytes:
        before = watched.stills.ask()

        def newer() -> bool:
            still = watched.stills.ask()
            return still is not None and (before is None or still.at > before.at)

        await self._until(camera_id, lambda: newer() or watched.remuxer.state.passing == "lost")
        still = watched.stills.ask()
        if still is None or not newer():
            raise Refused(503, "not_yet", **_told(watched))
        return still.jpeg

    async def _until(self, camera_id: int, holds: Callable[[], bool]) -> bool:
        """Whether it came to hold within a few seconds."""
        end = time.monotonic() + _WAIT_SECONDS
        event = asyncio.Event()
        events = self._waiting.setdefault(camera_id, set())
        events.add(event)
        try:
            while not holds():
                rest = end - time.monotonic()
                if rest <= 0:
                    return False
                try:
                    # A camera that is lost adds nothing, and so wakes nobody.
                    await asyncio.wait_for(event.wait(), min(rest, 0.5))
                except TimeoutError:
                    continue
                event.clear()
            return True
        finally:
            events.discard(event)
            if not events:
                self._waiting.pop(camera_id, None)

    def _wake(self, camera_id: int) -> None:
        for event in self._waiting.get(camera_id, ()):
            event.set()


def _numbers(query: dict[str, list[str]]) -> tuple[int, int | None] | None:
    """Which segment and part a player waits for (RFC 8216 bis, delivery directives)."""
    number, index = query.get("_HLS_msn", [""])[0], query.get("_HLS_part", [""])[0]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return int(number), int(index) if index.isascii() and index.isdigit() and len(index) < 5 else None


def _is_coming(watched: Watched) -> bool:
    state = watched.remuxer.state
    return state.passing != "lost" and state.is_playable


def _require_open(watched: Watched) -> None:
    """A stream of which part is masked for privacy is passed on to nobody: there are masked stills instead."""
    if watched.is_masked:
        raise Refused(415, "privacy_masked", **_told(watched))


def _require_playable(watched: Watched) -> None:
    state = watched.remuxer.state
    if state.passing == "lost":
        raise Refused(503, "signal_lost", **_told(watched))
    if not state.is_playable:
        raise Refused(415, "unsupported_codec", **_told(watched))


def _told(watched: Watched) -> dict[str, Any]:
    """How the camera is doing, without its address."""
    state = watched.remuxer.state
    return {
        "state": state.passing.value,
        "since": state.since.isoformat(),
        "tries": state.tries,
        "codec": state.codec,
        "is_playable": state.is_playable and not watched.is_masked,
        "is_masked": watched.is_masked,
    }
