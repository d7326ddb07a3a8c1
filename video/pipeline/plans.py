"""What the pipeline is told and what it answers: plain values, no pixels leave except as finished evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from video.pipeline.addresses import NO_LOGIN, Login
from video.rules.geometry import Box, Point
from video.rules.model_choice import ModelPlan
from video.rules.schedule import ALWAYS, Schedule
from video.rules.temporal import Progress


class CameraState(StrEnum):
    """How a camera is doing."""

    CONNECTING = "connecting"
    ONLINE = "online"
    DEAD_STREAM = "dead_stream"
    BROKEN_FILE = "broken_file"
    MISSING_MODEL = "missing_model"


class Sampling(StrEnum):
    """Which pictures are looked at: several a second, or only the key frames the camera sends anyway."""

    TIMED = "timed"
    KEY_FRAMES = "key_frames"


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """A zone to watch: polygon in fractions of the picture, or a line of such points, algorithm by code, what the zone
    sets of its parameters, and when it is watched. One on trial (`is_shadow`) has no clip made of what it finds."""

    id: int
    name: str
    polygon: tuple[Point, ...]
    algorithm: str
    parameters: dict[str, Any]
    shape: str = "area"
    sensitivity: str = "normal"
    night_by: str = "sun"
    night_parameters: dict[str, Any] = field(default_factory=dict)
    schedule: Schedule = ALWAYS
    ignore_still_after_seconds: float | None = None
    cool_down_seconds: float | None = None
    is_shadow: bool = False

    @property
    def outline(self) -> tuple[Point, ...]:
        """A closed ring to be drawn: a line goes there and back."""
        return self.polygon if self.shape == "area" else (*self.polygon, *self.polygon[-2:0:-1])


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """A channel of a platform, and how the platform is spoken to."""

    kind: str
    address: str
    channel: str
    login: Login = NO_LOGIN


@dataclass(frozen=True, slots=True)
class ShadowPlan:
    """A model on trial: it looks at one picture in `every` of those that the model in use has looked at."""

    id: int
    model: str
    every: int


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """All a camera thread needs to know. `generation` is the lease under which it runs.

    `source` never holds a login: `login` is joined to it only where it is opened (pipeline/sources.py). A camera
    `behind` a platform has no address of its own. `reference` is how its picture should look (pipeline/picture_health);
    `fault` the reason for which it cannot be opened at all. `models` are the detectors it is
    looked at with; none means the default one. `priority` is 1 (high) to 3 (low): when there is not time for all, the
    low ones are looked at less often first. In the `masks` nothing is looked for, and those that are
    `hidden` are painted over in whatever leaves; where the camera stands tells when
    the sun sets, and `city_zone` what the city's clocks show. One that `can_turn` may show another scene by right.
    """

    id: int
    name: str
    source: str
    zones: tuple[ZonePlan, ...]
    generation: int = 0
    sampling: Sampling = Sampling.TIMED
    pictures_per_second: float = 5.0
    login: Login = NO_LOGIN
    behind: ChannelPlan | None = None
    reference: bytes | None = field(default=None, repr=False)
    fault: str = ""
    models: tuple[ModelPlan, ...] = ()
    masks: tuple[tuple[Point, ...], ...] = ()
    hidden: tuple[tuple[Point, ...], ...] = ()
    priority: int = 2
    lng: float = 120.0
    lat: float = 32.0
    city_zone: str = "Asia/Shanghai"
    model_shadow: ShadowPlan | None = None
    can_turn: bool = False


@dataclass(frozen=True, slots=True)
class SeenBox:
    """One thing as stored with evidence."""

    label: str
    score: float
    box: Box
    track: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Finished files, relative to the media root, named by their content. `blurred_by` says what hid the faces,
    `hidden` what of the picture was painted over."""

    still_path: str
    blurred_by: tuple[str, ...]
    hidden: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The camera's state, sent on every change and every few seconds; `fps` is pictures looked at per second.

    `reason` is a code of reference_data/health.yaml where it is not well.
    """

    camera_id: int
    generation: int
    state: CameraState
    detail: str
    since: datetime
    fps: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """What is wrong with the camera has changed: `raised` now hold or hold on, `cleared` do not (any more), `standing`
    is all that stands: code → since when. `detail` is what the decoder said of a stream."""

    camera_id: int
    generation: int
    at: datetime
    raised: tuple[str, ...]
    cleared: tuple[str, ...]
    standing: dict[str, datetime]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceTaken:
    """How the camera's picture should look, learned or grown along; for whoever watches it next."""

    camera_id: int
    generation: int
    at: datetime
    packed: bytes


@dataclass(frozen=True, slots=True)
class StillTaken:
    """A fresh picture of the camera, JPEG with heads blurred and what is `hidden` painted over."""

    camera_id: int
    generation: int
    at: datetime
    jpeg: bytes
    hidden: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A zone's rule holds. `again` marks a repetition while it goes on holding."""

    camera_id: int
    camera_name: str
    generation: int
    zone: ZonePlan
    found_at: datetime
    lasted_seconds: float
    confidence: float
    boxes: tuple[SeenBox, ...]
    again: bool
    evidence: Evidence
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClipMade:
    """The moving pictures of a finding that was told at `found_at`, from some seconds before it to some after, with
    what is `hidden` painted over."""

    camera_id: int
    generation: int
    zone: ZonePlan
    found_at: datetime
    clip_path: str
    hidden: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FindingOver:
    """A zone's rule has not held for a while; told once, also where nothing was told before."""

    camera_id: int
    generation: int
    zone: ZonePlan
    at: datetime


@dataclass(frozen=True, slots=True)
class DetectionsSeen:
    """What was seen over about a minute, packed (pipeline/packing.py). `run` names the life of the rules that saw it,
    `brightness` is the middle grey of the first picture, 0 to 255."""

    camera_id: int
    generation: int
    run: int
    began_at: datetime
    ended_at: datetime
    looks: int
    things: int
    brightness: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ZoneStanding:
    """How a zone stands now: the tracks that count, how near its rule is. Not watched outside its hours, nor while no
    model knows its words."""

    zone_id: int
    is_watched: bool
    is_dark: bool
    holds: bool
    counting: tuple[int, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class PreviewSeen:
    """What the camera sees at this moment, for somebody who looks; worth nothing a few seconds later."""

    camera_id: int
    generation: int
    at: datetime
    boxes: tuple[SeenBox, ...]
    zones: tuple[ZoneStanding, ...]


Told = Literal["begins", "again", "over"]


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """What a zone would tell by one of the two models that are compared."""

    zone_id: int
    by_candidate: bool
    at: datetime
    confidence: float
    told: Told


@dataclass(frozen=True, slots=True)
class ModelsCompared:
    """A model on trial beside the one in use, since the last message: pictures that both looked at, those that were
    passed over, the candidate's own seconds, and by kind of thing the boxes of the one, of the other, and of both."""

    camera_id: int
    generation: int
    shadow_id: int
    looks: int
    dropped: int
    seconds: float
    counted: dict[str, tuple[int, int, int]]
    claims: tuple[ModelClaim, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The camera is no longer watched here, and all it had to say was said before this: its lease may end."""

    camera_id: int
    generation: int


Message = (
    StateChanged
    | StillTaken
    | Finding
    | FindingOver
    | ClipMade
    | DetectionsSeen
    | HealthChanged
    | ReferenceTaken
    | PreviewSeen
    | ModelsCompared
    | GivenBack
)
Sink = Callable[[Message], None]
