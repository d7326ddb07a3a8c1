"""The keeper of the grids brings in boundaries and components from files, and finds where somebody is missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from shapely.geometry import shape

from tests.grids import map_files
from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import SLOW, WALL, Seats
from tests.journeys.test_accessible import barriers

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
STREET = "望江街道"
TITLE = "勘界成果（坐标系核对演练）"
LEADER = "演练网格长"
HEAD = "部件代码,类型,经度,纬度,状态,地址"


@pytest.fixture
def keeper(stack: RunningStack) -> Iterator[Any]:
    """The administrator over HTTP; drafts that a journey leaves open are withdrawn."""
    admin = stack.cast.administrator
    yield admin
    for draft in admin.get("/area-drafts")["items"]:
        if draft["title"] == TITLE and draft["state"] == "draft":
            moves = f"/area-drafts/{draft['id']}/moves"
            admin.post(moves, move="withdraw", version=draft["version"], reason="演练结束")


def communities(admin: Any) -> list[map_files.Named]:
    """The communities of one street as they are in force."""
    street = next(row for row in admin.get("/areas", level="street")["items"] if row["name"] == STREET)
    rows = admin.get("/areas", level="community", parent_path=street["path"], limit=200)["items"]
    codes = {row["path"]: row["code"] for row in rows}
    found = admin.get("/areas/geojson", level="community", under=street["path"])["features"]
    return [(one["properties"]["name"], codes[one["properties"]["path"]], shape(one["geometry"])) for one in found]


def opened(seats: Seats, address: str) -> Page:
    page = seats.seat("gridadmin", WALL, bypass_csp=True)
    page.goto(address)
    return page


def test_boundaries_drawn_on_an_internet_map_are_put_right_and_go_into_a_draft(
    seats: Seats, keeper: Any, tmp_path: Path
) -> None:
    areas = communities(keeper)
    file = tmp_path / "社区边界.geojson"
    file.write_bytes(map_files.geojson([(n, code, map_files.in_datum("gcj02", area)) for n, code, area in areas]))
    page = opened(seats, "/admin/grids/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传并读取").click()

    page.get_by_label("CGCS2000（国家 2000）").check()
    trap = page.get_by_role("alert").filter(has_text="很可能选错了坐标系")
    expect(trap).to_contain_text("按 GCJ-02（火星坐标，互联网地图） 只有 0.0 m", timeout=SLOW)
    assert barriers(page) == []
    trap.get_by_role("button", name="采用").click()
    expect(trap).to_have_count(0)
    page.get_by_role("button", name="确认坐标，核对匹配").click()

    counts = f"{len(areas)} 行：导入 {len(areas)}（新增 0，对应现有 {len(areas)}），待处理 0"
    expect(page.get_by_text(counts)).to_be_visible(timeout=SLOW)
    page.get_by_label("草稿说明").fill(TITLE)
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_text(f"无变化 {len(areas)}")).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="打开草稿").click()
    expect(page.locator(".steps [aria-current]")).to_have_text("草稿", timeout=SLOW)
    draft = keeper.get(f"/area-drafts/{page.url.split('draft=')[1].split('&')[0]}")
    assert (draft["title"], draft["state"]) == (TITLE, "draft")


def test_components_come_in_from_a_file_and_the_refused_row_is_handed_back(
    seats: Seats, keeper: Any, tmp_path: Path
) -> None:
    _, code, area = communities(keeper)[0]
    kind = keeper.get("/components/types")["items"][0]
    place = area.representative_point()
    rows = [
        f"{code[:6]}{kind['number']}{900001 + at},{kind['name']},{place.x},{place.y},完好,演练路" for at in range(3)
    ]
    file = tmp_path / "部件.csv"
    file.write_bytes("\n".join([HEAD, *rows, rows[0].replace(str(place.x), "不详")]).encode("gbk"))
    page = opened(seats, "/admin/components")
    page.get_by_role("button", name="导入", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("文件").set_input_files(file)
    dialog.get_by_role("button", name="预览").click()
    wrong = dialog.get_by_role("region", name="错误行")
    expect(wrong.get_by_role("cell", name="不详")).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    dialog.get_by_role("button", name="开始导入").click()
    expect(dialog.get_by_role("status")).to_contain_text("未导入 1", timeout=SLOW)
    with page.expect_download(timeout=SLOW) as handed:
        dialog.get_by_role("link", name="下载全部错误行").click()
    told = handed.value.path().read_text("utf-8-sig").splitlines()
    assert told == ["行,列,原值,问题", "5,经度,不详,经纬度不是数字，或超出范围。"]
    assert keeper.get("/components", text=rows[0].split(",")[0])["items"][0]["address"] == "演练路"


def test_a_grid_without_a_leader_stands_in_the_gaps_until_one_is_named(seats: Seats, keeper: Any) -> None:
    gap = next(one for one in keeper.get("/responsibility/gaps")["items"] if one["lacks"] == ["leader"])
    page = opened(seats, "/admin/responsibility?lack=leader")
    page.locator(".gaps button").get_by_text(gap["area_label"], exact=True).click()
    lacking = page.get_by_text("缺口：无网格长")
    expect(lacking).to_be_visible(timeout=SLOW)
    assert barriers(page) == []
    page.get_by_label("姓名").fill(LEADER)
    page.get_by_role("button", name="任命").click()
    expect(lacking).to_have_count(0, timeout=SLOW)
    expect(page.locator(".gaps button").get_by_text(gap["area_label"], exact=True)).to_have_count(0, timeout=SLOW)
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name=f"解除{LEADER}").click()
    expect(lacking).to_be_visible(timeout=SLOW)
