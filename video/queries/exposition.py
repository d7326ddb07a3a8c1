"""The same figures as Prometheus reads them: the text format 0.0.4, one family after the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from video.worker_shapes import VideoLoad

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """One metric: its name, kind and meaning, and what is read of each worker, model or camera."""

    name: str
    kind: str
    meaning: str
    read: Callable[[Any], float]


WORKER = (
    Family("cameras", "gauge", "cameras watched", lambda row: row.cameras),
    Family("capacity", "gauge", "cameras it may watch", lambda row: row.capacity),
    Family("processor_cores", "gauge", "processor cores in use", lambda row: row.processor),
    Family("memory_bytes", "gauge", "resident memory", lambda row: row.memory_bytes),
    Family("waiting_to_be_written", "gauge", "messages for the database", lambda row: row.waiting_to_be_written),
    Family(
        "waiting_for_evidence", "gauge", "findings without their evidence yet", lambda row: row.waiting_for_evidence
    ),
)
MODEL = (
    Family("pictures_total", "counter", "pictures inferred", lambda row: row.pictures_total),
    Family("batches_total", "counter", "batches run", lambda row: row.batches_total),
    Family("queue_seconds_total", "counter", "seconds that pictures waited", lambda row: row.queue_seconds_total),
    Family("run_seconds_total", "counter", "seconds that batches ran", lambda row: row.run_seconds_total),
    Family("waiting", "gauge", "pictures waiting now", lambda row: row.waiting),
)
CAMERA = (
    Family("read_total", "counter", "coded pictures received", lambda row: row.read_total),
    Family("decoded_total", "counter", "pictures decoded", lambda row: row.decoded_total),
    Family("looked_total", "counter", "pictures looked at", lambda row: row.looked_total),
    Family("inferred_total", "counter", "pictures the detector saw", lambda row: row.inferred_total),
    Family("detections_total", "counter", "things found in them", lambda row: row.detections_total),
    Family("decode_seconds_total", "counter", "seconds of decoding", lambda row: row.decode_seconds_total),
    Family("queue_seconds_total", "counter", "seconds waited for the detector", lambda row: row.queue_seconds_total),
    Family("inference_seconds_total", "counter", "seconds of inference", lambda row: row.inference_seconds_total),
    Family("lag_seconds", "gauge", "age of the last picture once looked at", lambda row: row.lag_seconds),
    Family("behind_seconds", "gauge", "how late reading is", lambda row: row.behind_seconds),
    Family("held_bytes", "gauge", "held by its ring and its inbox", lambda row: row.held_bytes),
)


def exposition(load: VideoLoad) -> str:
    """All of it, ending with a line feed as the format asks."""
    lines: list[str] = []
    models = [(worker, model) for worker in load.workers for model in worker.models]
    _add(lines, "yiwang_video_worker", WORKER, [({"worker": worker.holder}, worker) for worker in load.workers])
    _add(
        lines,
        "yiwang_video_model",
        MODEL,
        [
            ({"worker": worker.holder, "model": model.name, "provider": model.provider}, model)
            for worker, model in models
        ],
    )
    cameras = [({"camera": row.code, "worker": row.holder}, row) for row in load.cameras]
    _add(lines, "yiwang_video_camera", CAMERA, cameras)
    dropped = "yiwang_video_camera_dropped_total"
    _head(lines, dropped, "counter", "pictures not looked at, by reason")
    for labels, row in cameras:
        lines += [_line(dropped, labels | {"reason": why}, count) for why, count in sorted(row.dropped.items())]
    return "\n".join(lines) + "\n"


def _add(lines: list[str], prefix: str, families: Sequence[Family], rows: Iterable[tuple[Labels, Any]]) -> None:
    held = list(rows)
    for family in families:
        name = f"{prefix}_{family.name}"
        _head(lines, name, family.kind, family.meaning)
        lines += [_line(name, labels, family.read(row)) for labels, row in held]


def _head(lines: list[str], name: str, kind: str, meaning: str) -> None:
    lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]


def _line(name: str, labels: Labels, value: float) -> str:
    told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{told}}} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
