"""The declarations: complete in both languages, checked, buildable."""

import pytest

from video.rules.algorithms import read_algorithms
from video.rules.temporal import CountRule, DwellRule, StaticObjectRule

ALGORITHMS = read_algorithms()


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=lambda one: one.code)
def test_every_algorithm_says_in_both_languages_what_it_cannot_see(algorithm):
    assert all(len(algorithm.limits[language]) > 40 and algorithm.name[language] for language in ("zh", "en"))


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=lambda one: one.code)
def test_every_default_is_a_permitted_value(algorithm):
    assert algorithm.problems_with(algorithm.completed({})) == {}


def test_presence_and_dwell_are_two_modes_of_one_algorithm():
    area = ALGORITHMS["restricted_area_presence"]
    assert (type(area.build({})), type(area.build({"mode": "dwell"}))) == (CountRule, DwellRule)


def test_a_blocked_lane_is_a_static_object():
    assert isinstance(ALGORITHMS["fire_lane_blocked"].build({"seconds": 30}), StaticObjectRule)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"seconds": -1}, {"seconds": "too_small"}),
        ({"seconds": 1e9}, {"seconds": "too_large"}),
        ({"seconds": "3"}, {"seconds": "not_a_number"}),
        ({"at_least": 1.5}, {"at_least": "not_a_number"}),
        ({"mode": "guess"}, {"mode": "unknown_choice"}),
        ({"colour": "red"}, {"colour": "unknown_parameter"}),
    ],
)
def test_a_wrong_parameter_is_named_with_its_fault(values, problem):
    assert ALGORITHMS["restricted_area_presence"].problems_with(values) == problem
