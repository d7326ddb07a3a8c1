"""Reading a workbook that anybody may have made: by its content, never by its name, and never more than fits.

Formulas are refused, not computed: what a formula shows was worked out by a program elsewhere, from cells that may not
have come along. Merged cells are refused too, since all but one of them are empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, Protocol
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from events.errors import SheetUnreadable
from events.sheets.columns import CATALOGUE, SheetForm

MEBIBYTE = 1024 * 1024
MOST_BYTES = 4 * MEBIBYTE
MOST_UNPACKED = 48 * MEBIBYTE
MOST_ROWS = 5000
MOST_LOOKED_AT = 20_000
MOST_COLUMNS = 40
MOST_FAULTS = 200
OF_CELLS = frozenset({"formula", "error_value"})
"""Faults of single cells: what else is wrong in the sheet is told beside them."""
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{2,30})[\"']")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")


class AnyCell(Protocol):
    """A cell of whatever the rows come from; `data_type` as openpyxl has it: f for a formula, e for an error."""

    @property
    def value(self) -> Any: ...

    @property
    def data_type(self) -> Any: ...


@dataclass(frozen=True)
class CellFault:
    """What is wrong in one place of the file; row and column as Excel shows them."""

    row: int
    column: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class SheetRow:
    """One row with something in it: plain text of each known column that the sheet has."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    name: str
    letters: dict[str, str]
    """The column's letter by its key, for those that the sheet has."""
    ignored: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    faults: tuple[CellFault, ...]


def read_sheet(file: BinaryIO, size: int, form: SheetForm = CATALOGUE) -> Sheet:
    """The sheet of this form. SheetUnreadable where the file as a whole is none; faults of cells are collected."""
    _require_workbook(file, size)
    try:
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        names = [name for name in book.sheetnames if name in form.names] or book.sheetnames[:1]
        sheet: Any = book[names[0]]
        merged = _merged_ranges(file, sheet._worksheet_path)
        faults = [_merge_fault(span) for span in merged]
        read = (
            Sheet(names[0], {}, (), (), tuple(faults))
            if faults
            else read_rows(names[0], sheet.iter_rows(max_col=MOST_COLUMNS), form)
        )
        book.close()
    except SheetUnreadable:
        raise
    except Exception as error:  # damaged files break the reader in more ways than it names
        raise _damaged() from error
    return read


def _require_workbook(file: BinaryIO, size: int) -> None:
    """Sizes, kind and merged cells are looked at before anything is unpacked into memory."""
    if size > MOST_BYTES:
        raise _unreadable(
            f"文件超过 {MOST_BYTES // MEBIBYTE} MB。一次最多导入 {MOST_ROWS} 行，请拆分后分批导入。",
            f"The file is larger than {MOST_BYTES // MEBIBYTE} MB. At most {MOST_ROWS} rows at once: split it.",
        )
    file.seek(0)
    head = file.read(8)
    if head.startswith(OLD_OFFICE):
        raise _unreadable(
            "这是旧版 .xls 或加密的文件（改扩展名无效）。请在 Excel 中打开，去掉密码，另存为 .xlsx 后再导入。",
            "This is an old .xls or an encrypted file, whatever its name. Open it in Excel, save it as .xlsx without a "
            "password, and import that.",
        )
    if not head.startswith(ZIP):
        raise _no_workbook()
    try:
        file.seek(0)
        with ZipFile(file) as parts:
            _look_into(parts)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged() from error


def _look_into(parts: ZipFile) -> None:
    names = parts.namelist()
    if "xl/workbook.xml" not in names:
        raise _no_workbook()
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _unreadable(
            "文件带有宏。请另存为不带宏的 .xlsx 后再导入。",
            "The file has macros. Save it as .xlsx without them, and import that.",
        )
    if sum(info.file_size for info in parts.infolist()) > MOST_UNPACKED or len(names) > 2000:
        raise _unreadable(
            f"文件内容过多。一次最多导入 {MOST_ROWS} 行，请删去多余的行、列和图片，或拆分后分批导入。",
            f"The file holds too much. At most {MOST_ROWS} rows at once: remove what is not needed, or split it.",
        )
    first_sheet = min((name for name in names if SHEET_PART.fullmatch(name)), default=None)
    if first_sheet is None:
        raise _no_workbook()


def _merged_ranges(file: BinaryIO, path: str) -> list[str]:
    """Merged cells of a sheet; the streaming reader does not tell them."""
    found: list[str] = []
    with ZipFile(file) as parts, parts.open(path.lstrip("/")) as part:
        rest = b""
        while len(found) < MOST_FAULTS and (chunk := part.read(MEBIBYTE)):
            text = rest + chunk
            found += [match.group(1).decode() for match in MERGED.finditer(text)]
            rest = text[text.rfind(b"<") :] if b"<" in text[-200:] else b""
    return list(dict.fromkeys(found))


