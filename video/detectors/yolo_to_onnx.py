"""Builds the ONNX graph of a YOLOv12 detector from the tensors of its checkpoint.

The checkpoint tells the layers and their sizes; how each kind of layer computes is written here. The result ends in the
YOLOv8 layout: (N, 4 + classes, cells), boxes as centre, width and height in input pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from video.detectors.checkpoints import Shell
from video.detectors.tfjs_to_onnx import ConversionError, Graph

_OPSET = 17
_BINS = 16


@dataclass(frozen=True, slots=True)
class _Value:
    """A tensor of the new graph, N,C,H,W, with all that is known of its size but N."""

    name: str
    channels: int
    height: int
    width: int


@dataclass(slots=True)
class _Builder:
    graph: Graph = field(default_factory=Graph)
    _number: int = 0

    def op(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        self._number += 1
        return self.graph.add(kind, inputs, f"{kind.lower()}_{self._number}", **attributes)

    def constant(self, value: NDArray[Any]) -> str:
        self._number += 1
        return self.graph.constant(f"constant_{self._number}", value)

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    # --- the small parts ---

    def plain(self, layer: Shell, source: _Value, kernel: NDArray[Any], bias: NDArray[Any]) -> _Value:
        pads, strides = layer.__dict__["padding"], layer.__dict__["stride"]
        name = self.op(
            "Conv",
            [source.name, self.constant(kernel.astype(np.float32)), self.constant(bias.astype(np.float32))],
            strides=list(strides),
            pads=[*pads, *pads],
            group=layer.__dict__["groups"],
        )
        height, width = (
            (size + 2 * pad - length) // step + 1
            for size, pad, length, step in zip(
                (source.height, source.width), pads, kernel.shape[2:], strides, strict=True
            )
        )
        return _Value(name, kernel.shape[0], height, width)

    def conv(self, block: Shell, source: _Value) -> _Value:
        """Convolution, normalisation, and SiLU where the block has one."""
        layer, norm = block.children()["conv"], block.children().get("bn")
        kernel = layer.tensors()["weight"].astype(np.float32)
        bias = layer.tensors().get("bias", np.zeros(kernel.shape[0])).astype(np.float32)
        if norm is not None:
            kept = norm.tensors()
            factor = kept["weight"] / np.sqrt(kept["running_var"].astype(np.float32) + norm.__dict__["eps"])
            kernel = kernel * factor[:, np.newaxis, np.newaxis, np.newaxis]
            bias = (bias - kept["running_mean"]) * factor + kept["bias"]
        made = self.plain(layer, source, kernel, bias)
        if type(block.children().get("act")).__name__ != "SiLU":
            return made
        bent = self.op("Mul", [made.name, self.op("Sigmoid", [made.name])])
        return _Value(bent, made.channels, made.height, made.width)

    def join(self, parts: list[_Value]) -> _Value:
        name = self.op("Concat", [part.name for part in parts], axis=1)
        return _Value(name, sum(part.channels for part in parts), parts[0].height, parts[0].width)

    def add(self, left: _Value, right: _Value) -> _Value:
        return _Value(self.op("Add", [left.name, right.name]), left.channels, left.height, left.width)

    def halves(self, source: _Value) -> list[_Value]:
        self._number += 1
        names = [f"half_{self._number}_{index}" for index in range(2)]
        half = source.channels // 2
        self.graph.add("Split", [source.name, self.ints(half, half)], f"split_{self._number}", outputs=names, axis=1)
        return [_Value(name, half, source.height, source.width) for name in names]

    # --- the blocks ---

    def run(self, block: Shell, source: _Value) -> _Value:
        kind = type(block).__name__
        if kind not in _KINDS:
            raise ConversionError(f"a block of kind {kind} is not known")
        return _KINDS[kind](self, block, source)

    def sequence(self, block: Shell, source: _Value) -> _Value:
        for child in block.children().values():
            source = self.run(child, source)
        return source

    def bottleneck(self, block: Shell, source: _Value) -> _Value:
        parts = block.children()
        made = self.conv(parts["cv2"], self.conv(parts["cv1"], source))
        return self.add(source, made) if block.__dict__["add"] else made

    def c3k(self, block: Shell, source: _Value) -> _Value:
        parts = block.children()
        deep = self.sequence(parts["m"], self.conv(parts["cv1"], source))
        return self.conv(parts["cv3"], self.join([deep, self.conv(parts["cv2"], source)]))

    def c3k2(self, block: Shell, source: _Value) -> _Value:
        parts = block.children()
        made = self.halves(self.conv(parts["cv1"], source))
        for child in parts["m"].children().values():
            made.append(self.run(child, made[-1]))
        return self.conv(parts["cv2"], self.join(made))

    def a2c2f(self, block: Shell, source: _Value) -> _Value:
        if "gamma" in block.tensors():
            raise ConversionError("a scaled short cut around an attention block is not known")
        parts = block.children()
        made = [self.conv(parts["cv1"], source)]
        for child in parts["m"].children().values():
            made.append(self.run(child, made[-1]))
        return self.conv(parts["cv2"], self.join(made))

    def ablock(self, block: Shell, source: _Value) -> _Value:
        parts = block.children()
        looked = self.add(source, self.attention(parts["attn"], source))
        return self.add(looked, self.sequence(parts["mlp"], looked))

    def attention(self, block: Shell, source: _Value) -> _Value:
        """Every cell looks at all cells of its strip; `area` strips lie one below the other."""
        parts, areas = block.children(), block.__dict__["area"]
        heads, depth = block.__dict__["num_heads"], block.__dict__["head_dim"]
        channels, cells = heads * depth, source.height * source.width // areas
        asked = self.conv(parts["qk"], source)
        value = self.conv(parts["v"], source)
        place = self.conv(parts["pe"], value)
        query, key = (self.heads(part, areas, heads, depth, cells) for part in self.halves(asked))
        turned = self.op("Transpose", [query], perm=[0, 1, 3, 2])
        scale = self.constant(np.array(depth**-0.5, np.float32))
        weights = self.op("Softmax", [self.op("Mul", [self.op("MatMul", [turned, key]), scale])], axis=3)
        held = self.heads(value, areas, heads, depth, cells)
        seen = self.op("MatMul", [held, self.op("Transpose", [weights], perm=[0, 1, 3, 2])])
        back = self.op("Reshape", [seen, self.ints(-1, areas, channels, cells)])
        back = self.op("Transpose", [back], perm=[0, 2, 1, 3])
        whole = self.op("Reshape", [back, self.ints(-1, channels, source.height, source.width)])
        return self.conv(parts["proj"], self.add(_Value(whole, channels, source.height, source.width), place))

    def heads(self, source: _Value, areas: int, heads: int, depth: int, cells: int) -> str:
        """(N, C, H, W) → (N × areas, heads, depth, cells of one area)."""
        parted = self.op("Reshape", [source.name, self.ints(-1, heads * depth, areas, cells)])
        turned = self.op("Transpose", [parted], perm=[0, 2, 1, 3])
        return self.op("Reshape", [turned, self.ints(-1, heads, depth, cells)])

    def upsample(self, block: Shell, source: _Value) -> _Value:
        scales = self.constant(np.array([1, 1, 2, 2], np.float32))
        name = self.op(
            "Resize", [source.name, "", scales], mode="nearest", coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )  # fmt: skip
        return _Value(name, source.channels, source.height * 2, source.width * 2)

    def bare(self, block: Shell, source: _Value) -> _Value:
        kept = block.tensors()
        return self.plain(block, source, kept["weight"], kept["bias"])

    def detect(self, block: Shell, sources: list[_Value], strides: list[int]) -> str:
        """All levels read into one (N, 4 + classes, cells)."""
        boxes, scores = [], []
        parts = block.children()
        for level, (source, stride) in enumerate(zip(sources, strides, strict=True)):
            reach = self.run(parts["cv2"].children()[str(level)], source)
            seen = self.run(parts["cv3"].children()[str(level)], source)
            boxes.append(self.boxes(reach, stride))
            flat = self.op("Reshape", [seen.name, self.ints(0, seen.channels, -1)])
            scores.append(self.op("Sigmoid", [flat]))
        together = [self.op("Concat", boxes, axis=2), self.op("Concat", scores, axis=2)]
        return self.graph.add("Concat", together, "detections", axis=1)

    def boxes(self, reach: _Value, stride: int) -> str:
        """Distances told as 16 weights per side become centre, width and height in pixels."""
        cells = reach.height * reach.width
        parted = self.op("Reshape", [reach.name, self.ints(0, 4, _BINS, cells)])
        bins = self.constant(np.arange(_BINS, dtype=np.float32).reshape(1, 1, _BINS, 1))
        weighed = self.op("Mul", [self.op("Softmax", [parted], axis=2), bins])
        sides = self.op("ReduceSum", [weighed, self.ints(2)], keepdims=0)
        low, high = (self.op("Slice", [sides, self.ints(a), self.ints(b), self.ints(1)]) for a, b in ((0, 2), (2, 4)))
        rows, columns = np.mgrid[0 : reach.height, 0 : reach.width]
        middle = self.constant((np.stack([columns.ravel(), rows.ravel()])[np.newaxis] + 0.5).astype(np.float32))
        half = self.constant(np.array(0.5, np.float32))
        shift = self.op("Mul", [self.op("Sub", [high, low]), half])
        both = self.op("Concat", [self.op("Add", [middle, shift]), self.op("Add", [low, high])], axis=1)
        return self.op("Mul", [both, self.constant(np.array(stride, np.float32))])


_KINDS: dict[str, Callable[[_Builder, Shell, _Value], _Value]] = {
    "Conv": _Builder.conv,
    "DWConv": _Builder.conv,
    "Conv2d": _Builder.bare,
    "Sequential": _Builder.sequence,
    "Bottleneck": _Builder.bottleneck,
    "C3k": _Builder.c3k,
    "C3k2": _Builder.c3k2,
    "A2C2f": _Builder.a2c2f,
    "ABlock": _Builder.ablock,
    "Upsample": _Builder.upsample,
}


def convert_yolo12(network: Shell, *, height: int, width: int) -> onnx.ModelProto:
    """ONNX model: `frames` uint8 (N, height, width, 3) BGR → `detections` (N, 4 + classes, cells).

    Height and width are multiples of 64: the attention of the network parts the picture into four strips.
    """
    builder = _Builder()
    planes = builder.op("Transpose", ["frames"], perm=[0, 3, 1, 2])
    pixels = builder.op("Cast", [planes], to=TensorProto.FLOAT)
    made: list[_Value] = []
    output, classes = "", 0
    for layer in network.children().values():
        origin = layer.__dict__["f"]
        origins = origin if isinstance(origin, list) else [origin]
        start = _Value(pixels, 3, height, width)
        sources = [made[at] if made else start for at in origins]
        kind = type(layer).__name__
        if kind == "Detect":
            output = builder.detect(layer, sources, [height // source.height for source in sources])
            classes = layer.__dict__["nc"]
        elif kind == "Concat":
            made.append(builder.join(sources))
        else:
            made.append(builder.run(_from_bytes(layer) if not made else layer, sources[0]))
    info = [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", 4 + classes, "cells"])]
    frames = helper.make_tensor_value_info("frames", TensorProto.UINT8, ["batch", height, width, 3])
    graph = helper.make_graph(builder.graph.nodes, "yolo12", [frames], info, list(builder.graph.constants.values()))
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
    onnx.checker.check_model(result, full_check=True)
    return result


def _from_bytes(first: Shell) -> Shell:
    """The first convolution reads RGB from 0 to 1; ours are bytes in BGR."""
    weights = first.children()["conv"].__dict__["_parameters"]
    weights["weight"] = weights["weight"][:, ::-1].astype(np.float32) / 255
    return first
