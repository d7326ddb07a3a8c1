"""From a number to the events behind it, without a mouse."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import filed, people, report
from tests.journeys.seats import DESK, SLOW, Seats, until

pytestmark = pytest.mark.xdist_group("stack")

COUNTED = (
    "window.fetch('/api/v1/assessment?subject=area&{period}').then((got) => got.json())"
    ".then((found) => (found.whole.filing_rate?.measures.valid_reports ?? 0) > 0)"
)


def this_week() -> str:
    """A day more on both sides: the city may have another date than this machine."""
    today = datetime.now(UTC).date()
    return f"first={today - timedelta(days=6)}&last={today + timedelta(days=1)}"


def entered(control: Locator) -> None:
    """As somebody does who has tabbed there."""
    expect(control).to_be_visible(timeout=SLOW)
    control.focus()
    control.press("Enter")


def test_the_duty_chief_goes_by_keyboard_from_a_number_to_an_event_behind_it(seats: Seats, stack: RunningStack) -> None:
    with people(stack) as cast:
        filed(cast, report(cast.worker))
    page = seats.seat("chief", DESK)
    until(page, COUNTED.format(period=this_week()))
    page.goto("/insight")
    expect(page.locator("dl.totals .num").first).not_to_be_empty(timeout=SLOW)
    entered(page.get_by_role("link", name="考核"))
    entered(page.get_by_role("button", name=re.compile("^合计：立案率 .*查看案件$")))

    panel = page.get_by_role("complementary", name="合计 · 立案率")
    expect(panel.locator("code")).to_contain_text("valid_reports / reported")
    entered(panel.get_by_role("button", name=re.compile("^有效上报数")))
    rows = panel.get_by_role("listitem")
    expect(rows.first).to_be_visible(timeout=SLOW)
    entered(rows.first.get_by_role("link"))
    page.wait_for_url(re.compile(r"/desk\?item=event:\d+"))
    expect(page.locator(".centre header h2")).not_to_be_empty(timeout=SLOW)
    assert seats.trouble == []
