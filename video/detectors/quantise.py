"""Makes the int8 version of a detector: per-channel, convolutions only, ranges measured on real frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from video.detectors.letterbox import Letterbox


class NoCalibrationFrames(RuntimeError):
    """No clip to measure value ranges on."""


def calibration_frames(clips: list[Path], count: int, box: Letterbox) -> Iterator[NDArray[np.uint8]]:
    """`count` frames spread evenly over the clips, each uint8 (height, width, 3) BGR."""
    if not clips:
        raise NoCalibrationFrames("no clip to calibrate on: prepare the demo clips first, or pass --calibrate-on FILE")
    share = -(-count // len(clips))
    for clip in clips:
        with av.open(str(clip)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            step = max(1, stream.frames // share)
            for index, frame in enumerate(container.decode(stream)):
                if index % step == 0:
                    yield box.fit(frame)[0]


class _Frames(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, frames: Iterator[NDArray[np.uint8]]) -> None:
        self._frames = frames

    def get_next(self) -> dict[str, Any] | None:
        frame = next(self._frames, None)
        return None if frame is None else {"frames": frame[np.newaxis]}


def quantise(source: Path, target: Path, frames: Iterator[NDArray[np.uint8]]) -> None:
    """Writes the int8 model to `target` (quantise/dequantise nodes around convolutions).

    Quantising the operations between the convolutions too was measured: slower here, and no smaller loss.
    """
    prepared = target.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    try:
        quantize_static(
            str(prepared),
            str(target),
            _Frames(frames),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["Conv"],
        )
    finally:
        prepared.unlink(missing_ok=True)
