"""What runs in a live process beside the sockets: the reader, the heartbeats, and the check of sessions."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from itertools import cycle

from django.utils.module_loading import autodiscover_modules

from core.live import latest
from core.live.client import Client, Close
from core.live.frames import HEARTBEAT_SECONDS
from core.live.identities import Identifier, Identity, find_identities
from core.live.reader import StreamReader

logger = logging.getLogger(__name__)

BEATS = 20
LATEST_SECONDS = 1.0
SESSION_CHECK_SECONDS = 15.0


class LiveService:
    """One per process and event loop."""

    def __init__(self) -> None:
        autodiscover_modules("live")
        self.reader = StreamReader()
        self.hub = self.reader.hub
        self.identifier = Identifier()
        self._tasks: list[asyncio.Task[None]] = []
        self._buckets: list[set[Client]] = [set() for _ in range(BEATS)]
        self._next_bucket = cycle(self._buckets)

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(_for_ever(work), name=work.__name__)
            for work in (self.reader.run, self._beat, self._latest, self._check_sessions)
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.reader.close()

    async def join(self, identity: Identity, epoch: str | None, through: str | None) -> Client:
        client = await self.hub.attach(
            keys=identity.keys,
            user_id=identity.user_id,
            session_key=identity.session_key,
            epoch=epoch,
            through=through,
        )
        next(self._next_bucket).add(client)
        return client

    def leave(self, client: Client) -> None:
        self.hub.detach(client)
        for bucket in self._buckets:
            bucket.discard(client)

    def details(self) -> dict[str, object]:
        """For /health."""
        return {"sockets": len(self.hub.clients), "reading": self.hub.is_ready, "head": str(self.hub.ring.head)}

    async def _beat(self) -> None:
        """Every socket once in five seconds, a twentieth of them at a time."""
        for bucket in cycle(self._buckets):
            await asyncio.sleep(HEARTBEAT_SECONDS / BEATS)
            self.hub.beat(list(bucket))

    async def _latest(self) -> None:
        while True:
            await asyncio.sleep(LATEST_SECONDS)
            self.hub.latest_tick()
            self.hub.forget_latest(before=time.time() - latest.KEPT_FOR.total_seconds())

    async def _check_sessions(self) -> None:
        """End sockets whose session has ended or whose rights have changed, also where no message said so."""
        while True:
            await asyncio.sleep(SESSION_CHECK_SECONDS)
            await self.check_sessions()

    async def check_sessions(self) -> None:
        clients = list(self.hub.clients)
        if not clients:
            return
        living = await find_identities({client.session_key for client in clients})
        for client in clients:
            identity = living.get(client.session_key)
            if identity is None:
                self.hub.end_socket(client, Close.SESSION_ENDED)
            elif identity.keys != client.keys:
                self.hub.end_socket(client, Close.RIGHTS_CHANGED)


async def _for_ever(work: Callable[[], Awaitable[None]]) -> None:
    """A fault in one round of background work is logged and the work begins again: no silent end."""
    while True:
        try:
            await work()
        except Exception:
            logger.exception("%s failed and begins again", work)
            await asyncio.sleep(1)


_services: dict[asyncio.AbstractEventLoop, LiveService] = {}


def service() -> LiveService:
    """The service of the running loop, started on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _services:
        _services.clear()
        _services[loop] = LiveService()
        _services[loop].start()
    return _services[loop]


async def stop_service() -> None:
    if running := _services.pop(asyncio.get_running_loop(), None):
        await running.stop()


def details() -> dict[str, object]:
    """For /health, from any thread: the sockets and position of this process's service."""
    running = list(_services.values())
    return running[0].details() if running else {"sockets": 0}
