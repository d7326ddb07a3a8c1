"""The socket of a page: authenticated by the session cookie, then fed by the hub."""

import asyncio
import json
import logging
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http.request import split_domain_port, validate_host

from core.live.client import Client, Close, EndSocket
from core.live.identities import Identity
from core.live.service import service

logger = logging.getLogger(__name__)

HELLO_SECONDS = 10.0
READY_SECONDS = 5.0
LONGEST_MESSAGE = 1024
MESSAGES_AT_MOST = 60
"""Messages a page may send within one heartbeat's time before it is taken for broken."""


def _header(scope: dict[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_own_origin(scope: dict[str, Any]) -> bool:
    """Whether the page that opens the socket is ours: cookies come along whoever opens it, but browsers say who did."""
    origin, host = _header(scope, b"origin"), _header(scope, b"host")
    name, _port = split_domain_port(host.lower())
    if not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"}:
        return False
    same_host = parts.netloc.lower() == host.lower()
    return same_host or (settings.DEBUG and validate_host(parts.hostname or "", settings.ALLOWED_HOSTS))


def session_key_of(scope: dict[str, Any]) -> str:
    try:
        cookie = SimpleCookie(_header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Waits for the page's hello, then pumps the hub's frames until either side ends."""

    identity: Identity | None = None
    client: Client | None = None
    pump: asyncio.Task[None] | None = None
    hello_timer: asyncio.TimerHandle | None = None
    received = 0

    async def connect(self) -> None:
        if not is_own_origin(self.scope):
            await self.close()
            return
        session_key = session_key_of(self.scope)
        try:
            self.identity = await service().identifier.identify(session_key) if session_key else None
        except (DatabaseError, InterfaceError) as fault:
            logger.warning("a socket is refused for now: %s", fault)
            await self.accept()
            await self.close(code=Close.TRY_LATER)
            return
        await self.accept()  # also where it closes at once: only then the page sees the code
        if self.identity is None:
            await self.close(code=Close.SESSION_ENDED)
            return
        loop = asyncio.get_running_loop()
        self.hello_timer = loop.call_later(HELLO_SECONDS, self._end_soon, Close.POLICY)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.received += 1
        message = _parse(text_data)
        if message is None or self.received > MESSAGES_AT_MOST or self.identity is None:
            await self.close(code=Close.POLICY)
        elif message["type"] == "hello" and self.hello_timer is not None:
            self.hello_timer.cancel()
            self.hello_timer = None
            self.pump = asyncio.create_task(self._pump(self.identity, message))
        elif message["type"] == "ping" and self.client is not None:
            service().hub.beat([self.client])

    async def disconnect(self, code: int) -> None:
        if self.hello_timer is not None:
            self.hello_timer.cancel()
        if self.pump is not None:
            self.pump.cancel()

    def _end_soon(self, code: Close) -> None:
        self.pump = asyncio.create_task(self.close(code=code))

    async def _pump(self, identity: Identity, hello: dict[str, Any]) -> None:
        """Send frame after frame. Whatever goes wrong closes the socket: a silent open one would look alive."""
        live = service()
        try:
            async with asyncio.timeout(READY_SECONDS):
                await live.hub.wait_until_ready()
            self.client = await live.join(identity, _text(hello, "epoch"), _text(hello, "through"))
            while True:
                frame = await live.hub.next_frame(self.client)
                if frame.startswith('{"type":"heartbeat"'):
                    self.received = 0
                await self.base_send({"type": "websocket.send", "text": frame})
        except EndSocket as end:
            await self.close(code=end.code)
        except TimeoutError:
            await self.close(code=Close.TRY_LATER)
        except OSError:
            logger.debug("a page went away while it was being told something")
        except Exception:
            logger.exception("the pump of a socket failed")
            await self.close(code=Close.SERVER_ERROR)
        finally:
            if self.client is not None:
                live.leave(self.client)


def _parse(text: str | None) -> dict[str, Any] | None:
    """The page's message, or None where it is none of ours."""
    if text is None or len(text) > LONGEST_MESSAGE:
        return None
    try:
        message = json.loads(text)
    except ValueError:
        return None
    return message if isinstance(message, dict) and message.get("type") in {"hello", "ping"} else None


def _text(message: dict[str, Any], name: str) -> str | None:
    value = message.get(name)
    return value if isinstance(value, str) else None
