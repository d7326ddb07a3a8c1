"""A list as an Excel workbook, written as a stream: rows leave memory as they come."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from events.exporting.columns import Value
from events.exporting.sheet import Sheet, clean

HEADER = PatternFill("solid", fgColor="1D5FB4")
ABOUT = {"zh": "说明", "en": "About"}
MOMENT = "yyyy-mm-dd hh:mm:ss"


class XlsxWriter:
    def __init__(self, target: Path, sheet: Sheet) -> None:
        self._target, self._spec = target, sheet
        self._moments: dict[int, Any] = {}
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "Yiwang"
        self._book.properties.title = sheet.title
        self._sheet: Any = self._book.create_sheet(sheet.title)
        self._sheet.freeze_panes = "A2"
        for index, column in enumerate(sheet.columns, start=1):
            self._sheet.column_dimensions[get_column_letter(index)].width = column.width
        self._sheet.append([self._heading(column.title(sheet.language)) for column in sheet.columns])

    def add(self, values: Sequence[Value]) -> None:
        self._sheet.append([self._cell(place, value) for place, value in enumerate(values)])

    def finish(self, note: str) -> None:
        """Columns are filtered by their headings; a second sheet says what the list is."""
        if note:
            self._sheet.append([self._text(self._sheet, note)])
        about: Any = self._book.create_sheet(ABOUT[self._spec.language])
        about.column_dimensions["A"].width = 100
        for line in (self._spec.title, *self._spec.about, *([note] if note else [])):
            about.append([self._text(about, line)])
        self._book.save(self._target)

    def abandon(self) -> None:
        """The rows lie in temporary files until they are put together: they are closed and erased."""
        self._sheet.close()
        self._sheet._writer.cleanup()

    def _heading(self, text: str) -> Any:
        cell = self._text(self._sheet, text)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEADER
        return cell

    def _cell(self, place: int, value: Value) -> Any:
        if isinstance(value, str):
            # As text whatever it looks like: "=1+1" must not become a formula, nor "#N/A" a fault.
            return self._text(self._sheet, value) if value[:1] in ("=", "#") else clean(value)
        return self._moment(place, value) if isinstance(value, datetime) else value

    def _moment(self, place: int, value: datetime) -> Any:
        """One cell for a column, written again and again: a form that is looked up for every row is what takes time."""
        cell = self._moments.get(place)
        if cell is None:
            cell = self._moments[place] = WriteOnlyCell(self._sheet)
            cell.number_format = MOMENT
        cell.value = value
        return cell

    def _text(self, sheet: Any, text: str) -> Any:
        cell = WriteOnlyCell(sheet, clean(text))
        cell.data_type = "s"
        return cell
