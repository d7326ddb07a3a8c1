"""Makes the int8 version of a detector: per-channel, convolutions only, ranges measured on real frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
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


def quantise(source: Path, target: Path, frames: Iterator[NDArray[np.uint8]], *, answers_too: bool = False) -> None:
    """Writes the int8 model to `target` (quantise/dequantise nodes around convolutions).

    Quantising the operations between the convolutions too was measured: an eighth faster, but one detection in a
    hundred of the full-precision network was lost, against one in a thousand so.

    The last convolutions, which give the scores, stay as they are unless `answers_too`: a thing that the frames show
    seldom or not at all has no range there, and no score could rise above what the frames happened to reach.
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
            nodes_to_exclude=[] if answers_too else last_convolutions(onnx.load(str(prepared))),
        )
        onnx.save(with_raw_input(onnx.load(str(target))), str(target))
    finally:
        prepared.unlink(missing_ok=True)


def last_convolutions(model: onnx.ModelProto) -> list[str]:
    """The names of those from which the outputs are reached without passing another."""
    makers = {name: node for node in model.graph.node for name in node.output}
    waiting, seen, last = [output.name for output in model.graph.output], set[str](), []
    while waiting:
        name = waiting.pop()
        if name in seen or name not in makers:
            continue
        seen.add(name)
        if makers[name].op_type == "Conv":
            last.append(makers[name].name)
        else:
            waiting.extend(makers[name].input)
    return sorted(last)


def with_raw_input(model: onnx.ModelProto) -> onnx.ModelProto:
    """Lets bytes enter the first quantised convolution as they are: a pixel is its own quantised value (scale 1).

    Without this the input would be turned to float and back, a tenth of the whole inference. A network that scales
    pixels before its first convolution is left as it is.
    """
    graph = model.graph
    cast = next(node for node in graph.node if node.op_type == "Cast")
    readers = [node for node in graph.node if cast.output[0] in node.input]
    if [node.op_type for node in readers] != ["QuantizeLinear"]:
        return model
    quantiser = readers[0]
    scale, zero = quantiser.input[1], quantiser.input[2]
    for constant in [item for item in graph.initializer if item.name in (scale, zero)]:
        value = np.float32(1.0) if constant.name == scale else np.uint8(0)
        constant.CopyFrom(numpy_helper.from_array(np.array(value), constant.name))
    for node in graph.node:
        for index, name in enumerate(node.input):
            if name == quantiser.output[0]:
                node.input[index] = cast.input[0]
    graph.node.remove(quantiser)
    graph.node.remove(cast)
    onnx.checker.check_model(model, full_check=True)
    return model
