"""A list as a PDF: A4 across, drawn line by line, the heading repeated and the pages numbered.

The font is one that every reader of Chinese documents knows by name, so that no font file has to lie on the server.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from events.exporting.columns import Value
from events.exporting.sheet import Sheet, clean

FONT: Final = "STSong-Light"
PAGE_WIDTH, PAGE_HEIGHT = landscape(A4)
MARGIN, PADDING = 28.0, 3.0
TITLE_SIZE, ABOUT_SIZE, TEXT_SIZE = 15.0, 8.5, 8.0
LINE, LINES = 10.0, 2
ROW = LINE * LINES + 4
HEADING = 18.0
PAGES = "number-of-pages"
"""A drawing that stands beside every page's number and is drawn last, when the number of pages is known."""


class PdfWriter:
    def __init__(self, target: Path, sheet: Sheet) -> None:
        _register_font()
        self._spec = sheet
        self._canvas = Canvas(str(target), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1)
        self._canvas.setTitle(sheet.title)
        self._canvas.setCreator("Yiwang")
        self._printed = [index for index, column in enumerate(sheet.columns) if column.printed]
        shares = [sheet.columns[index].printed or 0 for index in self._printed]
        self._widths = [share * (PAGE_WIDTH - 2 * MARGIN) / sum(shares) for share in shares]
        self._page = 0
        self._begin_page()

    def add(self, values: Sequence[Value]) -> None:
        self._make_room(ROW)
        x = MARGIN
        for index, width in zip(self._printed, self._widths, strict=True):
            for number, text in enumerate(fitted(_printed(values[index]), width - 2 * PADDING)):
                self._canvas.drawString(x + PADDING, self._y - LINE * (number + 1), text)
            x += width
        self._y -= ROW
        self._canvas.line(MARGIN, self._y, PAGE_WIDTH - MARGIN, self._y)

    def finish(self, note: str) -> None:
        if note:
            self._make_room(ROW)
            self._canvas.drawString(MARGIN + PADDING, self._y - LINE - 2, clean(note))
        self._end_page()
        self._canvas.beginForm(PAGES)
        self._canvas.setFont(FONT, ABOUT_SIZE)
        self._canvas.drawString(0, 0, f"/ {self._page}")
        self._canvas.endForm()
        self._canvas.save()

    def abandon(self) -> None:
        """Nothing is on disk before the end."""

    def _make_room(self, height: float) -> None:
        if self._y - height < MARGIN + LINE:
            self._end_page()
            self._begin_page()

    def _begin_page(self) -> None:
        self._page += 1
        canvas, self._y = self._canvas, PAGE_HEIGHT - MARGIN
        if self._page == 1:
            canvas.setFont(FONT, TITLE_SIZE)
            canvas.drawString(MARGIN, self._y - TITLE_SIZE, clean(self._spec.title))
            self._y -= TITLE_SIZE + 8
            canvas.setFont(FONT, ABOUT_SIZE)
            for line in self._spec.about:
                self._y -= ABOUT_SIZE + 3
                canvas.drawString(MARGIN, self._y, _cut(clean(line), PAGE_WIDTH - 2 * MARGIN, ABOUT_SIZE)[0])
            self._y -= 8
        canvas.setFillGray(0.92)
        canvas.rect(MARGIN, self._y - HEADING, PAGE_WIDTH - 2 * MARGIN, HEADING, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(FONT, TEXT_SIZE)
        canvas.setLineWidth(0.3)
        x = MARGIN
        for index, width in zip(self._printed, self._widths, strict=True):
            title = self._spec.columns[index].title(self._spec.language)
            canvas.drawString(x + PADDING, self._y - HEADING + 6, _cut(title, width - PADDING, TEXT_SIZE)[0])
            x += width
        self._y -= HEADING

    def _end_page(self) -> None:
        canvas = self._canvas
        canvas.setFont(FONT, ABOUT_SIZE)
        canvas.drawRightString(PAGE_WIDTH - MARGIN - 34, MARGIN - 10, str(self._page))
        canvas.saveState()
        canvas.translate(PAGE_WIDTH - MARGIN - 30, MARGIN - 10)
        canvas.doForm(PAGES)
        canvas.restoreState()
        canvas.showPage()


@cache
def _register_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@cache
def _width(letter: str) -> float:
    """Of a letter one point high."""
    _register_font()
    return float(pdfmetrics.stringWidth(letter, FONT, 1.0))


def _printed(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else clean(str(value))


def _cut(text: str, width: float, size: float) -> tuple[str, str]:
    """What of `text` fits into `width` points, and the rest."""
    used = 0.0
    for place, letter in enumerate(text):
        used += _width(letter) * size
        if used > width:
            return text[:place], text[place:]
    return text, ""


def fitted(text: str, width: float) -> list[str]:
    """The lines of one cell: what has no room in them ends with an ellipsis."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < LINES:
        line, rest = _cut(rest, width, TEXT_SIZE)
        if not line:
            break
        lines.append(line)
    return [*lines[:-1], f"{lines[-1][:-1]}…"] if rest and lines else lines
