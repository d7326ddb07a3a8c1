"""Files of components as tables that are read in batches: CSV, Excel and GeoPackage, by content and never by name."""

import csv
import lzma
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import shapely
from numpy.typing import NDArray
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from registry.errors import ImportUnreadable
from registry.importing.columns import BY_KEY, COLUMNS, PLACE, Column, column_titled
from registry.importing.faults import Fault

MOST_SHEET_ROWS = 200_000
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_CELL = 100_000
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:$]{2,30})\"")
Floats = NDArray[np.float64]
_SHEET_DAMAGE = (
    BadZipFile, zlib.error, lzma.LZMAError, IndexError, KeyError, ValueError, TypeError, OSError, EOFError, SyntaxError,
)  # fmt: skip
"""What the reading of a workbook raises where it was cut, overwritten or written by nothing that knows workbooks."""


@dataclass
class Batch:
    """Some rows: their numbers, the text of each known column, and where a geometry gives them, places in degrees."""

    rows: list[int]
    texts: dict[str, list[str]]
    lng: Floats | None = None
    lat: Floats | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Table:
    """A file that can be read. `columns` are (place in the row, column, heading); `total` may only be estimated."""

    path: Path
    columns: list[tuple[int, Column, str]]
    ignored: list[str]
    faults: list[Fault]
    total: int | None = None

    @property
    def is_readable(self) -> bool:
        return not self.faults

    def batches(self, size: int) -> Iterator[Batch]:
        raise NotImplementedError


