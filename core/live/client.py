"""One page's socket as the hub sees it: what it may see, and how far it has come."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum

from core.live.publish import Audience
from core.live.stream import START, StreamId


class Close(IntEnum):
    """Why the server ends a socket."""

    SESSION_ENDED = 4401
    RIGHTS_CHANGED = 4403
    POLICY = 1008
    SERVER_ERROR = 1011
    TRY_LATER = 1013


class EndSocket(Exception):
    """The hub wants this socket closed."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


@dataclass(eq=False)
class Group:
    """All clients with the same audience keys."""

    keys: Audience
    clients: set["Client"] = field(default_factory=set)


@dataclass(eq=False, slots=True)
class Client:
    """A cursor. `position`: it has everything it may see up to there; `number`: the ring's next entry to look at."""

    group: Group
    user_id: int
    session_key: str
    epoch: str = ""
    position: StreamId = START
    number: int = -1
    latest_seen: int = 0
    greeting: str | None = None
    reset_reason: str | None = None
    beat_is_due: bool = False
    closing: Close | None = None
    waiter: asyncio.Future[str | None] | None = None

    @property
    def keys(self) -> Audience:
        return self.group.keys

    def wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    def hand(self, frame: str, *, number: int, position: StreamId, latest_seen: int) -> None:
        """Give a waiting client its next frame, made for its whole group."""
        if self.waiter is not None and not self.waiter.done():
            self.number, self.position, self.latest_seen = number, position, latest_seen
            self.waiter.set_result(frame)

    def wake_at(self, number: int, latest_seen: int) -> None:
        """Wake a waiting client past what was of no interest to it: everything of interest would have woken it."""
        if self.waiter is not None and not self.waiter.done():
            self.number = max(self.number, number)
            self.latest_seen = max(self.latest_seen, latest_seen)
            self.waiter.set_result(None)

    def end(self, code: Close) -> None:
        self.closing = self.closing or code
        self.wake()
