"""Every page can be used by people who see, hear or move differently: axe finds nothing serious on it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.local.place import ROOT
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, people, report
from tests.journeys.seats import DESK, PHONE, SLOW, WALL, Seats

pytestmark = pytest.mark.xdist_group("stack")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule, what it says, and where."""
    page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
    )
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:4]]}" for one in grave]


def test_signing_in_has_no_barriers(seats: Seats) -> None:
    page = seats.empty(DESK, bypass_csp=True)
    page.goto("/sign-in")
    expect(page.locator("input[name=username]")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []


def test_the_wall_has_no_barriers(seats: Seats) -> None:
    wall = seats.seat("wall", WALL, bypass_csp=True)
    expect(wall.locator(".header .chip.live")).to_be_visible(timeout=SLOW)
    expect(wall.locator(".tiles .tile.pending")).to_have_count(0, timeout=SLOW)
    assert barriers(wall) == []


def test_the_desk_has_no_barriers_with_an_event_and_a_form_open(seats: Seats, stack: RunningStack) -> None:
    with people(stack) as cast:
        event = report(cast.worker)
        desk = seats.seat("acceptor", DESK, bypass_csp=True)
        desk.goto(f"/desk?item=event:{event['id']}")
        desk.locator("section.panel .buttons").get_by_role("button", name="立案").click()
        expect(desk.get_by_role("form", name="立案")).to_be_visible(timeout=SLOW)
        expect(desk.locator("#tab-panel table")).to_be_visible(timeout=SLOW)
        assert barriers(desk) == []
        cancelled(cast, event)


def test_the_ticket_desk_has_no_barriers(seats: Seats) -> None:
    tickets = seats.seat("chengguan", DESK, bypass_csp=True)
    expect(tickets.locator(".bar .chip.live")).to_be_visible(timeout=SLOW)
    expect(tickets.locator(".boxes .num").first).not_to_be_empty(timeout=SLOW)
    assert barriers(tickets) == []


def test_the_phone_has_no_barriers_from_the_list_to_a_report(seats: Seats) -> None:
    phone = seats.seat("worker02", PHONE, bypass_csp=True, is_mobile=True, has_touch=True)
    expect(phone.locator(".figures")).to_be_visible(timeout=SLOW)
    assert barriers(phone) == []
    phone.get_by_role("link", name="上报").click()
    expect(phone.get_by_role("heading", name="上报")).to_be_visible(timeout=SLOW)
    expect(phone.locator(".chips button").first).to_be_visible(timeout=SLOW)
    assert barriers(phone) == []
