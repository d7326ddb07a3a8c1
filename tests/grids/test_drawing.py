"""The tools of the editor on shapes alone, attacked with shapes nobody would draw."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, scale
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.ops import unary_union

from grids.rules.drawing import CannotDraw, carve, merge, move_border, shared_border, split
from grids.rules.metres import square_metres
from grids.rules.numbering import in_rule_order, proposed_codes
from grids.rules.succession import shares

WEST, SOUTH, SIDE = 118.0, 32.0, 0.01


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    corner = (WEST + west * SIDE, SOUTH + south * SIDE, WEST + east * SIDE, SOUTH + north * SIDE)
    return MultiPolygon([shapely.box(*corner)])


def line(*points: tuple[float, float]) -> LineString:
    return LineString([(WEST + u * SIDE, SOUTH + v * SIDE) for u, v in points])


@st.composite
def blobs(draw: st.DrawFn) -> Polygon:
    """Convex, long, turned: anything between a street block and a river bank."""
    points = draw(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=5, max_size=30))
    hull = unary_union([Point(WEST + u * SIDE, SOUTH + v * SIDE).buffer(SIDE * 0.2, quad_segs=4) for u, v in points])
    hull = hull.convex_hull
    turned = rotate(scale(hull, draw(st.floats(0.3, 3)), draw(st.floats(0.3, 3))), draw(st.floats(0, 180)))
    return Polygon(turned.exterior)


@settings(max_examples=120, deadline=None)
@given(blob=blobs(), at=st.floats(0.1, 0.9), angle=st.floats(0, 179))
def test_what_was_split_and_merged_again_is_the_same_ground(blob: Polygon, at: float, angle: float) -> None:
    west, south, east, north = blob.bounds
    middle = Point(west + (east - west) * at, south + (north - south) * at)
    middle = middle if blob.contains(middle) else blob.representative_point()
    cut = rotate(LineString([(middle.x - 1, middle.y), (middle.x + 1, middle.y)]), angle, origin=middle)
    pieces = split(blob, cut)
    assert len(pieces) == 2
    assert sum(piece.area for piece in pieces) == pytest.approx(blob.area, rel=1e-9)
    assert shapely.symmetric_difference(merge(pieces), blob).area < blob.area * 1e-9
    assert len(merge(pieces).geoms) == 1 and not merge(pieces).geoms[0].interiors


def test_a_line_with_two_bends_gives_three_pieces_the_largest_first() -> None:
    pieces = split(box(0, 0, 2, 1), line((-0.1, 0.8), (0.5, 0.8), (0.5, 1.5), (1.5, 1.5), (1.5, 0.9), (2.1, 0.9)))
    assert [round(square_metres(piece) / square_metres(box(0, 0, 1, 1)), 2) for piece in pieces] == [1.85, 0.1, 0.05]


def test_a_line_that_ends_on_the_border_reaches_it() -> None:
    assert len(split(box(0, 0, 1, 1), line((0.5, 0.0000001), (0.5, 0.9999999)))) == 2


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        (line((0.2, 0.2), (0.8, 0.8)), "line_does_not_cross"),
        (line((5, 5), (6, 6)), "line_does_not_cross"),
        (line((0.5, 0.5), (0.5, 0.5)), "line_does_not_cross"),
        (line((-1, 0.2), (2, 0.2), (0.5, 1), (0.5, -1)), "line_crosses_itself"),
    ],
)
def test_a_line_that_cuts_nothing_is_refused(drawn: LineString, reason: str) -> None:
    with pytest.raises(CannotDraw) as refusal:
        split(box(0, 0, 1, 1), drawn)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("other", [box(2, 0, 3, 1), box(1, 1, 2, 2)])
def test_only_neighbours_with_a_common_border_are_merged(other: MultiPolygon) -> None:
    with pytest.raises(CannotDraw, match="not_neighbours"):
        merge([box(0, 0, 1, 1), other])


def test_a_corner_on_the_neighbours_edge_leaves_no_slit() -> None:
    upper, lower = split(box(0, 0, 1, 1), line((-0.1, 1 / 3), (1.1, 0.7)))
    merged = merge([upper, box(1, 0, 2, 1), lower])
    assert len(merged.geoms) == 1 and not merged.geoms[0].interiors
    assert merged.area == pytest.approx(box(0, 0, 2, 1).area, rel=1e-9)


@settings(max_examples=80, deadline=None)
@given(low=st.floats(0.1, 1.9), high=st.floats(0.1, 1.9))
def test_a_moved_border_leaves_both_together_the_same_ground(low: float, high: float) -> None:
    one, other = box(0, 0, 1, 1), box(1, 0, 2, 1)
    first, second = move_border(one, other, line((low, -0.1), (high, 1.1)))
    assert first.area + second.area == pytest.approx(one.area + other.area, rel=1e-9)
    assert shapely.intersection(first, second).area < one.area * 1e-9
    assert shapely.symmetric_difference(unary_union([first, second]), unary_union([one, other])).area < one.area * 1e-9
    assert first.bounds[0] == one.bounds[0] and second.bounds[2] == other.bounds[2]


def test_the_border_of_two_neighbours_is_the_line_between_them() -> None:
    border = shared_border(box(0, 0, 1, 1), box(1, 0, 2, 2))
    assert border is not None and border.equals(line((1, 0), (1, 1)))
    assert shared_border(box(0, 0, 1, 1), box(2, 0, 3, 1)) is None


def test_a_drawn_area_is_cut_to_its_parent_and_out_of_the_others() -> None:
    drawn, rests = carve(box(0.5, 0.5, 1.5, 3), box(0, 0, 2, 1), [box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert drawn.equals(box(0.5, 0.5, 1.5, 1))
    assert [round(rest.area / box(0, 0, 1, 1).area, 6) for rest in rests] == [0.75, 0.75]


def test_a_drawn_area_that_covers_another_leaves_it_nothing() -> None:
    _, rests = carve(box(-1, -1, 1.5, 2), box(0, 0, 2, 1), [box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert rests[0].is_empty and not rests[1].is_empty


@settings(max_examples=60, deadline=None)
@given(columns=st.integers(1, 7), rows=st.integers(1, 7), order=st.randoms(use_true_random=False))
def test_a_raster_is_numbered_west_to_east_and_north_to_south(columns: int, rows: int, order: object) -> None:
    cells = [(u, v) for v in range(rows) for u in range(columns)]
    order.shuffle(cells)  # type: ignore[attr-defined]
    shapes = [box(u, rows - v - 1, u + 1, rows - v) for u, v in cells]
    assert [cells[place] for place in in_rule_order(shapes)] == sorted(cells, key=lambda cell: (cell[1], cell[0]))


@settings(max_examples=60, deadline=None)
@given(shapes=st.lists(blobs(), min_size=1, max_size=12), order=st.randoms(use_true_random=False))
def test_codes_do_not_hang_on_the_order_in_which_areas_come(shapes: list[Polygon], order: object) -> None:
    named = {f"a{number}": shape for number, shape in enumerate(shapes)}
    names = list(named)
    order.shuffle(names)  # type: ignore[attr-defined]
    codes = proposed_codes("329905001001", "grid", named)
    assert codes == proposed_codes("329905001001", "grid", {name: named[name] for name in names})
    assert sorted(codes.values()) == [f"329905001001G{number:03d}" for number in range(1, len(shapes) + 1)]


def test_numbers_of_the_past_are_not_given_again() -> None:
    codes = proposed_codes(
        "329905001001", "grid", {"b": box(1, 0, 2, 1), "a": box(0, 0, 1, 1)}, {"329905001001G001", "329905001001G003"}
    )
    assert codes == {"a": "329905001001G002", "b": "329905001001G004"}


def test_the_ground_of_an_area_is_followed_into_the_new_ones() -> None:
    old, new = [box(0, 0, 1, 1), box(1, 0, 2, 1)], [box(0, 0, 1.5, 1), box(1.5, 0, 2, 1)]
    parts = [[(place, round(part, 6)) for place, part in one] for one in shares(old, new)]
    assert parts == [[(0, 1.0)], [(0, 0.5), (1, 0.5)]]
