"""Zones: which point is inside, which polygon is not one."""

from hypothesis import given
from hypothesis import strategies as st

from video.rules.geometry import area_of, contains, crosses_itself, foot_of, overlap

SQUARE = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
BOW_TIE = [(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)]
ARROW = [(0.1, 0.1), (0.9, 0.1), (0.5, 0.4), (0.9, 0.9), (0.1, 0.9)]
inside = st.floats(0.21, 0.79)
fraction = st.floats(0.0, 1.0)


@given(inside, inside)
def test_a_point_between_the_edges_is_inside(x, y):
    assert contains(SQUARE, (x, y))


@given(st.floats(0.81, 5.0), fraction)
def test_a_point_beyond_the_edges_is_outside(x, y):
    assert not contains(SQUARE, (x, y))


@given(st.integers(0, 4), fraction, fraction)
def test_the_first_corner_named_does_not_matter(turn, x, y):
    assert contains(ARROW, (x, y)) == contains([*ARROW[turn:], *ARROW[:turn]], (x, y))


def test_the_notch_of_a_hollow_shape_is_outside():
    assert not contains(ARROW, (0.8, 0.5))


def test_a_bow_tie_crosses_itself():
    assert crosses_itself(BOW_TIE)


def test_a_hollow_shape_does_not_cross_itself():
    assert not crosses_itself(ARROW)


def test_a_corner_visited_twice_crosses_itself():
    assert crosses_itself([(0.1, 0.1), (0.5, 0.5), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9)])


def test_a_corner_that_lies_on_another_edge_crosses_itself():
    assert crosses_itself([(0.0, 0.0), (1.0, 0.0), (0.5, 1.0), (0.5, 0.0)])


@given(st.integers(3, 12))
def test_a_regular_polygon_never_crosses_itself(corners):
    ring = [(0.5 + 0.4 * _cos(index / corners), 0.5 + 0.4 * _sin(index / corners)) for index in range(corners)]
    assert not crosses_itself(ring)


def test_the_area_of_a_square_is_side_by_side():
    assert round(area_of(SQUARE), 9) == 0.36


def test_a_thing_stands_on_the_middle_of_its_lower_edge():
    assert foot_of((0.2, 0.1, 0.4, 0.9)) == (0.30000000000000004, 0.9)


def test_a_box_overlaps_itself_wholly_and_a_distant_one_not_at_all():
    assert (overlap((0, 0, 1, 1), (0, 0, 1, 1)), overlap((0, 0, 1, 1), (2, 2, 3, 3))) == (1.0, 0.0)


def _cos(turn: float) -> float:
    return _point(turn).real


def _sin(turn: float) -> float:
    return _point(turn).imag


def _point(turn: float) -> complex:
    return complex(2.718281828459045) ** (2j * 3.141592653589793 * turn)
