"""One event on its way through every seat: seen by the detector, closed and evaluated, with the wall watching."""

import json
import statistics

import pytest
from playwright.sync_api import Page, expect

from deploy.local.place import ROOT
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import Scene, watched_place
from tests.journeys.seats import DESK, PHOTO_NAME, SLOW, WALL, Album, Seats, begin, choose, expect_state, send, until

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
GOAL_SECONDS = 2.0
SLACK_SECONDS = 3.0
"""On a machine that draws the wall without a graphics card while it analyses video and runs every process."""


@pytest.fixture(scope="module")
def album() -> Album:
    return Album(ROOT / "var" / "journeys")


def test_an_event_goes_round_every_seat_while_the_wall_watches(
    seats: Seats, hall: Seats, album: Album, stack: RunningStack
) -> None:
    page = seats.empty(DESK)
    page.goto("/sign-in")
    expect(page.locator("input[name=username]")).to_be_visible()
    album.take(page, "sign-in")
    page.context.close()

    wall = open_the_wall(hall, album)
    with watched_place(stack) as scene:
        the_detector_raises_an_alarm(album, wall)
        acceptor = seats.seat("acceptor", DESK)
        the_acceptor_confirms(album, wall, acceptor)
        scene.rest()
        the_worker_verifies(seats, album, acceptor, scene)
        the_acceptor_files(album, acceptor)
        the_dispatcher_sends_it(seats, album, acceptor)
        the_department_handles(seats, album, scene)
        the_collector_checks(seats, album, acceptor, scene)
        the_acceptor_closes(album, acceptor)
        expect(wall.locator('.rows li[data-level="1"]')).to_have_count(0, timeout=SLOW)
        album.take(wall, "wall-after")
        trouble = seats.trouble + hall.trouble

    delays = what_the_wall_heard(wall, event_of(acceptor))
    (album.folder / "wall-delays.json").write_text(json.dumps(delays, indent=1))
    assert len(delays) >= 10
    assert statistics.median(delay for _, delay in delays) <= GOAL_SECONDS
    assert max(delay for _, delay in delays) <= GOAL_SECONDS + SLACK_SECONDS
    assert trouble == []


