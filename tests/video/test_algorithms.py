"""The declarations: complete in both languages, checked, buildable."""

from pathlib import Path

import pytest
import yaml

from video.detectors.manifest import find_model
from video.detectors.store import DETECTOR
from video.rules.algorithms import read_algorithms
from video.rules.temporal import CountRule, DwellRule, StaticObjectRule

ALGORITHMS = read_algorithms()
TEN = {
    "restricted_area_presence",
    "water_fishing",
    "crowd_gathering",
    "no_hard_hat",
    "traffic_congestion",
    "disorderly_parking",
    "road_occupation",
    "fire_lane_blocked",
    "truck_dumping",
    "sewage_dumping",
}
SUSPECTED = {"water_fishing", "no_hard_hat", "road_occupation", "truck_dumping", "sewage_dumping"}
SCENARIOS = Path(__file__).resolve().parents[2] / "events" / "reference_data" / "scenarios"
MODES = [(algorithm, mode) for algorithm in ALGORITHMS.values() for mode in algorithm.rules]


def values_for(mode: str) -> dict[str, str]:
    return {} if mode == "default" else {"mode": mode}


def test_the_ten_of_the_domain_are_declared():
    assert set(ALGORITHMS) == TEN


def test_what_is_only_suspected_says_so_in_its_name():
    named = {code for code, one in ALGORITHMS.items() if "疑似" in one.name["zh"] and "Suspected" in one.name["en"]}
    assert named == {code for code, one in ALGORITHMS.items() if one.suspected} == SUSPECTED


def test_no_algorithm_says_that_it_knows_who_somebody_is():
    people = [one for one in ALGORITHMS.values() if one.about_person and not one.suspected]
    assert all("不识别" in one.sees["zh"] and "recognises" in one.sees["en"] for one in people)


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=lambda one: one.code)
def test_every_algorithm_triggers_the_procedure_of_its_kind(algorithm):
    scenario = yaml.safe_load((SCENARIOS / f"{algorithm.default_type}.yaml").read_text(encoding="utf-8"))
    assert ("video", algorithm.code) in {(one["source"], one.get("rule")) for one in scenario["triggers"]}


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=lambda one: one.code)
def test_sensitivity_and_night_set_permitted_values_of_known_parameters(algorithm):
    assert set(algorithm.sensitivity) == {"low", "high"}
    assert [algorithm.problems_with(chosen) for chosen in (*algorithm.sensitivity.values(), algorithm.night)] == [
        {}
    ] * 3


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=lambda one: one.code)
def test_a_more_sensitive_zone_never_waits_longer_nor_asks_for_surer_sight(algorithm):
    low, normal, high = (algorithm.completed({}, sensitivity=choice) for choice in ("low", "normal", "high"))
    for name in ("seconds", "confidence"):
        assert low[name] >= normal[name] >= high[name]


@pytest.mark.parametrize(("algorithm", "mode"), MODES, ids=lambda value: getattr(value, "code", value))
def test_every_mode_builds_a_rule_of_its_own(algorithm, mode):
    values = values_for(mode)
    rule = algorithm.build(values, shape=((0, 0), (1, 0), (1, 1)))
    assert rule.see(0.0, []) is None
    assert rule is not algorithm.build(values)


@pytest.mark.parametrize(("algorithm", "mode"), MODES, ids=lambda value: getattr(value, "code", value))
def test_a_mode_needs_only_words_that_the_algorithm_names(algorithm, mode):
    assert algorithm.words(values_for(mode)) <= algorithm.targets


def test_hard_hats_need_a_word_that_the_default_model_does_not_know():
    assert ALGORITHMS["no_hard_hat"].words({}) == {"bare_head"}
    assert "bare_head" not in find_model(DETECTOR).labels
    assert all(
        one.words({}) <= set(find_model(DETECTOR).labels) for code, one in ALGORITHMS.items() if code != "no_hard_hat"
    )


def test_what_only_compares_pictures_needs_no_words():
    assert ALGORITHMS["sewage_dumping"].words({"mode": "colour"}) == frozenset()
    assert ALGORITHMS["sewage_dumping"].words({"mode": "tanker"}) == {"truck", "bus", "car"}


def test_the_zones_own_value_goes_before_its_sensitivity_and_its_night_before_that():
    area = ALGORITHMS["restricted_area_presence"]
    by_night = area.completed({"confidence": 0.7}, sensitivity="low", dark=True, at_night={"confidence": 0.5})
    assert area.completed({"confidence": 0.7}, sensitivity="low")["confidence"] == 0.7
    assert by_night["confidence"] == 0.5
    assert area.completed({}, sensitivity="low", dark=True)["confidence"] == area.night["confidence"]


def test_a_gap_is_never_shorter_than_the_time_between_two_looks():
    area = ALGORITHMS["restricted_area_presence"]
    rules = [area.build({}), area.build({}, least_gap_seconds=12.5)]
    assert [rule.gap_seconds for rule in rules if isinstance(rule, CountRule)] == [1.5, 12.5]


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
