"""What was played: a line for every step, a table and JSON at the end."""

import json
from collections.abc import Iterable
from typing import Any

from core.clock import local
from simulator.loop.report import padded
from simulator.scenarios.play import Played, Told

COLUMNS = (
    ("no", 3), ("scenario", 28), ("event", 18), ("state", 10), ("legs", 4), ("points", 7), ("simulated", 9),
    ("seconds", 7),
)  # fmt: skip


def step_line(played: Played, told: Told) -> str:
    clock = local(told.at).strftime("%m-%d %H:%M:%S")
    step = told.step
    return f"  {clock}  {padded(step.name, 22)}  {padded(step.who, 14)}  {step.state}"


def table(results: Iterable[Played]) -> str:
    rows = [[title for title, _ in COLUMNS], *(_row(played) for played in results)]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, (_, width) in zip(row, COLUMNS, strict=True)).rstrip() for row in rows
    )


def _row(played: Played) -> list[str]:
    points = f"{played.timeliness}/{played.quality}" if played.timeliness is not None else ""
    return [
        str(played.number),
        played.name,
        played.event,
        played.state if played.ok else "FAILED",
        str(played.legs),
        points,
        f"{played.simulated_minutes} min",
        f"{played.seconds:.2f}",
    ]


def as_json(results: Iterable[Played]) -> str:
    body = [_plain(played) for played in results]
    whole = {"ok": bool(body) and all(row["ok"] for row in body), "scenarios": body}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _plain(played: Played) -> dict[str, Any]:
    return {
        "number": played.number,
        "code": played.code,
        "name": played.name,
        "ok": played.ok,
        "event": played.event,
        "state": played.state,
        "percent": played.percent,
        "legs": played.legs,
        "timeliness": played.timeliness,
        "quality": played.quality,
        "simulated_minutes": played.simulated_minutes,
        "seconds": played.seconds,
        "steps": [
            {"at": told.at.isoformat(), "step": told.step.name, "who": told.step.who, "state": told.step.state}
            for told in played.steps
        ],
        "failure": {"what": played.failure.what, "remedy": played.failure.remedy} if played.failure else None,
    }
