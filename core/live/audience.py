"""Who gets what: the one rule of live updates. Pure."""

from collections.abc import Collection, Iterable

from core.live.publish import Audience
from core.live.stream import Entry


def text_for(entry: Entry, keys: Audience, known_types: Collection[str]) -> str | None:
    """What a client with `keys` is told: the update, that the subject is gone, or nothing (None).

    It sees the update when it is in the audience after the change, and `gone` when it was only in the one before. An
    unknown type and an empty audience reach nobody.
    """
    if entry.type not in known_types:
        return None
    if not entry.after.isdisjoint(keys):
        return entry.item
    if not entry.before.isdisjoint(keys):
        return entry.gone
    return None


def texts_for(entries: Iterable[Entry], keys: Audience, known_types: Collection[str]) -> tuple[str, ...]:
    found = (text_for(entry, keys, known_types) for entry in entries)
    return tuple(text for text in found if text is not None)
