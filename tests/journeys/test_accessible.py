"""Every page can be used by people who see, hear or move differently: axe finds nothing serious on it."""

from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.local.place import ROOT
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, people, report
from tests.journeys.seats import DESK, PHONE, SLOW, WALL, Seats, until

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule, what it says, and where."""
    return said(one for one in violations(page) if one["impact"] in {"serious", "critical"})


def violations(page: Page) -> list[dict[str, Any]]:
    """Everything that axe finds fault with, the slight things too."""
    page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
    )
    return found


def said(found: Iterable[dict[str, Any]]) -> list[str]:
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:4]]}" for one in found]


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


def test_live_pictures_have_no_barriers(seats: Seats) -> None:
    page = seats.seat("chief", DESK, bypass_csp=True)
    page.goto("/video")
    page.locator(".tree .node").first.click()
    page.locator(".list .camera").first.click()
    expect(page.locator(".tile .chip").first).not_to_be_empty(timeout=SLOW)
    assert barriers(page) == []


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


def faultless_in_both_languages(page: Page, ready: str, places: list[str]) -> None:
    """Each place of a page, reached by its links and buttons without loading it anew; it fits a phone, too."""
    for place in places:
        page.locator(place).first.click()
        expect(page.locator(ready).first).to_be_visible(timeout=SLOW)
        for language in ("English", "中文"):
            page.get_by_role("button", name=language).click()
            assert said(violations(page)) == [], f"{place} {language}"
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a mapping with the two keys it wants
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], place
        page.set_viewport_size(DESK)  # type: ignore[arg-type]


def test_alarms_and_limits_are_faultless_in_both_languages(seats: Seats) -> None:
    page = seats.seat("chief", DESK, bypass_csp=True)
    page.goto("/alarms")
    places = [f"main nav button:nth-child({number})" for number in (1, 3)]
    faultless_in_both_languages(page, "main section table, main section ul, main section p", places)
    page.goto("/admin/deadlines")
    places = [f".tabs button:nth-of-type({number})" for number in (1, 3)]
    faultless_in_both_languages(page, "main .limits, main .month button", places)


def settled(page: Page, ready: str) -> None:
    """Until the page shows what it is about, and nothing on it is still being read."""
    expect(page.locator(ready).first).to_be_visible(timeout=SLOW)
    expect(page.locator(".skeleton, [aria-busy=true]")).to_have_count(0, timeout=SLOW)


def is_faultless(page: Page, address: str, ready: str) -> None:
    """A page opened anew is without fault in both languages and fits a phone."""
    page.goto(address)
    settled(page, ready)
    for language in ("English", "中文"):
        page.get_by_role("button", name=language).click()
        settled(page, ready)
        assert said(violations(page)) == [], f"{address} {language}"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    until(page, f"document.documentElement.scrollWidth <= {PHONE['width']}")  # charts follow a moment later
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        ("/review", "main .empty, aside dl"),
        ("/quality", "main table, main .empty"),
        ("/admin/rules", "main section, main table"),
        ("/admin/algorithms", "[data-algorithm]"),
        ("/admin/algorithms/water_fishing", "[data-limits]"),
        ("/insight/running", "main .card"),
        ("/insight/handling", "main .card, main .empty"),
        ("/insight/repeats", "main header"),
        ("/insight/assessment", "main table, main .empty"),
        ("/insight/risk", "main section, main .empty"),
        ("/insight/alarms", "main .card, main .empty"),
    ],
)
def test_the_duty_chiefs_pages_are_faultless_in_both_languages(seats: Seats, address: str, ready: str) -> None:
    is_faultless(seats.seat("chief", DESK, bypass_csp=True), address, ready)


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        ("/admin/models", "main li, main section"),
        ("/admin/cameras", "main .row"),
        ("/admin/cameras?tab=groups", "main.whole"),
        ("/admin/cameras?tab=load", "main.whole"),
        ("/admin/retention", "main section"),
        ("/admin/sensors", "main .row"),
        ("/quality?tab=replay", "main form select"),
        ("/quality?tab=trials", "main section, main .empty"),
    ],
)
def test_the_administrators_pages_are_faultless_in_both_languages(seats: Seats, address: str, ready: str) -> None:
    is_faultless(seats.seat("sysadmin", DESK, bypass_csp=True), address, ready)


def test_the_editor_of_zones_is_faultless_with_its_questions_open(seats: Seats, stack: RunningStack) -> None:
    camera = next(one for one in stack.cast.administrator.all("/cameras") if one["zones_count"] > 0)
    page = seats.seat("sysadmin", DESK, bypass_csp=True)
    page.goto(f"/admin/cameras/{camera['id']}/zones")
    expect(page.locator("img.picture")).to_be_visible(timeout=SLOW)
    page.locator("details.model summary").click()
    expect(page.locator("[data-model-of=all]")).to_be_visible(timeout=SLOW)
    page.locator("[data-what-if]").click()
    outcome = ".whatIf table, [data-outcome=empty], [data-outcome=refused]"
    expect(page.locator(outcome).first).to_be_visible(timeout=SLOW)
    assert said(violations(page)) == []


@pytest.mark.parametrize(
    ("who", "path", "ready"),
    [
        ("leader", "/overview", ".tile"),
        ("sysadmin", "/admin/scenes", ".grid .panel"),
        ("chief", "/admin/walls", "form.pair"),
    ],
)
def test_the_pages_of_walls_have_no_barriers(seats: Seats, who: str, path: str, ready: str) -> None:
    page = seats.seat(who, DESK, bypass_csp=True)
    page.goto(path)
    expect(page.locator(ready).first).to_be_visible(timeout=SLOW)
    for language in ("English", "中文"):
        page.get_by_role("button", name=language).click()
        assert barriers(page) == [], language
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a mapping with the two keys it wants
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_screen_that_waits_to_be_paired_has_no_barriers(seats: Seats) -> None:
    page = seats.empty(WALL, bypass_csp=True)
    page.goto("/wall")
    expect(page.locator("[data-code]")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
