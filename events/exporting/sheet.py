"""What every form of an exported list has in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.errors import Language
from events.exporting.columns import Column, Value


@dataclass(frozen=True)
class Sheet:
    """A list before its first row: its title, what it was narrowed to, and who took it when."""

    title: str
    about: tuple[str, ...]
    columns: tuple[Column, ...]
    language: Language


class Writer(Protocol):
    """Writes one file, row by row; memory does not grow with the list, and nothing is complete before `finish`."""

    def __init__(self, target: Path, sheet: Sheet) -> None: ...

    def add(self, values: Sequence[Value]) -> None: ...

    def finish(self, note: str) -> None:
        """Close the file; `note` is a last line for whoever reads it, empty where there is nothing to say."""

    def abandon(self) -> None:
        """Let go of what is open; the caller erases the file."""


def clean(text: str) -> str:
    """Without the control characters that no sheet takes."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
