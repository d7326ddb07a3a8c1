"""What can be wrong with a camera, and when that is told: no single drop-out, and nothing that comes and goes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

DECLARATIONS = Path(__file__).resolve().parent.parent / "reference_data" / "health.yaml"
UNWATCHED = "unwatched"
"""Nobody analyses the camera: what no worker can say of itself."""
RULE_PREFIX = "camera_"
"""A reason's rule in alerts: not the code of an algorithm, so no algorithm is measured by it."""

Kind = Literal["stream", "picture", "note", "watch"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of reference_data/health.yaml; times in seconds."""

    code: str
    kind: Kind
    name: dict[str, str]
    remedy: dict[str, str]
    raise_after: float
    clear_after: float
    level: int | None = None

    @property
    def rule(self) -> str:
        return RULE_PREFIX + self.code


@dataclass(frozen=True, slots=True)
class Told:
    """What has to be told now. `cleared` also holds what was never raised here: another worker may have raised it."""

    raised: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.raised or self.cleared)


@dataclass(slots=True)
class _Page:
    since: float | None = None
    quiet_since: float | None = None
    told_at: float | None = None
    is_raised: bool | None = None


class HealthBook:
    """Keeps, for one camera, since when each reason holds. Times are seconds of any clock that only grows."""

    def __init__(self, reasons: Mapping[str, Reason], *, again_every: float) -> None:
        self._reasons = reasons
        self._again = again_every
        self._pages: dict[str, _Page] = {}

    def note(self, code: str, holds: bool, at: float) -> None:
        """What was seen just now of one reason."""
        page = self._pages.setdefault(code, _Page())
        if holds:
            page.quiet_since = None
            page.since = at if page.since is None else page.since
        elif page.quiet_since is None:
            page.quiet_since = at
            if not page.is_raised:
                page.since = None

    def due(self, at: float) -> Told:
        """What to tell now; each once, what goes on again after a while."""
        raised: list[str] = []
        cleared: list[str] = []
        for code, page in self._pages.items():
            reason = self._reasons[code]
            if page.quiet_since is None and page.since is not None:
                again = page.told_at is None or at - page.told_at >= self._again
                if at - page.since >= reason.raise_after and (not page.is_raised or again):
                    page.is_raised, page.told_at = True, at
                    raised.append(code)
            elif self._is_over(page, reason, at):
                page.is_raised, page.since = False, None
                cleared.append(code)
        return Told(tuple(raised), tuple(cleared))

    @staticmethod
    def _is_over(page: _Page, reason: Reason, at: float) -> bool:
        if page.is_raised is False or page.quiet_since is None:
            return False
        return at - page.quiet_since >= reason.clear_after

    def standing(self) -> dict[str, float]:
        """What was raised and is not over: code → since when."""
        return {code: page.since for code, page in self._pages.items() if page.is_raised and page.since is not None}


@cache
def read_reasons(path: Path = DECLARATIONS) -> dict[str, Reason]:
    """Every declared reason by its code."""
    return {code: Reason(code=code, **values) for code, values in _declared(path)["reasons"].items()}


@cache
def again_every(path: Path = DECLARATIONS) -> float:
    """Seconds after which what goes on is told again, so that its alert does not go out of date."""
    return float(_declared(path)["again_every"])


def alert_rules() -> dict[str, Reason]:
    """Rule of an alert → its reason, for those that raise one."""
    return {reason.rule: reason for reason in read_reasons().values() if reason.kind != "note"}


def _declared(path: Path) -> dict[str, Any]:
    declared: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return declared
