"""Turns the published SSDLite-MobileNetV2 (a frozen TensorFlow graph in TF.js files) into an ONNX graph.

The source is an NHWC graph with its own resizing loop in front and its own box arithmetic behind. Neither is kept:
pictures come already sized, and boxes are worked out from the anchors that the source graph carries as a constant.
Between the two, every convolution takes the scales and shifts that follow it into its own weights.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from video.detectors.tfjs_to_onnx import ConversionError, Graph, InputPlan, read_weights

_OPSET = 17
_PIXELS = "input/pixels"
_START = "Preprocessor/sub"
_CONVOLUTIONS = ("Conv2D", "DepthwiseConv2dNative")
# Box coordinates are divided by these in the source: 10 for the centre, 5 for the size (SSD's usual coder).
_CENTRE_SCALE, _SIZE_SCALE = 0.1, 0.2

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Value:
    """A tensor of the new graph, stored N,C,H,W, with its height and width."""

    name: str
    size: tuple[int, int]


@dataclass(slots=True)
class _Folded:
    """A convolution and what the operations after it multiply and add, channel by channel."""

    node: dict[str, Any]
    scale: Array
    shift: Array


@dataclass(slots=True)
class _Source:
    nodes: dict[str, dict[str, Any]]
    constants: dict[str, Array]
    plan: InputPlan
    kept: list[int]
    classes: int
    graph: Graph = field(default_factory=Graph)
    values: dict[str, _Value] = field(default_factory=dict)

    def constant(self, reference: str) -> Array | None:
        return self.constants.get(reference.split(":")[0])

    def needed(self, reference: str) -> Array:
        found = self.constant(reference)
        if found is None:
            raise ConversionError(f"{reference} is not a constant")
        return found

    def value(self, name: str) -> _Value:
        if name not in self.values:
            self.values[name] = self._make(self.nodes[name])
        return self.values[name]

    def _make(self, node: dict[str, Any]) -> _Value:
        if node["op"] == "Relu6":
            source = self.value(node["input"][0])
            low = self.graph.constant("zero", np.array(0, np.float32))
            high = self.graph.constant("six", np.array(6, np.float32))
            return _Value(self.graph.add("Clip", [source.name, low, high], node["name"]), source.size)
        if node["op"] in ("Add", "AddV2", "AddN") and all(self.constant(name) is None for name in node["input"]):
            left, right = (self.value(name) for name in node["input"])
            return _Value(self.graph.add("Add", [left.name, right.name], node["name"]), left.size)
        behind = self.nodes[self._parted(node)[0]]
        if node["op"] in ("Add", "AddV2") and behind["op"] == "AddN":
            return self._sum_and_shift(node, behind)
        return self._convolution(self._fold(node), node["name"])

    def _parted(self, node: dict[str, Any]) -> list[str]:
        """The inputs of a node, what is worked out before what is constant: the source writes them in either order."""
        return sorted(node["input"], key=lambda name: self.constant(name) is not None)

    def _sum_and_shift(self, node: dict[str, Any], total: dict[str, Any]) -> _Value:
        """A short cut whose shift the source adds last: the convolution takes it instead, which is the same sum."""
        folded = self._fold(self.nodes[total["input"][0]])
        folded.shift = folded.shift + self.needed(self._parted(node)[1]).reshape(-1)
        left, right = self._convolution(folded, total["input"][0]), self.value(total["input"][1])
        return _Value(self.graph.add("Add", [left.name, right.name], node["name"]), left.size)

    def _fold(self, node: dict[str, Any]) -> _Folded:
        """The convolution behind `node`, with the constants between them; raises where something else comes first."""
        if node["op"] in _CONVOLUTIONS:
            return _Folded(node, np.ones(1, np.float32), np.zeros(1, np.float32))
        behind, *constants = self._parted(node)
        inner = self._fold(self.nodes[behind])
        if node["op"] in ("Add", "AddV2", "BiasAdd"):
            return _Folded(inner.node, inner.scale, inner.shift + self.needed(constants[0]).reshape(-1))
        if node["op"] == "Mul":
            factor = self.needed(constants[0]).reshape(-1)
            return _Folded(inner.node, inner.scale * factor, inner.shift * factor)
        if node["op"].startswith("FusedBatchNorm"):
            gamma, beta, mean, variance = (self.needed(name).reshape(-1) for name in node["input"][1:5])
            factor = gamma / np.sqrt(variance + node["attr"]["epsilon"]["f"])
            return _Folded(inner.node, inner.scale * factor, (inner.shift - mean) * factor + beta)
        raise ConversionError(f"{node['name']} is a {node['op']}, which this converter does not know")

    def _convolution(self, folded: _Folded, name: str) -> _Value:
        node = folded.node
        source = self.value(node["input"][0])
        weights = self.needed(node["input"][1])  # H,W,in,out; depthwise: H,W,in,multiplier
        depthwise = node["op"] == "DepthwiseConv2dNative"
        kernel = weights.transpose(2, 3, 0, 1) if depthwise else weights.transpose(3, 2, 0, 1)
        if depthwise and kernel.shape[1] != 1:
            raise ConversionError(f"{node['name']} makes several channels of one")
        scale = np.broadcast_to(folded.scale, kernel.shape[:1]).astype(np.float32)
        bias = np.broadcast_to(folded.shift, kernel.shape[:1]).astype(np.float32)
        kernel = kernel * scale[:, np.newaxis, np.newaxis, np.newaxis]
        if source.name == _PIXELS:
            kernel, bias = _from_bytes(kernel, bias)
        if "ClassPredictor/" in node["name"]:
            kernel, bias = self._only_kept(kernel), self._only_kept(bias)
        strides = [int(step) for step in node["attr"]["strides"]["list"]["i"]][1:3]
        size = (-(-source.size[0] // strides[0]), -(-source.size[1] // strides[1]))
        made = self.graph.add(
            "Conv",
            [
                source.name,
                self.graph.constant(f"{name}/weights", kernel.astype(np.float32)),
                self.graph.constant(f"{name}/bias", bias.astype(np.float32)),
            ],
            name,
            strides=strides,
            pads=_same_padding(source.size, size, kernel.shape[2:], strides),
            group=kernel.shape[0] if depthwise else 1,
        )
        return _Value(made, size)

    def _only_kept(self, rows: Array) -> Array:
        """The rows of the asked classes, for each anchor of a cell."""
        per_anchor = rows.reshape(-1, self.classes, *rows.shape[1:])
        return per_anchor[:, self.kept].reshape(-1, *rows.shape[1:])

    def heads(self, join: str, width: int) -> str:
        """All cells of all levels as one list (N, anchors, width), in the order of the source's anchors."""
        parts = []
        for reference in self.nodes[join]["input"][:-1]:
            value = self.value(self.nodes[reference]["input"][0])
            turned = self.graph.add("Transpose", [value.name], f"{reference}/cells", perm=[0, 2, 3, 1])
            shape = self.graph.constant(f"{reference}/shape", np.array([0, -1, width], np.int64))
            parts.append(self.graph.add("Reshape", [turned, shape], f"{reference}/rows"))
        return self.graph.add("Concat", parts, join, axis=1)


