"""Gives a foreign detector the input that every detector here has: uint8 frames (N, height, width, 3) in BGR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from video.detectors.inspection import Input

_FRAMES = "frames"
_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
SCALES = ("bytes", "unit", "imagenet")
COLOURS = ("bgr", "rgb")


@dataclass(frozen=True, slots=True)
class Pixels:
    """How a network wants its pixels: `colour` order (bgr, rgb) and `scale` (bytes 0–255, unit 0–1, imagenet)."""

    colour: str
    scale: str


USUAL_PIXELS: dict[str, Pixels] = {
    "yolox": Pixels("bgr", "bytes"),
    "yolox_decoded": Pixels("bgr", "bytes"),
    "yolov8": Pixels("rgb", "unit"),
    "nanodet": Pixels("bgr", "imagenet"),
    "ssd": Pixels("rgb", "unit"),
    "ssd_pixels": Pixels("rgb", "unit"),
}
"""What the usual exporters of each layout expect."""


def wrapped(model: onnx.ModelProto, source: Input, pixels: Pixels) -> onnx.ModelProto:
    """The model with the preparation of pixels put in front. Its own weights and operations stay as they are."""
    result = onnx.ModelProto()
    result.CopyFrom(model)
    graph = result.graph
    nodes: list[onnx.NodeProto] = []
    number = 0

    def add(op: str, inputs: list[str], **attributes: Any) -> str:
        nonlocal number
        number += 1
        name = f"pixels/{number}"
        nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def constant(value: NDArray[Any]) -> str:
        name = f"pixels/constant_{len(graph.initializer)}"
        graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    value = _FRAMES
    axis = 1 if source.planes else 3
    if source.planes:
        value = add("Transpose", [value], perm=[0, 3, 1, 2])
    value = add("Cast", [value], to=TensorProto.FLOAT)
    if pixels.colour == "rgb":
        value = add("Gather", [value, constant(np.array([2, 1, 0], np.int64))], axis=axis)
    if pixels.scale != "bytes":
        value = add("Mul", [value, constant(np.array(1 / 255, np.float32))])
    if pixels.scale == "imagenet":
        mean, std = (np.array(row if pixels.colour == "rgb" else row[::-1], np.float32) for row in _IMAGENET)
        shape = (1, 3, 1, 1) if source.planes else (1, 1, 1, 3)
        value = add("Sub", [value, constant(mean.reshape(shape))])
        value = add("Mul", [value, constant((1 / std).reshape(shape))])
    if source.type != TensorProto.FLOAT:
        value = add("Cast", [value], to=source.type)
    for node in graph.node:
        for index, name in enumerate(node.input):
            if name == source.name:
                node.input[index] = value
    kept = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *kept])
    inputs = [item for item in graph.input if item.name != source.name]
    del graph.input[:]
    batch = source.batch or "batch"
    taken = [batch, source.height, source.width, 3]
    graph.input.extend([helper.make_tensor_value_info(_FRAMES, TensorProto.UINT8, taken), *inputs])
    del graph.value_info[:]
    for output in graph.output:
        # Sizes written for another input, or for one picture, would be held against what really comes out.
        output.type.tensor_type.ClearField("shape")
    return result