class CsvTable(Table):
    encoding = "utf-8-sig"
    delimiter = ","

    def batches(self, size: int) -> Iterator[Batch]:
        csv.field_size_limit(MOST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            width = len(next(reader, []))
            number = 2
            try:
                while rows := list(islice(reader, size)):
                    yield self._batch(rows, number, width)
                    number += len(rows)
            except (csv.Error, UnicodeDecodeError) as error:
                raise unreadable(
                    f"第 {number} 行之后无法读取：文件已损坏，或编码不一致。",
                    f"It cannot be read beyond row {number}: it is damaged, or its encoding changes.",
                ) from error

    def _batch(self, rows: list[list[str]], number: int, width: int) -> Batch:
        numbers = list(range(number, number + len(rows)))
        faults: list[Fault] = []
        if set(map(len, rows)) != {width}:
            kept = []
            for at, row in zip(numbers, rows, strict=True):
                if len(row) == width:
                    kept.append((at, row))
                elif any(cell.strip() for cell in row):
                    faults.append(Fault(at, "", "ragged", ",".join(row)[:80]))
            numbers, rows = [at for at, _ in kept], [row for _, row in kept]
        cells = list(zip(*rows, strict=True)) or [()] * width
        texts = {column.key: list(cells[place]) for place, column, _ in self.columns}
        return Batch(numbers, texts, faults=faults)


class SheetTable(Table):
    def batches(self, size: int) -> Iterator[Batch]:
        file = self.path.open("rb")  # the reader takes a name for what a file is
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
            number = 2
            while found := _some_rows(rows, size):
                if number > MOST_SHEET_ROWS:
                    raise unreadable(
                        f"工作表超过 {MOST_SHEET_ROWS} 行。请另存为 CSV 或 GeoPackage 后导入。",
                        f"The sheet has more than {MOST_SHEET_ROWS} rows. Save it as CSV or GeoPackage.",
                    )
                yield self._batch(found, number)
                number += len(found)
        finally:
            book.close()
            file.close()

    def _batch(self, rows: list[tuple[Any, ...]], number: int) -> Batch:
        numbers: list[int] = []
        texts: dict[str, list[str]] = {column.key: [] for _, column, _ in self.columns}
        faults: list[Fault] = []
        for at, row in enumerate(rows, start=number):
            if all(cell is None or cell == "" for cell in row):
                continue
            fault = self._fault(at, row)
            if fault is not None:
                faults.append(fault)
                continue
            numbers.append(at)
            for place, column, _ in self.columns:
                texts[column.key].append(_text(row[place] if place < len(row) else None))
        return Batch(numbers, texts, faults=faults)

    def _fault(self, at: int, row: tuple[Any, ...]) -> Fault | None:
        for place, column, title in self.columns:
            cell = row[place] if place < len(row) else None
            if isinstance(cell, str) and cell.startswith("="):
                return Fault(at, title, "formula", cell[:80])
            if column.key == "code" and isinstance(cell, int | float) and abs(cell) >= 1e15:
                return Fault(at, title, "number_lost_digits", _text(cell))
        return None


class GeoPackageTable(Table):
    table = ""
    geometry = ""
    metres = False

    def batches(self, size: int) -> Iterator[Batch]:
        link = _open_package(self.path)
        try:
            names = ", ".join(_quoted(title) for _, _, title in self.columns)
            geometry = f"{names}, {_quoted(self.geometry)}" if names else _quoted(self.geometry)
            cursor = link.execute(f"SELECT {geometry} FROM {_quoted(self.table)}")  # noqa: S608  # names of its own
            number = 2
            while rows := cursor.fetchmany(size):
                yield self._batch(rows, number)
                number += len(rows)
        except sqlite3.Error as error:
            raise _damaged_package() from error
        finally:
            link.close()

    def _batch(self, rows: list[tuple[Any, ...]], number: int) -> Batch:
        numbers = list(range(number, number + len(rows)))
        cells = list(zip(*rows, strict=True))
        texts = {column.key: [_text(value) for value in cells[i]] for i, (_, column, _) in enumerate(self.columns)}
        points = shapely.from_wkb([_wkb(value) for value in cells[-1]], on_invalid="ignore")
        is_point = shapely.get_type_id(points) == 0
        lng, lat = shapely.get_x(points), shapely.get_y(points)
        faults = [Fault(numbers[at], self.geometry, "not_a_point") for at in np.flatnonzero(~is_point).tolist()]
        if self.metres:
            lng, lat = lng / 111319.49079327358, np.degrees(2 * np.arctan(np.exp(lat / 6378137.0)) - np.pi / 2)
        if faults:
            kept = np.flatnonzero(is_point).tolist()
            numbers = [numbers[at] for at in kept]
            texts = {key: [values[at] for at in kept] for key, values in texts.items()}
            lng, lat = lng[is_point], lat[is_point]
        return Batch(numbers, texts, lng, lat, faults)


def open_table(path: Path) -> tuple[str, Table]:
    """The file's format and its table. ImportUnreadable where it is none of the three."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"SQLite format 3\0"):
        return "gpkg", _package(path)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx", _sheet(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(
            "这是旧版 .xls 或加密的文件。请另存为不带密码的 .xlsx 后再导入。",
            "This is an old .xls or an encrypted file. Save it as .xlsx without a password.",
        )
    if not head or b"\0" in head:
        raise unreadable(
            "这不是 CSV、Excel（.xlsx）或 GeoPackage 文件。", "This is no CSV, Excel (.xlsx) or GeoPackage file."
        )
    return "csv", _csv(path)


def _csv(path: Path) -> Table:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(MOST_CELL)
    delimiter = max(",;\t", key=first.count)
    titles = next(csv.reader([first], delimiter=delimiter), [])
    table = CsvTable(path, *_columns(titles), total=_lines(path))
    table.encoding, table.delimiter = encoding, delimiter
    return table


def _encoding(path: Path) -> str:
    """UTF-8, or what Chinese Windows writes; told by the first mebibytes."""
    with path.open("rb") as file:
        head = file.read(4 * 1024 * 1024)
    head = head[: head.rfind(b"\n") + 1] or head
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise unreadable("无法识别文字编码，请另存为 UTF-8。", "The text's encoding is unknown. Save it as UTF-8.")


def _lines(path: Path) -> int:
    """Rows behind the headings, if no cell holds a line break."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            count, last = count + chunk.count(b"\n"), chunk[-1:]
    return max(0, count - (last == b"\n"))


def _sheet(path: Path) -> Table:
    try:
        with ZipFile(path) as parts:
            if "xl/workbook.xml" not in parts.namelist():
                raise unreadable("这不是 Excel 工作簿（.xlsx）。", "This is no Excel workbook (.xlsx).")
            if sum(info.file_size for info in parts.infolist()) > MOST_UNPACKED:
                raise unreadable("工作簿过大，请改用 CSV。", "The workbook is too large. Use CSV.")
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheet: Any = book.worksheets[0]
            head = next(sheet.iter_rows(max_row=1, values_only=True), ())
            spans = _merged(path, sheet._worksheet_path)
            total = max(0, sheet.max_row - 1) if sheet.max_row else None
            book.close()
    except ImportUnreadable:
        raise
    except _SHEET_DAMAGE as error:
        raise _damaged_sheet() from error
    columns, ignored, faults = _columns([_text(cell) for cell in head])
    faults += [Fault(1, "", "merged_cells", detail=span) for span in spans]
    return SheetTable(path, columns, ignored, faults, total)


def _some_rows(rows: Iterator[tuple[Any, ...]], size: int) -> list[tuple[Any, ...]]:
    try:
        return list(islice(rows, size))
    except _SHEET_DAMAGE as error:
        raise _damaged_sheet() from error


def _damaged_sheet() -> ImportUnreadable:
    return unreadable(
        "文件已损坏，无法读取。请在 Excel 中重新保存后再导入。",
        "The file is damaged. Open it in Excel, save it again, and import that.",
    )


def _merged(path: Path, part: str) -> list[str]:
    """Merged cells, which the streaming reader does not tell."""
    found: list[str] = []
    with ZipFile(path) as parts, parts.open(part.lstrip("/")) as file:
        rest = b""
        while len(found) < 50 and (chunk := file.read(1024 * 1024)):
            text = rest + chunk
            found += [match.group(1).decode() for match in MERGED.finditer(text)]
            rest = text[-200:]
    return list(dict.fromkeys(found))


def _package(path: Path) -> Table:
    link = _open_package(path)
    try:
        layer = link.execute(
            "SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id "
            "FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s USING (srs_id) ORDER BY 1 LIMIT 1"
        ).fetchone()
        if layer is None:
            raise unreadable("GeoPackage 中没有图层。", "The GeoPackage has no layer.")
        table, geometry, organisation, number = layer
        if (str(organisation).upper(), int(number)) not in {("EPSG", 4326), ("EPSG", 4490), ("EPSG", 3857)}:
            raise unreadable(
                f"图层坐标系为 {organisation}:{number}。请转换为 EPSG:4490（或 4326、3857）后再导入。",
                f"The layer is in {organisation}:{number}. Convert it to EPSG:4490 (or 4326, 3857) and import that.",
            )
        titles = [row[1] for row in link.execute(f"PRAGMA table_info({_quoted(table)})") if row[1] != geometry]
        total = int(link.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0])  # noqa: S608
    except (sqlite3.Error, ValueError) as error:
        raise _damaged_package() from error
    finally:
        link.close()
    columns, ignored, faults = _columns(titles, without=PLACE)
    found = GeoPackageTable(path, columns, ignored, faults, total)
    found.table, found.geometry, found.metres = table, geometry, int(number) == 3857
    return found


