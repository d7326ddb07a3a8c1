"""The one maker of Redis clients: prefix, time-outs and retries are decided here and nowhere else.

redis-py gives every socket a read time-out of 5 s by default, which ends a reader that blocks longer; a blocking client
therefore has none and relies on TCP keep-alive. All others are short, so that a stopped Redis is noticed at once.
"""

from functools import lru_cache

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
PROBE_SECONDS = 0.5
MAX_CONNECTIONS = 5000

Unreachable = (redis.ConnectionError, redis.TimeoutError, OSError)
"""What a client raises when Redis is away (asyncio clients raise the same classes)."""


def key(*parts: object) -> str:
    """The prefixed name of a key, e.g. `yw:live:stream`."""
    return ":".join((settings.REDIS_PREFIX, *(str(part) for part in parts)))


@lru_cache(maxsize=4)
def _pooled(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        protocol=2,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=READ_SECONDS,
        max_connections=MAX_CONNECTIONS,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1),
    )


def client() -> redis.Redis:
    """The process's pooled client for short commands; safe to share between threads."""
    return _pooled(settings.REDIS_URL)


def probe() -> redis.Redis:
    """A client of its own that gives up after half a second, to ask whether Redis is there."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        protocol=2,
        socket_connect_timeout=PROBE_SECONDS,
        socket_timeout=PROBE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def async_client() -> redis.asyncio.Redis:
    """An asyncio client for short commands. The caller closes it."""
    return redis.asyncio.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        protocol=2,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=READ_SECONDS,
        max_connections=MAX_CONNECTIONS,
        retry=AsyncRetry(NoBackoff(), 1),
    )


def async_blocking_client() -> redis.asyncio.Redis:
    """An asyncio client for commands that block (XREAD BLOCK): no read time-out. The caller closes it."""
    return redis.asyncio.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        protocol=2,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=None,
        socket_keepalive=True,
        max_connections=8,
        retry=AsyncRetry(NoBackoff(), 0),
    )
