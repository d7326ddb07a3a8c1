"""A list as CSV, with the mark by which Excel knows UTF-8."""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from events.exporting.columns import Value
from events.exporting.sheet import Sheet, clean

FORMULA = re.compile(r"[=+\-@\t\r]")


class CsvWriter:
    def __init__(self, target: Path, sheet: Sheet) -> None:
        self._file = target.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow([column.title(sheet.language) for column in sheet.columns])

    def add(self, values: Sequence[Value]) -> None:
        self._csv.writerow([_cell(value) for value in values])

    def finish(self, note: str) -> None:
        if note:
            self._csv.writerow([note])
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


def _cell(value: Value) -> str:
    """A text that a spreadsheet would take for a formula is kept a text by the apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if not isinstance(value, str):
        return str(value)
    text = clean(value)
    return f"'{text}" if FORMULA.match(text) else text
