"""Cameras as a workbook, in the form in which it is read back. It never holds a password."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Language
from events.sheets.columns import Column
from events.sheets.reading import MOST_ROWS
from video.models import Camera
from video.sheets.columns import CHOICES, COLUMNS, NOTES_SHEET, NUMBERS, SECRET, SHEET, word_of

HEADER, NEEDED = PatternFill("solid", fgColor="1D5FB4"), PatternFill("solid", fgColor="174E95")
ROWS_WITH_CHOICES = 3000

NOTES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "每台摄像机一行，按编码对应：已有的编码为修改，没有的为新增。不要合并单元格，不要使用公式。",
        "深色表头为必填列。其余各列留空表示不改；要清空数值请填“-”。",
        "账号、口令只在需要设置或更换时填写；导出的文件中这两列总是空的，已保存的口令加密存放，不会导出。",
        "视频地址以 rtsp://、rtsps:// 或 file:/// 开头；视频平台的通道保持导出时的 gateway:// 写法，不能由此新建。",
        "子码流与视频地址同一主机和端口，ONVIF 服务地址（转动云台用）与视频地址同一主机；要清空这两列请填“-”。",
        "经纬度为 WGS-84（或 CGCS2000）度数，须在区划范围内；区域一栏由位置得出，只供阅读。",
        "朝向以正北为 0、顺时针；视场角为水平角度；分组填名称，没有的分组会新建。",
        f"一次最多导入 {MOST_ROWS} 行。导入前先预览变化，确认后一次全部写入；有一行错误则全部不写入。",
    ),
    "en": (
        "One row for each camera, matched by its code: a known code is a change, another a new camera. No merged "
        "cells, no formulas.",
        "Dark headings are required. Other columns left empty change nothing; “-” empties a number.",
        "User and password are filled in only to set or replace them. An export always leaves both empty: stored ones "
        "are encrypted and never exported.",
        "Addresses begin with rtsp://, rtsps:// or file:///. Channels of a platform keep the gateway:// form of the "
        "export; new ones cannot be made here.",
        "The sub-stream is at the stream's host and port, the ONVIF service (by which it is turned) at its host; "
        "“-” empties either.",
        "Degrees of WGS-84 (or CGCS2000) inside the division tree. The area follows from the place and is for reading.",
        "Bearing from north, clockwise; the view angle is horizontal; a group is a name, and made where there is none.",
        f"At most {MOST_ROWS} rows at once. Changes are previewed first and written all together, or not at all.",
    ),
}


def workbook_of(cameras: Iterable[Camera], language: Language) -> bytes:
    """These cameras as the content of an .xlsx file; none of them makes it a template."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET[language]
    book.properties.creator = "Yiwang"
    _head(sheet, language)
    last = 1
    for camera in cameras:
        last += 1
        for index, column in enumerate(COLUMNS, start=1):
            _write(sheet.cell(last, index), column, camera, language)  # type: ignore[arg-type]
    _choices(sheet, language, max(last, 2) + ROWS_WITH_CHOICES)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    notes = book.create_sheet(NOTES_SHEET[language])
    notes.column_dimensions["B"].width = 100
    for number, note in enumerate(NOTES[language], start=1):
        notes.cell(number, 1, number)
        notes.cell(number, 2, note).alignment = Alignment(wrap_text=True, vertical="top")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _head(sheet: Worksheet, language: Language) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, index, column.title(language))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = NEEDED if column.required else HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width


def _write(cell: Cell, column: Column, camera: Camera, language: Language) -> None:
    if column.key in SECRET:
        return
    if column.key in NUMBERS:
        cell.value = getattr(camera, column.key)
        return
    # As text whatever it looks like: a name that begins with "=" must not become a formula.
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", _text(column.key, camera, language))
    cell.data_type = "s"


def _text(key: str, camera: Camera, language: Language) -> str:
    if key == "group":
        return camera.group.name if camera.group else ""
    if key == "area":
        return camera.area_label
    value = getattr(camera, key)
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return word_of(key, plain, language) if key in CHOICES else plain


def _choices(sheet: Worksheet, language: Language, last: int) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        if column.key in CHOICES:
            letter = get_column_letter(index)
            words = ",".join(word_of(column.key, value, language) for value in CHOICES[column.key])
            offered = DataValidation(type="list", formula1=f'"{words}"')
            offered.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(offered)
