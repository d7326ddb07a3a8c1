"""The baseline: the same sockets fed by channels_redis group_send, one group for all.

`application` is the server; run as a program it is the sender (rate and seconds as arguments).
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

GROUP = "bench"
# The defaults would lose messages here (a capacity of 100) and drop idle readers (a read time-out of 5 s).
settings.CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [{"address": settings.REDIS_URL, "socket_timeout": None, "max_connections": 5000}],
            "prefix": f"{settings.REDIS_PREFIX}-groups",
            "capacity": 5000,
        },
    }
}


class GroupConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.send(json.dumps({"type": "hello"}))

    async def update(self, event: dict[str, Any]) -> None:
        await self.send(event["text"])


consumer = GroupConsumer.as_asgi()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await consumer(scope, receive, send)


async def send_for(rate: float, seconds: float) -> int:
    """Send numbered updates at `rate` a second; the last number."""
    layer = get_channel_layer()
    version, begun = 0, time.monotonic()
    while (now := time.monotonic()) < begun + seconds:
        version += 1
        payload = {"id": 1, "version": version, "sent": now}
        item = {"id": f"{version}-0", "type": "bench.measured", "at": "", "payload": payload}
        text = json.dumps({"type": "updates", "through": f"{version}-0", "items": [item]})
        await layer.group_send(GROUP, {"type": "update", "text": text})
        await asyncio.sleep(max(0.0, begun + version / rate - time.monotonic()))
    return version


if __name__ == "__main__":
    sent = asyncio.run(send_for(float(sys.argv[1]), float(sys.argv[2])))
    times = os.times()
    print(json.dumps({"sent": sent, "cpu": times.user + times.system}))
