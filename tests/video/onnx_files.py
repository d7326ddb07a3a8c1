"""Small ONNX files made on the spot: heads of every layout that answer with given numbers, and files to be refused."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 64


def planted(path: Path, outputs: list[np.ndarray[Any, Any]], *, height: int = SIDE, width: int = SIDE) -> Path:
    """A detector of (1, 3, height, width) float whose outputs are these, whatever the picture shows.

    The input takes part with the weight 0, so that nothing of the graph can be left out.
    """
    image = helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, height, width])
    nodes = [
        helper.make_node("ReduceMean", ["images"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "nothing"], ["none"]),
    ]
    constants = [numpy_helper.from_array(np.array(0, np.float32), "nothing")]
    infos = []
    for number, output in enumerate(outputs):
        constants.append(numpy_helper.from_array(output.astype(np.float32), f"given_{number}"))
        nodes.append(helper.make_node("Add", [f"given_{number}", "none"], [f"output_{number}"]))
        infos.append(helper.make_tensor_value_info(f"output_{number}", TensorProto.FLOAT, list(output.shape)))
    graph = helper.make_graph(nodes, "planted", [image], infos, constants)
    return saved(graph, path)


def saved(graph: onnx.GraphProto, path: Path, **extra: Any) -> Path:
    opsets = [helper.make_opsetid("", 17), *(helper.make_opsetid(name, 1) for name in extra.get("domains", ()))]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    onnx.save(model, str(path))
    return path


def with_convolution(path: Path, outputs: list[np.ndarray[Any, Any]]) -> Path:
    """The same with a convolution in front, as int8 needs one."""
    planted(path, outputs)
    model = onnx.load(str(path))
    kernel = np.random.default_rng(3).normal(0, 0.1, (4, 3, 3, 3)).astype(np.float32)
    model.graph.initializer.append(numpy_helper.from_array(kernel, "kernel"))
    model.graph.node.insert(0, helper.make_node("Conv", ["images", "kernel"], ["seen"], pads=[1, 1, 1, 1]))
    for node in model.graph.node:
        if node.op_type == "ReduceMean":
            node.input[0] = "seen"
    onnx.save(model, str(path))
    return path


def cells(strides: tuple[int, ...] = (8, 16, 32), side: int = SIDE) -> int:
    return sum((side // stride) ** 2 for stride in strides)
