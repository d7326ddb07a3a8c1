"""The stream of live updates in Redis: its keys, its entries, and the one place that appends to it.

`epoch` is a random value kept beside the stream. It changes when Redis is found to have lost data, which the appender
notices because it also keeps the last id it wrote in PostgreSQL: positions of another epoch mean nothing any more.
"""

import json
import secrets
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

import redis

from core.live.publish import Audience
from core.redis import key

KEPT_FOR = timedelta(minutes=15)
KEPT_AT_LEAST = 10_000
KEPT_AT_MOST = 400_000
APPROXIMATE_SLACK = 200
"""Redis trims whole nodes of 100 entries; asking for a little more keeps the promise."""


class StreamId(NamedTuple):
    """A position in the stream: opaque to clients, increasing, not contiguous."""

    milliseconds: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.milliseconds}-{self.sequence}"


START = StreamId(0, 0)


def parse_id(text: str) -> StreamId:
    """The position written as `text`; ValueError where it is none."""
    milliseconds, dash, sequence = text.partition("-")
    if not (dash and milliseconds.isascii() and milliseconds.isdigit() and sequence.isascii() and sequence.isdigit()):
        raise ValueError(f"not a stream position: {text[:40]!r}")
    return StreamId(int(milliseconds), int(sequence))


def stream_key() -> str:
    return key("live", "stream")


def epoch_key() -> str:
    return key("live", "epoch")


def new_epoch() -> str:
    return secrets.token_urlsafe(9)


@dataclass(frozen=True, slots=True)
class Message:
    """One committed update as the relay takes it from the outbox. `payload` is JSON text, already checked."""

    type: str
    subject_kind: str
    subject_id: int
    at: str
    payload: str
    before: Sequence[str] = ()
    after: Sequence[str] = ()

    def fields(self) -> list[str]:
        return [
            self.type,
            self.subject_kind,
            str(self.subject_id),
            self.at,
            self.payload,
            json.dumps(list(self.before)),
            json.dumps(list(self.after)),
        ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One update as the stream holds it, with the two texts it can become on the wire."""

    id: StreamId
    epoch: str
    type: str
    subject_id: int
    before: Audience
    after: Audience
    payload: str
    item: str
    gone: str


def entry_of(entry_id: str, fields: Mapping[str, str]) -> Entry:
    gone = json.dumps({"kind": fields["k"], "id": int(fields["s"])})
    head = f'{{"id":"{entry_id}","type":"'
    return Entry(
        id=parse_id(entry_id),
        epoch=fields["e"],
        type=fields["t"],
        subject_id=int(fields["s"]),
        before=frozenset(json.loads(fields["b"])),
        after=frozenset(json.loads(fields["a"])),
        payload=fields["p"],
        item=f'{head}{fields["t"]}","at":"{fields["at"]}","payload":{fields["p"]}}}',
        gone=f'{head}gone","at":"{fields["at"]}","payload":{gone}}}',
    )


# KEYS: stream, epoch. ARGV: epoch to take where a new one is needed, last id known to be written, length to keep, then
# seven values per message. A newest entry older than the last id known means that Redis lost data.
APPEND = """
local function parts(id) local a, b = string.match(id, '^(%d+)-(%d+)$'); return tonumber(a), tonumber(b) end
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local last = newest[1] and newest[1][1] or '0-0'
local a, b = parts(last)
local c, d = parts(ARGV[2])
local epoch = redis.call('GET', KEYS[2])
if not epoch or a < c or (a == c and b < d) then
    epoch = ARGV[1]
    redis.call('SET', KEYS[2], epoch)
end
for i = 4, #ARGV, 7 do
    last = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'e', epoch, 't', ARGV[i], 'k', ARGV[i + 1],
        's', ARGV[i + 2], 'at', ARGV[i + 3], 'p', ARGV[i + 4], 'b', ARGV[i + 5], 'a', ARGV[i + 6])
end
return {epoch, last}
"""


@dataclass
class Retention:
    """How long the stream may be: what was written in the last 15 minutes, and never less than 10,000 updates."""

    at_least: int = KEPT_AT_LEAST
    _written: deque[tuple[float, int]] = field(default_factory=deque)
    _total: int = 0
    _since: float | None = None

    def note(self, count: int, at: float) -> None:
        """`count` updates are written at monotonic second `at`."""
        if self._since is None:
            self._since = at
        self._written.append((at, count))
        self._total += count
        while self._written and self._written[0][0] < at - KEPT_FOR.total_seconds():
            self._total -= self._written.popleft()[1]

    def length(self, at: float) -> int:
        """The length to keep; nothing is cut before a full 15 minutes are known."""
        if self._since is None or at - self._since < KEPT_FOR.total_seconds():
            return KEPT_AT_MOST
        return min(KEPT_AT_MOST, max(self.at_least, KEPT_AT_LEAST, self._total) + APPROXIMATE_SLACK)


def append(client: redis.Redis, messages: Iterable[Message], *, known: StreamId, length: int) -> tuple[str, StreamId]:
    """Append in one step; (epoch, id of the last one). `known` is the last id that was certainly written before."""
    values: list[Any] = [new_epoch(), str(known), length]
    for message in messages:
        values += message.fields()
    epoch, last = client.eval(APPEND, 2, stream_key(), epoch_key(), *values)
    return epoch, parse_id(last)


@dataclass(frozen=True)
class StreamState:
    """`complete_from` is the oldest position from which nothing is missing."""

    epoch: str
    head: StreamId
    complete_from: StreamId


def state_of(epoch: str, info: Mapping[str, Any] | None) -> StreamState:
    """The state from the epoch and the reply to XINFO STREAM (None where the stream does not exist yet)."""
    if info is None:
        return StreamState(epoch, START, START)
    head = parse_id(info["last-generated-id"])
    first = info["first-entry"]
    is_whole = first is None or info["entries-added"] == info["length"]
    return StreamState(epoch, head, START if is_whole else parse_id(first[0]))
