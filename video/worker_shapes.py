"""The shapes of what watching takes and yields: per camera, per model, per worker."""

from datetime import datetime

from video.shapes import Shape


class CameraFigures(Shape):
    """One camera over the last seconds: rates per second, `…_ms` per picture, and totals since its worker took it.

    `dropped` counts pictures that were not looked at, by reason: late (not decoded, reading had fallen behind), crowded
    (a newer one took its place before the detector had time), no_model, damaged. `turn_ms` is waiting for a turn,
    `queue_ms` for the detector. `lag_seconds` is how old the last picture was once it was looked at, `held_bytes` what
    its ring and its inbox hold.
    """

    camera_id: int
    priority: int
    width: int
    height: int
    decoder: str
    read_per_second: float
    looked_per_second: float
    inferred_per_second: float
    detections_per_second: float
    dropped_per_second: float
    decode_ms: float
    turn_ms: float
    queue_ms: float
    inference_ms: float
    batch: float
    lag_seconds: float
    behind_seconds: float
    held_bytes: int
    read_total: int
    decoded_total: int
    looked_total: int
    inferred_total: int
    detections_total: int
    dropped: dict[str, int]
    decode_seconds_total: float
    queue_seconds_total: float
    inference_seconds_total: float


class ModelFigures(Shape):
    """One detector of a worker: how many pictures, in how large batches, how long they waited and took."""

    name: str
    provider: str
    pictures_per_second: float
    batch: float
    queue_ms: float
    longest_queue_ms: float
    batch_ms: float
    waiting: int
    pictures_total: int
    batches_total: int
    queue_seconds_total: float
    run_seconds_total: float


class WorkerTotals(Shape):
    """One worker and its load. `processor` is cores used, `decoder_missing` what to do where the decoder that the
    configuration asks for does not work."""

    holder: str
    host: str
    pid: int
    since: datetime
    at: datetime
    cameras: int
    capacity: int
    processor: float
    memory_bytes: int
    memory_per_camera_bytes: int
    waiting_to_be_written: int
    waiting_for_evidence: int
    decoder: str
    decoder_missing: str
    models: list[ModelFigures]


class WorkerFigures(WorkerTotals):
    """The same with each of its cameras."""

    of_cameras: list[CameraFigures]


class ShownCameraFigures(CameraFigures):
    """A camera's figures with its name."""

    code: str
    name: str
    holder: str


class VideoLoad(Shape):
    """All workers that live, and the cameras that the reader may see."""

    workers: list[WorkerTotals]
    cameras: list[ShownCameraFigures]
