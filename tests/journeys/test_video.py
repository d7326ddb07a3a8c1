"""Live pictures in a browser: four play for real, one is cut and comes back, one is captured into a report."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from simulator.loop.camera import place_in, take_away
from simulator.loop.cast import Cast
from simulator.loop.client import Json
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, people, setting
from tests.journeys.seats import PHONE, SLOW, WALL, Album, Seats
from tests.video.conftest import CLIPS, rtsp_server

pytestmark = pytest.mark.xdist_group("stack")
PREFIX = "VIDEO-"


@pytest.fixture(scope="module")
def album(stack: RunningStack) -> Album:
    return Album(stack.var / "pictures" / "video")


@contextmanager
def cameras(cast: Cast, sources: list[str]) -> Iterator[list[Json]]:
    """Cameras of the test's own in the sample worker's grid; nobody analyses more than there is room for."""
    admin = cast.administrator
    for old in admin.all("/cameras", q=PREFIX):
        take_away(admin, old["id"])
    lng, lat = place_in(admin, cast.worker_grid())
    made: list[Json] = []
    try:
        for number, source in enumerate(sources, 1):
            code = f"{PREFIX}{int(time.time())}-{number}"
            body = {"code": code, "name": f"巡看 {number} 号", "stream_url": source, "lng": lng, "lat": lat}
            made.append(admin.post("/cameras", **body))
        yield made
    finally:
        for camera in made:
            take_away(admin, camera["id"])


def tile(page: Page, camera: Json) -> Locator:
    return page.locator(f".tile[data-camera='{camera['id']}']")


def seconds_played(page: Page, camera: Json) -> float:
    return float(tile(page, camera).locator("video").evaluate("video => video.currentTime"))


def expect_playing(page: Page, camera: Json) -> None:
    expect(tile(page, camera).locator(".chip")).to_have_text(re.compile(r"^(实时|延迟) \d"), timeout=SLOW)


def test_four_pictures_play_one_is_cut_and_comes_back_and_one_becomes_a_report(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    ours = setting(stack, "RTSP_BASE")
    with ExitStack() as opened:
        cast = opened.enter_context(people(stack))
        theirs = opened.enter_context(ExitStack())
        cut = theirs.enter_context(rtsp_server(CLIPS))
        sources = [f"{ours}/courtyard", f"{ours}/street", f"{ours}/courtyard", f"{cut}/street"]
        four = opened.enter_context(cameras(cast, sources))
        page = seats.seat("dispatcher", WALL)
        page.goto("/video?cameras=" + ",".join(str(camera["id"]) for camera in four))
        for camera in four:
            expect_playing(page, camera)
        before = [seconds_played(page, camera) for camera in four]
        page.wait_for_timeout(3000)
        assert all(seconds_played(page, camera) > then + 1 for camera, then in zip(four, before, strict=True))
        assert all(tile(page, camera).locator("video").evaluate("video => video.videoWidth") == 640 for camera in four)
        album.take(page, "four")

        port = int(cut.rpartition(":")[2])
        theirs.close()
        lost = tile(page, four[3])
        expect(lost).to_contain_text(re.compile(r"信号中断 \d\d:\d\d，第 \d+ 次重连"), timeout=SLOW)
        expect(lost.locator("canvas")).to_be_visible()
        expect_playing(page, four[0])
        album.take(page, "lost")
        with rtsp_server(CLIPS, port):
            expect_playing(page, four[3])

            tile(page, four[1]).click()
            page.keyboard.press("Enter")
            expect(tile(page, four[1])).to_have_class(re.compile("whole"))
            page.keyboard.press("c")
            dialog = page.get_by_role("dialog")
            expect(dialog.get_by_text("已上传")).to_be_visible(timeout=SLOW)
            expect(dialog.get_by_label("详细地址")).to_have_value("巡看 2 号")
            expect(dialog.locator(".picker")).to_contain_text("网格", timeout=SLOW)
            dialog.locator("#report-type").select_option("exposed_rubbish")
            dialog.get_by_label("情况说明").fill("视频巡看发现路边堆放垃圾。")
            album.take(page, "captured")
            with page.expect_response(lambda answer: answer.url.endswith("/api/v1/events")) as told:
                dialog.get_by_role("button", name="登记").last.click()
            event = cast.dispatcher.get(f"/events/{told.value.json()['id']}")
            assert len(event["attachments"]) == 1
            cancelled(cast, event)

        rows = cast.administrator.get("/viewings", q=PREFIX)["items"]
        assert {row["camera_id"] for row in rows} >= {camera["id"] for camera in four}
        assert {row["user_name"] for row in rows} == {stack.accounts["dispatcher"]["name"]}
        page.context.close()
    assert [told for told in seats.trouble if "/watch/" not in told] == []


def test_an_arrangement_is_called_by_a_key_and_a_phone_shows_one_picture(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    ours = setting(stack, "RTSP_BASE")
    with people(stack) as cast, cameras(cast, [f"{ours}/courtyard", f"{ours}/street"]) as two:
        page = seats.seat("chief", WALL)
        page.goto("/video?layout=9&cameras=" + ",".join(str(camera["id"]) for camera in two))
        expect_playing(page, two[0])
        presets = page.locator("details.presets")
        presets.locator("summary").click()
        presets.get_by_label("布局名称").fill("巡看")
        presets.get_by_role("button", name="保存").click()
        expect(presets.locator("summary")).to_contain_text("巡看", timeout=SLOW)
        presets.locator("summary").click()
        page.goto("/video")
        expect(page.locator(".tile")).to_have_count(4)
        page.locator(".tile").first.click()
        page.keyboard.press("1")
        expect(page.locator(".tile")).to_have_count(9)
        expect_playing(page, two[1])
        album.take(page, "preset")
        page.on("dialog", lambda asked: asked.accept())
        presets.locator("summary").click()
        presets.get_by_role("button", name="删除").click()
        expect(presets).to_contain_text("还没有保存的布局", timeout=SLOW)

        phone = seats.seat("chief", PHONE)
        phone.goto(f"/video?cameras={two[0]['id']}")
        expect(phone.locator(".tile")).to_have_count(1)
        expect_playing(phone, two[0])
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        album.take(phone, "phone")
        page.context.close()
        phone.context.close()
    assert [told for told in seats.trouble if "/watch/" not in told] == []
