"""Every arrangement of the wall at every size: nothing outside the picture, on another panel or across a seam."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.local.place import ROOT
from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import SLOW, Album, Seats, until
from tests.journeys.walls import paired_wall, stands

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
HALL, TRIPLE, LARGE = (
    {"width": 1920, "height": 1080},
    {"width": 5760, "height": 1080},
    {"width": 3840, "height": 2160},
)
SCENES = ("daily", "flood", "gathering", "demo")
PICTURES = ROOT / "var" / "journeys" / "walls"

BOXES = """
[...document.querySelectorAll('.wall .cell')].map((cell) => {
  const box = cell.getBoundingClientRect()
  const inner = cell.firstElementChild.getBoundingClientRect()
  const spills = inner.right > box.right + 2 || inner.bottom > box.bottom + 2
  return {panel: cell.dataset.panel, left: box.left, right: box.right, top: box.top, bottom: box.bottom, spills}
})
"""
CLIPPED = """
[...document.querySelectorAll('.wall .panel h2, .wall .tiles .value, .wall .flow b')]
  .filter((text) => text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0).map((text) => text.textContent)
"""


@pytest.fixture(scope="module")
def album() -> Album:
    return Album(PICTURES)


def faults(page: Page, size: dict[str, int], seams: tuple[float, ...] = ()) -> list[str]:
    """What is wrong with where things stand; empty on a sound wall."""
    boxes: list[dict[str, Any]] = page.evaluate(BOXES)
    found = [f"{box['panel']} spills" for box in boxes if box["spills"]]
    for index, box in enumerate(boxes):
        if box["left"] < -1 or box["top"] < 0 or box["right"] > size["width"] + 1 or box["bottom"] > size["height"] + 1:
            found.append(f"{box['panel']} lies outside")
        found += [f"{box['panel']} lies across {seam}" for seam in seams if box["left"] < seam - 1 < box["right"] - 2]
        for other in boxes[index + 1 :]:
            apart = (
                box["right"] <= other["left"] + 1
                or other["right"] <= box["left"] + 1
                or box["bottom"] <= other["top"] + 1
                or other["bottom"] <= box["top"] + 1
            )
            found += [] if apart else [f"{box['panel']} lies on {other['panel']}"]
    return found + [f"cut off: {text}" for text in page.evaluate(CLIPPED)]


ROOMS: dict[str, list[tuple[str, dict[str, Any], tuple[float, ...]]]] = {
    "1920": [
        ("hall", {"theme": "light"}, ()),
        ("larger-text", {"theme": "dark", "smallest_px": 20}, ()),
        ("far", {"smallest_px": None, "height_m": 1.35, "farthest_m": 8}, ()),
        ("stretched", {"aspect": "6720x2160", "height_m": 2.7, "farthest_m": 6}, (640.0, 1280.0)),
    ],
    "5760": [("far-triple", {"arrangement": "far"}, (1920.0, 3840.0))],
    "3840": [],
}


@pytest.mark.parametrize(
    ("name", "size", "seams"), [("1920", HALL, ()), ("5760", TRIPLE, (1920.0, 3840.0)), ("3840", LARGE, ())]
)
def test_every_scene_and_every_room_stands_at_every_size(
    seats: Seats, stack: RunningStack, album: Album, name: str, size: dict[str, int], seams: tuple[float, ...]
) -> None:
    with paired_wall(seats, stack, size) as wall:
        for scene in SCENES:
            wall.do("scene", scene=scene)
            expect(wall.page.locator(f'.wall[data-scene="{scene}"]')).to_be_visible(timeout=SLOW)
            wall.page.wait_for_timeout(1000)
            album.take(wall.page, f"{name}-{scene}")
            assert faults(wall.page, size, seams) == [], scene
        wall.do("scene", scene="daily")
        for room, settings, room_seams in ROOMS[name]:
            wall.set(**settings)
            wall.page.wait_for_timeout(3000)
            stands(wall.page)
            album.take(wall.page, room)
            assert faults(wall.page, size, room_seams) == [], room
    assert seats.trouble == []


def test_digits_call_scenes_at_a_keyboard(seats: Seats, stack: RunningStack) -> None:
    with paired_wall(seats, stack, HALL) as wall:
        wall.page.keyboard.press("2")
        expect(wall.page.locator('.wall[data-scene="flood"]')).to_be_visible(timeout=SLOW)
        expect(wall.page.get_by_text("本平台尚未接入气象与水位站点")).to_be_visible(timeout=SLOW)
        wall.page.keyboard.press("4")
        expect(wall.page.locator(".watermark")).to_have_text("演示数据", timeout=SLOW)


def test_a_lost_drawing_comes_back_by_itself_and_the_list_stands_in_until_then(
    seats: Seats, stack: RunningStack, album: Album
) -> None:
    with paired_wall(seats, stack, HALL) as wall:
        lose = "document.querySelector('.wall-map canvas').getContext('webgl2').getExtension('WEBGL_lose_context')"
        wall.page.evaluate(f"window.__lose = {lose}; window.__lose.loseContext()")
        expect(wall.page.locator(".wall-map .fallback")).to_be_visible(timeout=SLOW)
        expect(wall.page.locator(".wall-map .fallback li").first).to_be_visible(timeout=SLOW)
        album.take(wall.page, "context-lost")
        expect(wall.page.locator(".wall-map .fallback")).to_have_count(0, timeout=SLOW)
        until(wall.page, "document.querySelector('.wall-map canvas') !== null")
        expect(wall.page.locator(".tiles .tile").first).to_be_visible(timeout=SLOW)
