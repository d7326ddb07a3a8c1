"""When seeing becomes telling."""

from hypothesis import given
from hypothesis import strategies as st

from video.rules.temporal import CountRule, DwellRule, StaticObjectRule, Thing

BOX = (0.4, 0.4, 0.5, 0.6)


def person(track: int = 1, box=BOX) -> Thing:
    return Thing(track, "person", 0.8, box)


def feed(rule, moments):
    """Claims by moment: `moments` are (second, things)."""
    return [rule.see(at, things) for at, things in moments]


def every_fifth_of_a_second(seconds: float, things, start: float = 0.0):
    return [(start + step / 5, things) for step in range(int(seconds * 5) + 1)]


def test_presence_is_claimed_once_it_has_lasted():
    claims = feed(CountRule(seconds=3), every_fifth_of_a_second(4, [person()]))
    assert [claim is not None for claim in claims].index(True) == 15


def test_presence_tells_since_when():
    assert feed(CountRule(seconds=3), every_fifth_of_a_second(4, [person()], start=10.0))[-1].since == 10.0


def test_a_short_gap_does_not_restart_presence():
    rule = CountRule(seconds=3, gap_seconds=1.5)
    feed(rule, [*every_fifth_of_a_second(2, [person()]), (2.4, []), (2.8, []), (3.2, [person()])])
    claim = rule.see(3.4, [person()])
    assert claim and claim.since == 0.0


def test_a_long_gap_restarts_presence():
    rule = CountRule(seconds=3, gap_seconds=1.5)
    feed(rule, [*every_fifth_of_a_second(2, [person()]), (4.0, [])])
    assert rule.see(4.2, [person()]) is None


def test_two_people_are_not_three():
    assert not any(feed(CountRule(seconds=1, at_least=3), every_fifth_of_a_second(5, [person(1), person(2)])))


def test_dwelling_needs_one_and_the_same_person():
    passers_by = [(step / 5, [person(step // 5)]) for step in range(50)]
    assert not any(feed(DwellRule(seconds=3), passers_by))


def test_dwelling_is_claimed_for_the_one_who_stays():
    moments = [(step / 5, [person(7), person(100 + step)]) for step in range(20)]
    assert [thing.track for thing in feed(DwellRule(seconds=3), moments)[-1].things] == [7]


def test_a_standing_car_is_claimed_although_its_track_changes():
    moments = [(step / 5, [Thing(step // 10, "car", 0.7, BOX)]) for step in range(60)]
    assert feed(StaticObjectRule(seconds=10), moments)[-1].since == 0.0


def test_a_slowly_driving_car_is_never_static():
    moments = [(step / 5, [Thing(1, "car", 0.7, (0.01 * step, 0.4, 0.01 * step + 0.1, 0.6))]) for step in range(60)]
    assert not any(feed(StaticObjectRule(seconds=5), moments))


def test_a_car_hidden_for_a_while_keeps_its_clock():
    rule = StaticObjectRule(seconds=10, gap_seconds=5)
    car = [Thing(1, "car", 0.7, BOX)]
    feed(rule, [*every_fifth_of_a_second(7, car), (9.0, []), (11.0, car)])
    claim = rule.see(11.2, car)
    assert claim and claim.since == 0.0


def test_something_seen_in_few_of_the_looks_is_no_obstacle():
    flicker = [(step / 5, [Thing(1, "car", 0.7, BOX)] if step % 4 == 0 else []) for step in range(100)]
    assert not any(feed(StaticObjectRule(seconds=5, seen_share=0.5), flicker))


@given(st.lists(st.tuples(st.floats(0.05, 3.0), st.integers(0, 3)), max_size=60), st.floats(0.5, 10))
def test_a_claim_never_comes_before_its_time(steps, seconds):
    rule, at = CountRule(seconds=seconds), 0.0
    claims = []
    for step, count in steps:
        at += step
        claims.append(rule.see(at, [person(number) for number in range(count)]))
    assert all(claim.at - claim.since >= seconds for claim in claims if claim)
