"""The kinds of recordings: each says what is past its time and how it goes. Apps above add theirs in `ready()`.

`due` gives the rows that are older than a moment and held by nothing; `erase` takes some of them for good, with their
files, and returns how many. It runs under the lock of `actions.retention`, so that no two do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet


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


_kinds: dict[str, RetentionKind] = {}
_files: list[Path] = []


def register_kinds(file: Path, *kinds: RetentionKind) -> None:
    """`file`: names and starting days of these kinds."""
    if file not in _files:
        _files.append(file)
    _kinds.update({kind.code: kind for kind in kinds})


def registered_kinds() -> dict[str, RetentionKind]:
    return dict(_kinds)


def files_of_kinds() -> list[Path]:
    return list(_files)
