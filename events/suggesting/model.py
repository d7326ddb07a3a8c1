"""The trained model as plain arrays: asked without the library that trained it, and without code in the file."""

import hashlib
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.suggesting.features import grams

MANIFEST = "manifest.json"


class ModelDamaged(Exception):
    """The file is not the one that the manifest names."""


@dataclass(frozen=True)
class Model:
    """A linear model over weighted character runs; `weights` has a row for each run and a column for each type."""

    codes: tuple[str, ...]
    places: dict[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    manifest: dict[str, Any]

    def suggest(self, text: str, count: int = 3) -> list[tuple[str, float]]:
        """The likeliest types, best first, each with its share of what all types are given; none where no run of the
        text is known.
        """
        counted = Counter(place for gram in grams(text) if (place := self.places.get(gram)) is not None)
        if not counted:
            return []
        rows = np.fromiter(counted, dtype=np.int64)
        values = np.fromiter((1.0 + math.log(n) for n in counted.values()), dtype=np.float32) * self.rarity[rows]
        values /= np.linalg.norm(values)
        scores = values @ self.weights[rows].astype(np.float32) + self.bias
        odds = 1.0 / (1.0 + np.exp(-scores))
        shares = odds / odds.sum()
        best = np.argsort(-shares)[:count]
        return [(self.codes[index], float(shares[index])) for index in best]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the folder says it holds; None where nothing was trained."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def load(folder: Path, manifest: dict[str, Any]) -> Model:
    """The model that the manifest names, its checksum compared; ModelDamaged where it is another."""
    path = folder / Path(str(manifest["file"])).name
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != manifest["sha256"]:
        raise ModelDamaged(str(path))
    with np.load(path, allow_pickle=False) as arrays:
        return Model(
            codes=tuple(str(code) for code in arrays["codes"]),
            places={str(gram): place for place, gram in enumerate(arrays["grams"])},
            rarity=arrays["rarity"],
            weights=arrays["weights"],
            bias=arrays["bias"],
            manifest=manifest,
        )


def store(folder: Path, arrays: dict[str, NDArray[Any]], manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the arrays, then the manifest that names them: readers see the old model or the new one, never half."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / ".draft.npz"
    np.savez_compressed(draft, **arrays)  # type: ignore[arg-type]
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    name = f"types-{digest[:12]}.npz"
    draft.replace(folder / name)
    told = {**manifest, "file": name, "sha256": digest}
    waiting = folder / f".{MANIFEST}"
    waiting.write_text(json.dumps(told, ensure_ascii=False, indent=1))
    waiting.replace(folder / MANIFEST)
    for old in folder.glob("types-*.npz"):
        if old.name != name:
            old.unlink(missing_ok=True)
    return told
