"""Looks into a model file that somebody sent, before anything of it runs: what cannot be trusted or used is refused.

Codes, which the page explains together with the remedy: not_onnx, pickle_inside, external_data, custom_ops,
wrong_input, too_old, unknown_layout, does_not_run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import AttributeProto, TensorProto

_STANDARD_DOMAINS = frozenset({"", "ai.onnx", "com.microsoft"})
"""ONNX itself, and what ONNX Runtime brings along (quantised operations of exporters). Anything else needs a library
that the sender would have to be trusted with."""
_RUN_CODE = frozenset({"PyOp", "PythonOp", "PythonOpGrad", "ATen", "ExternalGraph"})
_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95.{8})?[\x8c}\](c(K]", re.DOTALL)
_ZIP, _HDF, _GZIP, _TORCH_OLD = b"PK\x03\x04", b"\x89HDF", b"\x1f\x8b", b"\x80\x02\x8a\x0a"
_OLDEST_OPSET = 9
_SIDES = (32, 4096)


class Refused(ValueError):
    """The file cannot be used; `code` is stable, the text says what was found."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Input:
    """The one input of a detector. `batch` is 0 where it takes any number of pictures, `planes` for N,C,H,W."""

    name: str
    type: int
    batch: int
    height: int
    width: int
    planes: bool


def refuse_at_sight(head: bytes) -> None:
    """What the first bytes already tell: archives with pickles, other frameworks' files, pages of text. Raises Refused.

    An ONNX file has no mark of its own, so what is not refused here is still only perhaps a model.
    """
    if head.startswith((_ZIP, _TORCH_OLD)) or _PICKLE.match(head):
        raise Refused("pickle_inside", "a PyTorch checkpoint or another pickle; it can run code while it is read")
    known = {_HDF: "an HDF5 file (Keras)", _GZIP: "a compressed file", b"RIFF": "a media file", b"MZ": "a program"}
    for mark, what in known.items():
        if head.startswith(mark):
            raise Refused("not_onnx", what)
    if head[4:8] == b"TFL3":
        raise Refused("not_onnx", "a TensorFlow Lite file")
    if head.lstrip()[:1] in (b"<", b"{", b"[") or head.startswith(b"version https://git-lfs"):
        raise Refused("not_onnx", "a text file: perhaps a web page or a pointer was saved instead of the model")


def open_untrusted(path: Path) -> onnx.ModelProto:
    """The graph of the file, found to hold nothing but itself. Raises Refused."""
    with path.open("rb") as stream:
        refuse_at_sight(stream.read(64))
    try:
        model = onnx.load(str(path), load_external_data=False)
    except (DecodeError, ValueError, RuntimeError) as error:
        raise Refused("not_onnx", "the file cannot be read as ONNX") from error
    if not model.graph.node or not model.opset_import:
        raise Refused("not_onnx", "the file holds no graph")
    _refuse_external(model)
    _refuse_foreign(model)
    opset = next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 0)
    if opset < _OLDEST_OPSET:
        raise Refused("too_old", f"opset {opset}; export it anew with opset {_OLDEST_OPSET} or later (17 is good)")
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        raise Refused("not_onnx", str(error).splitlines()[0][:300]) from error
    return model


def _refuse_external(model: onnx.ModelProto) -> None:
    for tensor in _tensors(model):
        if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
            raise Refused("external_data", f"the weights of {tensor.name or 'a constant'} lie in another file")
        held = b"".join(tensor.string_data) if tensor.string_data else tensor.raw_data[:64]
        # Weights are numbers: only text and bytes can hide a pickle.
        if tensor.data_type in (TensorProto.STRING, TensorProto.UINT8, TensorProto.INT8) and _PICKLE.match(held):
            raise Refused("pickle_inside", f"constant {tensor.name} holds a pickle")
    for entry in model.metadata_props:
        if _PICKLE.match(entry.value.encode("utf-8", "surrogateescape")):
            raise Refused("pickle_inside", f"the note {entry.key} holds a pickle")


def _refuse_foreign(model: onnx.ModelProto) -> None:
    own = {(function.domain, function.name) for function in model.functions}
    for node in _nodes(model):
        if node.op_type in _RUN_CODE:
            raise Refused("custom_ops", f"operation {node.op_type} runs code")
        if node.domain not in _STANDARD_DOMAINS and (node.domain, node.op_type) not in own:
            raise Refused("custom_ops", f"operation {node.domain}::{node.op_type} is not part of ONNX")


def _nodes(model: onnx.ModelProto) -> Iterator[onnx.NodeProto]:
    yield from _nodes_of(model.graph.node)
    for function in model.functions:
        yield from _nodes_of(function.node)


def _nodes_of(nodes: Iterator[onnx.NodeProto]) -> Iterator[onnx.NodeProto]:
    for node in nodes:
        yield node
        for graph in _inner_graphs(node):
            yield from _nodes_of(graph.node)


def _inner_graphs(node: onnx.NodeProto) -> Iterator[onnx.GraphProto]:
    for attribute in node.attribute:
        if attribute.type == AttributeProto.GRAPH:
            yield attribute.g
        yield from attribute.graphs


def _tensors(model: onnx.ModelProto) -> Iterator[onnx.TensorProto]:
    yield from _tensors_of_graph(model.graph)
    for node in _nodes(model):
        for attribute in node.attribute:
            if attribute.type == AttributeProto.TENSOR:
                yield attribute.t
            yield from attribute.tensors
        for graph in _inner_graphs(node):
            yield from _tensors_of_graph(graph)


def _tensors_of_graph(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)


def input_of(model: onnx.ModelProto, *, height: int, width: int) -> Input:
    """The input of a detector; `height` and `width` are taken where the model leaves them open. Raises Refused."""
    constants = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in constants]
    if len(inputs) != 1:
        names = ", ".join(value.name for value in inputs) or "none"
        raise Refused("wrong_input", f"a detector takes one input, this takes {len(inputs)}: {names}")
    tensor = inputs[0].type.tensor_type
    sizes = [dimension.dim_value for dimension in tensor.shape.dim]
    told = [dimension.dim_param or str(dimension.dim_value or "?") for dimension in tensor.shape.dim]
    shape = f"input {inputs[0].name} is ({', '.join(told)})"
    if len(sizes) != 4:
        raise Refused("wrong_input", f"{shape}; pictures need four dimensions")
    if tensor.elem_type not in (TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.UINT8):
        raise Refused("wrong_input", f"{shape} of type {TensorProto.DataType.Name(tensor.elem_type)}; float or uint8")
    planes = sizes[1] == 3
    if not planes and sizes[3] != 3:
        raise Refused("wrong_input", f"{shape}; a colour picture has 3 planes, in second or last place")
    rows, columns = (sizes[2], sizes[3]) if planes else (sizes[1], sizes[2])
    rows, columns = rows or height, columns or width
    if not all(_SIDES[0] <= side <= _SIDES[1] for side in (rows, columns)):
        raise Refused("wrong_input", f"{shape}; sides must be {_SIDES[0]} to {_SIDES[1]} pixels")
    return Input(inputs[0].name, tensor.elem_type, sizes[0], rows, columns, planes)
