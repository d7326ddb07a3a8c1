"""Turns one TF.js graph model (topology JSON + weight file) into an ONNX graph of any input size.

It knows just the operations of convolutional detectors that were themselves exported from NCHW frameworks: such graphs
wrap every convolution in a pair of transposes. Here a tensor is always stored NCHW; a transpose only flips a tag that
says how the source graph *reads* the tensor, so none of them survives in the result.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_TO_NHWC = [0, 2, 3, 1]
_TO_NCHW = [0, 3, 1, 2]
_OPSET = 17
_PIXELS = "input/pixels"


class ConversionError(RuntimeError):
    """The source graph holds something this converter does not know."""


@dataclass(frozen=True, slots=True)
class Value:
    """A tensor of the new graph.

    `nhwc` says the source graph reads it as N,H,W,C although it is stored N,C,H,W.
    `pads` are (top, left, bottom, right) zeros still to be given to the operation that consumes it.
    `stride` is input pixels per cell.
    """

    name: str
    nhwc: bool = False
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)
    stride: int = 1


@dataclass(slots=True)
class Graph:
    """What is being written: nodes and constants of the ONNX graph."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, op: str, inputs: list[str], name: str, outputs: list[str] | None = None, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, outputs or [name], name=name, **attributes))
        return name


def read_weights(model: dict[str, Any], blob: bytes) -> dict[str, NDArray[Any]]:
    """Constants by name. Weights stored as float16 come back as float32."""
    constants: dict[str, NDArray[Any]] = {}
    offset = 0
    for entry in model["weightsManifest"][0]["weights"]:
        stored = np.dtype(entry.get("quantization", {}).get("dtype", entry["dtype"]))
        count = int(np.prod(entry["shape"], dtype=np.int64))
        array = np.frombuffer(blob, stored, count, offset).reshape(entry["shape"])
        offset += count * stored.itemsize
        constants[entry["name"]] = array.astype(entry["dtype"])
    if offset != len(blob):
        raise ConversionError(f"weights end at byte {offset} of {len(blob)}")
    return constants


@dataclass(frozen=True, slots=True)
class InputPlan:
    """What the converted graph takes: uint8 frames (N, height, width, 3) in BGR, normalised inside."""

    height: int
    width: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(slots=True)
