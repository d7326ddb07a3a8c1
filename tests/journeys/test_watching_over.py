"""Those who watch over the work, by keyboard: alarms put aside and taken back, and limits set, also
when the network is gone meanwhile.
"""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from simulator.loop.client import Browser, Json
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import person
from tests.journeys.seats import DESK, SLOW, Seats, until

pytestmark = pytest.mark.xdist_group("stack")
ALERTS = (
    "window.fetch('/api/v1/alerts?state=open&limit=1').then((got) => got.json()).then((page) => page.items.length > 0)"
)


def press(button: Locator, key: str = "Enter") -> None:
    """As somebody does who has tabbed there."""
    expect(button).to_be_enabled(timeout=SLOW)
    button.focus()
    button.press(key)


def an_open_alert(page: Page, chief: Browser) -> Json:
    """One of the demonstration cameras has seen something by now, or does soon."""
    until(page, ALERTS)
    found: Json = chief.get("/alerts", state="open", limit=1)["items"][0]
    return found


def test_an_alarm_is_put_aside_and_its_source_out_of_service_and_back(seats: Seats, stack: RunningStack) -> None:
    why = f"镜头被树枝遮挡，已派人修剪 {uuid4().hex[:6]}"
    page = seats.seat("gridadmin", DESK)
    page.goto("/alarms")
    with person(stack, "chief") as chief:
        alert = an_open_alert(page, chief)
        chief.post(f"/alerts/{alert['id']}/shelve", version=alert["version"], minutes=30, reason=why)
        seat = seats.seat("chief", DESK)
        seat.goto("/alarms")
        aside = seat.locator("li", has_text=why)
        expect(aside).to_contain_text("还剩", timeout=SLOW)
        expect(page.locator("li", has_text=why)).to_be_visible(timeout=SLOW)
        press(aside.get_by_role("button", name="取消搁置"))
        for shelf in (seat, page):
            expect(shelf.locator("li", has_text=why)).to_have_count(0, timeout=SLOW)

    press(page.get_by_role("button", name="告警源", exact=True))
    source = page.locator("li", has_text=alert["title"]).first
    press(source.get_by_role("button", name="停用此告警源"))
    source.get_by_label("停用理由（必填）").fill(why)
    page.keyboard.press("Enter")
    press(page.get_by_role("button", name="停用", exact=True).first)
    out = page.locator("tbody tr", has_text=why)
    expect(out).to_contain_text("应于", timeout=SLOW)
    press(out.get_by_role("button", name="恢复使用"))
    page.locator("tbody form input").fill("树枝已修剪")
    page.keyboard.press("Enter")
    expect(out).to_have_count(0, timeout=SLOW)
    page.get_by_label("显示").select_option("back")
    expect(out).to_contain_text("树枝已修剪", timeout=SLOW)
    assert seats.trouble == []


def test_a_limit_outlives_a_lost_network_and_its_history_tells_who_set_it(seats: Seats) -> None:
    page = seats.seat("sysadmin", DESK)
    page.goto("/admin/deadlines")
    line = page.locator("li", has_text="特急告警确认")
    press(line.get_by_role("button", name="修改“特急告警确认”"))
    amount = line.get_by_label("特急告警确认 数值")
    expect(amount).to_be_focused(timeout=SLOW)
    page.keyboard.type("0")
    expect(line.get_by_role("alert")).to_contain_text("必须大于零", timeout=SLOW)
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(line.get_by_role("alert")).to_be_visible(timeout=SLOW)
    expect(amount).to_have_value("3")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(line.locator("strong")).to_have_text("3 分钟", timeout=SLOW)
    press(line.get_by_role("button"))
    press(line.get_by_role("button", name="填入默认值"))
    amount.press("Enter")
    expect(line.locator("strong")).to_have_text("1 分钟", timeout=SLOW)
    press(page.get_by_role("button", name="修改记录"))
    newest = page.locator("tbody tr").first
    expect(newest).to_contain_text("特急告警确认", timeout=SLOW)
    expect(newest).to_contain_text("余思源")
