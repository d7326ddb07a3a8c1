"""The one reader of the stream in a live process: fills the hub, survives Redis going away, and notices lost data."""

import asyncio
import logging
import random
from typing import Any

import redis

from core.live.hub import Hub
from core.live.latest import latest_of, latest_stream_key, values_key
from core.live.ring import DEPTH
from core.live.stream import Entry, StreamId, StreamState, entry_of, epoch_key, new_epoch, state_of, stream_key
from core.redis import Unreachable, async_blocking_client, async_client

logger = logging.getLogger(__name__)

BLOCK_MILLISECONDS = 1000
READ_COUNT = 1000
LONGEST_PAUSE_SECONDS = 3.0
Faults = (redis.RedisError, *Unreachable)


class StreamReader:
    """`hub` is made by the reader, since each needs the other; `run` feeds it until it is cancelled."""

    def __init__(self, *, depth: int = DEPTH) -> None:
        self.hub = Hub(self, depth=depth)
        self._depth = depth
        self._blocking = async_blocking_client()
        self._short = async_client()
        self._latest_id = "0-0"
        self._loading = asyncio.Lock()

    async def run(self) -> None:
        failures = 0
        while True:
            try:
                await self._load()
                failures = 0
                while True:
                    await self._read()
            except Faults as fault:
                self.hub.lost()
                failures += 1
                logger.warning("live updates wait for Redis: %s", fault)
                longest = min(LONGEST_PAUSE_SECONDS, 0.1 * 2 ** min(failures, 10))
                await asyncio.sleep(random.uniform(longest / 2, longest))  # noqa: S311  jitter, not a secret

    async def close(self) -> None:
        await self._blocking.aclose()
        await self._short.aclose()

    async def _load(self) -> None:
        """Read epoch, head and the newest part of the stream in one step, and the latest-only values."""
        async with self._loading:
            pipe = self._short.pipeline(transaction=True)
            pipe.set(epoch_key(), new_epoch(), nx=True)
            pipe.get(epoch_key())
            pipe.xinfo_stream(stream_key())
            pipe.xrevrange(stream_key(), count=self._depth)
            pipe.xrevrange(latest_stream_key(), count=1)
            pipe.hgetall(values_key())
            _set, epoch, info, newest, last_value, values = _without_missing(await pipe.execute(raise_on_error=False))
            entries = [entry for row in reversed(newest or []) if (entry := _entry(*row))]
            self.hub.load(state_of(epoch, info), entries, is_all=len(newest or []) < self._depth)
            self._latest_id = last_value[0][0] if last_value else "0-0"
            self.hub.latest_arrived(latest_of(slot, text) for slot, text in values.items())

    async def _read(self) -> None:
        last = str(self.hub.ring.head)
        found: Any = await self._blocking.xread(
            {stream_key(): last, latest_stream_key(): self._latest_id}, count=READ_COUNT, block=BLOCK_MILLISECONDS
        )
        if not found:
            await self.refresh()
            return
        for name, rows in found:
            if name == latest_stream_key():
                self._latest_id = rows[-1][0]
                self.hub.latest_arrived(latest_of(fields["s"], fields["v"]) for _id, fields in rows)
                continue
            entries = [entry for row in rows if (entry := _entry(*row))]
            if any(entry.epoch != self.hub.epoch for entry in entries):
                await self._load()
            else:
                self.hub.arrived(entry for entry in entries if entry.id > self.hub.ring.head)

    async def refresh(self) -> None:
        """Load anew where the epoch beside the stream is another one, or is gone."""
        try:
            epoch = await self._short.get(epoch_key())
            if epoch != self.hub.epoch:
                await self._load()
        except Faults as fault:
            logger.warning("the epoch cannot be read: %s", fault)
            self.hub.lost()
            raise

    async def read_after(self, position: StreamId, limit: int) -> tuple[list[Entry], StreamState]:
        """Up to `limit` entries after `position`, with the state of the stream at the same moment."""
        pipe = self._short.pipeline(transaction=True)
        pipe.get(epoch_key())
        pipe.xrange(stream_key(), min=f"({position}", count=limit)
        pipe.xinfo_stream(stream_key())
        epoch, rows, info = _without_missing(await pipe.execute(raise_on_error=False))
        return [entry for row in rows if (entry := _entry(*row))], state_of(epoch or "", info)


def _without_missing(replies: list[Any]) -> list[Any]:
    """XINFO answers with an error where the stream does not exist yet; that is no fault. Any other error is."""
    for reply in replies:
        if isinstance(reply, Exception) and "no such key" not in str(reply):
            raise reply
    return [None if isinstance(reply, Exception) else reply for reply in replies]


def _entry(entry_id: str, fields: dict[str, str]) -> Entry | None:
    """The entry, or None for one that is not ours to read: it reaches nobody and stops nobody."""
    try:
        return entry_of(entry_id, fields)
    except (KeyError, ValueError) as error:
        logger.error("stream entry %s is not readable and is passed over: %r", entry_id, error)
        return None
