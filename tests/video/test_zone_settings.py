"""What a zone makes of its rule: masks, night, standing things left out, cool-down, hours, lines, missing models."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import av
import numpy as np
import pytest

from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.findings import ZoneObserver
from video.pipeline.looks import Look
from video.pipeline.patches import WIDTH, Cutter, SmallPicture
from video.pipeline.plans import CameraPlan, Evidence, Finding, FindingOver, Sampling, ZonePlan
from video.pipeline.ring import PacketRing
from video.pipeline.tracker import Track
from video.pipeline.zones import ZoneWatch, least_gap_of
from video.rules.algorithms import read_algorithms
from video.rules.schedule import read_schedule

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
CORNER = ((0.0, 0.0), (0.2, 0.0), (0.2, 1.0), (0.0, 1.0))
ALGORITHMS = read_algorithms()
NOON, MIDNIGHT = datetime(2026, 11, 18, 4, tzinfo=UTC), datetime(2026, 11, 18, 16, tzinfo=UTC)


def at_foot(x: float, y: float = 0.9, *, score: float = 0.9, label: str = "person") -> Track:
    return Track(1, label, score, np.array([x - 0.05, y - 0.5, x + 0.05, y], np.float32), 0.0, 0.0)


PERSON = at_foot(0.5)


def watch(algorithm: str = "restricted_area_presence", masks: Any = (), **fields: Any) -> ZoneWatch:
    plan = ZonePlan(1, "院内", SQUARE, algorithm, fields.pop("parameters", {"seconds": 3}), **fields)
    return ZoneWatch(plan, ALGORITHMS[algorithm], repeat_seconds=60.0, calm_seconds=20.0, masks=masks)


def told(looking: ZoneWatch, begin: int, end: int, tracks: list[Track], **how: Any) -> list[int]:
    """The seconds at which something was told, a look each."""
    return [at for at in range(begin, end) if looking.see(float(at), tracks, **how) or looking.is_over(float(at))]


def test_who_stands_in_a_mask_is_not_seen():
    assert told(watch(masks=(CORNER,)), 0, 10, [at_foot(0.1)]) == []
    assert told(watch(masks=(CORNER,)), 0, 10, [PERSON]) == [3]


def test_after_dark_the_zones_night_holds():
    faint = [at_foot(0.5, score=0.36)]
    assert told(watch(), 0, 10, faint) == []
    assert told(watch(), 0, 10, faint, dark=True) == [3]
    assert told(watch(night_parameters={"confidence": 0.6}), 0, 10, faint, dark=True) == []


def test_dusk_interrupts_nothing():
    looking = watch()
    told(looking, 0, 2, [PERSON])
    assert told(looking, 2, 10, [PERSON], dark=True) == [3]


@pytest.mark.parametrize(("sensitivity", "second"), [("low", 6), ("normal", 3), ("high", 2)])
def test_sensitivity_moves_what_the_zone_leaves_open(sensitivity, second):
    assert told(watch(parameters={}, sensitivity=sensitivity), 0, 12, [PERSON])[0] == second


def test_what_has_stood_there_for_long_is_left_out_and_its_finding_ends():
    looking = watch(ignore_still_after_seconds=30.0)
    assert told(looking, 0, 90, [PERSON]) == [3, 50]


def test_who_walks_about_is_never_left_out():
    looking = watch(ignore_still_after_seconds=30.0)
    found = [at for at in range(90) if looking.see(float(at), [at_foot(0.2 + 0.2 * (at % 4))])]
    assert found == [3, 63]


def test_during_its_cool_down_a_zone_is_silent_whatever_comes():
    looking = watch(cool_down_seconds=300.0)
    first = told(looking, 0, 10, [PERSON])
    told(looking, 10, 40, [])
    again = [at for at in range(40, 400) if looking.see(float(at), [PERSON])]
    assert (first, again) == ([3], [303])


def test_a_clock_that_goes_back_tells_nothing_across_the_jump():
    looking = watch()
    told(looking, 1000, 1002, [PERSON])
    assert told(looking, 0, 3, [PERSON]) == []
    assert told(looking, 3, 6, [PERSON]) == [3]


def test_who_crosses_the_line_is_told_at_once():
    line = ((0.0, 0.5), (1.0, 0.5))
    plan = ZonePlan(1, "线", line, "restricted_area_presence", {"mode": "crossing"}, shape="line")
    looking = ZoneWatch(plan, ALGORITHMS[plan.algorithm], repeat_seconds=60.0, calm_seconds=20.0)
    feet = [0.2, 0.3, 0.45, 0.55, 0.7]
    assert [bool(looking.see(step / 2, [at_foot(0.5, foot)])) for step, foot in enumerate(feet)] == [
        False, False, False, True, False,
    ]  # fmt: skip
    assert plan.outline == line


def test_a_line_of_many_points_is_drawn_there_and_back():
    plan = ZonePlan(1, "线", ((0, 0), (0.5, 0.1), (1, 0), (1, 1)), "restricted_area_presence", {}, shape="line")
    assert plan.outline == ((0, 0), (0.5, 0.1), (1, 0), (1, 1), (1, 0), (0.5, 0.1))


def test_a_camera_of_key_frames_forgives_the_time_between_them():
    plan = CameraPlan(1, "c", "file:///none", (), sampling=Sampling.KEY_FRAMES)
    zone = ZonePlan(1, "院内", SQUARE, "restricted_area_presence", {"seconds": 10})
    looking = ZoneWatch(
        zone, ALGORITHMS[zone.algorithm], repeat_seconds=60.0, calm_seconds=25.0, least_gap_seconds=least_gap_of(plan)
    )
    assert [at for at in range(0, 40, 4) if looking.see(float(at), [PERSON])] == [12]


# --- the observer


class SeenEyes(Eyes):
    """Has its evidence at once."""

    def ask_evidence(self, draft, done):
        done(Evidence("a.jpg", ("heads",)))
        return True

    def ask_clip(self, clip, zone, done, hidden=()):
        return True


def look(at: float, tracks: list[Track], wall_time: datetime = NOON, **more: Any) -> Look:
    frame = av.VideoFrame(64, 36, "yuv420p")
    return Look(at, wall_time, frame, np.full((36, 64), 120, np.uint8), True, True, tracks, **more)


@pytest.fixture
def said() -> list[Any]:
    return []


@pytest.fixture
def observer(said, tmp_path):
    def make(*zones: ZonePlan) -> ZoneObserver:
        plan = CameraPlan(1, "c", "file:///none", zones)
        return ZoneObserver(plan, SeenEyes(EyesSettings(tmp_path, tmp_path)), ALGORITHMS, PacketRing(1.0), said.append)

    return make


AREA = ZonePlan(1, "院内", SQUARE, "restricted_area_presence", {"seconds": 3})


def test_outside_its_hours_a_zone_says_nothing_not_even_that_something_is_over(observer, said):
    watching = observer(replace(AREA, schedule=read_schedule({"light": "night"})))
    for at in range(60):
        watching.see(look(float(at), [PERSON] if at < 30 else []))
    assert said == []
    for at in range(60, 70):
        watching.see(look(float(at), [PERSON], MIDNIGHT))
    assert [type(message) for message in said] == [Finding]


def test_a_zone_whose_words_no_model_knows_is_blind_and_says_nothing(observer, said):
    watching = observer(replace(AREA, algorithm="no_hard_hat", parameters={}))
    for at in range(100):
        watching.see(look(float(at), [], words=frozenset({"person"})))
    assert said == []
    for at in range(100, 110):
        watching.see(look(float(at), [at_foot(0.5, label="bare_head")], words=frozenset({"person", "bare_head"})))
    assert [(type(message), message.detail["suspected"]) for message in said] == [(Finding, True)]


def test_the_end_is_told_to_the_zone_that_found_it(observer, said):
    watching = observer(AREA)
    for at in range(60):
        watching.see(look(float(at), [PERSON] if at < 10 else []))
    assert [type(message) for message in said] == [Finding, FindingOver]


def test_a_camera_without_picture_rules_scales_no_picture(observer, monkeypatch):
    def scaled(*_):
        raise AssertionError("nobody asked for a picture")

    monkeypatch.setattr(SmallPicture, "of", scaled)
    watching = observer(AREA, replace(AREA, id=2, algorithm="fire_lane_blocked", parameters={}))
    for at in range(30):
        watching.see(look(float(at), [PERSON]))


def test_a_patch_is_the_zone_with_a_margin_and_knows_where_the_masks_are():
    zone = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))
    mask = ((0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0))
    patch = Cutter(zone, (mask,), SmallPicture()).source(look(1.0, [PERSON]))()
    height, width = patch.inside.shape
    assert patch.pixels.shape == (height, width, 3)
    assert abs(patch.box[0] - 0.32) < 0.01 and abs(patch.box[2] - 0.68) < 0.01
    assert patch.inside.any() and patch.around.any() and not (patch.inside & patch.around).any()
    beyond = int((0.5 - patch.box[0]) * WIDTH) + 2
    assert not patch.inside[:, beyond:].any() and not patch.around[:, beyond:].any()
    assert len(patch.taken) == 1
