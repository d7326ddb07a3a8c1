"""The kinds of recordings: each says what is past its time and how it goes. Apps above add theirs in `ready()`.

`due` gives the rows that are older than a moment and held by nothing; `erase` takes some of them for good, with their
files, and returns how many. It runs under the lock of `actions.retention`, so that no two do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field

from events.models.retention import LONGEST_DAYS


def _unchanged(kept: timedelta) -> None:
    """Most kinds look at the days when they erase."""


@dataclass(frozen=True)
class RetentionKind:
    """`size_field`: a column with bytes, where the rows know them. `changed` is told when an administrator has set
    other days, in that transaction."""

    code: str
    due: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[QuerySet[Any], int], int]
    size_field: str = ""
    changed: Callable[[timedelta], None] = _unchanged


class Entry(BaseModel):
    """What a file says of a kind: its names, and for how many days it is kept until an administrator sets others."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=32)
    name: str = Field(max_length=60)
    name_en: str = Field(max_length=60)
    counted: str = Field(max_length=60)
    counted_en: str = Field(max_length=60)
    days: int = Field(ge=1, le=LONGEST_DAYS)


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kinds: list[Entry]


_kinds: dict[str, RetentionKind] = {}
_files: list[Path] = []


def register_kinds(file: Path, *kinds: RetentionKind) -> None:
    """`file`: names and starting days of these kinds."""
    if file not in _files:
        _files.append(file)
    _kinds.update({kind.code: kind for kind in kinds})


def registered_kinds() -> dict[str, RetentionKind]:
    return dict(_kinds)


def entries_of_kinds(files: Sequence[Path] | None = None) -> list[Entry]:
    """In their order, of all files that were registered, or of these."""
    return [
        entry
        for path in files or _files
        for entry in File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).kinds
    ]