def _open_package(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _wkb(value: Any) -> bytes | None:
    """The geometry inside a GeoPackage's: behind a header of 8 bytes and an envelope (OGC 12-128r19, clause 2.1.3)."""
    if not isinstance(value, bytes) or not value.startswith(b"GP") or len(value) < 8:
        return None
    envelope = (0, 32, 48, 48, 64)
    kind = value[3] >> 1 & 7
    return value[8 + envelope[kind] :] if kind < len(envelope) else None


def _columns(
    titles: list[str], without: tuple[str, ...] = ()
) -> tuple[list[tuple[int, Column, str]], list[str], list[Fault]]:
    found: list[tuple[int, Column, str]] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    for place, title in enumerate(titles):
        column = column_titled(title)
        if column is None or column.key in without:
            ignored += [title.strip()[:40]] if title.strip() else []
        elif any(column is known for _, known, _ in found):
            faults.append(Fault(1, get_column_letter(place + 1), "double_heading", detail=title.strip()))
        else:
            found.append((place, column, title.strip() or column.key))
    present = {column.key for _, column, _ in found} | set(without)
    faults += [
        Fault(1, "", "missing_heading", detail=BY_KEY[column.key].zh)
        for column in COLUMNS
        if column.required and column.key not in present
    ]
    return found, ignored, faults


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def unreadable(zh: str, en: str) -> ImportUnreadable:
    return ImportUnreadable(problem_zh=zh, problem_en=en)


def _damaged_package() -> ImportUnreadable:
    return unreadable("GeoPackage 已损坏，无法读取。", "The GeoPackage is damaged and cannot be read.")
