"""A stream in memory and a page's end of a socket, for tests of live updates."""

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator

from core.live.publish import LiveUpdate
from core.live.stream import START, Entry, StreamId, StreamState, entry_of


class ThingChanged(LiveUpdate):
    """A registered type, so that it may travel."""

    type = "thing.changed"
    subject_kind = "thing"


def make_entry(
    number: int,
    *,
    after: tuple[str, ...] = (),
    before: tuple[str, ...] = (),
    kind: str = "thing.changed",
    payload: dict[str, object] | None = None,
    subject_id: int = 1,
    epoch: str = "one",
) -> Entry:
    return entry_of(
        f"{number}-0",
        {
            "e": epoch,
            "t": kind,
            "k": "thing",
            "s": str(subject_id),
            "at": "2026-03-03T01:00:00.000Z",
            "p": json.dumps(payload or {"id": subject_id, "version": number}),
            "b": json.dumps(before),
            "a": json.dumps(after),
        },
    )


class MemoryStream:
    """Stands for Redis: keeps every entry until it is trimmed."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.epoch = "one"
        self.complete_from = START
        self.refreshed = 0
        self.reads = 0

    @property
    def state(self) -> StreamState:
        return StreamState(self.epoch, self.entries[-1].id if self.entries else START, self.complete_from)

    def trim(self, count: int) -> None:
        if count and self.entries[:count]:
            del self.entries[: min(count, len(self.entries) - 1)]
            self.complete_from = self.entries[0].id

    async def read_after(self, position: StreamId, limit: int) -> tuple[list[Entry], StreamState]:
        self.reads += 1
        return [entry for entry in self.entries if entry.id > position][:limit], self.state

    async def refresh(self) -> None:
        self.refreshed += 1


class PageSocket:
    """A page's end of a socket, spoken straight to the ASGI application (channels.testing would ask for daphne)."""

    def __init__(self, application: Any, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {"type": "websocket", "path": "/ws", "query_string": b"", "headers": headers, "subprotocols": []}
        self._ends = ApplicationCommunicator(application, scope)

    async def connect(self) -> bool:
        """Whether the server accepted."""
        await self._ends.send_input({"type": "websocket.connect"})
        return bool((await self._ends.receive_output(timeout=5))["type"] == "websocket.accept")

    async def say(self, text: str) -> None:
        await self._ends.send_input({"type": "websocket.receive", "text": text})

    async def frame(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these kinds."""
        while True:
            output = await self._ends.receive_output(timeout=10)
            assert output["type"] == "websocket.send", output
            found: dict[str, Any] = json.loads(output["text"])
            if found["type"] in kinds:
                return found

    async def close_code(self) -> int:
        while True:
            output = await self._ends.receive_output(timeout=10)
            if output["type"] == "websocket.close":
                return int(output["code"])

    async def leave(self) -> None:
        await self._ends.send_input({"type": "websocket.disconnect", "code": 1001})
        await self._ends.wait(timeout=5)
