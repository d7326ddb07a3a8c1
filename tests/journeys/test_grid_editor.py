"""Two administrators change grids on the map: one draws and submits, the other publishes; each is told of the other."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import PHONE, SLOW, WALL, Seats
from tests.journeys.test_accessible import barriers

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
COMMUNITY = "荷花社区"
TITLE = "荷花社区年末网格调整（含沿江新建住宅区的切分与合并）"


@pytest.fixture
def community(stack: RunningStack) -> dict[str, Any]:
    """A community of the sample district, with its street opened by path."""
    admin = stack.cast.administrator
    rows = admin.get("/areas", level="community", limit=200)["items"]
    return dict(next(row for row in rows if row["name"] == COMMUNITY))


@pytest.fixture
def grids(stack: RunningStack, community: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Its grids as they are; drafts that a journey leaves open are withdrawn."""
    admin = stack.cast.administrator
    yield list(admin.get("/areas", level="grid", parent_path=community["path"])["items"])
    for draft in admin.get("/area-drafts")["items"]:
        if draft["title"] == TITLE and draft["state"] in {"draft", "submitted", "approved"}:
            way = f"/area-drafts/{draft['id']}/moves"
            admin.post(way, move="withdraw", version=draft["version"], reason="演练结束")


def editor(page: Page, community: dict[str, Any]) -> int:
    """A new draft, opened on the community; its number."""
    page.goto(f"/admin/grids?at={community['path']}")
    page.get_by_placeholder("草稿说明").fill(TITLE)
    page.get_by_role("button", name="新建草稿").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("草稿", timeout=SLOW)
    expect(page.locator(".tree .grid").first).to_be_visible(timeout=SLOW)
    page.wait_for_function("window.__ready === true", timeout=SLOW)
    return int(page.url.split("draft=")[1].split("&")[0])


def on_screen(page: Page, areas: list[dict[str, Any]], lng: float, lat: float) -> tuple[float, float]:
    """Where a place is on the screen: the map shows all the areas, flat, north up, with 48 pixels around them."""
    corners = [corner for area in areas for part in area["geometry"]["coordinates"] for corner in part[0]]
    flat = [mercator(*corner) for corner in corners]
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*flat, strict=True))
    box = page.locator(".map canvas").first.bounding_box()
    assert box is not None
    scale = min((box["width"] - 96) / (east - west), (box["height"] - 96) / (north - south), 512 * 2**17)
    x, y = mercator(lng, lat)
    return (
        box["x"] + box["width"] / 2 + (x - (west + east) / 2) * scale,
        box["y"] + box["height"] / 2 + (y - (south + north) / 2) * scale,
    )


def mercator(lng: float, lat: float) -> tuple[float, float]:
    """A place on the square world of side 1."""
    return lng / 360 + 0.5, 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def split_by_line(page: Page, stack: RunningStack, draft: int, community: dict[str, Any], name: str) -> None:
    """The grid is chosen in the tree and cut by two clicks on the map, above and below it."""
    areas = stack.cast.administrator.get(f"/area-drafts/{draft}/plan", under=community["path"])["areas"]
    area = next(area for area in areas if area["name"] == name)
    ring = area["geometry"]["coordinates"][0][0]
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    over = (north - south) * 0.04
    page.locator(".tree .grid", has_text=name).first.click()
    page.locator("[aria-keyshortcuts=X]").click()
    page.get_by_role("button", name="吸附").click()
    for lat in (north + over, south - over):
        page.mouse.click(*on_screen(page, areas, (west + east) / 2, lat))
    page.get_by_role("button", name="完成").click()


def test_a_grid_is_split_reviewed_and_published_and_its_draft_survives_a_reload(
    seats: Seats, stack: RunningStack, community: dict[str, Any], grids: list[dict[str, Any]]
) -> None:
    page = seats.seat("gridadmin", WALL, bypass_csp=True)
    draft = editor(page, community)
    split_by_line(page, stack, draft, community, grids[0]["name"])
    expect(page.locator(".sum").first).to_contain_text("新增 1 · 变更 1", timeout=SLOW)
    expect(page.locator(".checks h2 [role=status]")).to_have_text("可以送审", timeout=SLOW)
    assert barriers(page) == []

    page.reload()
    expect(page.locator(".tree .grid.add")).to_have_count(1, timeout=SLOW)
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("送审", timeout=SLOW)
    expect(page.get_by_role("button", name="发布")).to_have_count(0)

    other = seats.seat("sysadmin", WALL)
    other.goto(f"/admin/grids?draft={draft}&at={community['path']}")
    other.get_by_role("button", name="发布").click(timeout=SLOW)
    other.locator("form.ask button.primary").click()
    expect(other.locator(".steps [aria-current]")).to_have_text("已发布", timeout=SLOW)
    expect(page.locator(".steps [aria-current]")).to_have_text("已发布", timeout=SLOW)
    now = stack.cast.administrator.get("/areas", level="grid", parent_path=community["path"])["items"]
    assert len(now) == len(grids) + 1

    merged = editor(page, community)
    new = next(row for row in now if row["id"] not in {grid["id"] for grid in grids})
    page.locator("[aria-keyshortcuts=M]").click()
    for name in (grids[0]["name"], new["name"]):
        page.locator(".tree .grid").get_by_text(name, exact=True).click()
    page.get_by_role("button", name="完成").click()
    expect(page.locator(".sum").first).to_contain_text("变更 1 · 撤销 1", timeout=SLOW)
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("送审", timeout=SLOW)
    other.goto(f"/admin/grids?draft={merged}")
    other.get_by_role("button", name="发布").click(timeout=SLOW)
    other.locator("form.ask button.primary").click()
    expect(other.locator(".steps [aria-current]")).to_have_text("已发布", timeout=SLOW)
    assert stack.cast.administrator.get("/areas", level="grid", parent_path=community["path"])["items"] == [*grids]


def test_two_editors_of_one_draft_are_told_of_each_other_and_nothing_is_lost(
    seats: Seats, stack: RunningStack, community: dict[str, Any], grids: list[dict[str, Any]]
) -> None:
    page = seats.seat("sysadmin", WALL, bypass_csp=True)
    draft = editor(page, community)
    row = stack.cast.administrator.get(f"/area-drafts/{draft}")
    renamed = {"tool": "write", "refs": [f"a{grids[-1]['id']}"], "name": "由同事改名的网格"}
    stack.cast.administrator.post(f"/area-drafts/{draft}/steps", version=row["version"], **renamed)
    expect(page.get_by_text("也在编辑这份草稿")).to_be_visible(timeout=SLOW)
    expect(page.locator(".tree .grid", has_text="由同事改名的网格")).to_be_visible(timeout=SLOW)
    undo = page.get_by_role("button", name="撤销 Ctrl+Z")
    expect(undo).to_be_disabled()


def test_the_editor_is_read_on_a_phone(
    seats: Seats, stack: RunningStack, community: dict[str, Any], grids: list[dict[str, Any]]
) -> None:
    page = seats.seat("gridadmin", PHONE, bypass_csp=True)
    page.goto(f"/admin/grids?at={community['path']}")
    expect(page.get_by_role("button", name="新建草稿")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page) == []
