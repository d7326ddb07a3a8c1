"""Reading a table that is a workbook or plain text (CSV), told apart by its content and never by its name."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from events.errors import SheetUnreadable
from events.sheets.columns import SheetForm
from events.sheets.reading import MEBIBYTE, MOST_BYTES, MOST_COLUMNS, OLD_OFFICE, ZIP, Sheet, read_rows, read_sheet

ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheets here save text in; another one does not decode as these by chance."""
DELIMITERS = ",\t;"
CSV_NAME = "CSV"


@dataclass(frozen=True)
class PlainCell:
    """A cell that holds text, whatever it looks like."""

    value: str | None
    data_type: str = "s"


def read_table(file: BinaryIO, size: int, form: SheetForm) -> Sheet:
    """The rows of a workbook, or of CSV in UTF-8 or GB 18030. SheetUnreadable where the file is neither."""
    file.seek(0)
    head = file.read(8)
    if head.startswith((ZIP, OLD_OFFICE)):
        return read_sheet(file, size, form)
    if size > MOST_BYTES:
        raise SheetUnreadable(
            problem_zh=f"文件超过 {MOST_BYTES // MEBIBYTE} MB，请拆分后分批导入。",
            problem_en=f"The file is larger than {MOST_BYTES // MEBIBYTE} MB: split it.",
        )
    file.seek(0)
    text = _decoded(file.read())
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return read_rows(CSV_NAME, _cells(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), form)
    except csv.Error as error:
        raise _no_table() from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise _no_table()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_table()


def _cells(rows: Iterator[list[str]]) -> Iterator[tuple[PlainCell, ...]]:
    for row in rows:
        yield tuple(PlainCell(text.strip() or None) for text in row[:MOST_COLUMNS])


def _no_table() -> SheetUnreadable:
    return SheetUnreadable(
        problem_zh="文件既不是 Excel 工作簿（.xlsx），也不是 UTF-8 或 GB 18030 编码的 CSV。请使用下载的模板。",
        problem_en="Neither an Excel workbook (.xlsx) nor CSV in UTF-8 or GB 18030. Start from the template.",
    )