def _merge_fault(span: str) -> CellFault:
    column, row, _, _ = range_boundaries(span)
    return CellFault(
        row or 1,
        get_column_letter(column or 1),
        "merged_cells",
        f"单元格 {span} 已合并。请取消合并，并在每一行填写内容。",
        f"The cells {span} are merged. Take them apart and fill in every row.",
    )


def read_rows(name: str, rows: Iterator[tuple[AnyCell, ...]], form: SheetForm) -> Sheet:
    """The sheet of this form whose first row is its headings, from cells that know their value and its kind."""
    head = next(rows, ())
    titles, ignored, faults = _titles(head, form)
    letters = {key: get_column_letter(index + 1) for index, key in titles.items()}
    read: list[SheetRow] = []
    looked_at, blank = 0, None
    for number, cells in enumerate(rows if not faults else (), start=2):
        if cells is blank:  # the reader fills a gap of a million rows with one and the same row
            continue
        looked_at += 1
        row = _row(number, cells, titles, letters, faults)
        if row is not None:
            read.append(row)
        elif not faults:
            blank = cells
        if len(read) > MOST_ROWS or looked_at > MOST_LOOKED_AT:
            raise _unreadable(
                f"超过 {MOST_ROWS} 行（含空行最多 {MOST_LOOKED_AT} 行）。请删去空行，或拆分后分批导入。",
                f"More than {MOST_ROWS} rows, or {MOST_LOOKED_AT} with empty ones. Remove empty ones, or split it.",
            )
    return Sheet(name, letters, tuple(ignored), tuple(read), tuple(faults))


def _titles(head: tuple[AnyCell, ...], form: SheetForm) -> tuple[dict[int, str], list[str], list[CellFault]]:
    titles: dict[int, str] = {}
    ignored: list[str] = []
    faults: list[CellFault] = []
    for index, cell in enumerate(head):
        title = str(cell.value or "").strip()
        column = form.column_titled(title)
        if column is not None and column.key in titles.values():
            faults.append(
                CellFault(
                    1, get_column_letter(index + 1), "double_heading", f"表头“{title}”出现了两次，请保留一列。",
                    f"The heading “{title}” stands there twice. Keep one.",
                )
            )  # fmt: skip
        elif column is not None:
            titles[index] = column.key
        elif title:
            ignored.append(title[:40])
    for column in form.columns:
        if column.required and column.key not in titles.values():
            faults.append(
                CellFault(
                    1, "", "missing_heading",
                    f"第 1 行缺少表头“{column.zh}”。请使用导出的文件作为模板，表头放在第一行。",
                    f"Row 1 lacks the heading “{column.en}”. Start from an exported file; headings stand in row 1.",
                )
            )  # fmt: skip
    return titles, ignored, faults


def _row(
    number: int, cells: tuple[AnyCell, ...], titles: dict[int, str], letters: dict[str, str], faults: list[CellFault]
) -> SheetRow | None:
    values: dict[str, str] = {}
    for index, key in titles.items():
        cell = cells[index] if index < len(cells) else None
        if cell is None or cell.value is None:
            values[key] = ""
        elif cell.data_type == "f":
            faults.append(
                CellFault(
                    number, letters[key], "formula", "这里是公式。请复制后“选择性粘贴为数值”再导入。",
                    "This is a formula. Paste it as a value, then import again.",
                )
            )  # fmt: skip
            values[key] = ""
        elif cell.data_type == "e":
            faults.append(
                CellFault(
                    number, letters[key], "error_value", f"这里是错误值 {cell.value}，请改正。",
                    f"This is the error {cell.value}. Correct it.",
                )
            )  # fmt: skip
            values[key] = ""
        else:
            values[key] = _text(cell.value)
    if len(faults) > MOST_FAULTS:
        return None
    return SheetRow(number, values) if any(values.values()) else None


def _text(value: Any) -> str:
    """The cell as its reader sees it: whole numbers without a point, truth as yes or no."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
    return str(value).strip()


def _unreadable(zh: str, en: str) -> SheetUnreadable:
    return SheetUnreadable(problem_zh=zh, problem_en=en)


def _no_workbook() -> SheetUnreadable:
    return _unreadable(
        "这不是 Excel 工作簿（.xlsx）。请使用“导出”得到的文件作为模板。",
        "This is no Excel workbook (.xlsx). Start from an exported file.",
    )


def _damaged() -> SheetUnreadable:
    return _unreadable(
        "文件已损坏，无法读取。请在 Excel 中打开并重新保存后再导入。",
        "The file is damaged. Open it in Excel, save it again, and import that.",
    )
