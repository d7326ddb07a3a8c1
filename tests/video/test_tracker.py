"""Following: one thing, one number."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from video.detectors.protocol import Detections
from video.pipeline.tracker import Tracker


def seen(*boxes, label: str = "person", score: float = 0.8) -> Detections:
    return Detections(
        np.array(boxes, np.float32).reshape(-1, 4), np.full(len(boxes), score, np.float32), (label,) * len(boxes)
    )


def walker(step: int, speed: float = 0.02, row: float = 0.3):
    return (0.05 + speed * step, row, 0.09 + speed * step, row + 0.15)


def numbers(tracker: Tracker, pictures) -> list[set[int]]:
    return [{track.number for track in tracker.update(at, found)} for at, found in pictures]


def test_a_walker_keeps_one_number():
    assert numbers(Tracker(), [(step / 5, seen(walker(step))) for step in range(30)])[1:] == [{1}] * 29


def test_two_who_pass_each_other_stay_two():
    pictures = [(step / 5, seen(walker(step), walker(40 - step, row=0.38))) for step in range(40)]
    assert set.union(*numbers(Tracker(), pictures)) == {1, 2}


def test_a_walker_hidden_for_a_second_is_found_again():
    pictures = [(step / 5, seen(walker(step)) if not 10 <= step < 15 else seen()) for step in range(30)]
    assert set.union(*numbers(Tracker(), pictures)) == {1}


def test_one_who_left_does_not_come_back_under_the_old_number():
    pictures = [(0.0, seen(walker(0))), (0.2, seen(walker(1))), (9.0, seen(walker(1))), (9.2, seen(walker(2)))]
    assert numbers(Tracker(), pictures) == [set(), {1}, set(), {2}]


def test_a_single_flash_is_not_told():
    assert numbers(Tracker(), [(0.0, seen(walker(0))), (0.2, seen())]) == [set(), set()]


def test_an_unsure_sighting_keeps_a_track_alive_but_starts_none():
    tracker = Tracker()
    numbers(tracker, [(0.0, seen(walker(0))), (0.2, seen(walker(1)))])
    assert numbers(tracker, [(0.4, seen(walker(2), (0.7, 0.7, 0.8, 0.9), score=0.3))]) == [{1}]


def test_a_van_that_is_called_a_car_and_a_truck_in_turn_stays_one():
    pictures = [(step / 5, seen((0.4, 0.1, 0.6, 0.3), label=("car", "truck")[step % 2])) for step in range(10)]
    assert set.union(*numbers(Tracker(), pictures)) == {1}


def test_a_person_never_becomes_a_car():
    tracker = Tracker()
    numbers(tracker, [(0.0, seen(walker(0))), (0.2, seen(walker(0)))])
    assert numbers(tracker, [(0.4, seen(walker(0), label="car"))]) == [set()]


@settings(max_examples=50)
@given(st.lists(st.lists(st.tuples(*[st.floats(0, 0.9)] * 2), max_size=8), max_size=15))
def test_no_two_tracks_of_one_picture_share_a_number(pictures):
    tracker = Tracker()
    told = [
        [track.number for track in tracker.update(at / 5, seen(*[(x, y, x + 0.1, y + 0.1) for x, y in corners]))]
        for at, corners in enumerate(pictures)
    ]
    assert all(len(set(each)) == len(each) for each in told)