class _Converter:
    nodes: dict[str, dict[str, Any]]
    constants: dict[str, NDArray[Any]]
    graph: Graph
    values: dict[str, Value]
    native_size: int
    kept_rows: dict[str, NDArray[np.int64]]
    plan: InputPlan

    def value(self, reference: str) -> Value:
        name = reference if ":" in reference and not reference.endswith(":0") else reference.removesuffix(":0")
        if name not in self.values:
            self.emit(self.nodes[name.split(":")[0]])
        return self.values[name]

    def constant(self, reference: str) -> NDArray[Any] | None:
        node = self.nodes[reference.split(":")[0]]
        if node["op"] == "Const":
            return self.constants[node["name"]]
        if node["op"] == "AddV2":  # a shape plus an empty sparse tensor: the exporter's way to write a constant shape
            return self.constant(node["input"][0])
        return None

    def emit(self, node: dict[str, Any]) -> None:
        handler: Callable[[dict[str, Any]], None] | None = getattr(self, f"_{node['op'].lower()}", None)
        if handler is None:
            raise ConversionError(f"operation {node['op']} of {node['name']} is unknown")
        handler(node)

    def _emit_simple(self, node: dict[str, Any], op: str, **attributes: Any) -> None:
        source = self.value(node["input"][0])
        name = self.graph.add(op, [source.name], node["name"], **attributes)
        self.values[node["name"]] = Value(name, source.nhwc, source.pads, source.stride)

    def _identity(self, node: dict[str, Any]) -> None:
        self.values[node["name"]] = self.value(node["input"][0])

    def _leakyrelu(self, node: dict[str, Any]) -> None:
        self._emit_simple(node, "LeakyRelu", alpha=float(node["attr"]["alpha"]["f"]))

    def _sigmoid(self, node: dict[str, Any]) -> None:
        self._emit_simple(node, "Sigmoid")

    def _transpose(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        order = [int(axis) for axis in self._needed(node["input"][1])]
        if order in (_TO_NHWC, _TO_NCHW):
            if (order == _TO_NHWC) == source.nhwc:
                raise ConversionError(f"{node['name']} transposes twice the same way")
            self.values[node["name"]] = Value(source.name, not source.nhwc, source.pads, source.stride)
            return
        name = self.graph.add("Transpose", [source.name], node["name"], perm=order)
        self.values[node["name"]] = Value(name, stride=source.stride)

    def _needed(self, reference: str) -> NDArray[Any]:
        array = self.constant(reference)
        if array is None:
            raise ConversionError(f"{reference} should be a constant")
        return array

    def _pad(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        before_after = self._needed(node["input"][1])
        rows, columns = (before_after[1], before_after[2]) if source.nhwc else (before_after[2], before_after[3])
        if int(before_after.sum()) != int(rows.sum() + columns.sum()):
            raise ConversionError(f"{node['name']} pads channels")
        pads = (int(rows[0]), int(columns[0]), int(rows[1]), int(columns[1]))
        self.values[node["name"]] = Value(source.name, source.nhwc, pads, source.stride)

    _padv2 = _pad  # its value is the lowest number and its consumer a MaxPool, whose own padding means the same

    def _conv2d(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        kernel = self._needed(node["input"][1]).transpose(3, 2, 0, 1)  # H,W,in,out → out,in,H,W
        strides = [int(step) for step in node["attr"]["strides"]["list"]["i"]]
        bias_node = self._only_consumer(node["name"])
        bias = self._needed(bias_node["input"][1]).reshape(-1)
        kept = self.kept_rows.get(node["name"])
        if kept is not None:
            kernel, bias = kernel[kept], bias[kept]
        if source.name == _PIXELS:
            kernel, bias = _with_normalisation(kernel, bias, self.plan)
        weights = self.graph.constant(f"{node['name']}/weights", kernel)
        offsets = self.graph.constant(f"{node['name']}/bias", bias)
        inputs = [source.name, weights, offsets]
        name = self.graph.add("Conv", inputs, node["name"], strides=strides[1:3], pads=list(source.pads))
        made = Value(name, True, stride=source.stride * strides[1])
        self.values[node["name"]] = self.values[bias_node["name"]] = made

    def _only_consumer(self, name: str) -> dict[str, Any]:
        consumers = [node for node in self.nodes.values() if name in node.get("input", [])]
        if len(consumers) != 1 or consumers[0]["op"] != "Add":
            raise ConversionError(f"{name} is not followed by its bias")
        return consumers[0]

    def _add(self, node: dict[str, Any]) -> None:
        if self.constant(node["input"][1]) is not None:
            self.value(node["input"][0])  # the convolution before takes this constant as its bias
            return
        left, right = self.value(node["input"][0]), self.value(node["input"][1])
        name = self.graph.add("Add", [left.name, right.name], node["name"])
        self.values[node["name"]] = Value(name, left.nhwc, stride=left.stride)

    def _maxpool(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        kernel = [int(size) for size in node["attr"]["ksize"]["list"]["i"]][1:3]
        strides = [int(size) for size in node["attr"]["strides"]["list"]["i"]][1:3]
        name = self.graph.add(
            "MaxPool", [source.name], node["name"], kernel_shape=kernel, strides=strides, pads=list(source.pads)
        )
        self.values[node["name"]] = Value(name, source.nhwc, stride=source.stride * strides[0])

    def _concatv2(self, node: dict[str, Any]) -> None:
        *references, axis_reference = node["input"]
        parts = [self.value(reference) for reference in references]
        axis = int(self._needed(axis_reference))
        stored_axis = {0: 0, 1: 2, 2: 3, 3: 1}[axis % 4] if parts[0].nhwc else axis
        name = self.graph.add("Concat", [part.name for part in parts], node["name"], axis=stored_axis)
        self.values[node["name"]] = Value(name, parts[0].nhwc, stride=parts[0].stride)

    def _resizebilinear(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        target = int(self._needed(node["input"][1])[0])
        native = self.native_size // source.stride
        if target == 2 * native:
            scales = self.graph.constant(f"{node['name']}/scales", np.array([1, 1, 2, 2], np.float32))
            name = self.graph.add(
                "Resize",
                [source.name, "", scales],
                node["name"],
                mode="linear",
                coordinate_transformation_mode="half_pixel",
            )
            self.values[node["name"]] = Value(name, source.nhwc, stride=source.stride // 2)
            return
        if native != 2 * target:
            raise ConversionError(f"{node['name']} resizes {native} to {target}")
        # Halving with half-pixel centres is exactly the mean of 2 × 2 cells, and cheaper so.
        name = self.graph.add("AveragePool", [source.name], node["name"], kernel_shape=[2, 2], strides=[2, 2])
        self.values[node["name"]] = Value(name, source.nhwc, stride=source.stride * 2)

    def _splitv(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        axis = int(self._needed(node["input"][2]))
        sizes = self._needed(node["input"][1]).astype(np.int64)
        producer = self._producing_convolution(node["input"][0])
        if producer in self.kept_rows:
            kept = self.kept_rows[producer]
            borders = np.concatenate([[0], np.cumsum(sizes)])
            sizes = np.array(
                [int(((kept >= lo) & (kept < hi)).sum()) for lo, hi in zip(borders, borders[1:], strict=False)]
            )
        lengths = self.graph.constant(f"{node['name']}/sizes", sizes.astype(np.int64))
        names = [f"{node['name']}:{index}" for index in range(len(sizes))]
        self.graph.add("Split", [source.name, lengths], node["name"], outputs=names, axis=axis)
        for index, name in enumerate(names):
            key = node["name"] if index == 0 else name
            self.values[key] = Value(name, source.nhwc, stride=source.stride)

    def _producing_convolution(self, reference: str) -> str:
        node = self.nodes[reference.split(":")[0]]
        while node["op"] in ("Transpose", "Add"):
            node = self.nodes[node["input"][0].split(":")[0]]
        return str(node["name"])

    def _reshape(self, node: dict[str, Any]) -> None:
        source = self.value(node["input"][0])
        # N and the channels stay (0 = copy), the cells of the grid become one axis whatever the input size.
        shape = self.graph.constant(f"{node['name']}/shape", np.array([0, 0, -1], np.int64))
        name = self.graph.add("Reshape", [source.name, shape], node["name"])
        self.values[node["name"]] = Value(name, stride=source.stride)


def convert_nanodet(
    topology: Path, weights: Path, plan: InputPlan, classes: list[int], total_classes: int
) -> onnx.ModelProto:
    """ONNX model: `frames` uint8 (N, H, W, 3) → `scores` (N, cells, classes) and `distances` (N, cells, 44 logits).

    Cells of stride 8 come first, then 16 and 32, each row by row. Only the asked classes are computed.
    """
    model = json.loads(topology.read_text())
    constants = read_weights(model, weights.read_bytes())
    nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
    graph = Graph()
    converter = _Converter(nodes, constants, graph, {}, native_size=416, kept_rows={}, plan=plan)
    kept = np.array([*classes, *range(total_classes, total_classes + 44)], np.int64)
    for node in nodes.values():
        if node["op"] == "SplitV":
            converter.kept_rows[converter._producing_convolution(node["input"][0])] = kept
    placeholder = next(node["name"] for node in nodes.values() if node["op"] == "Placeholder")
    converter.values[placeholder] = Value(_pixels(graph))
    outputs = sorted(node["name"] for node in nodes.values() if node["op"] == "Identity")
    made = sorted((converter.value(name).stride, name) for name in outputs)
    scores = [converter.value(name).name for _, name in made if _is_score(nodes, name)]
    distances = [converter.value(name).name for _, name in made if not _is_score(nodes, name)]
    graph.add("Concat", scores, "scores", axis=1)
    graph.add("Concat", distances, "distances", axis=1)
    info = [
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "cells", len(classes)]),
        helper.make_tensor_value_info("distances", TensorProto.FLOAT, ["batch", "cells", 44]),
    ]
    frames = helper.make_tensor_value_info("frames", TensorProto.UINT8, ["batch", plan.height, plan.width, 3])
    made_graph = helper.make_graph(graph.nodes, "nanodet", [frames], info, list(graph.constants.values()))
    result = helper.make_model(made_graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
    onnx.checker.check_model(result, full_check=True)
    return result


def _pixels(graph: Graph) -> str:
    """The frames as float planes of 0–255."""
    planes = graph.add("Transpose", ["frames"], "input/planes", perm=_TO_NCHW)
    return graph.add("Cast", [planes], _PIXELS, to=TensorProto.FLOAT)


def _with_normalisation(
    kernel: NDArray[np.float32], bias: NDArray[np.float32], plan: InputPlan
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The first convolution with (pixel - mean) / std taken into it, so that pixels enter the network as they are.

    The rim of one pixel that the convolution adds is black then instead of grey, like the rest of the letterbox.
    """
    scaled = kernel / np.array(plan.std, np.float32).reshape(1, 3, 1, 1)
    shift = (scaled * np.array(plan.mean, np.float32).reshape(1, 3, 1, 1)).sum(axis=(1, 2, 3))
    return scaled.astype(np.float32), (bias - shift).astype(np.float32)


def _is_score(nodes: dict[str, dict[str, Any]], output: str) -> bool:
    """Class scores come out of a sigmoid, distances are raw logits."""
    node = nodes[output]
    while node["op"] in ("Identity", "Transpose", "Reshape"):
        node = nodes[node["input"][0].split(":")[0]]
    return bool(node["op"] == "Sigmoid")
