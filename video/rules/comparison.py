"""What a change would have done: what would be told, against what was raised and what people made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

APART = timedelta(seconds=90)
"""A finding and an alert this close are the same thing: a rule that waits longer tells it later."""
COVER_GAP = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Span:
    """Something that went on. `key` finds it again; `verdict` is what a person made of it, None where nobody did."""

    key: int
    began: datetime
    ended: datetime
    verdict: bool | None = None

    def meets(self, other: Span, apart: timedelta = APART) -> bool:
        return self.began <= other.ended + apart and other.began <= self.ended + apart


@dataclass(frozen=True, slots=True)
class Tally:
    """So many, by what people made of them."""

    total: int = 0
    confirmed: int = 0
    dismissed: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`kept` and `lost` are raised alerts that would be told as well, or no more; `new` is told beside them. What was
    raised while nothing was recorded is left out (`uncovered`)."""

    raised: list[Span] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    new: list[Span] = field(default_factory=list)
    uncovered: int = 0


def compare(raised: Sequence[Span], told: Sequence[Span], covered: Sequence[tuple[datetime, datetime]]) -> Comparison:
    """`covered` are the stretches of which it is known what was seen."""
    known = [one for one in raised if _is_covered(one, covered)]
    kept = [one for one in known if any(one.meets(other) for other in told)]
    held = {one.key for one in kept}
    return Comparison(
        raised=known,
        kept=kept,
        lost=[one for one in known if one.key not in held],
        new=[one for one in told if not any(one.meets(other) for other in raised)],
        uncovered=len(raised) - len(known),
    )


def tally(spans: Iterable[Span]) -> Tally:
    verdicts = [one.verdict for one in spans]
    return Tally(len(verdicts), verdicts.count(True), verdicts.count(False))


def stretches(
    blocks: Iterable[tuple[datetime, datetime]], gap: timedelta = COVER_GAP
) -> list[tuple[datetime, datetime]]:
    """Blocks in their order, joined where they follow each other."""
    found: list[tuple[datetime, datetime]] = []
    for began, ended in blocks:
        if found and began - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((began, ended))
    return found


def _is_covered(one: Span, covered: Sequence[tuple[datetime, datetime]]) -> bool:
    return any(began - COVER_GAP <= one.began <= ended + COVER_GAP for began, ended in covered)
