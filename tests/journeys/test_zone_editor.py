"""An administrator draws what a camera watches: by mouse and by keyboard, over its picture, seeing what it sees."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import PHONE, SLOW, WALL, Seats
from tests.journeys.test_accessible import barriers

pytestmark = pytest.mark.xdist_group("stack")
COURTYARD = "YL-0001"
NAME = "望江街道沿江路与滨河大道交叉口东北角重点监测区域（含出入口两侧）"
CORNERS = ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))


@pytest.fixture
def courtyard(stack: RunningStack) -> Iterator[dict[str, Any]]:
    """The sample camera with people on it; whatever is drawn on it here is taken away again."""
    admin = stack.cast.administrator
    camera = admin.get("/cameras", q=COURTYARD)["items"][0]
    before = {zone["id"] for zone in zones_of(stack, camera["id"])}
    yield camera
    for zone in zones_of(stack, camera["id"]):
        if zone["id"] not in before:
            admin.delete(f"/zones/{zone['id']}")


def zones_of(stack: RunningStack, camera: int) -> list[dict[str, Any]]:
    return list(stack.cast.administrator.get(f"/cameras/{camera}")["zones"])


def editor(page: Page, camera: dict[str, Any]) -> Locator:
    """The picture with its drawing, once the picture is there."""
    page.goto(f"/admin/cameras/{camera['id']}/zones")
    expect(page.locator("img.picture")).to_be_visible(timeout=SLOW)
    return page.locator(".stage svg")


def place(frame: Locator, x: float, y: float) -> tuple[float, float]:
    box = frame.bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def drawn(page: Page, frame: Locator) -> None:
    """A square with the mouse, closed where it began."""
    page.locator('[data-tool="area"]').click()
    for x, y in (*CORNERS, CORNERS[0]):
        page.mouse.click(*place(frame, x, y))


def dragged(page: Page, frame: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*place(frame, *start))
    page.mouse.down()
    page.mouse.move(*place(frame, *end), steps=4)
    page.mouse.up()


def corners(page: Page) -> str:
    return page.locator(".shape.chosen polygon").get_attribute("points", timeout=SLOW) or ""


def test_a_zone_is_drawn_with_the_mouse_told_when_it_crosses_itself_and_stands_after_a_reload(
    seats: Seats, stack: RunningStack, courtyard: dict[str, Any]
) -> None:
    page = seats.seat("sysadmin", WALL, bypass_csp=True)
    frame = editor(page, courtyard)
    drawn(page, frame)
    square = corners(page)
    assert len(square.split()) == 4
    page.locator('[data-field="name"]').fill(NAME)

    dragged(page, frame, CORNERS[0], (0.9, 0.5))
    expect(page.locator('[data-fault="polygon"]')).to_contain_text("自相交")
    expect(page.locator("form.form button[type=submit]")).to_be_disabled()
    assert barriers(page) == []
    page.locator("[data-undo]").click()
    assert corners(page) == square
    expect(page.locator('[data-fault="polygon"]')).to_have_count(0)

    page.locator("form.form button[type=submit]").dblclick()
    expect(page.get_by_text(f"已保存“{NAME}”")).to_be_visible(timeout=SLOW)
    page.reload()
    expect(page.get_by_role("button", name=f"图形：{NAME}")).to_be_visible(timeout=SLOW)
    assert [zone["name"] for zone in zones_of(stack, courtyard["id"])].count(NAME) == 1
    assert seats.trouble == []


def test_the_keyboard_begins_a_zone_moves_its_corner_and_takes_the_step_back(
    seats: Seats, courtyard: dict[str, Any]
) -> None:
    page = seats.seat("sysadmin", WALL, bypass_csp=True)
    editor(page, courtyard)
    page.locator('[data-tool="area"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    before = corners(page)
    page.locator('[data-corner="0"]').focus()
    page.keyboard.press("Shift+ArrowLeft")
    moved = corners(page)
    assert float(moved.split(",")[0]) == pytest.approx(float(before.split(",")[0]) - 25)
    page.keyboard.press("Control+z")
    assert corners(page) == before
    page.keyboard.press("Control+y")
    assert corners(page) == moved
    expect(page.locator("[data-item][aria-pressed=true]")).to_contain_text("未保存")
    assert seats.trouble == []


def test_boxes_of_the_real_stream_show_and_the_rule_says_how_near_it_is(
    seats: Seats, courtyard: dict[str, Any]
) -> None:
    page = seats.seat("sysadmin", WALL, bypass_csp=True)
    editor(page, courtyard)
    expect(page.locator("[data-seen]").first).to_be_visible(timeout=SLOW)
    expect(page.locator("[data-seen] text").first).to_contain_text("人")
    expect(page.locator("[data-rule]")).to_contain_text("/ 3 s", timeout=SLOW)
    assert barriers(page) == []
    assert seats.trouble == []


def test_who_may_only_look_sees_the_drawing_and_cannot_change_it(seats: Seats, courtyard: dict[str, Any]) -> None:
    page = seats.seat("wall", WALL, bypass_csp=True)
    editor(page, courtyard)
    expect(page.get_by_text("您只能查看，不能修改")).to_be_visible()
    expect(page.locator("[data-tool]")).to_have_count(0)
    assert barriers(page) == []


def test_a_phone_shows_the_picture_above_the_form(seats: Seats, courtyard: dict[str, Any]) -> None:
    page = seats.seat("sysadmin", PHONE, bypass_csp=True, has_touch=True)
    editor(page, courtyard)
    expect(page.locator('[data-field="name"]')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []


def test_each_algorithm_says_what_it_sees_what_it_cannot_and_whether_its_model_is_here(seats: Seats) -> None:
    page = seats.seat("sysadmin", WALL, bypass_csp=True)
    page.goto("/admin/algorithms")
    expect(page.locator("[data-algorithm]")).to_have_count(10, timeout=SLOW)
    assert barriers(page) == []
    page.locator('[data-algorithm="water_fishing"] h2 a').click()
    expect(page.locator("[data-suspected]")).to_contain_text("疑似", timeout=SLOW)
    expect(page.locator("[data-limits]")).not_to_be_empty()
    expect(page.locator("[data-model]").first).to_be_visible()
    expect(page.locator("[data-precision]")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    assert seats.trouble == []
