"""What travels to a page over the socket, as text."""

import json
from collections.abc import Iterable

from django.conf import settings

from core.clock import now
from core.live.stream import StreamId

HEARTBEAT_SECONDS = 5


def server_time() -> str:
    return now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hello(epoch: str, through: StreamId) -> str:
    return json.dumps(
        {
            "type": "hello",
            "epoch": epoch,
            "through": str(through),
            "build_id": settings.BUILD_ID,
            "server_time": server_time(),
            "heartbeat_seconds": HEARTBEAT_SECONDS,
        }
    )


def updates(through: StreamId, items: Iterable[str]) -> str:
    return f'{{"type":"updates","through":"{through}","items":[{",".join(items)}]}}'


def heartbeat(through: StreamId) -> str:
    return f'{{"type":"heartbeat","through":"{through}","server_time":"{server_time()}"}}'


def reset(reason: str, epoch: str, through: StreamId) -> str:
    return json.dumps({"type": "reset", "reason": reason, "epoch": epoch, "through": str(through)})


def latest(items: Iterable[str]) -> str:
    return f'{{"type":"latest","items":[{",".join(items)}]}}'
