"""Does a report from the public look like one of many? Pure."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

_NOISE: Final = re.compile(r"[\W_]+")
SHORTEST: Final = 6
"""Texts of fewer characters are alike by chance."""


def _pairs(text: str) -> frozenset[str]:
    plain = _NOISE.sub("", text.casefold())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def alike_percent(one: str, other: str) -> int:
    """How much of two texts is the same, 0 to 100: shared pairs of characters (Jaccard), punctuation left out."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0
    return round(100 * len(first & second) / len(first | second))


def repeats(text: str, others: Iterable[str], *, percent: int) -> bool:
    """Is the text nearly the same as another one? Very short ones are not judged."""
    if len(_NOISE.sub("", text)) < SHORTEST:
        return False
    return any(alike_percent(text, other) >= percent for other in others)


def proves(challenge: str, nonce: str, bits: int) -> bool:
    """Does the digest of challenge and nonce begin with so many zero bits? It takes 2^bits tries to find one."""
    digest = hashlib.sha256(f"{challenge}:{nonce}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - bits) == 0 if bits else True
