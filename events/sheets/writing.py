"""The catalogue as a workbook, in the form in which it is read back."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Language
from events.models import EventType
from events.queries.event_types import content_of
from events.rules.type_content import ConditionContent, TypeContent, plain_amount
from events.sheets.books import ROWS_WITH_CHOICES, offer_choices, write_head
from events.sheets.columns import CATALOGUE, CHOICES, COLUMNS, NOTES_SHEET, ORIGINS, SHEET, Column, word_of, words_of
from events.sheets.reading import MOST_ROWS

NOTES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "本目录由软件随附的起始目录（来源一栏为“起始目录”）和本地版本组成。起始目录的时限与标准仅供参考，启用前请按本地规定修订。",
        "每个立案条件一行；同一类型的各行，小类各栏填写相同内容，后面的行也可以留空。不要合并单元格，不要使用公式。",
        "深色表头为必填列。类型代码留空时，按 类别＋大类＋小类代码 对应已有类型；都没有则视为新类型，代码自动生成。",
        "条件代码留空时，按相同的立案条件文字对应；没有相同的即为新条件。",
        "小类代码为两位数字，本地小类从 99 往下编。大类可填名称或两位代码。默认主办部门可填机构代码或机构全称。",
        "处置时限必须大于 0。时限类型：紧急工作时（连续计时）、工作时、工作日（8 小时）、自然日。",
        "状态填“停用”即停用该类型：不能再用于新案件，已有案件按原条件办完。版本、来源两栏只供阅读，导入时不读取。",
        f"一次最多导入 {MOST_ROWS} 行。导入前会先预览变化，确认后才写入，且一次全部生效；有一行错误则全部不写入。",
    ),
    "en": (
        "The catalogue is made of the starting set that comes with the software (origin: starting set) and this site's "
        "own versions. Limits and standards of the starting set are plausible defaults: revise them before use.",
        "One row for each condition. What belongs to the type is the same on all its rows; later rows may leave it "
        "empty. No merged cells, no formulas.",
        "Dark headings are required. Without a type code the row is matched by category, main class and sub class "
        "code; where nothing matches it is a new type and gets a code.",
        "Without a condition code a condition is matched by the same text; a text that is not there yet is a new one.",
        "A sub class has two digits; local ones are numbered downwards from 99. A main class is its name or its two "
        "digits. A default lead is the code or the full name of a unit.",
        "A limit is longer than nothing. Measures: continuous hours, working hours, working days (8 h), calendar days.",
        "The state retired takes a type out of force: new events cannot choose it, older ones go on to their end. "
        "Version and origin are for reading only.",
        f"At most {MOST_ROWS} rows at once. Changes are previewed first and written all together, or not at all.",
    ),
}


def workbook_of(types: Iterable[EventType], unit_names: Mapping[str, str], language: Language) -> bytes:
    """The whole catalogue, retired types included, as the content of an .xlsx file."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET[language]
    book.properties.title = NOTES[language][0][:120]
    book.properties.creator = "Yiwang"
    write_head(sheet, CATALOGUE, language)
    last = 1
    for row in types:
        content = content_of(row)
        for condition in content.conditions:
            last += 1
            _write(sheet, last, row, content, condition, language)
    offered = {key: words_of(key, language) for key in CHOICES}
    offer_choices(sheet, CATALOGUE, offered, max(last, 2) + ROWS_WITH_CHOICES)
    sheet.freeze_panes = "F2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    _notes(book.create_sheet(NOTES_SHEET[language]), unit_names, language)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write(
    sheet: Worksheet, number: int, row: EventType, content: TypeContent, condition: ConditionContent, language: Language
) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(number, index)
        assert isinstance(cell, Cell)
        value = _value(column, row, content, condition, language)
        if column.key in ("limit_amount", "position", "version"):
            cell.value = float(value) if "." in value else int(value)
        else:
            # As text whatever it looks like: a name that begins with "=" must not become a formula.
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        if column.width > 30:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _value(
    column: Column, row: EventType, content: TypeContent, condition: ConditionContent, language: Language
) -> str:
    if column.key == "condition_code":
        return condition.code
    if column.key == "limit_amount":
        return plain_amount(condition.limit_amount)
    if column.key == "state":
        return word_of("state", "in_force" if row.is_current else "retired", language)
    if column.key == "version":
        return str(row.version)
    if column.key == "origin":
        return ORIGINS["starting_set" if row.is_starting_set else "own"][0 if language == "zh" else 1]
    value: Any = getattr(condition if column.of == "condition" else content, column.key)
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return word_of(column.key, plain, language) if column.key in CHOICES else plain


def _notes(sheet: Worksheet, unit_names: Mapping[str, str], language: Language) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    for number, note in enumerate(NOTES[language], start=1):
        sheet.cell(number, 1, number)
        sheet.cell(number, 2, note).alignment = Alignment(wrap_text=True, vertical="top")
    first = len(NOTES[language]) + 2
    sheet.cell(first, 1, "机构代码" if language == "zh" else "Unit code").font = Font(bold=True)
    sheet.cell(first, 2, "机构名称" if language == "zh" else "Unit").font = Font(bold=True)
    for number, (code, name) in enumerate(unit_names.items(), start=first + 1):
        for index, text in ((1, code), (2, name)):
            cell = sheet.cell(number, index)
            assert isinstance(cell, Cell)
            cell.value = text
            cell.data_type = "s"
