"""Watches the test clips with what the platform watches cameras with, and notes at which second it would tell."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np

from video.detectors.loading import letterbox_of, load_detector
from video.detectors.manifest import read_manifest
from video.detectors.pictures import luma_of
from video.detectors.store import DETECTOR, LicenceNotAccepted, MissingModel, model_path, require_accepted
from video.pipeline.camera import CameraLoop, Pace
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.gate import MotionGate
from video.pipeline.looks import Look
from video.pipeline.patches import Cutter, SmallPicture
from video.pipeline.plans import CameraPlan, CameraState, Finding, Message, StateChanged, ZonePlan
from video.pipeline.reader import StreamReader
from video.pipeline.tracker import Track, Tracker
from video.pipeline.zones import least_gap_of, watches_of
from video.rules.algorithms import Algorithm, read_algorithms
from video.rules.model_choice import ModelPlan
from video.trials.clips import TrialClip
from video.trials.scoring import Told

NO_MODEL = "model missing"
_ONLINE_WITHIN = 120.0
_RATE = 5.0
_ENOUGH = 0.5
"""Of the pictures asked for: who sees fewer measures the machine, not the algorithm."""
_NOON = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)


class NotWatched(RuntimeError):
    """A clip could not be watched; the text says why."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """What an algorithm is looked at with; `missing` says what it lacks."""

    models: tuple[ModelPlan, ...]
    missing: str = ""
    pictures_per_second: float = _RATE


def sight_for(algorithm: Algorithm, model_dir: Path, accepted: Collection[str]) -> Sighted:
    """The default detector, or for words that it does not know the model of the manifest that does."""
    words = algorithm.words({})
    for entry in read_manifest():
        if entry.purpose != "detector" or not words <= set(entry.labels):
            continue
        try:
            require_accepted(entry, accepted)
            model_path(entry.name, model_dir)
        except (MissingModel, LicenceNotAccepted) as lacking:
            return Sighted((), f"{NO_MODEL}: {lacking}")
        models = (ModelPlan(entry.name, ()),) if entry.name != DETECTOR else ()
        return Sighted(models, pictures_per_second=entry.pictures_per_second or _RATE)
    return Sighted((), f"{NO_MODEL}: none is known that sees " + ", ".join(sorted(words)))


def plan_of(clip: TrialClip, source: str, sighted: Sighted, number: int = 1) -> CameraPlan:
    """A camera with the clip's one zone and the declared starting parameters, as often as its model is meant for.
    Whether it is dark is told from the picture: at night the clips are watched as by day."""
    zone = ZonePlan(number, clip.name, clip.zone, clip.algorithm, clip.parameters, night_by="picture")
    return CameraPlan(
        number, clip.name, source, (zone,), models=sighted.models, pictures_per_second=sighted.pictures_per_second
    )


def watch_file(clip: TrialClip, file: Path, model_dir: Path, accepted: Collection[str] = ()) -> list[Told]:
    """As fast as the file decodes, without server or evidence; the same gate, detector, tracker, zones and rules."""
    algorithms = read_algorithms()
    sighted = sight_for(algorithms[clip.algorithm], model_dir, accepted)
    if sighted.missing:
        raise NotWatched(sighted.missing)
    name = sighted.models[0].name if sighted.models else DETECTOR
    detector = load_detector(model_dir, name, accepted=accepted)
    plan = plan_of(clip, str(file), sighted)
    (watch,) = watches_of(plan.zones, algorithms, least_gap_seconds=least_gap_of(plan))
    cutter = Cutter(clip.zone, (), SmallPicture())
    box, gate, tracker, pace = letterbox_of(detector), MotionGate(), Tracker(), Pace()
    tracks: list[Track] = []
    told, last = [], float("-inf")
    for sample in StreamReader(plan.source, paced=False, pictures_per_second=plan.pictures_per_second).samples(
        lambda: False
    ):
        luma = luma_of(sample.frame)
        moved = gate.moved(luma, sample.at)
        fresh = moved or sample.at - last >= pace.look_at_least_every
        if fresh:
            picture, extent = box.fit(sample.frame)
            tracks, last = tracker.update(sample.at, detector.detect(picture[np.newaxis], [extent])[0]), sample.at
        look = Look(sample.at, _NOON, sample.frame, luma, moved, fresh, tracks)
        due = watch.see(sample.at, tracks, patch=cutter.source(look) if watch.needs_picture else None)
        if due and not due.again:
            told.append(Told(sample.at, due.claim.confidence))
    return told


def told_in(said: Sequence[Message], began: datetime) -> list[Told]:
    """New claims, not their repetitions, by the second of the clip."""
    return [
        Told((message.found_at - began).total_seconds(), message.confidence)
        for message in said
        if isinstance(message, Finding) and not message.again
    ]


@dataclass(slots=True)
class _Watching:
    """One camera in its own thread, from its first picture for as long as the clip lasts."""

    clip: TrialClip
    said: list[Message]
    began: datetime | None = None

    def take(self, message: Message) -> None:
        if self.began is None and isinstance(message, StateChanged) and message.state is CameraState.ONLINE:
            self.began = message.since
        self.said.append(message)

    def run(self, plan: CameraPlan, eyes: Eyes) -> None:
        loop = CameraLoop(plan, eyes, read_algorithms(), self.take)
        thread = threading.Thread(target=loop.run, name=f"trial-{plan.name}", daemon=True)
        thread.start()
        try:
            patience = time.monotonic() + _ONLINE_WITHIN
            while self.began is None:
                if time.monotonic() > patience:
                    states = [said.detail for said in self.said if isinstance(said, StateChanged)]
                    raise NotWatched(f"{plan.name} showed no picture in {_ONLINE_WITHIN:.0f} s: {states[-1:]}")
                time.sleep(0.05)
            time.sleep(max(0.0, self.clip.seconds - (datetime.now(UTC) - self.began).total_seconds()))
        finally:
            loop.stop()
            thread.join(10)
        looked = [said.fps for said in self.said if isinstance(said, StateChanged) and said.fps > 0]
        if not looked or median(looked) < _ENOUGH * plan.pictures_per_second:
            kept_up = f"{median(looked):.1f}" if looked else "none"
            asked = f"{plan.pictures_per_second:g}"
            raise NotWatched(f"the machine was too busy, {plan.name} was looked at {kept_up} times a second of {asked}")

    def told(self) -> list[Told]:
        """Asked when all evidence is written: what is found is told only then."""
        told = told_in(self.said, self.began) if self.began else []
        return [one for one in told if one.second <= self.clip.seconds]


def watch_streams(
    clips: Sequence[TrialClip],
    address: str,
    model_dir: Path,
    media_root: Path,
    *,
    side_by_side: int,
    accepted: Collection[str] = (),
    runners: int = 1,
) -> dict[str, list[Told] | NotWatched]:
    """Each clip as a camera behind the RTSP server at `address`, the longest first, so many at a time."""
    algorithms = read_algorithms()
    eyes = Eyes(EyesSettings(model_dir, media_root, runners=runners, accepted=tuple(accepted)))

    def watch(item: tuple[int, TrialClip]) -> _Watching | NotWatched:
        number, clip = item
        sighted = sight_for(algorithms[clip.algorithm], model_dir, accepted)
        try:
            watching = _Watching(clip, [])
            watching.run(plan_of(clip, f"{address}/{clip.name}", sighted, number), eyes)
            return watching
        except NotWatched as failure:
            return failure

    longest_first = sorted(clips, key=lambda clip: -clip.seconds)
    try:
        with ThreadPoolExecutor(side_by_side) as pool:
            watched = list(pool.map(watch, enumerate(longest_first, 1)))
    finally:
        eyes.close()
    return {
        clip.name: one if isinstance(one, NotWatched) else one.told()
        for clip, one in zip(longest_first, watched, strict=True)
    }
