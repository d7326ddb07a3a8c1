"""When a machine's findings may be taken for true without a person, by how often people found them true. Pure.

The measure is the lower bound of the Wilson score interval at 95 % (E. B. Wilson, "Probable inference, the law of
succession, and statistical inference", JASA 22, 1927, pp. 209–212), as Brown, Cai and DasGupta recommend it for
proportions near one ("Interval estimation for a binomial proportion", Statistical Science 16, 2001). The share alone
says the same of 10 out of 10 as of 1,000 out of 1,000; the bound does not.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from math import ceil, sqrt

from events.rules.sampling import is_sampled

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: a two-sided interval of 95 %."""


@dataclass(frozen=True)
class Figure:
    """How people judged findings: so many true, so many not."""

    confirmed: int = 0
    dismissed: int = 0

    @property
    def sample(self) -> int:
        return self.confirmed + self.dismissed

    @property
    def ratio(self) -> float | None:
        """Confirmed ÷ judged; None before the first judgement."""
        return self.confirmed / self.sample if self.sample else None

    @property
    def lower(self) -> float | None:
        return wilson(self)[0] if self.sample else None

    @property
    def upper(self) -> float | None:
        return wilson(self)[1] if self.sample else None


def wilson(figure: Figure) -> tuple[float, float]:
    """The interval in which the true share lies, with 95 % confidence; from 0 to 1 where nothing was judged."""
    n = figure.sample
    if n == 0:
        return 0.0, 1.0
    share, z2 = figure.confirmed / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def least_sample_for(precision: float) -> int:
    """How many findings, all of them true, it takes until the lower bound reaches the precision (0 < precision < 1)."""
    return ceil(Z * Z * precision / (1 - precision) - 1e-9)


class Why(StrEnum):
    """Why a person decides: nobody switched it on, it is about a person or a mere suspicion, or it was not right often
    enough."""

    OFF = "off"
    STOPPED = "stopped"
    NO_SCENARIO = "no_scenario"
    ABOUT_PERSON = "about_person"
    SUSPECTED = "suspected"
    NO_SAMPLE = "no_sample"
    TOO_FEW = "too_few"
    BELOW = "below"
    NOT_DECLARED = "not_declared"
    NO_CONDITION = "no_condition"


@dataclass(frozen=True)
class Limits:
    """From which measured precision on: `precision` between 0 and 1, over the last `window`."""

    precision: float
    sample: int
    window: timedelta


def shortfall(figure: Figure, *, precision: float, sample: int) -> Why | None:
    """What the figure lacks; None where it stands above the precision."""
    if figure.sample == 0:
        return Why.NO_SAMPLE
    if figure.sample < sample:
        return Why.TOO_FEW
    return Why.BELOW if wilson(figure)[0] < precision else None


def is_weaker(figure: Figure, *, precision: float) -> bool:
    """Is one camera or device measurably worse than asked: does even the upper bound lie below?"""
    return figure.sample > 0 and wilson(figure)[1] < precision


@dataclass(frozen=True)
class Past:
    """A finding of the past: `verdict` is what a person made of it at `judged_at`, None where nobody did. `camera` is
    the one that found it, if any did.
    """

    id: int
    found_at: datetime
    judged_at: datetime | None = None
    verdict: bool | None = None
    camera: int | None = None


@dataclass
class Rehearsal:
    """What would have been automatic: of `examined` findings so many, and what people made of those. `wrong` are the
    ids of the automatic ones that a person dismissed.
    """

    examined: int = 0
    automatic: int = 0
    sampled: int = 0
    confirmed: int = 0
    dismissed: int = 0
    undecided: int = 0
    wrong: list[int] = field(default_factory=list)


def rehearse(past: Iterable[Past], limits: Limits, *, audit_percent: int, since: datetime) -> Rehearsal:
    """Go through findings as if the switch had been on since then: each is held against what was known when it came.

    A judgement counts for what is found after it was made, and until its finding is older than the window; so the
    answer is what the city would have seen, not what it knows today. The rule as a whole and the camera that found it
    both have to stand above the limits.
    """
    told = Rehearsal()
    unknown: list[tuple[datetime, datetime, bool, int]] = []
    known: list[tuple[datetime, bool, int]] = []
    counts: Counter[tuple[int, bool]] = Counter()
    for one in sorted(past, key=lambda each: (each.found_at, each.id)):
        while unknown and unknown[0][0] <= one.found_at:
            _, found_at, verdict, camera = heappop(unknown)
            heappush(known, (found_at, verdict, camera))
            counts.update({(key, verdict) for key in (_WHOLE, camera)})
        while known and known[0][0] < one.found_at - limits.window:
            _, verdict, camera = heappop(known)
            counts.subtract({(key, verdict) for key in (_WHOLE, camera)})
        camera = _WHOLE if one.camera is None else one.camera
        if one.judged_at is not None and one.verdict is not None:
            heappush(unknown, (one.judged_at, one.found_at, one.verdict, camera))
        if one.found_at >= since:
            figures = [Figure(counts[key, True], counts[key, False]) for key in (_WHOLE, camera)]
            lacks = [shortfall(each, precision=limits.precision, sample=limits.sample) for each in figures]
            _count(told, one, is_automatic=lacks == [None, None], audit_percent=audit_percent)
    return told


_WHOLE = -1
"""Counts of every camera together, and of what no camera found."""


def _count(told: Rehearsal, one: Past, *, is_automatic: bool, audit_percent: int) -> None:
    told.examined += 1
    if not is_automatic:
        return
    if is_sampled(draw_of_alert(one.id), percent=audit_percent):
        told.sampled += 1
        return
    told.automatic += 1
    if one.verdict is None:
        told.undecided += 1
    elif one.verdict:
        told.confirmed += 1
    else:
        told.dismissed += 1
        told.wrong.append(one.id)


def draw_of_alert(alert_id: int) -> str:
    """Under which name a finding is drawn for the sample that people judge all the same."""
    return f"alert {alert_id}"


def draw_of_event(number: str) -> str:
    """The same for an event that would be filed without a person; another draw than that of its alert."""
    return f"filing {number}"
