"""Finding a name of the national division list from how a department wrote it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_BODIES = (
    "社区居民委员会",
    "社区居委会",
    "居民委员会",
    "村民委员会",
    "街道办事处",
    "社区居委",
    "居委会",
    "村委会",
    "办事处",
    "居委",
)
_KINDS = ("社区", "街道", "镇", "乡", "村")
_SHORTEST = 2
SURE = 1.0
LIKELY = 0.6


@dataclass(frozen=True)
class Division:
    """One entry of the list: statistical code (9 or 12 digits) and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Match:
    """`score` 1 means the same name but for what kind of place it is; below `LIKELY` nothing is offered."""

    division: Division
    score: float


def stem(name: str) -> str:
    """The name without spaces, width variants and the words for what it is: 荷花社区居委会 → 荷花."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    for endings in (_BODIES, _KINDS):
        ending = next((one for one in endings if text.endswith(one) and len(text) - len(one) >= _SHORTEST), "")
        text = text.removesuffix(ending)
    return text


def matches(name: str, divisions: Iterable[Division], most: int = 3) -> list[Match]:
    """The likeliest entries for a name, best first, then by code."""
    wanted = stem(name)
    if not wanted:
        return []
    scored = [Match(one, _likeness(wanted, stem(one.name))) for one in divisions]
    likely = [match for match in scored if match.score >= LIKELY]
    return sorted(likely, key=lambda match: (-match.score, match.division.code))[:most]


def sure_match(found: list[Match]) -> Division | None:
    """The one entry that is meant; None where none or several have this very name."""
    sure = [match.division for match in found if match.score >= SURE]
    return sure[0] if len(sure) == 1 else None


def _likeness(one: str, other: str) -> float:
    """Shared characters and shared neighbours, each as a share of both names; 1 only for the same text."""
    if one == other:
        return SURE
    pairs = _dice(
        [left + right for left, right in zip(one, one[1:], strict=False)],
        [left + right for left, right in zip(other, other[1:], strict=False)],
    )
    return min(0.99, 0.6 * _dice(list(one), list(other)) + 0.4 * pairs)


def _dice(one: list[str], other: list[str]) -> float:
    """What two lists share, as a part of both."""
    total = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / total if total else 0.0
