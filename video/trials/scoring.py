"""What was told against what was true: precision, recall, time to alert, false alarms an hour. Only numbers here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from video.trials.clips import TrialClip

LATE_SECONDS = 3.0
"""A thing that just ended may still be told."""


@dataclass(frozen=True, slots=True)
class Told:
    """An alert at a second of the clip."""

    second: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Score:
    """One algorithm over its clips. `alert_after` is in seconds from the beginning of what is true, None without a hit;
    `rule_seconds` how long the thing must last by the declared parameters before anybody is told."""

    algorithm: str
    hits: int
    false_alarms: int
    found: int
    true_spans: int
    alert_after: float | None
    rule_seconds: float
    silent_seconds: float
    missing: str = ""

    @property
    def precision(self) -> float | None:
        told = self.hits + self.false_alarms
        return self.hits / told if told else None

    @property
    def recall(self) -> float | None:
        return self.found / self.true_spans if self.true_spans else None

    @property
    def false_alarms_an_hour(self) -> float:
        return self.false_alarms * 3600 / self.silent_seconds if self.silent_seconds else 0.0

    @property
    def passed(self) -> bool:
        """It told of everything that was true and of nothing else."""
        return not self.missing and self.found == self.true_spans > 0 and not self.false_alarms


def score(algorithm: str, clips: Sequence[TrialClip], told: Mapping[str, Sequence[Told]], rule_seconds: float) -> Score:
    hits = false_alarms = found = 0
    silent = 0.0
    delays = []
    for clip in clips:
        for alert in told[clip.name]:
            if any(begins <= alert.second <= ends + LATE_SECONDS for begins, ends in clip.positive):
                hits += 1
            else:
                false_alarms += 1
        for begins, ends in clip.positive:
            first = [alert.second for alert in told[clip.name] if begins <= alert.second <= ends + LATE_SECONDS]
            found += bool(first)
            delays += [min(first) - begins] if first else []
        silent += clip.seconds - sum(ends - begins for begins, ends in clip.positive)
    spans = sum(len(clip.positive) for clip in clips)
    after = round(median(delays), 1) if delays else None
    return Score(algorithm, hits, false_alarms, found, spans, after, rule_seconds, silent)


def missing(algorithm: str, rule_seconds: float, why: str) -> Score:
    """An algorithm that could not be tried: neither passed nor failed."""
    return Score(algorithm, 0, 0, 0, 0, None, rule_seconds, 0.0, why)
