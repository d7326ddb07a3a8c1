"""The hub: one reader of the stream per live process, and a cursor per socket.

The reader feeds the ring; a flush wakes the clients that an update concerns; each client's pump asks for its next
frame. Below 5 updates a second a flush follows at once, above it updates are gathered for 50 to 100 ms, so that a busy
hour costs a frame per tick and client, not a frame per update.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from core.live import frames
from core.live.audience import texts_for
from core.live.client import Client, Close, EndSocket, Group
from core.live.control import CONTROL
from core.live.latest import Latest, is_latest_type
from core.live.publish import REGISTRY, Audience
from core.live.ring import DEPTH, Ring
from core.live.stream import Entry, StreamId, StreamState, parse_id

logger = logging.getLogger(__name__)

FRAME_ITEMS = 500
REPLAYS_AT_ONCE = 16
QUIET_RATE = 5.0
BUSY_RATE = 50.0
SHORT_TICK, LONG_TICK = 0.050, 0.100
RATE_SECONDS = 2.0
REMEMBERED_RIGHTS = 10_000
BEHIND = -1


class Source(Protocol):
    """The stream, for what the ring does not hold."""

    async def read_after(self, position: StreamId, limit: int) -> tuple[list[Entry], StreamState]: ...

    async def refresh(self) -> None:
        """Look at the epoch again, and load anew where it changed."""


class Hub:
    def __init__(self, source: Source, *, depth: int = DEPTH) -> None:
        self.source = source
        self.ring = Ring(depth)
        self.epoch = ""
        self.clients: set[Client] = set()
        self._groups: dict[Audience, Group] = {}
        self._by_key: defaultdict[str, set[Group]] = defaultdict(set)
        self._by_user: defaultdict[int, set[Client]] = defaultdict(set)
        self._rights_changed: dict[int, StreamId] = {}
        self._ready = asyncio.Event()
        self._replays = asyncio.Semaphore(REPLAYS_AT_ONCE)
        self._frames: dict[tuple[StreamId, tuple[str, ...]], str] = {}
        self._flushed = 0
        self._flush: asyncio.TimerHandle | None = None
        self._last_flush = self._last_arrival = float("-inf")
        self._rate = 0.0
        self._latest: dict[str, tuple[int, Latest]] = {}
        self._latest_waiting: dict[str, Latest] = {}
        self._latest_changed: list[Latest] = []
        self._latest_version = 1

    # --- what the reader tells ---

    @property
    def is_ready(self) -> bool:
        """Whether the stream is being read; heartbeats stop while it is not, so that no page believes it is current."""
        return self._ready.is_set()

    async def wait_until_ready(self) -> None:
        await self._ready.wait()

    def lost(self) -> None:
        self._ready.clear()

    def load(self, state: StreamState, entries: list[Entry], *, is_all: bool) -> None:
        """Take over the newest entries of the stream (`is_all`: all of them): at the start and after a cut."""
        continues = self.epoch == state.epoch and (not entries or entries[0].id <= self.ring.head)
        if continues:
            head = self.ring.head
            self.arrived(entry for entry in entries if entry.id > head)
        else:
            complete_from = state.complete_from if is_all else entries[0].id
            self.ring.restart(entries, complete_from=complete_from, head=state.head)
            self._flushed = self.ring.end
            self.epoch = state.epoch
            self._frames.clear()
            for entry in entries:
                self._obey(entry)
            for client in self.clients:
                client.wake()
        self._ready.set()

    def arrived(self, entries: Iterable[Entry]) -> None:
        """New entries, in order."""
        count = 0
        for entry in entries:
            self.ring.append(entry)
            self._obey(entry)
            count += 1
        if count:
            self._frames.clear()
            self._schedule_flush(count)

    def latest_arrived(self, values: Iterable[Latest]) -> None:
        for value in values:
            if is_latest_type(value.type):
                self._latest_waiting[value.slot] = value

    def forget_latest(self, *, before: float) -> None:
        """Drop latest-only values older than `before` (seconds since 1970)."""
        for slot in [slot for slot, (_version, value) in self._latest.items() if value.at < before]:
            del self._latest[slot]

    # --- clients ---

    async def attach(
        self, *, keys: Audience, user_id: int, session_key: str, epoch: str | None, through: str | None
    ) -> Client:
        """A client that continues after `through`, or starts at the head where it has no position yet."""
        if epoch is not None and epoch != self.epoch:
            await self.source.refresh()
        group = self._groups.setdefault(keys, Group(keys))
        client = Client(group, user_id, session_key)
        self._place(client, epoch, through)
        client.greeting = frames.hello(self.epoch, client.position)
        for key in keys:
            self._by_key[key].add(group)
        group.clients.add(client)
        self._by_user[user_id].add(client)
        self.clients.add(client)
        return client

    def detach(self, client: Client) -> None:
        self.clients.discard(client)
        mine, group = self._by_user[client.user_id], client.group
        mine.discard(client)
        if not mine:
            del self._by_user[client.user_id]
        group.clients.discard(client)
        if not group.clients and self._groups.get(group.keys) is group:
            del self._groups[group.keys]
            for key in group.keys:
                self._by_key[key].discard(group)
                if not self._by_key[key]:
                    del self._by_key[key]

    def _place(self, client: Client, epoch: str | None, through: str | None) -> None:
        client.epoch, client.position, client.number = self.epoch, self.ring.head, self.ring.end
        if epoch is None or through is None:
            return
        if epoch != self.epoch:
            client.reset_reason = "epoch"
            return
        try:
            position = parse_id(through)
        except ValueError:
            client.reset_reason = "too_old"
            return
        if self._rights_changed.get(client.user_id, position) > position:
            client.reset_reason = "rights"
            return
        client.position = position
        number = self.ring.number_after(position)
        client.number = BEHIND if number is None else number

    async def next_frame(self, client: Client) -> str:
        """The client's next frame; waits for one. Raises EndSocket where the socket is to be closed."""
        while True:
            if not self._has_all(client):
                if client.closing is not None:
                    raise EndSocket(client.closing)
                if frame := await self._frame_now(client):
                    return frame
            else:
                client.waiter = asyncio.get_running_loop().create_future()
                try:
                    if frame := await client.waiter:
                        return frame
                finally:
                    client.waiter = None

    def _has_all(self, client: Client) -> bool:
        """Whether there is nothing to say to this client now."""
        return (
            client.number >= self.ring.end
            and client.epoch == self.epoch
            and client.latest_seen == self._latest_version
            and not client.beat_is_due
            and client.greeting is None
            and client.closing is None
            and client.reset_reason is None
        )

    async def _frame_now(self, client: Client) -> str | None:
        if client.greeting is not None:
            greeting, client.greeting = client.greeting, None
            return greeting
        if client.epoch != self.epoch:
            client.reset_reason = "epoch"
        if client.reset_reason is not None:
            return self._reset(client)
        if client.number < self.ring.first:
            return await self._replay(client)
        return self._updates(client) or self._latest_frame(client) or self._heartbeat(client)

    def _reset(self, client: Client) -> str:
        reason, client.reset_reason = client.reset_reason or "epoch", None
        client.epoch, client.position, client.number = self.epoch, self.ring.head, self.ring.end
        client.latest_seen = 0
        return frames.reset(reason, self.epoch, client.position)

    def _updates(self, client: Client) -> str | None:
        while client.number < self.ring.end:
            end = min(self.ring.end, client.number + FRAME_ITEMS)
            entries = self.ring.entries(client.number, end)
            client.number = end
            reached = self.ring.head if end == self.ring.end else entries[-1].id
            if entries[0].id <= client.position:  # a snapshot may be ahead of what this process has read
                entries = [entry for entry in entries if entry.id > client.position]
            client.position = max(client.position, reached)
            if texts := texts_for(entries, client.keys, REGISTRY):
                return self._frame(client.position, texts)
        return None

    def _frame(self, through: StreamId, texts: tuple[str, ...]) -> str:
        """The frame, made once for all clients that get the same."""
        frame = self._frames.get((through, texts))
        if frame is None:
            frame = self._frames[through, texts] = frames.updates(through, texts)
        return frame

    async def _replay(self, client: Client) -> str | None:
        """Bring a client that is behind the ring forward by one read of the stream."""
        async with self._replays:
            entries, state = await self.source.read_after(client.position, FRAME_ITEMS)
        if client.epoch != state.epoch:
            client.reset_reason = "epoch"
        elif client.position < state.complete_from:
            client.reset_reason = "too_old"
        elif any(entry.subject_id == client.user_id and _is_rights_change(entry) for entry in entries):
            client.reset_reason = "rights"
        if client.reset_reason is not None:
            return None
        client.position = entries[-1].id if entries else max(client.position, self.ring.head)
        number = self.ring.number_after(client.position)
        client.number = BEHIND if number is None else number
        texts = texts_for(entries, client.keys, REGISTRY)
        return frames.updates(client.position, texts) if texts else None

    def _latest_frame(self, client: Client) -> str | None:
        seen, client.latest_seen = client.latest_seen, self._latest_version
        if seen == self._latest_version:
            return None
        changed: Iterable[Latest] = self._latest_changed
        if seen != self._latest_version - 1:
            changed = (value for version, value in self._latest.values() if version > seen)
        items = [value.item for value in changed if not value.audience.isdisjoint(client.keys)]
        return frames.latest(items) if items else None

    def _heartbeat(self, client: Client) -> str | None:
        if not client.beat_is_due:
            return None
        client.beat_is_due = False
        client.position = max(client.position, self.ring.head)
        return frames.heartbeat(client.position)

    # --- waking ---

    def _schedule_flush(self, count: int) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._rate = self._rate * max(0.0, 1 - (now - self._last_arrival) / RATE_SECONDS) + count / RATE_SECONDS
        self._last_arrival = now
        if self._flush is None:
            tick = 0.0 if self._rate < QUIET_RATE else SHORT_TICK if self._rate < BUSY_RATE else LONG_TICK
            self._flush = loop.call_at(max(now, self._last_flush + tick), self.flush)

    def flush(self) -> None:
        """Wake the clients that the entries since the last flush concern."""
        start, end = self._flushed, self.ring.end
        self._flush, self._flushed = None, end
        self._last_flush = asyncio.get_running_loop().time()
        entries = self.ring.entries(start, end)
        if not entries:
            return
        keys: set[str] = set()
        for entry in entries:
            keys |= entry.after
            keys |= entry.before
        for group in self._groups_of(keys):
            if len(entries) > FRAME_ITEMS:
                for client in group.clients:
                    client.wake_at(start, self._latest_version)
            elif texts := texts_for(entries, group.keys, REGISTRY):
                self._hand_out(self._frame(self.ring.head, texts), group, start, entries[0].id)

    def _hand_out(self, frame: str, group: Group, start: int, first: StreamId) -> None:
        """Give the frame to the waiting clients of a group; one that stands elsewhere makes a frame of its own."""
        end, head, latest_seen = self.ring.end, self.ring.head, self._latest_version
        for client in group.clients:
            if client.number <= start and client.position < first and client.epoch == self.epoch:
                client.hand(frame, number=end, position=head, latest_seen=latest_seen)
            else:
                client.wake_at(start, latest_seen)

    def latest_tick(self) -> None:
        """Once a second: merge the values that came, and wake whom they concern."""
        if not self._latest_waiting:
            return
        self._latest_version += 1
        self._latest_changed = list(self._latest_waiting.values())
        self._latest_waiting = {}
        keys: set[str] = set()
        for value in self._latest_changed:
            self._latest[value.slot] = (self._latest_version, value)
            keys |= value.audience
        for group in self._groups_of(keys):
            for client in group.clients:
                client.wake_at(self._flushed, self._latest_version - 1)

    def beat(self, clients: Iterable[Client]) -> None:
        """Let these clients send a heartbeat. Nothing is sent while the stream is not being read."""
        if self.is_ready:
            for client in clients:
                client.beat_is_due = True
                client.wake_at(self._flushed, self._latest_version)

    def _groups_of(self, keys: Iterable[str]) -> set[Group]:
        found: set[Group] = set()
        for key in keys:
            found |= self._by_key.get(key, set())
        return found

    # --- control messages ---

    def _obey(self, entry: Entry) -> None:
        """End the sockets that a control message names. It never is data for a page: its type is not registered."""
        if entry.type != CONTROL:
            return
        order = json.loads(entry.payload)
        code = Close.SESSION_ENDED
        if _is_rights_change(entry):
            code = Close.RIGHTS_CHANGED
            self._rights_changed[entry.subject_id] = entry.id
            if len(self._rights_changed) > REMEMBERED_RIGHTS:
                self._rights_changed.pop(next(iter(self._rights_changed)))
        for client in list(self._by_user.get(entry.subject_id, ())):
            if client.position < entry.id and order["session_key"] in (None, client.session_key):
                client.end(code)

    def end_socket(self, client: Client, code: Close) -> None:
        if code == Close.RIGHTS_CHANGED:
            head = self.ring.head
            self._rights_changed[client.user_id] = StreamId(head.milliseconds, head.sequence + 1)
        client.end(code)


def _is_rights_change(entry: Entry) -> bool:
    return entry.type == CONTROL and json.loads(entry.payload)["reason"] == "rights_changed"
