"""The coordinates of Chinese maps, against published values and there and back again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids.rules.datums import (
    Datum,
    are_degrees,
    from_wgs84,
    gcj02_to_bd09,
    looks_swapped,
    swapped,
    to_wgs84,
    wgs84_to_gcj02,
)

IN_CHINA = st.tuples(st.floats(74.0, 134.0), st.floats(4.0, 53.0))
METRES_PER_DEGREE = 111_320.0


def metres_between(one: np.ndarray, other: np.ndarray) -> float:
    wide = np.cos(np.radians(one[0, 1]))
    return float(np.hypot((one[0, 0] - other[0, 0]) * wide, one[0, 1] - other[0, 1]) * METRES_PER_DEGREE)


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_gcj02_is_what_is_published_for_known_places(wgs84: tuple[float, float], gcj02: tuple[float, float]):
    assert wgs84_to_gcj02(np.array([wgs84]))[0] == pytest.approx(gcj02, abs=1e-9)


def test_bd09_is_what_is_published_for_a_known_place():
    assert gcj02_to_bd09(np.array([[116.404, 39.915]]))[0] == pytest.approx((116.41036949371029, 39.92133699351021))


@given(place=IN_CHINA, datum=st.sampled_from(list(Datum)))
def test_there_and_back_again_is_less_than_half_a_metre_off(place: tuple[float, float], datum: Datum):
    here = np.array([place])
    assert metres_between(here, to_wgs84(datum, from_wgs84(datum, here))) < 0.01


@given(place=IN_CHINA)
def test_gcj02_is_some_hundred_metres_off_and_bd09_further(place: tuple[float, float]):
    here = np.array([place])
    gcj02, bd09 = from_wgs84(Datum.GCJ02, here), from_wgs84(Datum.BD09, here)
    assert 10 < metres_between(here, gcj02) < 1500
    assert 500 < metres_between(gcj02, bd09) < 1200


@given(place=st.tuples(st.floats(-120.0, 0.0), st.floats(-50.0, 50.0)), datum=st.sampled_from(list(Datum)))
def test_outside_china_nothing_is_shifted(place: tuple[float, float], datum: Datum):
    here = np.array([place])
    assert (from_wgs84(datum, here) == here).all()


def test_latitudes_before_longitudes_are_noticed():
    assert looks_swapped(32.0, 118.6, 32.1, 118.8)
    assert not looks_swapped(118.6, 32.0, 118.8, 32.1)
    assert (swapped(np.array([[32.0, 118.0]])) == np.array([[118.0, 32.0]])).all()


def test_metres_are_told_from_degrees():
    assert are_degrees(118.6, 32.0, 118.8, 32.1)
    assert are_degrees(32.0, 118.6, 32.1, 118.8)
    assert not are_degrees(40_500_000.0, 3_540_000.0, 40_520_000.0, 3_560_000.0)
