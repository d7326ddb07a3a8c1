"""Who gets what: the one rule of live updates. Pure."""

import json
from collections.abc import Collection, Iterable
from functools import lru_cache

from core.live.publish import IN_PUBLIC, REGISTRY, Audience
from core.live.stream import Entry


def text_for(entry: Entry, keys: Audience, known_types: Collection[str]) -> str | None:
    """What a client with `keys` is told: the update, that the subject is gone, or nothing (None).

    It sees the update when it is in the audience after the change, and `gone` when it was only in the one before. An
    unknown type and an empty audience reach nobody. A screen in public view gets what may be shown there, if anything.
    """
    if entry.type not in known_types:
        return None
    if not entry.after.isdisjoint(keys):
        return _masked_item(entry.type, entry.item) if IN_PUBLIC in keys else entry.item
    if not entry.before.isdisjoint(keys):
        return entry.gone
    return None


def texts_for(entries: Iterable[Entry], keys: Audience, known_types: Collection[str]) -> tuple[str, ...]:
    found = (text_for(entry, keys, known_types) for entry in entries)
    return tuple(text for text in found if text is not None)


@lru_cache(maxsize=1024)
def _masked_item(kind: str, item: str) -> str | None:
    """The update as screens in public view have it, made once for all of them."""
    update = REGISTRY.get(kind)
    whole = json.loads(item)
    payload = update.masked(whole["payload"]) if update is not None else None
    if payload is None:
        return None
    return json.dumps(whole | {"payload": payload}, ensure_ascii=False, separators=(",", ":"))
