"""What a scene may put where."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wall.actions.scenes import SHIPPED, File
from wall.queries.plans import plans
from wall.rules.layout import COLUMNS, PANELS, ROWS, SEAMS, layout_faults

MAP = {"panel": "map", "x": 0, "y": 0, "w": 8, "h": 12}


def faults(*wide: dict[str, Any], ultra: list[dict[str, Any]] | None = None) -> list[tuple[str, str]]:
    layout = {"wide": list(wide), "ultra": [MAP] if ultra is None else ultra}
    return [(fault.field, fault.code) for fault in layout_faults(layout)]


def test_a_sound_layout_has_no_faults() -> None:
    assert faults(MAP, {"panel": "alarms", "x": 8, "y": 0, "w": 6, "h": 6}) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"panel": "stocks", "x": 8, "y": 0, "w": 6, "h": 6}, "unknown_panel"),
        ({"panel": "alarms", "x": 7, "y": 0, "w": 6, "h": 6}, "overlap"),
        ({"panel": "alarms", "x": 20, "y": 0, "w": 6, "h": 6}, "outside"),
        ({"panel": "alarms", "x": 8, "y": -1, "w": 6, "h": 6}, "outside"),
        ({"panel": "alarms", "x": 8, "y": 0, "w": 2, "h": 6}, "too_small"),
        ({"panel": "map", "x": 8, "y": 0, "w": 8, "h": 6}, "twice"),
        ({"panel": "alarms", "x": 8, "y": 0, "w": 6}, "malformed"),
        ({"panel": "alarms", "x": 8.5, "y": 0, "w": 6, "h": 6}, "malformed"),
        ({"panel": "alarms", "x": True, "y": 0, "w": 6, "h": 6}, "malformed"),
    ],
)
def test_what_cannot_be_shown_is_said_at_its_panel(cell: dict[str, Any], code: str) -> None:
    assert faults(MAP, cell) == [("wide.1", code)]


def test_nothing_lies_across_a_seam_of_three_screens() -> None:
    crossing = {"panel": "alarms", "x": 6, "y": 0, "w": 4, "h": 6}
    assert faults(MAP, ultra=[crossing]) == [("ultra.0", "crosses_seam")]


def test_an_empty_layout_is_refused() -> None:
    assert faults(ultra=[]) == [("wide", "empty"), ("ultra", "empty")]


@given(st.lists(st.fixed_dictionaries({
    "panel": st.sampled_from(sorted(PANELS)), "x": st.integers(-2, 25), "y": st.integers(-2, 13),
    "w": st.integers(0, 25), "h": st.integers(0, 13),
}), min_size=1, max_size=6))  # fmt: skip
def test_a_layout_without_faults_has_each_cell_once_and_none_outside(cells: list[dict[str, Any]]) -> None:
    covered = [(x, y) for c in cells for x in range(c["x"], c["x"] + c["w"]) for y in range(c["y"], c["y"] + c["h"])]
    is_sound = (
        len(covered) == len(set(covered))
        and all(0 <= x < COLUMNS and 0 <= y < ROWS for x, y in covered)
        and len({c["panel"] for c in cells}) == len(cells)
        and all(c["w"] >= PANELS[c["panel"]].min_w and c["h"] >= PANELS[c["panel"]].min_h for c in cells)
    )
    assert (layout_faults({"wide": cells, "ultra": [MAP]}) == []) == is_sound


def test_the_shipped_scenes_can_be_shown() -> None:
    shipped = File.model_validate(yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))).scenes
    assert [scene.name for scene in shipped] == ["日常", "防汛", "大型活动", "演示"]
    assert [layout_faults(scene.layout) for scene in shipped] == [[], [], [], []]
    assert [scene.watermark for scene in shipped] == [False, False, False, True]
    assert SEAMS == (8, 16)


def test_every_plan_that_ships_has_steps_of_its_own() -> None:
    for plan in plans().values():
        codes = [step.code for step in plan.steps]
        assert codes and len(codes) == len(set(codes))
