"""A citizen's way in the browser, by keyboard alone: from the report to its second opening, and what the desk sees."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Response, expect

from simulator.loop.camera import place_in
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, move, people
from tests.journeys.seats import DESK, PHONE, SLOW, Seats
from tests.journeys.test_accessible import barriers

pytestmark = pytest.mark.xdist_group("stack")
LIGHT_ENOUGH = 200_000
"""Bytes of the page before anybody asks for the map, as they lie on the disk."""
WRITING = 6_000
"""Milliseconds a person takes to write; faster ones are looked at first."""


def at_the_place(seats: Seats, stack: RunningStack, **options: object) -> Page:
    with people(stack) as cast:
        lng, lat = place_in(cast.worker, cast.worker_grid())
    here = {"longitude": lng, "latitude": lat, "accuracy": 8}
    return seats.empty(PHONE, permissions=["geolocation"], geolocation=here, **options)


def told_now(words: str) -> str:
    """Words that no earlier run has used: the same ones again would be looked at by a person first."""
    return f"{words} {uuid4().hex}"


def receipt_on(page: Page) -> str:
    shown = page.locator(".done .number")
    expect(shown).to_be_visible(timeout=SLOW)
    return shown.inner_text()


def test_the_page_is_light_before_the_map(seats: Seats, stack: RunningStack) -> None:
    page, sizes = seats.empty(PHONE), dict[str, int]()

    def weigh(answer: Response) -> None:
        sizes[answer.url] = len(answer.body())

    page.on("response", weigh)
    page.goto("/report")
    expect(page.locator("textarea").first).to_be_visible(timeout=SLOW)
    expect(page.locator("optgroup").first).to_be_attached(timeout=SLOW)
    built = {url: size for url, size in sizes.items() if "/api/" not in url}
    assert sum(built.values()) <= LIGHT_ENOUGH, built
    assert not any("/map-" in url for url in sizes)


def test_a_citizen_reports_follows_and_has_it_taken_up_again_by_keyboard(seats: Seats, stack: RunningStack) -> None:
    page = at_the_place(seats, stack)
    page.goto("/report")
    words = page.locator("textarea").first
    words.press_sequentially("三楼起火了")
    expect(page.get_by_role("alert")).to_contain_text("先拨打电话")
    words.press("Control+a")
    words.press_sequentially(told_now("小区门口绿化带里堆了很多垃圾"))
    expect(page.get_by_role("alert")).to_have_count(0)
    page.locator("select").press("ArrowDown")
    page.get_by_role("button", name="用我现在的位置").press("Enter")
    expect(page.get_by_text("已定位，误差约 8 米")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(WRITING)
    page.get_by_role("button", name="提交").press("Enter")
    receipt = receipt_on(page)
    page.get_by_role("link", name="查看进度").press("Enter")
    expect(page.get_by_role("heading", name="当前：已上报")).to_be_visible(timeout=SLOW)
    assert page.url.endswith(f"/report/{receipt}")
    number = page.get_by_text("案件号").inner_text().split()[-1]
    with people(stack) as cast:
        event = next(row for row in cast.acceptor.get("/events", q=number)["items"] if row["number"] == number)
        move(cast.acceptor, event, "reject", reason="该处由物业负责清理，已转告物业。")
        page.get_by_role("button", name="刷新").press("Enter")
        expect(page.get_by_text("该处由物业负责清理")).to_be_visible(timeout=SLOW)
        page.locator("summary", has_text="没有解决").press("Enter")
        page.locator("details textarea").press_sequentially("物业没有来")
        page.get_by_role("button", name="要求重办").press("Enter")
        expect(page.get_by_text("已重新办理")).to_be_visible(timeout=SLOW)
        expect(page.get_by_text("第 2 次办理")).to_be_visible()
        cancelled(cast, event)
    assert seats.trouble == []


def test_what_is_written_is_there_again_after_a_reload_and_says_when_offline(seats: Seats, stack: RunningStack) -> None:
    page = seats.empty(PHONE)
    page.goto("/report")
    page.locator("textarea").first.fill("路口的井盖松了")
    page.get_by_label("地址", exact=False).fill("湖滨路 12 号")
    page.reload()
    expect(page.locator("textarea").first).to_have_value("路口的井盖松了", timeout=SLOW)
    page.context.set_offline(True)
    expect(page.get_by_text("当前没有网络")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text("网络不通，没有发出")).to_be_visible(timeout=SLOW)
    expect(page.locator("textarea").first).to_have_value("路口的井盖松了")


def test_a_report_without_a_kind_rings_the_acceptors_bell_and_becomes_an_event(
    seats: Seats, stack: RunningStack
) -> None:
    desk = seats.seat("acceptor", DESK)
    bell = desk.locator("button.bell")
    expect(bell).to_be_visible(timeout=SLOW)
    page = at_the_place(seats, stack)
    page.goto("/report?lang=en")
    words = told_now("Water comes up between the stones")
    page.locator("textarea").first.fill(words)
    page.locator("select").select_option("")
    page.get_by_role("button", name="Where I am now").press("Enter")
    expect(page.get_by_text("Position known to about 8 m")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(WRITING)
    page.get_by_role("button", name="Send").press("Enter")
    receipt_on(page)
    expect(bell).to_have_accessible_name(re.compile(r"消息，[1-9]"), timeout=SLOW)
    bell.press("Enter")
    desk.locator(".messages li", has_text="待甄别").first.locator("button").press("Enter")
    desk.locator("section.list li button", has_text=words).press("Enter")
    expect(desk.get_by_text("没有选择类别").first).to_be_visible(timeout=SLOW)
    desk.locator("#held-kind").select_option("exposed_rubbish")
    desk.get_by_role("button", name="采纳并立为案件").press("Enter")
    opened = desk.get_by_role("link", name="查看案件")
    expect(opened).to_be_visible(timeout=SLOW)
    event_id = int(str(opened.get_attribute("href")).split(":")[-1])
    with people(stack) as cast:
        assert cast.acceptor.get(f"/events/{event_id}/reporters")["items"][0]["is_first"]
        cancelled(cast, {"id": event_id})
    assert seats.trouble == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_citizens_pages_have_no_barriers_in_either_language(
    seats: Seats, stack: RunningStack, language: str
) -> None:
    page = seats.empty(PHONE, bypass_csp=True)
    page.goto(f"/report?lang={language}")
    expect(page.locator("optgroup").first).to_be_attached(timeout=SLOW)
    page.locator("textarea").first.fill("起火 on fire")
    page.locator("button[type=submit]").press("Enter")
    expect(page.locator(".failed")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    page.locator("header button").first.press("Enter")
    assert page.evaluate("document.documentElement.classList.contains('large')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "large text stays in its column"
    page.goto(f"/report/AAAA-BBBB-CCCC?lang={language}")
    expect(page.get_by_role("alert")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
