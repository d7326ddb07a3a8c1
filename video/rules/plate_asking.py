"""Where a plate may be asked for at all: declared as data, and the same for everybody."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DECLARATION = Path(__file__).resolve().parent.parent / "reference_data" / "plates.yaml"


@dataclass(frozen=True, slots=True)
class PlateAsking:
    types: frozenset[str]
    roles: frozenset[str]


@cache
def read_plate_asking(path: Path = DECLARATION) -> PlateAsking:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return PlateAsking(frozenset(raw["types"]), frozenset(raw["roles"]))
