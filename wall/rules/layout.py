"""What a scene may put on a wall: panels of a fixed registry on a grid of 24 by 12. Pure.

A layout has two arrangements: `wide` for one picture of about 16:9, `ultra` for three screens side by side, where no
panel may lie across the seams at columns 8 and 16.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COLUMNS, ROWS = 24, 12
SEAMS = (8, 16)
SHAPES = ("wide", "ultra")
MOST_PANELS = 16


@dataclass(frozen=True)
class Panel:
    """A panel that walls know how to draw, and the smallest it can be read at, in cells."""

    code: str
    zh: str
    en: str
    min_w: int
    min_h: int


PANELS: dict[str, Panel] = {
    panel.code: panel
    for panel in (
        Panel("map", "态势地图", "Map", 8, 5),
        Panel("kpis", "关键指标", "Key figures", 6, 2),
        Panel("alarms", "当前告警", "Alarms", 4, 4),
        Panel("flow", "六步闭环", "Six stages", 6, 2),
        Panel("sources", "事件来源", "Sources", 4, 3),
        Panel("trend", "受理趋势", "Received by hour", 4, 3),
        Panel("streets", "街道办结", "Streets", 4, 4),
        Panel("cameras", "视频联动", "Cameras", 4, 3),
        Panel("forces", "在线力量", "On duty", 3, 2),
        Panel("checklist", "预案清单", "Plan checklist", 4, 3),
        Panel("muster", "力量集结", "Muster", 4, 2),
        Panel("materials", "应急物资", "Materials", 3, 2),
        Panel("gauges", "雨情水情", "Rain and water", 3, 2),
    )
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one panel of one arrangement; `field` is where: `wide.2`, or `wide` for the whole."""

    field: str
    code: str
    zh: str
    en: str


def layout_faults(layout: Mapping[str, Any]) -> list[Fault]:
    """Why this layout cannot be shown; empty where it can."""
    return [fault for shape in SHAPES for fault in _arrangement_faults(shape, layout.get(shape))]


def _arrangement_faults(shape: str, cells: Any) -> Iterator[Fault]:
    if not isinstance(cells, list) or not cells:
        yield Fault(shape, "empty", "版面还没有面板，请至少放一个。", "No panel yet; place at least one.")
        return
    if len(cells) > MOST_PANELS:
        yield Fault(shape, "too_many", f"面板过多，最多 {MOST_PANELS} 个。", f"Too many panels; {MOST_PANELS} at most.")
        return
    placed: list[tuple[str, Mapping[str, Any]]] = []
    for index, cell in enumerate(cells):
        field = f"{shape}.{index}"
        wrong = _cell_fault(field, cell)
        if wrong is not None:
            yield wrong
            continue
        panel = PANELS[cell["panel"]]
        yield from _place_faults(field, panel, cell, shape)
        for other_name, other in placed:
            if other["panel"] == cell["panel"]:
                yield Fault(field, "twice", f"“{panel.zh}”只能放一次。", f"“{panel.en}” can be placed only once.")
            elif _overlap(cell, other):
                yield Fault(field, "overlap", f"“{panel.zh}”与“{PANELS[other_name].zh}”重叠。",
                            f"“{panel.en}” overlaps “{PANELS[other_name].en}”.")  # fmt: skip
        placed.append((panel.code, cell))


def _cell_fault(field: str, cell: Any) -> Fault | None:
    if not isinstance(cell, Mapping) or set(cell) != {"panel", "x", "y", "w", "h"}:
        return Fault(field, "malformed", "面板需要名称和 x、y、w、h。", "A panel needs its name and x, y, w, h.")
    if cell["panel"] not in PANELS:
        name = str(cell["panel"])[:40]
        return Fault(field, "unknown_panel", f"没有名为“{name}”的面板。", f"There is no panel “{name}”.")
    if any(isinstance(cell[side], bool) or not isinstance(cell[side], int) for side in ("x", "y", "w", "h")):
        return Fault(field, "malformed", "位置和大小须为整数格。", "Place and size are whole cells.")
    return None


def _place_faults(field: str, panel: Panel, cell: Mapping[str, Any], shape: str) -> Iterator[Fault]:
    x, y, w, h = cell["x"], cell["y"], cell["w"], cell["h"]
    if w < panel.min_w or h < panel.min_h:
        yield Fault(field, "too_small", f"“{panel.zh}”至少 {panel.min_w}×{panel.min_h} 格，否则无法看清。",
                    f"“{panel.en}” needs {panel.min_w}×{panel.min_h} cells to be read.")  # fmt: skip
    if x < 0 or y < 0 or x + w > COLUMNS or y + h > ROWS:
        yield Fault(field, "outside", f"“{panel.zh}”超出 {COLUMNS}×{ROWS} 网格。",
                    f"“{panel.en}” lies outside the {COLUMNS}×{ROWS} grid.")  # fmt: skip
    elif shape == "ultra" and any(x < seam < x + w for seam in SEAMS):
        yield Fault(field, "crosses_seam", f"“{panel.zh}”跨越了拼接缝（第 8 或 16 列）。",
                    f"“{panel.en}” lies across a seam (column 8 or 16).")  # fmt: skip


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )


def panels_of(layout: Mapping[str, Sequence[Mapping[str, Any]]]) -> frozenset[str]:
    return frozenset(cell["panel"] for shape in SHAPES for cell in layout.get(shape, ()))
