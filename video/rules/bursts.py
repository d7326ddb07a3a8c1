"""Findings that belong together: the same camera, zone and algorithm shortly after each other are judged as one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = timedelta(minutes=10)
"""So long after the one before it, a finding still belongs to the same burst."""


@dataclass(frozen=True, slots=True)
class Found:
    """An open finding: `place` is its camera, zone and algorithm; it went on from `began` until `ended`."""

    id: int
    place: Hashable
    level: int
    began: datetime
    ended: datetime


def bursts(findings: Iterable[Found], *, within: timedelta = BURST) -> list[list[Found]]:
    """Each burst in the order of its findings; the most urgent burst first, of equally urgent ones the oldest."""
    places: dict[Hashable, list[list[Found]]] = {}
    for one in sorted(findings, key=lambda each: (each.began, each.id)):
        known = places.setdefault(one.place, [])
        if known and one.began - max(each.ended for each in known[-1]) <= within:
            known[-1].append(one)
        else:
            known.append([one])
    found = [burst for known in places.values() for burst in known]
    return sorted(found, key=lambda burst: (min(one.level for one in burst), burst[0].began, burst[0].id))
