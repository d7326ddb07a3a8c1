"""What happened, step by step: lines while it happens, and the whole as JSON."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from unicodedata import east_asian_width

from simulator.loop.listener import GOAL_SECONDS, Heard
from simulator.loop.problems import LoopFailed

Json = dict[str, Any]
COLUMNS = (("step", 22), ("actor", 10), ("state", 12), ("at", 9), ("seconds", 8), ("wall", 6))


@dataclass
class Step:
    """One step: who did it, the state it led to, when it was done and how long it took.

    `wall_seconds` is the age of the update when it reached the wall's socket; None where nothing changes there.
    """

    step: str
    actor: str
    state: str = ""
    at: str = ""
    seconds: float = 0.0
    wall_seconds: float | None = None


@dataclass
class Report:
    """Steps as they are finished are given to `say`; progress inside a step to `murmur`."""

    say: Callable[[str], None]
    murmur: Callable[[str], None]
    steps: list[Step] = field(default_factory=list)
    event: Json = field(default_factory=dict)
    alert: Json = field(default_factory=dict)
    failure: Json | None = None
    ok: bool = False

    @contextmanager
    def step(self, name: str, actor: str) -> Iterator[Step]:
        """Time a step; it stands in the report also where it fails."""
        self.murmur(f"… {name} ({actor})")
        step, started = Step(name, actor), time.monotonic()
        if not self.steps:
            self.say(line(title for title, _ in COLUMNS))
        try:
            yield step
        except LoopFailed as problem:
            step.state = "failed"
            self.failure = {"step": name, "what": problem.what, "remedy": problem.remedy}
            raise
        finally:
            step.seconds = round(time.monotonic() - started, 2)
            step.at = step.at or datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            self.steps.append(step)
            self.say(line_of(step))

    def as_json(self, heard: Iterable[Heard]) -> str:
        body = {
            "ok": self.ok,
            "steps": [asdict(step) for step in self.steps],
            "event": self.event,
            "alert": self.alert,
            "wall": wall_figures(heard),
            "failure": self.failure,
        }
        return json.dumps(body, ensure_ascii=False, indent=1)


def wall_figures(heard: Iterable[Heard]) -> Json:
    """How old updates were when they reached the wall: number, median, slowest, and whether the goal was met."""
    delays = sorted(update.delay_seconds for update in heard)
    return {
        "updates": len(delays),
        "median_seconds": delays[len(delays) // 2] if delays else None,
        "slowest_seconds": delays[-1] if delays else None,
        "goal_seconds": GOAL_SECONDS,
        "met": bool(delays) and delays[-1] <= GOAL_SECONDS,
    }


def line_of(step: Step) -> str:
    clock = datetime.fromisoformat(step.at).astimezone().strftime("%H:%M:%S")
    wall = "" if step.wall_seconds is None else f"{step.wall_seconds:.2f}"
    return line((step.step, step.actor, step.state, clock, f"{step.seconds:.2f}", wall))


def line(cells: Iterable[str]) -> str:
    return "  ".join(padded(cell, width) for cell, (_, width) in zip(cells, COLUMNS, strict=True)).rstrip()


def padded(text: str, width: int) -> str:
    """Chinese characters take two places on a terminal."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return text + " " * max(0, width - len(text) - wide)
