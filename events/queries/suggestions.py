"""Which type of event do these words speak of? The trained model answers, or the names of the catalogue while there is
none. Loaded by the process that is asked first, and again when another was trained.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from events.queries.catalogue import catalogue
from events.suggesting.features import normalised
from events.suggesting.model import Model, ModelDamaged, load, read_manifest

logger = logging.getLogger(__name__)
FOLDER_NAME = "event-types"
LONGEST_TEXT = 2000
LOOKED_EVERY = 30.0
TRAINED_EVERY = timedelta(hours=24)
OFFERED = 3
LEAST_KEYWORD = 0.5
"""Share of a name's two-character runs that a text must hold."""

_kept: tuple[float, Model | None] | None = None


def folder() -> Path:
    return Path(settings.MODEL_DIR) / FOLDER_NAME


def is_due(at: datetime) -> bool:
    """Is there no model yet, or is it a day old?"""
    manifest = read_manifest(folder())
    return manifest is None or at - datetime.fromisoformat(manifest["trained_at"]) >= TRAINED_EVERY


def forget() -> None:
    """Look again at the next question; for tests and after training in the same process."""
    global _kept
    _kept = None


def model() -> Model | None:
    """The newest model, None where there is none or it is damaged; the manifest is looked at every half minute."""
    global _kept
    if _kept is not None and _kept[0] > monotonic():
        return _kept[1]
    manifest = read_manifest(folder())
    known = _kept[1] if _kept else None
    found = known
    if manifest is None:
        found = None
    elif known is None or known.manifest["sha256"] != manifest["sha256"]:
        try:
            found = load(folder(), manifest)
        except (ModelDamaged, OSError, KeyError, ValueError):
            logger.exception("the model for suggesting event types cannot be used")
    _kept = (monotonic() + LOOKED_EVERY, found)
    return found


def suggest(text: str) -> dict[str, Any]:
    """At most three types of the catalogue in force, best first, and the one a form may choose by itself."""
    types = catalogue().types
    used = model()
    if used is None:
        pairs = _by_keywords(text)
    else:
        pairs = [(code, share) for code, share in used.suggest(text, OFFERED * 2) if code in types][:OFFERED]
    items = [
        {"code": code, "name": types[code].name, "main_class": types[code].main_class, "confidence": round(share, 3)}
        for code, share in pairs
    ]
    threshold = used.manifest.get("threshold") if used else None
    sure = bool(items) and threshold is not None and pairs[0][1] >= threshold
    return {
        "by": "model" if used else "keywords",
        "items": items,
        "preselect": items[0]["code"] if sure else "",
        "model": _manifest_shape(used.manifest) if used else None,
    }


def _manifest_shape(manifest: dict[str, Any]) -> dict[str, Any]:
    return {
        "trained_at": manifest["trained_at"],
        "examples": manifest["events"],
        "types": manifest["types"],
        **{
            name: manifest[name]
            for name in ("precision", "precision_asked", "threshold", "precision_at", "coverage_at")
        },
    }


def _by_keywords(text: str) -> list[tuple[str, float]]:
    """Types whose name stands in the text, or most of it: simple, and never preselected."""
    words = normalised(text)
    found = []
    for code, kind in catalogue().types.items():
        name = normalised(kind.name).replace(" ", "")
        pairs = {name[place : place + 2] for place in range(len(name) - 1)}
        share = sum(pair in words for pair in pairs) / len(pairs) if pairs else 0.0
        if share >= LEAST_KEYWORD:
            found.append((code, share))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:OFFERED]
