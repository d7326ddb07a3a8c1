"""The algorithms on their test clips, as fast as files decode; `make algorithms` takes the way through the server."""

from itertools import islice

import av
import numpy as np
import pytest

from video.rules.algorithms import read_algorithms
from video.trials.__main__ import PAGE
from video.trials.clips import COMPOSED, TrialClip, make_clips, read_truth
from video.trials.described import described
from video.trials.report import table_of
from video.trials.scoring import Told, missing, score
from video.trials.sprites import Sprite
from video.trials.stage import Actor, Scene
from video.trials.watching import sight_for, watch_file

pytestmark = pytest.mark.xdist_group("video")

TRUTH = {clip.name: clip for clip in read_truth()}
# The quickest to watch of each kind of rule: presence, congestion, standing still, change against a reference.
QUICK = ("restricted_area_presence", "traffic_congestion", "fire_lane_blocked", "sewage_dumping")
WATCHED = [clip for clip in TRUTH.values() if clip.algorithm in QUICK]


@pytest.fixture(scope="session")
def drawn(clips):
    return make_clips(WATCHED, clips / "sources", clips / "trials", print)


def clip_of(positive, seconds: float = 60.0) -> TrialClip:
    return TrialClip("a", "some", True, seconds, ((0, 0), (1, 0), (1, 1)), positive, "something")


@pytest.mark.parametrize("clip", [clip for clip in WATCHED if clip.positive], ids=lambda clip: clip.name)
def test_an_algorithm_tells_once_of_what_is_there(clip, drawn, model_dir):
    patience = float(read_algorithms()[clip.algorithm].completed({})["seconds"])
    (told,) = watch_file(clip, drawn[clip.name], model_dir)
    begins, ends = clip.positive[0]
    assert begins + patience <= told.second + 0.5
    assert told.second <= min(ends, begins + patience + 6)


@pytest.mark.parametrize("clip", [clip for clip in WATCHED if not clip.positive], ids=lambda clip: clip.name)
def test_an_algorithm_is_silent_where_nothing_is_there(clip, drawn, model_dir):
    assert watch_file(clip, drawn[clip.name], model_dir) == []


def test_every_algorithm_has_a_clip_that_shows_its_thing_and_one_that_does_not():
    kinds = sorted((clip.algorithm, bool(clip.positive)) for clip in TRUTH.values())
    assert kinds == sorted((code, shows) for code in read_algorithms() for shows in (False, True))


def test_what_is_true_lies_within_the_clip_and_lasts_longer_than_the_rule_waits():
    waits = {code: float(one.completed({})["seconds"]) for code, one in read_algorithms().items()}
    short = [
        clip.name
        for clip in TRUTH.values()
        for begins, ends in clip.positive
        if not (begins >= 0 and begins + waits[clip.algorithm] < ends <= clip.seconds)
    ]
    assert short == []


def test_a_composed_clip_says_so(drawn):
    with av.open(str(drawn["van_in_the_fire_lane"])) as composed, av.open(str(drawn["lawn_walked_on"])) as real:
        assert (composed.metadata["comment"], "composed" in real.metadata["comment"]) == (COMPOSED, False)
        assert (composed.streams.video[0].width, composed.streams.video[0].height) == (640, 360)


def test_a_scene_is_drawn_alike_each_time():
    grey = np.full((360, 640, 3), 90, np.uint8)
    block = Sprite(np.full((20, 10, 3), 200, np.uint8), np.ones((20, 10), np.float32))
    scenes = [
        Scene(grey, 1.0, [Actor([block], ((0.0, 10.0, 40.0), (1.0, 60.0, 40.0)), lambda _y: 20)]) for _ in range(2)
    ]
    first, second = (list(islice(scene.pictures(), 5)) for scene in scenes)
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))
    assert not np.array_equal(first[0], first[1])


def test_alerts_within_the_truth_are_hits_and_others_false():
    clips = [clip_of(((10.0, 40.0),)), clip_of(())]
    found = score("some", clips[:1], {"a": [Told(25.0, 0.9), Told(50.0, 0.9)]}, 12.0)
    assert (found.precision, found.recall, found.alert_after, found.passed) == (0.5, 1.0, 15.0, False)
    assert found.false_alarms_an_hour == 120.0


def test_a_thing_of_which_nothing_was_told_lowers_the_recall():
    found = score("some", [clip_of(((10.0, 40.0),))], {"a": []}, 12.0)
    assert (found.precision, found.recall, found.alert_after, found.passed) == (None, 0.0, None, False)


def test_an_algorithm_without_its_model_has_neither_passed_nor_failed(tmp_path):
    lacking = sight_for(read_algorithms()["no_hard_hat"], tmp_path, ()).missing
    row = table_of([missing("no_hard_hat", 5.0, lacking)])
    assert lacking.startswith("model missing")
    assert ("not run: model missing" in row, "passed" in row) == (True, False)


def test_the_page_says_of_each_algorithm_what_is_declared():
    assert described(read_algorithms(), read_truth()) in PAGE.read_text(encoding="utf-8"), (
        "write it anew with `make algorithms ARGS=--describe`"
    )