def test_the_desk_speaks_english(seats: Seats, album: Album) -> None:
    page = seats.empty(DESK)
    page.goto("/sign-in")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    album.take(page, "sign-in-english")
    seats.give_password(page, "acceptor")
    expect(page.get_by_role("heading", name="Dispatch desk")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", name="To do")).to_be_visible(timeout=SLOW)
    expect(page.locator(".bar .chip.live")).to_be_visible(timeout=SLOW)
    album.take(page, "desk-english")
    assert seats.trouble == []


def open_the_wall(seats: Seats, album: Album) -> Page:
    wall = seats.seat("wall", WALL)
    wall.wait_for_url("**/wall")
    expect(wall.locator(".header .chip.live")).to_be_visible(timeout=SLOW)
    until(wall, "window.__ready === true")
    album.take(wall, "wall-before")
    return wall


def the_detector_raises_an_alarm(album: Album, wall: Page) -> None:
    row = wall.locator('.rows li.unseen[data-level="1"]')
    expect(row).to_be_visible(timeout=SLOW)
    expect(row).to_contain_text("荷花社区")
    expect(wall.locator('aside.card[data-level="1"] img')).to_be_visible(timeout=SLOW)
    until(wall, "document.querySelector('aside.card img')?.naturalWidth > 0")
    # The camera of the map has gone to the place once it lists who is near.
    expect(wall.get_by_text("处置力量", exact=True)).to_be_visible(timeout=SLOW)
    album.take(wall, "wall-alarm")


def the_acceptor_confirms(album: Album, wall: Page, acceptor: Page) -> None:
    expect(acceptor.locator("section.alarm.level-1")).to_be_visible(timeout=SLOW)
    album.take(acceptor, "desk-alarm")
    acceptor.keyboard.press("F2")
    expect(acceptor.locator(".centre header")).to_contain_text("已确认", timeout=SLOW)
    expect(wall.locator('.rows li[data-level="1"] .state')).to_have_text("已确认", timeout=SLOW)
    expect(acceptor.locator("section.panel").get_by_role("button", name="属实")).to_be_visible(timeout=SLOW)
    album.take(acceptor, "desk-alert-acknowledged")
    acceptor.keyboard.press("y")
    acceptor.wait_for_url(lambda address: "item=event:" in address)
    expect_state(acceptor, "reported")
    album.take(acceptor, "desk-reported")


def the_worker_verifies(seats: Seats, album: Album, acceptor: Page, scene: Scene) -> None:
    asking = begin(acceptor, "转核实")
    choose(asking, "执行人", seats.stack.accounts["worker01"]["name"])
    asking.get_by_label("说明").fill("请到护栏缺口处查看画面中的人员。")
    album.take(acceptor, "desk-ask-verification")
    send(asking)
    expect_state(acceptor, "verifying")

    worker = seats.phone("worker01", {"lng": scene.lng, "lat": scene.lat})
    go_to_task(seats, album, worker, "verify")
    hand_in(worker, scene, "属实", "有两人翻越护栏逗留，已劝导。")
    album.take(worker, "phone-verify-result")
    worker.get_by_role("button", name="提交").click()
    worker.wait_for_url("**/m")
    expect_state(acceptor, "reported")
    worker.context.close()


def go_to_task(seats: Seats, album: Album, phone: Page, kind: str) -> None:
    """From the list to standing at the place."""
    phone.get_by_role("link", name="接受").first.click()
    phone.get_by_role("button", name="接受任务").click()
    album.take(phone, f"phone-{kind}-accepted")
    expect(phone.get_by_text("已定位")).to_be_visible(timeout=SLOW)
    phone.get_by_role("button", name="到场签到").click()
    expect(phone.locator("input[type=file]")).to_be_attached(timeout=SLOW)


def hand_in(phone: Page, scene: Scene, verdict: str, note: str) -> None:
    phone.locator("input[type=file]").set_input_files(
        {"name": PHOTO_NAME, "mimeType": "image/jpeg", "buffer": scene.still()}
    )
    expect(phone.get_by_role("img", name="第 1 张照片").first).to_be_visible(timeout=SLOW)
    phone.get_by_role("radio", name=verdict, exact=True).check()
    phone.locator("label.note textarea").fill(note)


def the_acceptor_files(album: Album, acceptor: Page) -> None:
    filing = begin(acceptor, "立案")
    filing.get_by_role("radio", name="未经许可进入封闭管理的重点区域").check()
    album.take(acceptor, "desk-file")
    send(filing)
    expect_state(acceptor, "filed")


def the_dispatcher_sends_it(seats: Seats, album: Album, acceptor: Page) -> None:
    dispatcher = seats.seat("dispatcher", DESK)
    dispatcher.goto(f"/desk?item=event:{event_of(acceptor)}")
    expect_state(dispatcher, "filed")
    dispatcher.keyboard.press("F8")
    sending = dispatcher.get_by_role("form", name="派遣", exact=True)
    sending.get_by_label("说明").fill("请劝离人员并封闭缺口。")
    # The procedure names a department that repairs the fence; today nobody has to wait for it.
    for mandatory in sending.get_by_role("checkbox", name="必办").all():
        mandatory.uncheck()
    album.take(dispatcher, "desk-dispatch")
    send(sending)
    expect_state(dispatcher, "dispatched")
    album.take(dispatcher, "desk-dispatched")
    dispatcher.context.close()


def the_department_handles(seats: Seats, album: Album, scene: Scene) -> None:
    desk = seats.seat("gongan", DESK)
    desk.locator(".list li button").last.click()
    expect(desk.locator(".detail header .tag[data-state=issued]")).to_be_visible(timeout=SLOW)
    album.take(desk, "tickets-to-sign")
    desk.locator("section.panel").get_by_role("button", name="签收").click()
    expect(desk.locator(".detail header .tag[data-state=signed]")).to_be_visible(timeout=SLOW)
    finishing = begin(desk, "反馈")
    finishing.get_by_label("说明").fill("已到场劝离两人，缺口用围挡封闭，警示标识已补设。")
    finishing.locator("input[type=file]").set_input_files(
        {"name": PHOTO_NAME, "mimeType": "image/jpeg", "buffer": scene.still()}
    )
    expect(finishing.get_by_text("已上传")).to_be_visible(timeout=SLOW)
    album.take(desk, "tickets-finish")
    send(finishing)
    expect(desk.locator(".detail header .tag[data-state=done]")).to_be_visible(timeout=SLOW)
    album.take(desk, "tickets-done")
    desk.context.close()


def the_collector_checks(seats: Seats, album: Album, acceptor: Page, scene: Scene) -> None:
    collector = seats.phone("collector", {"lng": scene.lng, "lat": scene.lat})
    expect(collector.locator("header")).to_contain_text("定位上传中 · ", timeout=SLOW)

    expect_state(acceptor, "handled")
    asking = begin(acceptor, "派核查")
    choose(asking, "核查方式", "现场核查")
    choose(asking, "执行人", seats.stack.accounts["collector"]["name"])
    album.take(acceptor, "desk-ask-check")
    send(asking)
    expect_state(acceptor, "checking")

    go_to_task(seats, album, collector, "check")
    hand_in(collector, scene, "通过", "区域内无人，围挡完好。")
    album.take(collector, "phone-check-result")
    collector.get_by_role("button", name="提交").click()
    collector.wait_for_url("**/m")
    collector.context.close()


def the_acceptor_closes(album: Album, acceptor: Page) -> None:
    expect_state(acceptor, "checked")
    closing = begin(acceptor, "结案")
    closing.get_by_label("回复上报人").fill("人员已劝离，缺口已封闭，经现场核查通过。")
    album.take(acceptor, "desk-close")
    send(closing)
    acceptor.get_by_role("button", name="立即发送").click()  # it waits ten seconds, to be taken back
    expect_state(acceptor, "evaluated")
    album.take(acceptor, "desk-evaluated")


def event_of(desk: Page) -> int:
    return int(desk.url.rsplit("event:", 1)[1])


def what_the_wall_heard(wall: Page, event_id: int) -> list[tuple[str, float]]:
    """Each change of the event on the wall's own socket, with its age on arrival in seconds."""
    heard = wall.evaluate(
        """(id) => window.__heard
            .filter((item) => item.type === 'event.changed' && item.payload.id === id)
            .map((item) => [item.payload.change, (item.arrived - Date.parse(item.at)) / 1000])""",
        event_id,
    )
    return [(str(change), float(delay)) for change, delay in heard]
