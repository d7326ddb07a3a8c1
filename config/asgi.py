"""The WebSocket side: the `live` process. Pages and the API are the `web` process's, under WSGI (measured faster)."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from core import health  # noqa: E402  the apps must be loaded first
from core.live.consumer import LiveConsumer  # noqa: E402
from core.live.service import details, service, stop_service  # noqa: E402

SOCKET_PATH = "/ws"
socket = LiveConsumer.as_asgi()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    match scope["type"]:
        case "lifespan":
            await _live_and_die(receive, send)
        case "websocket" if scope["path"].rstrip("/") == SOCKET_PATH:
            await socket(scope, receive, send)
        case "websocket":
            await send({"type": "websocket.close", "code": 4404})
        case _:
            await _answer_not_here(send)


async def _live_and_die(receive: Any, send: Any) -> None:
    """Start reading the stream before the first socket comes."""
    await receive()
    service()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop_service()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer_not_here(send: Any) -> None:
    body = b"This is the live process: it serves " + SOCKET_PATH.encode() + b" only.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})


health.start_heartbeat("live", details)
