"""An administrator makes the catalogue the city's own: by keyboard on its page, and through Excel."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.seats import DESK, SLOW, Seats
from tests.journeys.test_accessible import barriers

pytestmark = pytest.mark.xdist_group("stack")
TYPE = "pigeon_loft"
LIMIT = '[data-field="conditions.1.limit_amount"]'


def version_of(page: Page) -> int:
    text = page.locator("article header .tag").first.inner_text(timeout=SLOW)
    return int("".join(letter for letter in text if letter.isdigit()))


def other_than(value: str) -> str:
    return "8" if value == "7" else "7"


def test_a_limit_is_changed_by_keyboard_and_the_version_tells_it(seats: Seats) -> None:
    page = seats.seat("sysadmin", DESK, bypass_csp=True)
    page.get_by_role("link", name="案件类型目录").first.click()
    expect(page.locator(".tree")).to_be_visible(timeout=SLOW)
    page.keyboard.press("/")
    page.keyboard.type("鸽棚")
    expect(page.locator(".tree li")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="违建鸽棚")).to_be_visible(timeout=SLOW)
    before = version_of(page)
    page.keyboard.press("e")
    limit = page.locator(LIMIT)
    expect(limit).to_be_visible()
    wanted = other_than(limit.input_value())
    limit.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("0")
    expect(page.get_by_text("时限必须大于 0")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Control+A")
    page.keyboard.type(wanted)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(f"已保存为第 {before + 1} 版")).to_be_visible(timeout=SLOW)
    expect(page.locator(".versions ins").first).to_have_text(wanted)
    assert barriers(page) == []


def test_a_workbook_goes_out_is_refused_with_its_cell_and_comes_in_as_previewed(seats: Seats, tmp_path: Path) -> None:
    page = seats.seat("sysadmin", DESK, bypass_csp=True)
    page.goto(f"/admin/catalogue?type={TYPE}")
    before = version_of(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    exported = Path(download.value.path()).read_bytes()
    page.get_by_role("button", name="导入 Excel").click()
    dialog = page.get_by_role("dialog")

    choose(page, with_limit(exported, tmp_path / "zero.xlsx", zero=True))
    expect(dialog.get_by_text("时限必须大于 0。")).to_be_visible(timeout=SLOW)
    expect(dialog.get_by_role("button", name="写入")).to_have_count(0)
    assert barriers(page) == []

    choose(page, with_limit(exported, tmp_path / "other.xlsx"))
    expect(dialog.get_by_text("修改 1")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    dialog.get_by_role("button", name="写入 1 项变化").click()
    expect(dialog.get_by_text("已写入")).to_be_visible(timeout=SLOW)
    dialog.get_by_role("button", name="完成").click()
    expect(page.locator("article header .tag").first).to_have_text(f"第 {before + 1} 版", timeout=SLOW)


def test_who_has_no_business_here_is_told_which_posts_have(seats: Seats) -> None:
    page = seats.seat("chengguan", DESK)
    page.goto("/admin/catalogue")
    expect(page.get_by_text("系统管理员").first).to_be_visible(timeout=SLOW)
    assert "/forbidden" in page.url


def choose(page: Page, file: Path) -> None:
    page.locator("dialog input[type=file]").set_input_files(file)
    page.get_by_role("button", name="预览变化").click()


def with_limit(exported: bytes, target: Path, *, zero: bool = False) -> Path:
    """The export with one limit changed."""
    book = load_workbook(BytesIO(exported))
    sheet = book.worksheets[0]
    titles = {str(cell.value): column for column, cell in enumerate(sheet[1], start=1)}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, titles["类型代码"]).value == TYPE]
    cell = sheet.cell(rows[1], titles["处置时限"])
    cell.value = 0 if zero else int(other_than(str(cell.value)))
    book.save(target)
    return target
