"""One place: no line divides what is near, nothing is told twice, and a place does not grow along a street."""

from collections.abc import Sequence
from math import cos, hypot, radians

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.rules.places import Place, Spot, places_of

NEAR, ENOUGH = 50, 3
LNG, LAT = 118.72, 32.01
LNG_METRE, LAT_METRE = 1 / (111_320 * cos(radians(LAT))), 1 / 110_900
"""Degrees, within two per mille."""


def at(east: float, north: float, count: int = 1) -> Spot:
    """A spot so many metres from a corner."""
    return Spot(LNG + east * LNG_METRE, LAT + north * LAT_METRE, count)


steps = st.integers(0, 60).map(lambda number: number * 7)
towns = st.lists(st.tuples(steps, steps, st.integers(1, 3)), max_size=60, unique_by=lambda spot: spot[:2])


def metres(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def partition(places: Sequence[Place]) -> set[frozenset[int]]:
    return {frozenset(place.members) for place in places}


def by_hand(town: Sequence[tuple[int, int, int]]) -> set[frozenset[int]]:
    """The fullest circle of what is left, again and again, counted anew each time; the rest to the nearest centre."""
    near = [{j for j, other in enumerate(town) if metres(one, other) <= NEAR} for one in town]
    crowded = [i for i, inside in enumerate(near) if sum(town[j][2] for j in inside) >= ENOUGH]
    told = set(crowded).union(*(near[i] for i in crowded))
    left, found = set(told), {}
    while True:
        full = [(sum(town[j][2] for j in near[i] & left), -i) for i in crowded if i in left]
        if not full or max(full)[0] < ENOUGH:
            break
        centre = -max(full)[1]
        found[centre] = near[centre] & left
        left -= found[centre]
    for i in left:
        found[min(found, key=lambda centre: metres(town[i], town[centre]))].add(i)
    return {frozenset(members) for members in found.values()}


def shown(town: Sequence[tuple[int, int, int]], east: float = 0, north: float = 0) -> list[Place]:
    return places_of([at(x + east, y + north, count) for x, y, count in town], metres=NEAR, at_least=ENOUGH)


def is_clear(town: Sequence[tuple[int, int, int]]) -> bool:
    """No distance is the radius itself, so that a rounding decides nothing."""
    return all(abs(metres(one, other) - NEAR) > 0.3 for one in town for other in town)


@settings(max_examples=300, deadline=None)
@given(towns)
def test_places_are_those_that_are_counted_by_hand(town: list[tuple[int, int, int]]) -> None:
    assume(is_clear(town))
    places, hand = shown(town), by_hand(town)
    assert len(places) == len(hand)
    assert set().union(*partition(places)) == set().union(*hand)
    assert [place.count for place in places] == sorted((place.count for place in places), reverse=True)
    assert all(place.count == sum(town[spot][2] for spot in place.members) >= ENOUGH for place in places)


@settings(max_examples=200, deadline=None)
@given(towns)
def test_every_case_with_enough_around_it_is_in_exactly_one_place(town: list[tuple[int, int, int]]) -> None:
    assume(is_clear(town))
    places = shown(town)
    members = [spot for place in places for spot in place.members]
    circles = [sum(other[2] for other in town if metres(one, other) <= NEAR) for one in town]
    assert len(members) == len(set(members))
    assert {spot for spot, number in enumerate(circles) if number >= ENOUGH} <= set(members)
    assert all(metres(town[spot], town[place.centre]) <= 3 * NEAR for place in places for spot in place.members)


@settings(max_examples=200, deadline=None)
@given(towns, st.floats(-400, 400), st.floats(-400, 400))
def test_where_the_map_begins_makes_no_difference(town: list[tuple[int, int, int]], east: float, north: float) -> None:
    assume(is_clear(town))
    here, there = shown(town), shown(town, east, north)
    assert len(here) == len(there)
    assert {spot for place in here for spot in place.members} == {spot for place in there for spot in place.members}


def test_three_that_straddle_any_line_are_one_place() -> None:
    places = [shown([(east, 0, 1), (east + 20, 0, 1), (east + 40, 0, 1)]) for east in range(0, 200, 3)]
    assert {(len(found), found[0].count) for found in places} == {(1, 3)}


def test_a_long_street_is_many_places() -> None:
    places = shown([(east, 0, 1) for east in range(0, 3000, 20)])
    assert sum(place.count for place in places) == 150
    assert all(max(place.members) - min(place.members) <= 2 * 3 * NEAR / 20 for place in places)
    assert len(places) >= 3000 / (2 * 3 * NEAR)


def test_two_are_none_and_three_at_one_point_are_one() -> None:
    assert shown([(0, 0, 1), (10, 0, 1)]) == []
    assert shown([]) == []
    assert shown([(0, 0, 3)]) == [Place(0, (0,), 3)]
