"""How near a rule is to telling: what the page shows while somebody sets a zone up."""

import numpy as np
import pytest

from video.pipeline.plans import ZonePlan
from video.pipeline.tracker import Track
from video.pipeline.zones import Standing, ZoneWatch
from video.rules.algorithms import read_algorithms
from video.rules.composed import EitherRule, Part, TogetherRule
from video.rules.congestion import CongestionRule
from video.rules.crossing import CrossingRule
from video.rules.temporal import CountRule, DwellRule, Progress, StaticObjectRule, Thing

PERSON = Thing(1, "person", 0.9, (0.4, 0.4, 0.5, 0.9))
OTHER = Thing(2, "person", 0.8, (0.6, 0.4, 0.7, 0.9))
LINE = ((0.0, 0.5), (1.0, 0.5))


def looked(rule, things, seconds):
    """The rule after it saw the same things once a second."""
    for at in range(seconds + 1):
        rule.see(float(at), things)
    return rule.progress()


def test_a_count_tells_how_long_and_how_many():
    assert looked(CountRule(seconds=60, at_least=2), [PERSON, OTHER], 23) == Progress(23, 60, 2, 2)


def test_too_few_have_not_lasted_at_all():
    assert looked(CountRule(seconds=60, at_least=2), [PERSON], 23) == Progress(0, 60, 1, 2)


def test_a_stay_is_told_of_the_one_that_has_stayed_longest():
    rule = DwellRule(seconds=60)
    looked(rule, [PERSON], 9)
    rule.see(10.0, [PERSON, OTHER])
    assert rule.progress() == Progress(10, 60)


def test_what_stands_still_is_told_of_as_many_as_are_needed():
    rule = StaticObjectRule(seconds=120, at_least=2)
    looked(rule, [PERSON], 9)
    for at in range(10, 16):
        rule.see(float(at), [PERSON, OTHER])
    assert rule.progress() == Progress(5, 120, 2, 2)


def test_of_fewer_than_needed_the_longest_standing_is_told():
    assert looked(StaticObjectRule(seconds=120, at_least=3), [PERSON], 9) == Progress(9, 120, 1, 3)


def test_crossings_are_counted():
    rule = CrossingRule(LINE, at_least=2)
    rule.see(0.0, [Thing(1, "person", 0.9, (0.4, 0.1, 0.5, 0.4))])
    rule.see(1.0, [Thing(1, "person", 0.9, (0.4, 0.3, 0.5, 0.6))])
    assert rule.progress() == Progress(0, 0, 1, 2)


def test_a_road_that_is_full_and_slow_tells_for_how_long():
    rule = CongestionRule(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), seconds=60, occupancy=0.1, at_least=1)
    things = [Thing(1, "car", 0.9, (0.1, 0.1, 0.9, 0.9))]
    assert looked(rule, things, 21) == Progress(20, 60, 1, 1)


def test_together_is_as_far_as_its_last_part_and_either_as_its_first():
    slow, quick = Part(CountRule(seconds=100)), Part(CountRule(seconds=20))
    assert looked(TogetherRule((slow, quick)), [PERSON], 10) == Progress(10, 100, 1, 1)
    assert looked(EitherRule((slow, quick)), [PERSON], 10) == Progress(10, 20, 1, 1)


@pytest.mark.parametrize("code", sorted(read_algorithms()))
def test_every_algorithm_tells_how_near_it_is_before_it_has_seen_anything(code):
    progress = read_algorithms()[code].build({}).progress()
    assert progress.lasted_seconds == 0
    assert 0 <= progress.share < 1


def test_a_zone_tells_which_tracks_count_in_it_and_whether_its_rule_holds():
    plan = ZonePlan(7, "门口", ((0.0, 0.5), (1.0, 0.5), (1.0, 1.0), (0.0, 1.0)), "restricted_area_presence", {})
    watch = ZoneWatch(plan, read_algorithms()[plan.algorithm], repeat_seconds=60.0, calm_seconds=20.0)
    inside = Track(1, "person", 0.9, np.array([0.4, 0.4, 0.5, 0.9], np.float32), 0.0, 0.0)
    outside = Track(2, "person", 0.9, np.array([0.4, 0.1, 0.5, 0.4], np.float32), 0.0, 0.0)
    unsure = Track(3, "person", 0.26, np.array([0.4, 0.4, 0.5, 0.9], np.float32), 0.0, 0.0)
    assert watch.standing() == Standing((), Progress(0.0, 3, 0, 1), holds=False)
    for at in range(3):
        watch.see(float(at), [inside, outside, unsure])
    assert watch.standing() == Standing((1,), Progress(2.0, 3, 1, 1), holds=False)
    watch.see(3.0, [inside, outside, unsure])
    assert watch.standing().holds
