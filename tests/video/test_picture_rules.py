"""Rules that compare pictures: what is left behind, water of another colour, an outfall that begins to flow."""

from tests.video.scenes import Scene, in_picture, play
from video.rules.left_object import LeftObjectRule
from video.rules.patches import Patch
from video.rules.reference_change import ReferenceChangeRule
from video.rules.temporal import Thing

PILE = (40, 56, 32, 60)
TRUCK = Thing(7, "truck", 0.8, in_picture(slice(20, 56), slice(24, 64)))
PERSON = Thing(8, "person", 0.8, in_picture(slice(36, 60), slice(28, 64)))


def learnt(rule, **scene):
    """The rule after half a minute of the usual scene."""
    place = Scene(**scene)
    assert play(rule, place, 0, 30) == []
    return place


def test_what_stays_after_a_truck_left_is_claimed_when_it_has_lasted():
    rule = LeftObjectRule(seconds=20, amount=22, least_share=0.02, cause=frozenset({"truck"}))
    place = learnt(rule)
    place.things = [TRUCK]
    assert play(rule, place, 30, 45) == []
    place.things, place.spot = [], PILE
    claims = play(rule, place, 45, 80)
    assert claims[0].at - claims[0].since >= 20
    assert 44 <= claims[0].since <= 48
    assert claims[0].things[0].label == "left_object"


def test_the_box_of_what_was_left_lies_where_it_lies():
    rule = LeftObjectRule(seconds=5)
    place = learnt(rule)
    place.spot = PILE
    box = play(rule, place, 30, 45)[-1].things[0].box
    expected = in_picture(slice(40, 56), slice(32, 60))
    assert all(abs(side - wanted) < 0.03 for side, wanted in zip(box, expected, strict=True))


def test_without_a_truck_before_it_nothing_was_dumped():
    rule = LeftObjectRule(seconds=10, cause=frozenset({"truck"}))
    place = learnt(rule)
    place.spot = PILE
    assert play(rule, place, 30, 90) == []


def test_a_truck_that_leaves_nothing_leaves_nothing():
    rule = LeftObjectRule(seconds=10, cause=frozenset({"truck"}))
    place = learnt(rule)
    place.things = [TRUCK]
    play(rule, place, 30, 60)
    place.things = []
    assert play(rule, place, 60, 120) == []


def test_what_is_taken_away_again_is_not_claimed():
    rule = LeftObjectRule(seconds=20)
    place = learnt(rule)
    place.spot = PILE
    play(rule, place, 30, 45)
    place.spot = None
    assert play(rule, place, 45, 90) == []


def test_something_smaller_than_asked_is_not_claimed():
    rule = LeftObjectRule(seconds=5, least_share=0.3)
    place = learnt(rule)
    place.spot = PILE
    assert play(rule, place, 30, 60) == []


def test_clouds_over_the_whole_place_leave_nothing_behind():
    rule = LeftObjectRule(seconds=5, amount=16)
    place = learnt(rule)
    for step in range(40):
        place.light = 1.0 - 0.3 * (step % 20) / 20
        assert play(rule, place, 30 + step, 31 + step) == []


def test_a_person_who_stands_there_is_no_left_object():
    rule = LeftObjectRule(seconds=5)
    place = learnt(rule)
    place.spot, place.things = (40, 58, 32, 60), [PERSON]
    assert play(rule, place, 30, 60) == []


def test_a_discoloured_outfall_is_claimed_when_it_has_lasted():
    rule = ReferenceChangeRule(seconds=15, feature="colour", amount=12, share=0.2)
    place = learnt(rule)
    place.dye = BROWNISH
    claims = play(rule, place, 30, 60)
    assert claims[0].at - claims[0].since >= 15
    assert 30 <= claims[0].since <= 32


def test_light_that_changes_all_around_is_no_discolouring():
    rule = ReferenceChangeRule(seconds=3, feature="colour", amount=12, share=0.2)
    place = learnt(rule)
    place.light = 0.6
    assert play(rule, place, 30, 90) == []


def test_still_water_that_begins_to_flow_is_claimed():
    rule = ReferenceChangeRule(seconds=10, feature="flow", amount=8, share=0.2)
    place = learnt(rule)
    place.stir = 25
    assert play(rule, place, 30, 60)


def test_a_place_that_always_flows_says_nothing():
    rule = ReferenceChangeRule(seconds=3, feature="flow", amount=8, share=0.2)
    place = learnt(rule, stir=25)
    assert play(rule, place, 30, 90) == []


def test_a_change_becomes_normal_in_the_end():
    rule = ReferenceChangeRule(seconds=5, feature="colour", amount=12, share=0.2)
    place = learnt(rule)
    place.dye = BROWNISH
    assert play(rule, place, 30, 60)
    play(rule, place, 60, 12_000, step=20)
    assert play(rule, place, 12_000, 12_060) == []


def test_a_camera_that_is_turned_left_nothing_behind_and_learns_its_new_view():
    rule = LeftObjectRule(seconds=5)
    place = learnt(rule)
    place.seed = 6
    assert play(rule, place, 30, 120) == []
    place.spot = PILE
    assert play(rule, place, 120, 140)


def test_a_camera_that_is_turned_sees_no_discolouring():
    rule = ReferenceChangeRule(seconds=3, feature="colour", amount=12, share=0.2)
    place = learnt(rule)
    place.seed = 6
    assert play(rule, place, 30, 120) == []


def test_pictures_are_asked_for_once_a_second_and_no_more():
    rule = LeftObjectRule(seconds=5)
    place = Scene()
    asked = []

    def patch() -> Patch:
        asked.append(1)
        return place.patch()

    for step in range(50):
        rule.see(step / 5, [], patch)
    assert len(asked) == 10


BROWNISH = (30, 70, 140)
