"""Unit grids cover their community, do not overlap, and are numbered by the rule, whatever its outline."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from grids.rules.metres import square_metres
from grids.rules.unit_raster import SLIVER_SHARE, TooManyCells, unit_cells

ANCHOR = (118.6, 32.0)
SIZE = 100.0


@st.composite
def outlines(draw: st.DrawFn) -> Polygon:
    """A star around a middle somewhere in the district: concave, with corners at any angle."""
    corners = draw(st.integers(3, 14))
    reaches = draw(st.lists(st.floats(0.001, 0.008), min_size=corners, max_size=corners))
    east, north = draw(st.floats(-0.05, 0.05)), draw(st.floats(-0.05, 0.05))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + draw(st.floats(0, 1))
    places = [
        (118.6 + east + r * np.cos(a), 32.0 + north + r * np.sin(a)) for r, a in zip(reaches, angles, strict=True)
    ]
    return Polygon(places)


def total(shapes: list[BaseGeometry]) -> float:
    return sum(map(square_metres, shapes))


@settings(max_examples=60, deadline=None)
@given(outline=outlines())
def test_unit_grids_cover_the_community_and_do_not_overlap(outline: Polygon):
    cells = [cell.outline for cell in unit_cells(outline, size_metres=SIZE, anchor=ANCHOR)]
    border = outline.length * 111_320.0
    union = shapely.union_all(cells)
    assert total([outline.difference(union)]) < 0.002 * border + 0.01
    assert total([union.difference(outline)]) < 0.002 * border + 0.01
    assert total(cells) == pytest.approx(square_metres(outline), abs=0.004 * border + 0.1)
    assert all(cell.is_valid for cell in cells)


@settings(max_examples=60, deadline=None)
@given(outline=outlines())
def test_numbers_run_from_west_to_east_and_from_north_to_south(outline: Polygon):
    cells = unit_cells(outline, size_metres=SIZE, anchor=ANCHOR)
    assert [cell.number for cell in cells] == list(range(1, len(cells) + 1))
    places = [(cell.row, cell.column) for cell in cells]
    assert places == sorted(places)
    assert unit_cells(outline, size_metres=SIZE, anchor=ANCHOR) == cells


@settings(max_examples=60, deadline=None)
@given(outline=outlines())
def test_a_connected_community_has_no_slivers(outline: Polygon):
    cells = unit_cells(outline, size_metres=SIZE, anchor=ANCHOR)
    least = SLIVER_SHARE * SIZE**2 * 0.99
    assert len(cells) == 1 or all(square_metres(cell.outline) > least for cell in cells)


def test_a_square_on_the_raster_is_cut_into_whole_cells():
    east, north = 0.0105939, 0.0090160  # about a kilometre here
    square = shapely.box(*ANCHOR, ANCHOR[0] + east, ANCHOR[1] + north)
    cells = unit_cells(square, size_metres=SIZE, anchor=ANCHOR)
    assert len(cells) == 100
    first, last = cells[0].outline.centroid, cells[-1].outline.centroid
    assert first.x < last.x
    assert first.y > last.y


def test_an_island_smaller_than_a_sliver_is_a_cell_of_its_own():
    land = shapely.box(118.6, 32.0, 118.61, 32.01)
    island = shapely.box(118.62, 32.0, 118.6202, 32.0002)
    cells = unit_cells(MultiPolygon([land, island]), size_metres=SIZE, anchor=ANCHOR)
    assert any(cell.outline.equals_exact(island, 1e-7) for cell in cells) or len(cells) > 1


def test_more_cells_than_three_digits_can_number_are_refused():
    with pytest.raises(TooManyCells) as refusal:
        unit_cells(shapely.box(118.6, 32.0, 118.65, 32.05), size_metres=SIZE, anchor=ANCHOR)
    assert refusal.value.count > 2_000
