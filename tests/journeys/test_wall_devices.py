"""A screen on its way: six digits, a remote control in a hand, an event cast from a desk, the end."""

import re

import pytest
from playwright.sync_api import Page, expect

from deploy.local.place import ROOT
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, people, report
from tests.journeys.seats import DESK, PHONE, SLOW, WALL, Album, Seats
from tests.journeys.walls import paired_wall, shown_code, stands

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
PICTURES = ROOT / "var" / "journeys" / "wall-devices"


@pytest.fixture(scope="module")
def album() -> Album:
    return Album(PICTURES)


def confirm_all(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_screen_is_paired_pointed_and_revoked_through_the_pages(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    screen = seats.empty(WALL)
    screen.goto("/wall")
    code = shown_code(screen)
    album.take(screen, "code")
    chief = seats.seat("chief", DESK)
    confirm_all(chief)
    chief.goto("/admin/walls")
    chief.locator("input[name=code]").fill(code)
    chief.locator("input[name=wall-name]").fill(f"大厅 {code}")
    chief.get_by_role("button", name="配对").click()
    stands(screen)
    assert "token" not in screen.url
    album.take(screen, "paired")

    row = chief.locator("article", has_text=code)
    expect(row).to_be_visible(timeout=SLOW)
    row.get_by_role("button", name="设置").click()
    album.take(chief, "walls")
    remote = seats.seat("leader", PHONE)
    remote.goto(f"/wall/remote/{row.get_attribute('data-wall')}")
    remote.locator('[data-scene="flood"]').click()
    expect(screen.locator('.wall[data-scene="flood"]')).to_be_visible(timeout=SLOW)
    remote.locator('[data-figure="open"]').click()
    expect(screen.locator(".drill")).to_be_visible(timeout=SLOW)
    album.take(screen, "drill")
    album.take(remote, "remote")
    remote.locator('[data-do="hold"]').click()
    expect(screen.locator(".header .held")).to_be_visible(timeout=SLOW)

    row.get_by_role("button", name="停用").click()
    expect(screen.get_by_role("heading", name="这块大屏已被停用")).to_be_visible(timeout=SLOW)
    expect(screen.locator("[data-code]")).to_have_text(re.compile(r"\d{3} \d{3}"), timeout=SLOW)
    album.take(screen, "revoked")
    screen.reload()
    expect(screen.locator("[data-code]")).to_be_visible(timeout=SLOW)
    expect(screen.locator(".tiles")).to_have_count(0)


def test_an_event_is_cast_from_the_desk_and_the_camera_goes_there(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    with people(stack) as cast, paired_wall(seats, stack, WALL) as wall:
        event = report(cast.worker, "投屏试验")
        desk = seats.seat("acceptor", DESK)
        desk.goto(f"/desk?item=event:{event['id']}")
        desk.get_by_role("button", name="投屏").click()
        desk.locator(".cast .menu").get_by_role("button", name=wall.name).click()
        expect(desk.locator(".cast .said")).to_contain_text("已投到", timeout=SLOW)
        expect(wall.page.locator("aside.card .place")).to_contain_text("投屏", timeout=SLOW)
        wall.page.wait_for_timeout(6000)
        album.take(wall.page, "cast")
        wall.do("overview")
        expect(wall.page.locator("aside.card .place", has_text="投屏")).to_have_count(0, timeout=SLOW)
        cancelled(cast, event)


def test_the_emergency_needs_two_posts_and_reaches_the_wall(seats: Seats, stack: RunningStack, album: Album) -> None:
    with paired_wall(seats, stack, WALL) as wall:
        chief, leader = seats.seat("chief", DESK), seats.seat("leader", DESK)
        for page in (chief, leader):
            confirm_all(page)
            page.goto(f"/wall/remote/{wall.id}")
        chief.get_by_label("预案").select_option("flood_3")
        chief.locator('[data-move="ask_war"]').click()
        expect(wall.page.locator(".header .war.asked")).to_be_visible(timeout=SLOW)
        expect(chief.locator('[data-move="confirm"]')).to_have_count(0)
        leader.locator('[data-move="confirm"]').click()
        expect(wall.page.locator(".header .war")).to_have_text("战时 · 防汛Ⅲ级响应", timeout=SLOW)
        expect(wall.page.locator('.cell[data-panel="checklist"] li')).to_have_count(8, timeout=SLOW)
        wall.page.wait_for_timeout(2000)
        album.take(wall.page, "war")
        leader.locator(".footing li input").first.click()
        expect(wall.page.locator('.cell[data-panel="checklist"] li.done')).to_have_count(1, timeout=SLOW)
        leader.locator('[data-move="ask_peace"]').click()
        chief.locator('[data-move="confirm"]').click()
        expect(wall.page.locator('.cell[data-panel="sources"]')).to_be_visible(timeout=SLOW)
        expect(wall.page.locator(".header .war")).to_have_count(0, timeout=SLOW)


def test_a_scene_is_edited_by_keys_and_a_fault_is_named_where_it_is(seats: Seats, album: Album) -> None:
    page = seats.seat("sysadmin", DESK)
    confirm_all(page)
    page.goto("/admin/scenes")
    panel = page.locator('.grid .panel[data-panel="sources"]')
    expect(panel).to_be_visible(timeout=SLOW)
    panel.focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".faults li").first).to_contain_text("重叠", timeout=SLOW)
    album.take(page, "scene-overlap")
    page.keyboard.press("Delete")
    expect(page.locator(".state")).to_have_text("版面可用", timeout=SLOW)
    page.locator('[data-add="sources"]').click()
    expect(panel).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="放弃修改").click()
    expect(page.locator("[data-save]")).to_be_disabled(timeout=SLOW)
    album.take(page, "scenes")


def test_a_leader_goes_down_to_the_events_and_the_address_keeps_the_place(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    with people(stack) as cast:
        event = report(cast.worker, "总览试验")
        page = seats.seat("leader", DESK)
        page.goto("/overview")
        for _level in ("street", "community", "grid"):
            rows = page.locator("tbody tr").filter(has_not=page.locator("td:nth-child(3):text-is('0')"))
            rows.first.locator("a").click()
            page.wait_for_timeout(1500)
        expect(page.locator(".events li").first).to_be_visible(timeout=SLOW)
        album.take(page, "overview-grid")
        place = page.url
        page.reload()
        expect(page.locator(".events li").first).to_be_visible(timeout=SLOW)
        assert page.url == place
        page.locator(".trail a").first.click()
        expect(page.locator("tbody tr").first).to_be_visible(timeout=SLOW)
        page.locator('.tile[data-figure="open"]').click()
        expect(page.locator(".events li", has_text=event["number"])).to_be_visible(timeout=SLOW)
        album.take(page, "overview")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a mapping with the two keys it wants
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        album.take(page, "overview-phone")
        cancelled(cast, event)
