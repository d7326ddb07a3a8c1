"""What a desk does besides moving cases on: it calls, spreads over two screens, sees colleagues, and takes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, filed, move, people, person, report
from tests.journeys.seats import SLOW, WALL, Album, Seats, begin, expect_state, form

pytestmark = pytest.mark.xdist_group("stack")


@pytest.fixture(scope="session")
def album(stack: RunningStack) -> Album:
    return Album(stack.var / "pictures" / "desk-ways")


def at(desk: Page, event_id: int) -> Page:
    desk.goto(f"/desk?item=event:{event_id}")
    expect(desk.locator("section.panel .buttons")).to_be_visible(timeout=SLOW)
    return desk


def test_a_responder_is_called_by_key_and_the_event_keeps_how_it_went(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    with people(stack) as cast:
        event = filed(cast, report(cast.worker))
        desk = at(seats.seat("dispatcher", WALL), event["id"])
        expect(desk.locator("#tab-panel tbody tr").first).to_be_visible(timeout=SLOW)
        desk.locator(".centre h2").click()
        desk.keyboard.press("x")
        album.take(desk, "chosen")
        desk.keyboard.press("F9")
        dialog = desk.get_by_role("dialog")
        expect(dialog.locator("a.number")).to_have_attribute("href", re.compile(r"^tel:0+\d+$"), timeout=SLOW)
        album.take(desk, "call")
        dialog.get_by_label("通话要点").fill("十分钟到")
        desk.keyboard.press("Enter")
        expect(dialog).to_be_hidden(timeout=SLOW)
        expect(desk.get_by_role("log")).to_contain_text("十分钟到", timeout=SLOW)
        cancelled(cast, event)
    assert seats.trouble == []


@pytest.mark.maps
def test_the_map_goes_to_a_second_screen_and_comes_back(seats: Seats, stack: RunningStack, album: Album) -> None:
    with people(stack) as cast:
        first, second = report(cast.worker), report(cast.worker, "护栏损坏，有尖角外露。")
        desk = at(seats.seat("acceptor", WALL), first["id"])
        with desk.expect_popup() as opened:
            desk.get_by_role("button", name="双屏").click()
        screen = opened.value
        expect(screen.get_by_role("status").filter(has_text="与调度台同步")).to_be_visible(timeout=SLOW)
        expect(desk.get_by_text("地图在另一窗口")).to_be_visible(timeout=SLOW)
        desk.goto(f"/desk?item=event:{second['id']}")
        expect(screen.locator(".subject")).to_contain_text(second["number"], timeout=SLOW)
        album.take(desk, "desk-without-map")
        album.take(screen, "map-window")
        screen.close()
        expect(desk.get_by_text("地图在另一窗口")).to_be_hidden(timeout=SLOW)
        expect(desk.locator(".map-pane")).to_be_visible(timeout=SLOW)
        for event in (first, second):
            cancelled(cast, event)
    assert seats.trouble == []


def test_a_colleague_is_seen_at_the_event_and_gone_with_the_page(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    with people(stack) as cast:
        event = report(cast.worker)
        acceptor = at(seats.seat("acceptor", WALL), event["id"])
        dispatcher = at(seats.seat("dispatcher", WALL), event["id"])
        name = stack.accounts["dispatcher"]["name"]
        line = acceptor.locator(f"[id='line-event:{event['id']}']")
        expect(line).to_contain_text(f"{name} 正在看", timeout=SLOW)
        album.take(acceptor, "presence")
        dispatcher.context.close()
        expect(line).not_to_contain_text("正在看", timeout=30_000)
        cancelled(cast, event)
    assert seats.trouble == []


def test_a_rejection_is_taken_back_and_then_sent_at_once(seats: Seats, stack: RunningStack, album: Album) -> None:
    with people(stack) as cast:
        event = report(cast.worker)
        desk = at(seats.seat("acceptor", WALL), event["id"])
        rejecting = begin(desk, "不予受理")
        rejecting.locator("textarea").fill("该处由物业负责。")
        desk.keyboard.press("Control+Enter")
        waiting = desk.get_by_role("region", name="待发出的操作")
        expect(waiting).to_contain_text("秒后发出", timeout=SLOW)
        album.take(desk, "held")
        desk.locator(".centre h2").click()
        desk.keyboard.press("Control+z")
        again = form(desk, "不予受理")
        expect(again.locator("textarea")).to_have_value("该处由物业负责。", timeout=SLOW)
        assert cast.acceptor.get(f"/events/{event['id']}")["state"] == "reported"
        again.locator("textarea").press("Control+Enter")
        waiting.get_by_role("button", name="立即发送").click()
        expect_state(desk, "rejected")
    assert seats.trouble == []


def test_a_draft_is_laid_beside_what_was_changed_meanwhile(seats: Seats, stack: RunningStack, album: Album) -> None:
    with people(stack) as cast, person(stack, "leader") as leader:
        event = filed(cast, report(cast.worker))
        desk = at(seats.seat("dispatcher", WALL), event["id"])
        dispatching = begin(desk, "派遣")
        dispatching.locator("textarea").last.fill("请尽快到现场。")
        move(leader, event, "supervise", colour="yellow", note="请说明进展。")
        expect(dispatching.locator(".conflict")).to_contain_text("黄牌督办", timeout=SLOW)
        album.take(desk, "conflict")
        expect(dispatching.locator("textarea").last).to_have_value("请尽快到现场。")
        dispatching.get_by_role("button", name="按此发出").click()
        expect_state(desk, "dispatched")
        cancelled(cast, event)
    assert seats.trouble == []


def test_a_view_is_saved_shared_and_shown_with_the_readers_rights(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    desk = seats.seat("dispatcher", WALL)
    desk.goto("/desk?stage=verify&by=newest")
    views = desk.locator("details.views")
    views.locator("summary").click()
    desk.get_by_label("视图名称").fill("核实 最新")
    desk.keyboard.press("Enter")
    expect(views.get_by_role("button", name="核实 最新", exact=True)).to_be_visible(timeout=SLOW)
    views.get_by_role("button", name="分享视图 核实 最新").click()
    link = views.locator(".share input")
    expect(link).to_have_value(re.compile(r"/desk\?view="), timeout=SLOW)
    album.take(desk, "views")
    reader = seats.seat("chief", WALL)
    reader.goto(link.input_value())
    expect(reader.get_by_text("按您的权限显示")).to_be_visible(timeout=SLOW)
    expect(reader).to_have_url(re.compile(r"stage=verify"), timeout=SLOW)
    album.take(reader, "shared-view")
    views.get_by_role("button", name="删除视图 核实 最新").click()
    expect(views.get_by_role("button", name="核实 最新", exact=True)).to_be_hidden(timeout=SLOW)
    assert seats.trouble == []
