"""What was seen is packed small, comes back as it was kept, and gives the same findings when it is run again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video.pipeline.looks import Look
from video.pipeline.packing import SCORES, SIDES, Packer, Seen, SeenLook, UnknownFormat, box_of, quantised, unpacked
from video.pipeline.plans import CameraPlan, DetectionsSeen, Message, ZonePlan
from video.pipeline.recording import Recorder
from video.pipeline.replaying import Replay, cannot_replay, past_looks
from video.pipeline.tracker import Track
from video.pipeline.zones import least_gap_of, watches_of
from video.rules.algorithms import read_algorithms

BEGIN = datetime(2026, 11, 22, 4, tzinfo=UTC)
LOWER_HALF = ((0.0, 0.5), (1.0, 0.5), (1.0, 1.0), (0.0, 1.0))
sides = st.integers(0, SIDES)
seen = st.builds(
    Seen,
    st.integers(1, 400),
    st.sampled_from(["person", "car", "自行车"]),
    st.integers(0, SCORES),
    st.tuples(sides, sides, sides, sides),
)
looks = st.lists(st.builds(SeenLook, st.integers(-(2**40), 2**40), st.lists(seen, max_size=6).map(tuple)), max_size=30)


def packed(given_looks: list[SeenLook]) -> bytes:
    packer = Packer()
    for look in given_looks:
        packer.add(look)
    return packer.packed()


@given(looks)
def test_what_is_packed_comes_back_as_it_was(given_looks: list[SeenLook]) -> None:
    unique = [replace(look, things=tuple({one.track: one for one in look.things}.values())) for look in given_looks]
    assert list(unpacked(packed(unique))) == unique


@given(st.tuples(*[st.floats(-0.5, 1.5)] * 4), st.floats(0, 1))
def test_quantising_moves_a_box_by_less_than_a_pixel_and_again_by_nothing(box: Any, score: float) -> None:
    kept = quantised(1, "person", score, box)
    back = box_of(kept)
    assert all(abs(side - min(1.0, max(0.0, was))) <= 0.5 / SIDES for side, was in zip(back, box, strict=True))
    assert quantised(1, "person", kept.score / SCORES, back) == kept


@given(st.integers(0, SCORES), st.floats(0, 1))
def test_a_threshold_of_three_decimals_decides_as_it_did_live(threshold: int, score: float) -> None:
    near = abs(score - threshold / SCORES) < 1e-6
    assert near or (quantised(1, "car", score, (0, 0, 1, 1)).score >= threshold) == (score >= threshold / SCORES)


def test_looks_at_which_nothing_changes_cost_next_to_nothing() -> None:
    things = (Seen(1, "car", 800, (1000, 1000, 1500, 1400)),)
    assert len(packed([SeenLook(200 * number, things) for number in range(300)])) < 60


@pytest.mark.parametrize("data", [b"", b"\x02abc", b"\x01damaged", packed([SeenLook(0, ())])[:-3]])
def test_another_format_and_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        list(unpacked(data))


# --- recording


def track(number: int, x: float, y: float, score: float = 0.9, label: str = "person") -> Track:
    kept = quantised(number, label, score, (x, y - 0.2, x + 0.1, y))
    return Track(number, label, kept.score / SCORES, np.array(box_of(kept), np.float32), 0.0, 0.0)


def look(at: float, tracks: list[Track], *, fresh: bool = True) -> Look:
    luma = np.full((90, 160), 120, np.uint8)
    return Look(at, BEGIN + timedelta(seconds=at), None, luma, fresh, fresh, tracks)  # type: ignore[arg-type]


def plan(**zone: Any) -> CameraPlan:
    values: dict[str, Any] = {
        "id": 1,
        "name": "河岸",
        "polygon": LOWER_HALF,
        "algorithm": "restricted_area_presence",
        "parameters": {"seconds": 3},
        "cool_down_seconds": 0.0,
    }
    return CameraPlan(id=7, name="1号", source="", zones=(ZonePlan(**(values | zone)),), lng=120.0, lat=30.0)


def recorded(of: CameraPlan, shown: list[Look]) -> list[DetectionsSeen]:
    told: list[Message] = []
    recorder = Recorder(of, told.append)
    recorder.begin()
    for one in shown:
        recorder.see(one)
    recorder.close()
    return [one for one in told if isinstance(one, DetectionsSeen)]


def test_a_block_ends_a_minute_after_something_was_first_seen() -> None:
    shown = [look(number / 5, [track(1, 0.4, 0.8)] if number > 200 else []) for number in range(1000)]
    blocks = recorded(plan(), shown)
    assert sum(block.looks for block in blocks) == 1000
    assert blocks[0].ended_at - blocks[0].began_at == timedelta(seconds=40.2 + 60)


def test_where_nothing_is_seen_a_few_bytes_tell_that_somebody_looked() -> None:
    blocks = recorded(plan(), [look(number / 5, []) for number in range(5 * 1800)])
    assert [block.looks for block in blocks] == [3001, 3001, 2998]
    assert all(block.things == 0 and len(block.data) < 40 for block in blocks)


def test_a_clock_that_jumps_begins_a_new_block_and_no_moment_is_told_wrong() -> None:
    shown = [look(at, [track(1, 0.4, 0.8)]) for at in (0.0, 0.2, 0.4)]
    jumped = [replace(look(0.6, []), at=5000.0), replace(look(0.8, []), at=5000.2)]
    blocks = recorded(plan(), [*shown, *jumped])
    moments = [moment for block in blocks for _, moment, _ in past_looks(block)]
    assert moments == [BEGIN + timedelta(seconds=at) for at in (0.0, 0.2, 0.4, 0.6, 0.8)]


# --- replay is what was live

walks = st.lists(
    st.tuples(
        st.integers(1, 4000),
        st.lists(
            st.tuples(st.integers(1, 4), st.floats(0.0, 0.9), st.floats(0.2, 1.0), st.floats(0.2, 1.0)), max_size=4
        ),
    ),
    min_size=1,
    max_size=80,
)
ALGORITHMS = st.sampled_from(
    [
        ("restricted_area_presence", {"seconds": 2}),
        ("restricted_area_presence", {"mode": "dwell", "seconds": 2}),
        ("water_fishing", {"seconds": 5}),
        ("crowd_gathering", {"at_least": 2, "seconds": 1}),
    ]
)


def told_live(of: CameraPlan, shown: list[Look]) -> list[datetime]:
    (watch,) = watches_of(of.zones, read_algorithms(), masks=of.masks, least_gap_seconds=least_gap_of(of))
    told = []
    for one in shown:
        due = watch.see(one.at, one.tracks)
        if due and not due.again:
            told.append(one.wall_time)
        if due is None:
            watch.is_over(one.at)
    return told


@settings(max_examples=150, deadline=None)
@given(walks, ALGORITHMS)
def test_the_same_detections_give_the_same_findings_again(steps: Any, algorithm: tuple[str, dict[str, Any]]) -> None:
    shown, at = [], 0
    for step, things in steps:
        at += step
        tracks = {number: track(number, x, y, score) for number, x, y, score in things}
        shown.append(look(at / 1000, list(tracks.values())))
    of = plan(algorithm=algorithm[0], parameters=algorithm[1])
    again = Replay(of, read_algorithms())
    for block in recorded(of, shown):
        again.feed(block)
    assert [one.began_at for one in again.episodes] == told_live(of, shown)


def test_a_look_that_the_gate_spared_repeats_what_was_seen() -> None:
    standing = [track(1, 0.4, 0.8)]
    shown = [look(number / 5, standing, fresh=number % 20 == 0) for number in range(100)]
    of = plan()
    again = Replay(of, read_algorithms())
    for block in recorded(of, shown):
        again.feed(block)
    assert [one.began_at for one in again.episodes] == told_live(of, shown) == [BEGIN + timedelta(seconds=3)]


def test_a_run_that_began_anew_begins_its_rules_anew() -> None:
    of = plan()
    first = recorded(of, [look(number / 5, [track(1, 0.4, 0.8)]) for number in range(11)])
    second = [replace(block, run=block.run + 1) for block in first]
    apart, together = Replay(of, read_algorithms()), Replay(of, read_algorithms())
    for block in (*first, *second):
        apart.feed(block)
    assert (apart.episodes, apart.looks) == ([], 22)
    for block in recorded(of, [look(number / 5, [track(1, 0.4, 0.8)]) for number in range(22)]):
        together.feed(block)
    assert len(together.episodes) == 1


def test_only_rules_that_compare_pictures_cannot_be_replayed() -> None:
    algorithms = read_algorithms()
    refused = {
        code
        for code, algorithm in algorithms.items()
        if cannot_replay(plan(algorithm=code, parameters={}).zones[0], algorithm)
    }
    assert {"sewage_dumping", "road_occupation"} <= refused
    assert {"water_fishing", "fire_lane_blocked", "crowd_gathering", "traffic_congestion"}.isdisjoint(refused)
    vehicles = plan(algorithm="road_occupation", parameters={"mode": "vehicle"}).zones[0]
    assert not cannot_replay(vehicles, algorithms["road_occupation"])
