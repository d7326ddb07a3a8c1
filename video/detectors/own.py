"""Models that a site brings itself, as workers find them: one record each, written when it is switched on.

A record carries all that a worker needs; workers ask no database for it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = "own"


@dataclass(frozen=True, slots=True)
class OwnModel:
    """`file` is relative to the model folder, `labels` in the order of the network's outputs (empty: left out)."""

    name: str
    file: str
    sha256: str
    layout: str
    labels: tuple[str, ...]
    licence: str
    stretched: bool = False
    threshold: float = 0.25
    milliseconds: float | None = None


def read_own(model_dir: Path) -> list[OwnModel]:
    """All that are switched on, by name."""
    return [_record(path) for path in sorted((model_dir / FOLDER).glob("*.json"))]


def find_own(name: str, model_dir: Path) -> OwnModel | None:
    path = _path(name, model_dir)
    return _record(path) if path.is_file() else None


def switch_on(model: OwnModel, model_dir: Path) -> None:
    path = _path(model.name, model_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(model), ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)


def switch_off(name: str, model_dir: Path) -> None:
    _path(name, model_dir).unlink(missing_ok=True)


def stamp_of(name: str, model_dir: Path) -> int:
    """Changes whenever another file goes by the name; 0 for models that the site did not bring. Asked for each look."""
    try:
        return os.stat(_path(name, model_dir)).st_mtime_ns
    except FileNotFoundError:
        return 0


def _path(name: str, model_dir: Path) -> Path:
    return model_dir / FOLDER / f"{name}.json"


def _record(path: Path) -> OwnModel:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return OwnModel(**{**raw, "labels": tuple(raw["labels"])})
