"""A register as a workbook, in the form in which it is read back: headings, rows, choices to pick from, notes."""

from collections.abc import Iterable, Mapping
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Language
from events.sheets.columns import NOTES_SHEET, SheetForm

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER, NEEDED = PatternFill("solid", fgColor="1D5FB4"), PatternFill("solid", fgColor="174E95")
ROWS_WITH_CHOICES = 3000
MOST_CHOICE_LETTERS = 255
"""Excel offers no longer list than this from within a cell's rule."""

Value = str | float | int | None


def book_of(
    form: SheetForm,
    rows: Iterable[Mapping[str, Value]],
    *,
    offered: Mapping[str, list[str]],
    notes: tuple[str, ...],
    language: Language,
) -> bytes:
    """The content of an .xlsx file with these rows, each a mapping from a column's key to its cell; without rows it is
    a template. `offered` are the words to choose from, by column. Text stays text, whatever it looks like.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = form.names[0] if language == "zh" else form.names[-1]
    book.properties.creator = "Yiwang"
    write_head(sheet, form, language)
    last = 1
    for row in rows:
        last += 1
        for index, column in enumerate(form.columns, start=1):
            value = row.get(column.key)
            cell = sheet.cell(last, index)
            if isinstance(value, str):
                # A name that begins with "=" must not become a formula.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
            elif value is not None:
                cell.value = value
    offer_choices(sheet, form, offered, max(last, 2) + ROWS_WITH_CHOICES)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(form.columns))}{last}"
    _notes(book, notes, language)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def write_head(sheet: Worksheet, form: SheetForm, language: Language) -> None:
    for index, column in enumerate(form.columns, start=1):
        cell = sheet.cell(1, index, column.title(language))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = NEEDED if column.required else HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width


def offer_choices(sheet: Worksheet, form: SheetForm, offered: Mapping[str, list[str]], last: int) -> None:
    """Cells with a fixed choice offer it as a list, down to the row `last`."""
    for index, column in enumerate(form.columns, start=1):
        words = ",".join(offered.get(column.key, []))
        if not words or len(words) > MOST_CHOICE_LETTERS:
            continue
        letter = get_column_letter(index)
        rule = DataValidation(type="list", formula1=f'"{words}"')
        rule.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(rule)


def _notes(book: Workbook, notes: tuple[str, ...], language: Language) -> None:
    sheet = book.create_sheet(NOTES_SHEET[language])
    sheet.column_dimensions["B"].width = 100
    for number, note in enumerate(notes, start=1):
        sheet.cell(number, 1, number)
        sheet.cell(number, 2, note).alignment = Alignment(wrap_text=True, vertical="top")