def convert_ssd(
    topology: Path, shards: list[Path], plan: InputPlan, classes: list[int], total_classes: int
) -> onnx.ModelProto:
    """ONNX model: `frames` uint8 (N, H, W, 3) BGR → `boxes` (N, anchors, 4) as fractions x0, y0, x1, y1 of the input
    and `scores` (N, anchors, classes). Only the asked classes are computed. H and W are those of the source's anchors.
    """
    model = json.loads(topology.read_text())
    constants = read_weights(model, b"".join(shard.read_bytes() for shard in shards))
    nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
    source = _Source(nodes, constants, plan, classes, total_classes)
    graph = source.graph
    planes = graph.add("Transpose", ["frames"], "input/planes", perm=[0, 3, 1, 2])
    source.values[_START] = _Value(
        graph.add("Cast", [planes], _PIXELS, to=TensorProto.FLOAT), (plan.height, plan.width)
    )
    anchors = constants["Postprocessor/ExpandDims"].reshape(-1, 4)
    _decode(graph, source.heads("concat", 4), anchors)
    graph.add("Sigmoid", [source.heads("concat_1", len(classes))], "scores")
    info = [
        helper.make_tensor_value_info("boxes", TensorProto.FLOAT, ["batch", len(anchors), 4]),
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", len(anchors), len(classes)]),
    ]
    frames = helper.make_tensor_value_info("frames", TensorProto.UINT8, ["batch", plan.height, plan.width, 3])
    made = helper.make_graph(graph.nodes, "ssdlite", [frames], info, list(graph.constants.values()))
    result = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
    onnx.checker.check_model(result, full_check=True)
    return result


def _decode(graph: Graph, deltas: str, anchors: Array) -> None:
    """Anchors are y0, x0, y1, x1 and deltas are dy, dx, dh, dw; the result is x0, y0, x1, y1."""
    order = [1, 0]
    low, high = anchors[:, :2][:, order], anchors[:, 2:][:, order]
    centres, sizes = (low + high) / 2, high - low
    parts = ["deltas/centre", "deltas/size"]
    lengths = graph.constant("deltas/lengths", np.array([2, 2], np.int64))
    graph.add("Split", [deltas, lengths], "deltas", outputs=parts, axis=2)
    swap = graph.constant("deltas/order", np.array(order, np.int64))
    moved, grown = (graph.add("Gather", [part, swap], f"{part}/xy", axis=2) for part in parts)
    reach = graph.constant("anchors/reach", (sizes * _CENTRE_SCALE)[np.newaxis].astype(np.float32))
    middle = graph.constant("anchors/middle", centres[np.newaxis].astype(np.float32))
    half = graph.constant("anchors/half", (sizes / 2)[np.newaxis].astype(np.float32))
    factor = graph.constant("anchors/size_scale", np.array(_SIZE_SCALE, np.float32))
    centre = graph.add("Add", [graph.add("Mul", [moved, reach], "boxes/shift"), middle], "boxes/centre")
    stretch = graph.add("Exp", [graph.add("Mul", [grown, factor], "boxes/log_stretch")], "boxes/stretch")
    around = graph.add("Mul", [stretch, half], "boxes/half")
    corners = [
        graph.add("Sub", [centre, around], "boxes/low"),
        graph.add("Add", [centre, around], "boxes/high"),
    ]
    graph.add("Concat", corners, "boxes", axis=2)


def _from_bytes(kernel: Array, bias: Array) -> tuple[Array, Array]:
    """The first convolution for bytes in BGR: the source reads RGB as pixel × 2 ÷ 255 − 1."""
    turned = kernel[:, ::-1]
    return turned * (2 / 255), bias - turned.sum(axis=(1, 2, 3))


def _same_padding(
    before: tuple[int, int], after: tuple[int, int], kernel: tuple[int, ...], strides: list[int]
) -> list[int]:
    """TensorFlow's SAME: what is odd goes to the bottom and the right. Order: top, left, bottom, right."""
    total = [max((after[axis] - 1) * strides[axis] + kernel[axis] - before[axis], 0) for axis in (0, 1)]
    return [total[0] // 2, total[1] // 2, total[0] - total[0] // 2, total[1] - total[1] // 2]
