"""The stream's head, for snapshots: read it *before* the query, return it as `as_of`, and apply what is newer."""

import logging
from time import monotonic
from typing import NamedTuple

import redis

from core.live.stream import epoch_key, new_epoch, stream_key
from core.redis import Unreachable, client

logger = logging.getLogger(__name__)
KEPT_SECONDS = 0.05
_kept: tuple[float, str, "Position"] | None = None


class Position(NamedTuple):
    """Where a snapshot stands. Both are empty while Redis is away: the client is then told to fetch again later."""

    epoch: str
    as_of: str


def position() -> Position:
    """The present position. Everything committed and relayed before this call is in a query that follows it."""
    pipe = client().pipeline(transaction=True)
    pipe.set(epoch_key(), new_epoch(), nx=True)
    pipe.get(epoch_key())
    pipe.xrevrange(stream_key(), count=1)
    try:
        _before, epoch, newest = pipe.execute()
    except (redis.RedisError, *Unreachable) as error:
        logger.warning("no stream position: %s", error)
        return Position("", "")
    return Position(epoch, newest[0][0] if newest else "0-0")


def recent_position() -> Position:
    """A position of the last moments, for the answers of a busy process: asking Redis for each cost more than many of
    them. An older position is as right as the newest: the client gets again what it shows already.
    """
    global _kept
    moment, stream = monotonic(), stream_key()
    kept = _kept
    if kept is None or kept[0] < moment or kept[1] != stream:
        kept = _kept = (moment + KEPT_SECONDS, stream, position())
    return kept[2]
