"""The models the platform knows how to get: where from, what they see, under which licence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).resolve().parent.parent / "reference_data" / "models.yaml"

_TOLD = ("title", "note", "needed", "opt_in", "pictures_per_second")
"""What is said of a model and when it is fetched; none of it changes the file."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file inside a package and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a public registry (`npm` or `pypi`) at an exact version."""

    registry: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a source graph becomes ours: input size in pixels, normalisation in BGR, frames for int8 calibration."""

    height: int
    width: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    source_classes: int
    calibration_frames: int


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model: `classes` maps the index in the source network to the word used by rules.

    `needed` ones are fetched at set-up and missed when they are not there; others are an offer. An `opt_in` model is
    under a copyleft licence: it is fetched and used only where the site accepts that licence by name. A model that
    takes long says how many `pictures_per_second` it is meant for.
    """

    name: str
    version: str
    purpose: str
    kind: str
    licence: str
    licence_note: str
    package: Package
    files: tuple[SourceFile, ...]
    classes: dict[int, str]
    conversion: Conversion | None = None
    title: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    needed: bool = True
    opt_in: bool = False
    pictures_per_second: float | None = None

    @property
    def fingerprint(self) -> str:
        """Changes whenever anything that decides the converted file changes."""
        text = json.dumps({name: value for name, value in asdict(self).items() if name not in _TOLD}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def labels(self) -> tuple[str, ...]:
        """Words in the order of the converted network's outputs."""
        return tuple(self.classes[index] for index in sorted(self.classes))


def read_manifest(path: Path = MANIFEST) -> list[ModelEntry]:
    """Every model of the manifest, in its order."""
    return list(_read(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> tuple[ModelEntry, ...]:
    """Parsed again only when the file was touched: pages ask for it often."""
    return tuple(_entry(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))["models"])


def find_model(name: str, path: Path = MANIFEST) -> ModelEntry:
    """The model with that name. Raises KeyError with the known names."""
    entries = {entry.name: entry for entry in read_manifest(path)}
    if name not in entries:
        raise KeyError(f"model {name} is not in the manifest; known: {', '.join(entries)}")
    return entries[name]


def _entry(raw: dict[str, Any]) -> ModelEntry:
    plan = raw.get("conversion")
    conversion = (
        Conversion(
            height=plan["height"],
            width=plan["width"],
            mean=tuple(plan["mean"]),
            std=tuple(plan["std"]),
            source_classes=plan["source_classes"],
            calibration_frames=plan["calibration_frames"],
        )
        if plan
        else None
    )
    return ModelEntry(
        name=raw["name"],
        version=raw["version"],
        purpose=raw["purpose"],
        kind=raw["kind"],
        licence=raw["licence"],
        licence_note=raw["licence_note"],
        package=Package(**raw["package"]),
        files=tuple(SourceFile(**item) for item in raw["files"]),
        classes={int(index): word for index, word in raw.get("classes", {}).items()},
        conversion=conversion,
        title=raw["title"],
        note=raw["note"],
        needed=raw.get("needed", True),
        opt_in=raw.get("opt_in", False),
        pictures_per_second=raw.get("pictures_per_second"),
    )
