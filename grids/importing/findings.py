"""What is said about a row of an import: what must be settled, what is asked, what is only told."""

from dataclasses import dataclass
from typing import Literal

Weight = Literal["error", "ask", "note"]


@dataclass(frozen=True)
class Finding:
    """`code` is stable; an "error" or an unanswered "ask" keeps the row out of the draft."""

    code: str
    weight: Weight
    zh: str
    en: str


NO_AREA = Finding(
    "not_an_area", "error", "不是面状图形，或在所选坐标系下为空。", "Not an area, or empty in this datum."
)
NO_NAME = Finding("no_name", "error", "没有名称，请填写。", "It has no name. Write one.")
NO_CODE = Finding("no_code", "error", "没有代码，请从候选中选择或填写。", "It has no code. Choose or write one.")
NO_PARENT = Finding(
    "no_parent",
    "error",
    "找不到上级区域：代码前缀和位置都没有对应的已发布区域。",
    "No parent: neither the code nor the place leads to a published area.",
)


def malformed(form_zh: str, form_en: str) -> Finding:
    return Finding("malformed_code", "error", f"代码应为{form_zh}。", f"The code must be {form_en}.")


def twice(kind: Literal["code", "name"], number: int) -> Finding:
    zh, en = ("代码", "code") if kind == "code" else ("名称", "name")
    weight: Weight = "error" if kind == "code" else "note"
    return Finding(f"duplicate_{kind}", weight, f"与第 {number} 行{zh}相同。", f"Same {en} as row {number}.")


def other_level(name: str) -> Finding:
    return Finding(
        "other_level", "error", f"代码已属于其他层级的“{name}”。", f"The code belongs to “{name}” of another level."
    )


def outside_root(name: str) -> Finding:
    return Finding("outside_root", "error", f"代码或位置不在“{name}”之内。", f"It does not belong to “{name}”.")


def crosses(lng: float, lat: float, before: float, after: float) -> Finding:
    return Finding(
        "self_crossing",
        "ask",
        f"在 ({lng:.5f}, {lat:.5f}) 附近自相交；修复后面积由 {before:,.0f} m² 变为 {after:,.0f} m²。",
        f"Crosses itself near ({lng:.5f}, {lat:.5f}); repaired it has {after:,.0f} m² instead of {before:,.0f} m².",
    )


def beyond_parent(name: str, square_metres: float) -> Finding:
    return Finding(
        "beyond_parent",
        "note",
        f"有 {square_metres:,.0f} m² 在“{name}”之外。",
        f"{square_metres:,.0f} m² lie outside “{name}”.",
    )


def islands(parts: int) -> Finding:
    return Finding("islands", "note", f"由 {parts} 块组成（飞地或岛）。", f"It has {parts} parts (islands).")


def holes(count: int) -> Finding:
    return Finding("holes", "note", f"内有 {count} 个洞。", f"It has {count} holes.")


def renamed(present: str) -> Finding:
    return Finding("renamed", "note", f"现名“{present}”，导入后改名。", f"It is called “{present}” now.")
