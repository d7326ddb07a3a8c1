"""Rules made of rules: all of them hold at once, or any of them does."""

from __future__ import annotations

from dataclasses import dataclass, field

from video.rules.temporal import Claim, PatchSource, Progress, TemporalRule, Thing


@dataclass(slots=True)
class Part:
    """One rule of several; it is shown only things with its `targets` (empty: all)."""

    rule: TemporalRule
    targets: frozenset[str] = frozenset()

    def see(self, at: float, things: list[Thing], patch: PatchSource | None) -> Claim | None:
        shown = [thing for thing in things if not self.targets or thing.label in self.targets]
        return self.rule.see(at, shown, patch if self.rule.needs_picture else None)


@dataclass(slots=True)
class TogetherRule:
    """Every part has claimed within the last `gap_seconds`: parts that look at pictures answer about once a second."""

    parts: tuple[Part, ...]
    gap_seconds: float = 1.5
    _claims: dict[int, Claim] = field(default_factory=dict, init=False)

    @property
    def needs_picture(self) -> bool:
        return any(part.rule.needs_picture for part in self.parts)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        self._claims = {key: claim for key, claim in self._claims.items() if 0 <= at - claim.at <= self.gap_seconds}
        for key, part in enumerate(self.parts):
            if claim := part.see(at, things, patch):
                self._claims[key] = claim
        if len(self._claims) < len(self.parts):
            return None
        claims = list(self._claims.values())
        return Claim(
            max(claim.since for claim in claims), at, min(claim.confidence for claim in claims), _things_of(claims)
        )

    def progress(self) -> Progress:
        """Of the part that is furthest behind: all must hold."""
        return min((part.rule.progress() for part in self.parts), key=lambda progress: progress.share)


@dataclass(slots=True)
class EitherRule:
    """Any part claims."""

    parts: tuple[Part, ...]

    @property
    def needs_picture(self) -> bool:
        return any(part.rule.needs_picture for part in self.parts)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        claims = [claim for part in self.parts if (claim := part.see(at, things, patch))]
        if not claims:
            return None
        return Claim(
            min(claim.since for claim in claims), at, max(claim.confidence for claim in claims), _things_of(claims)
        )

    def progress(self) -> Progress:
        """Of the part that is nearest: any will do."""
        return max((part.rule.progress() for part in self.parts), key=lambda progress: progress.share)


def _things_of(claims: list[Claim]) -> tuple[Thing, ...]:
    """What the claims are about, each thing once."""
    found: dict[tuple[int, str, object], Thing] = {}
    for claim in claims:
        for thing in claim.things:
            found.setdefault((thing.track, thing.label, thing.box), thing)
    return tuple(found.values())
