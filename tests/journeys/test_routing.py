"""Rules of routing by keyboard: the duty chief writes one, hears what is wrong with it, replays it, switches it on and
moves it; it is off again when the test ends. The pages have no barriers in either language.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.seats import DESK, PHONE, SLOW, Seats
from tests.journeys.test_accessible import barriers

pytestmark = pytest.mark.xdist_group("stack")


@pytest.fixture
def page(seats: Seats) -> Page:
    page = seats.seat("chief", DESK, bypass_csp=True)
    page.goto("/admin/routing")
    expect(page.locator("section.side .rules, section.side .empty").first).to_be_visible(timeout=SLOW)
    return page


@pytest.fixture
def name(page: Page) -> Iterator[str]:
    """A rule's name of this run; a rule that carries it is switched off and removed afterwards."""
    name = f"占道经营先交街道执法队 {uuid4().hex[:6]}"
    yield name
    page.goto("/admin/routing")
    page.locator(".rules .choose", has_text=name).first.click(timeout=SLOW)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="停用", exact=True).click(timeout=SLOW)
    page.get_by_role("button", name="删除", exact=True).click(timeout=SLOW)
    expect(page.locator(".rules .choose", has_text=name)).to_have_count(0, timeout=SLOW)


def test_a_rule_is_written_replayed_switched_on_and_moved_by_keyboard(page: Page, name: str) -> None:
    page.keyboard.press("n")
    expect(page.locator("input[data-first]")).to_be_focused(timeout=SLOW)
    page.keyboard.type(name)
    page.keyboard.press("Tab")  # where it holds: the whole site
    page.keyboard.press("Tab")
    page.keyboard.type("main_class == '街面秩序' && hour > '8'")
    expect(page.locator(".said")).to_contain_text("第 1 行", timeout=SLOW)
    page.locator(".expression textarea").fill("text.contains('回放演示专用')")
    expect(page.locator(".said")).to_contain_text("条件可用", timeout=SLOW)
    page.get_by_role("radio", name="按区域的科室").check()
    page.get_by_role("combobox", name="按区域的科室").select_option("zhifa")
    page.keyboard.press("Control+Enter")
    row = page.locator(".rules li", has_text=name)
    expect(row).to_contain_text("草稿", timeout=SLOW)
    switch = page.get_by_role("button", name="启用", exact=True)
    expect(switch).to_be_disabled()
    replay = page.get_by_role("button", name="在历史案件上回放")
    replay.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".replay .summary")).to_contain_text("符合条件 0 件", timeout=SLOW)
    assert barriers(page) == []
    switch.focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("启用", timeout=SLOW)
    row.locator(".choose").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[role=status]", has_text="已移到第")).to_have_count(1, timeout=SLOW)
    expect(row.locator(".choose")).to_be_focused(timeout=SLOW)


def test_rules_and_matrix_have_no_barriers_in_both_languages(page: Page) -> None:
    for language in ("中文", "English"):
        page.get_by_role("button", name=language).click()
        page.keyboard.press("j")
        expect(page.locator(".editor")).to_be_visible(timeout=SLOW)
        assert barriers(page) == []
        page.locator(".tabs button").nth(1).click()
        expect(page.locator(".tools input")).to_be_visible(timeout=SLOW)
        page.locator(".tools .button").click()
        expect(page.locator("dialog[open] select").first).to_be_visible(timeout=SLOW)
        assert barriers(page) == []
        page.keyboard.press("Escape")
        page.locator(".tabs button").first.click()
    page.get_by_role("button", name="中文").click()


def test_the_phone_names_the_type_from_the_words(seats: Seats) -> None:
    phone = seats.seat("worker01", PHONE, bypass_csp=True)
    phone.goto("/m/report")
    phone.locator("textarea").fill("马路中间井盖缺失破损，太危险")
    offered = phone.locator(".suggested button", has_text="井盖").first
    expect(offered).to_be_visible(timeout=SLOW)
    offered.click()
    expect(phone.locator(".chosen")).to_contain_text("井盖")
    assert barriers(phone) == []
