"""What holds for every rule, whatever it is shown: hypothesis looks for the counter-example."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.video.scenes import Scene
from video.rules.composed import EitherRule, Part, TogetherRule
from video.rules.congestion import CongestionRule
from video.rules.crossing import CrossingRule
from video.rules.left_object import LeftObjectRule
from video.rules.reference_change import ReferenceChangeRule
from video.rules.stillness import StillnessFilter
from video.rules.temporal import CountRule, DwellRule, StaticObjectRule, TemporalRule, Thing

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
LINE = ((0.0, 0.5), (1.0, 0.5))
GAP = 2.0

THING_RULES = {
    "count": lambda seconds=5.0, gap=GAP: CountRule(seconds=seconds, at_least=2, gap_seconds=gap),
    "dwell": lambda seconds=5.0, gap=GAP: DwellRule(seconds=seconds, gap_seconds=gap),
    "static": lambda seconds=5.0, gap=GAP: StaticObjectRule(seconds=seconds, gap_seconds=gap, seen_share=0.3),
    "congestion": lambda seconds=5.0, gap=GAP: CongestionRule(
        polygon=SQUARE, seconds=seconds, occupancy=0.02, slower_than=1.0, at_least=2, gap_seconds=gap
    ),
    "together": lambda seconds=5.0, gap=GAP: TogetherRule(
        (
            Part(CountRule(seconds=seconds, gap_seconds=gap)),
            Part(StaticObjectRule(seconds=seconds, gap_seconds=gap)),
        )
    ),
    "either": lambda seconds=5.0, gap=GAP: EitherRule(
        (
            Part(DwellRule(seconds=seconds, gap_seconds=gap)),
            Part(CountRule(seconds=seconds, at_least=3, gap_seconds=gap)),
        )
    ),
}
EVERY = pytest.mark.parametrize("kind", sorted(THING_RULES))


@st.composite
def a_thing(draw: st.DrawFn) -> Thing:
    """One of four tracks on one of a few spots, so that things meet, overlap and change places."""
    track = draw(st.integers(1, 4))
    x, y = draw(st.sampled_from((0.1, 0.12, 0.5, 0.8))), draw(st.sampled_from((0.1, 0.3, 0.6)))
    return Thing(track, "car", draw(st.sampled_from((0.4, 0.6, 0.9))), (x, y, x + 0.15, y + 0.2))


THINGS = st.lists(a_thing(), max_size=4, unique_by=lambda thing: thing.track)
LOOKS = st.lists(st.tuples(st.sampled_from((0.2, 0.5, 1.0, 1.9)), THINGS), max_size=60)
JUMPS = st.lists(
    st.tuples(st.sampled_from((0.2, 1.0, 2.5, 60.0, 86_400.0, -0.2, -5.0, -86_400.0)), THINGS), max_size=60
)


def looked(looks, begin: float = 0.0):
    """The steps added up: (second, things)."""
    at, moments = begin, []
    for step, things in looks:
        at += step
        moments.append((at, things))
    return moments


def feed(rule, moments):
    return [rule.see(at, things) for at, things in moments]


def claimed(rule, moments):
    return [claim is not None for claim in feed(rule, moments)]


@EVERY
@given(looks=LOOKS, seconds=st.sampled_from((0.5, 2.0, 5.0)))
def test_nothing_is_claimed_before_its_seconds(kind, looks, seconds):
    claims = feed(THING_RULES[kind](seconds), looked(looks))
    assert all(claim.at - claim.since >= seconds - 1e-9 for claim in claims if claim)


@EVERY
@given(looks=LOOKS, seconds=st.sampled_from((0.5, 1.0, 2.0)), longer=st.sampled_from((0.0, 0.5, 3.0)))
def test_asking_for_longer_never_finds_more(kind, looks, seconds, longer):
    soon = claimed(THING_RULES[kind](seconds), looked(looks))
    late = claimed(THING_RULES[kind](seconds + longer), looked(looks))
    assert all(first or not second for first, second in zip(soon, late, strict=True))


@EVERY
@given(looks=LOOKS, data=st.data())
def test_the_order_in_which_things_are_named_makes_no_difference(kind, looks, data):
    shuffled = [(step, data.draw(st.permutations(things))) for step, things in looks]
    assert claimed(THING_RULES[kind](1.0), looked(looks)) == claimed(THING_RULES[kind](1.0), looked(shuffled))


@EVERY
@given(looks=JUMPS)
def test_a_clock_that_jumps_is_never_taken_for_patience(kind, looks):
    """What a rule counts as lasting it has watched: no step within it is longer than the gap it forgives."""
    moments = looked(looks)
    claims = feed(THING_RULES[kind](3.0), moments)
    steps = [later - sooner for (sooner, _), (later, _) in zip(moments, moments[1:], strict=False)]
    lasted = [(claim.at - claim.since, steps[:number]) for number, claim in enumerate(claims) if claim]
    assert all(seconds <= lasting_without_jumps(before) + 1e-6 for seconds, before in lasted)


@EVERY
def test_a_clock_that_goes_back_while_nothing_is_there_begins_anew_too(kind):
    there, gone = [PERSON, replace(PERSON, track=2)], list[Thing]()
    looks = [(0.2, there), (1.0, gone), (0.9, gone), (-0.2, there), (0.5, there), (1.0, there)]
    assert not any(claimed(THING_RULES[kind](2.5), looked(looks)))


def lasting_without_jumps(steps):
    """Seconds up to now in which no step was longer than the gap, nor backwards."""
    total = 0.0
    for step in reversed(steps):
        if not 0 <= step <= GAP:
            break
        total += step
    return total


@EVERY
@given(looks=LOOKS)
def test_when_the_stream_began_makes_no_difference(kind, looks):
    steps = [(round(step * 8) / 8, things) for step, things in looks]
    assert claimed(THING_RULES[kind](2.0), looked(steps)) == claimed(THING_RULES[kind](2.0), looked(steps, 4096.0))


PERSON = Thing(1, "person", 0.8, (0.4, 0.4, 0.5, 0.6))
CROWD = [PERSON, replace(PERSON, track=2)]


@pytest.mark.parametrize(
    ("rule", "things"),
    [
        (lambda gap: CountRule(seconds=4, gap_seconds=gap), [PERSON]),
        (lambda gap: DwellRule(seconds=4, gap_seconds=gap), [PERSON]),
        (lambda gap: StaticObjectRule(seconds=4, gap_seconds=gap, seen_share=0.1), [PERSON]),
        (lambda gap: CongestionRule(SQUARE, seconds=4, occupancy=0.01, at_least=2, gap_seconds=gap), CROWD),
    ],
    ids=["count", "dwell", "static", "congestion"],
)
@given(gap=st.sampled_from((1.0, 2.0, 7.5)), over=st.sampled_from((-0.25, 0.0, 0.25)))
def test_gaps_are_forgiven_exactly_as_declared(rule, things, gap, over):
    """Seen for two seconds, away for the gap and a little less or more, seen for two and a half again."""
    looking = rule(gap)
    back = 2.0 + gap + over
    feed(looking, [(step / 8, things) for step in range(17)])
    feed(looking, [(2.125 + step / 8, []) for step in range(int((back - 2.125) * 8))])
    claim = feed(looking, [(back + step / 8, things) for step in range(21)])[-1]
    assert (claim is not None and claim.since <= 1.0) == (over <= 0)


@given(looks=LOOKS, fewer=st.integers(1, 3))
def test_asking_for_more_things_never_finds_more(looks, fewer):
    for rule in (
        lambda least: CountRule(seconds=1, at_least=least, gap_seconds=GAP),
        lambda least: StaticObjectRule(seconds=1, at_least=least, gap_seconds=GAP),
    ):
        some, many = claimed(rule(fewer), looked(looks)), claimed(rule(fewer + 1), looked(looks))
        assert all(first or not second for first, second in zip(some, many, strict=True))


@given(looks=LOOKS, full=st.sampled_from((0.02, 0.1)), slow=st.sampled_from((0.2, 1.0)))
def test_asking_for_a_fuller_or_slower_road_never_finds_more(looks, full, slow):
    def rule(occupancy, slower_than):
        return CongestionRule(SQUARE, 1.0, occupancy=occupancy, slower_than=slower_than, at_least=2, gap_seconds=GAP)

    asked = claimed(rule(full, slow), looked(looks))
    fuller = claimed(rule(full * 2, slow), looked(looks))
    slower = claimed(rule(full, slow / 2), looked(looks))
    assert all(one or not (two or three) for one, two, three in zip(asked, fuller, slower, strict=True))


@given(things=THINGS)
def test_a_road_is_never_more_than_full(things):
    covered = CongestionRule(SQUARE, 1.0).covered(things)
    assert 0.0 <= covered <= min(1.0, 0.03 * len(things) * 1.3 + 1e-9)


# --- lines

STEPS = st.lists(
    st.tuples(st.sampled_from((0.25, 0.5, 1.0)), st.sampled_from((0.2, 0.35, 0.5, 0.65, 0.8))), max_size=40
)


def walker(feet):
    """One person whose foot is at these heights of the picture."""
    return looked([(step, [Thing(1, "person", 0.8, (0.4, foot - 0.1, 0.5, foot))]) for step, foot in feet])


@given(feet=STEPS)
def test_who_ends_on_the_other_side_has_crossed_an_odd_number_of_times(feet):
    crossings = sum(claimed(CrossingRule(LINE), walker(feet)))
    sides = [foot > 0.5 for _, foot in feet]
    assert crossings == sum(one != two for one, two in zip(sides, sides[1:], strict=False))


@given(feet=STEPS)
def test_both_directions_together_are_all_crossings(feet):
    both, left, right = (
        claimed(CrossingRule(LINE, direction=way), walker(feet)) for way in ("both", "to_left", "to_right")
    )
    assert both == [one or two for one, two in zip(left, right, strict=True)]
    assert not any(one and two for one, two in zip(left, right, strict=True))


@given(feet=STEPS, jump=st.sampled_from((2.5, 60.0, -5.0)))
def test_a_path_over_a_jump_of_the_clock_is_no_crossing(feet, jump):
    rule = CrossingRule(LINE)
    feed(rule, walker(feet))
    at = sum(step for step, _ in feet) + jump
    other_side = 0.2 if feet and feet[-1][1] > 0.5 else 0.8
    assert rule.see(at, [Thing(1, "person", 0.8, (0.4, other_side - 0.1, 0.5, other_side))]) is None


# --- pictures

SCENES = st.lists(
    st.tuples(st.sampled_from((5, 10, 25)), st.sampled_from((None, (20, 40, 24, 48))), st.sampled_from((1.0, 0.8))),
    min_size=1,
    max_size=4,
)
FEW = settings(max_examples=12, deadline=None)


def shown(rule, scenes):
    """Half a minute of the usual scene, then each scene for its seconds, two looks a second."""
    place, at, claims = Scene(), 0.0, []
    for seconds, spot, light in [(25, None, 1.0), *scenes]:
        place.spot, place.light = spot, light
        place.dye = None if spot is None else (30, 70, 140)
        for _ in range(seconds * 2):
            claims.append(rule.see(at, [], place.patch))
            at += 0.5
    return claims


PICTURE_RULES: dict[str, Callable[..., TemporalRule]] = {
    "left object": lambda **more: LeftObjectRule(**({"seconds": 4.0, "amount": 20.0, "least_share": 0.02} | more)),
    "colour": lambda **more: ReferenceChangeRule(**({"seconds": 4.0, "amount": 10.0, "share": 0.2} | more)),
}
BOTH = pytest.mark.parametrize("kind", sorted(PICTURE_RULES))


@BOTH
@FEW
@given(scenes=SCENES)
def test_no_picture_is_claimed_before_its_seconds(kind, scenes):
    assert all(claim.at - claim.since >= 4.0 for claim in shown(PICTURE_RULES[kind](), scenes) if claim)


@BOTH
@FEW
@given(scenes=SCENES, more=st.sampled_from(({"seconds": 8.0}, {"amount": 30.0})))
def test_asking_a_picture_for_more_never_finds_more(kind, scenes, more):
    soon, late = shown(PICTURE_RULES[kind](), scenes), shown(PICTURE_RULES[kind](**more), scenes)
    assert all(first or not second for first, second in zip(soon, late, strict=True))


@BOTH
@FEW
@given(jump=st.sampled_from((20.0, 3600.0, -10.0, -3600.0)))
def test_a_picture_seen_before_a_jump_has_not_lasted(kind, jump):
    rule, place = PICTURE_RULES[kind](), Scene()
    for step in range(60):
        rule.see(step / 2, [], place.patch)
    place.spot, place.dye = (20, 40, 24, 48), (30, 70, 140)
    rule.see(30.0, [], place.patch)
    assert rule.see(30.0 + jump, [], place.patch) is None


# --- standing things left out


@given(seconds=st.sampled_from((10.0, 60.0)), moves=st.booleans())
def test_only_what_stands_still_for_longer_is_left_out(seconds, moves):
    still = StillnessFilter(seconds)
    passed = []
    for step in range(200):
        x = 0.004 * step if moves else 0.3
        passed.append(bool(still.moving(step / 2, [replace(PERSON, box=(x, 0.4, x + 0.05, 0.6))])))
    assert passed.count(True) == (200 if moves else int(seconds * 2))
