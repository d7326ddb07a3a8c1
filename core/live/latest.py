"""Latest-only values (a camera's state, a responder's position): only the newest counts, so nothing is replayed.

They leave at once, outside the transaction, are merged to one frame a second in each live process, and follow the same
rule of audiences as updates. A value is kept for an hour, so that a page that opens later has it.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import redis
from django.core.serializers.json import DjangoJSONEncoder

from core.clock import now
from core.live.publish import Audience
from core.redis import Unreachable, client, key

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=1)
STREAM_LENGTH = 5_000

_types: set[str] = set()


class UnknownLatestType(ValueError):
    """The type was not declared with `latest_type`; it would reach nobody."""


def latest_type(name: str) -> str:
    """Declare a latest-only type (in the app's live.py) and return its name. Undeclared types reach nobody."""
    _types.add(name)
    return name


def is_latest_type(name: str) -> bool:
    return name in _types


def latest_stream_key() -> str:
    return key("live", "latest")


def values_key() -> str:
    return key("live", "latest", "values")


@dataclass(frozen=True, slots=True)
class Latest:
    """A value as the live process holds it; `item` is its text on the wire."""

    slot: str
    type: str
    audience: Audience
    at: float
    item: str


def latest_of(slot: str, text: str) -> Latest:
    value = json.loads(text)
    item = json.dumps({"type": value["type"], "payload": value["payload"]}, ensure_ascii=False, separators=(",", ":"))
    return Latest(slot, value["type"], frozenset(value["audience"]), value["at"], item)


def publish_latest(
    type: str,  # noqa: A002
    key: object,
    payload: Mapping[str, Any],
    audience: Audience,
    *,
    is_kept: bool = True,
) -> bool:
    """Make `payload` the newest value of `type` for `key` (the camera, the responder); False while Redis is away.

    What is not kept is not stored for pages that open later, because it is soon said again.

    No audience means nobody. Never raises for a stopped Redis: the next value makes up for a lost one.
    """
    if not is_latest_type(type):
        raise UnknownLatestType(type)
    slot = f"{type}|{key}"
    value = {"type": type, "payload": payload, "audience": sorted(audience), "at": now().timestamp()}
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    pipe = client().pipeline(transaction=True)
    if is_kept:
        pipe.hset(values_key(), slot, text)
    pipe.xadd(latest_stream_key(), {"s": slot, "v": text}, maxlen=STREAM_LENGTH, approximate=True)
    try:
        pipe.execute()
    except (redis.RedisError, *Unreachable) as error:
        logger.warning("latest value of %s is not sent: %s", slot, error)
        return False
    return True


def forget_old_values(at: datetime | None = None) -> int:
    """Drop values that nobody has renewed for an hour; the number dropped."""
    oldest = ((at or now()).astimezone(UTC) - KEPT_FOR).timestamp()
    stored: dict[str, str] = cast(Any, client().hgetall(values_key()))
    old = [slot for slot, text in stored.items() if json.loads(text)["at"] < oldest]
    return client().hdel(values_key(), *old) if old else 0
