"""What is quantised: a network's answers only where the pictures at hand show what it looks for."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from video.detectors.quantise import last_convolutions, quantise


@pytest.fixture
def network(tmp_path):
    """Two convolutions: the brightness of the picture, then that as a score."""
    images = helper.make_tensor_value_info("frames", TensorProto.UINT8, ["batch", 8, 8, 3])
    score = helper.make_tensor_value_info("score", TensorProto.FLOAT, ["batch", 1, 8, 8])
    kernel = numpy_helper.from_array(np.full((4, 3, 1, 1), 1 / 255, np.float32), "kernel")
    answer = numpy_helper.from_array(np.full((1, 4, 1, 1), 0.5, np.float32), "answer")
    nodes = [
        helper.make_node("Cast", ["frames"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["floats"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "kernel"], ["brightness"], name="sees"),
        helper.make_node("Conv", ["brightness", "answer"], ["logit"], name="answers"),
        helper.make_node("Sigmoid", ["logit"], ["score"]),
    ]
    graph = helper.make_graph(nodes, "network", [images], [score], [kernel, answer])
    path = tmp_path / "network.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), str(path))
    return path


def made(network, **how: bool) -> dict[str, onnx.NodeProto]:
    """The nodes of its int8 version, by kind (the last of each)."""
    target = network.with_name("int8.onnx")
    frames = (np.full((8, 8, 3), 15 * step, np.uint8) for step in range(9))
    quantise(network, target, frames, **how)
    return {node.op_type: node for node in onnx.load(str(target)).graph.node}


def test_the_convolutions_that_answer_are_told_from_those_that_see(network):
    assert last_convolutions(onnx.load(str(network))) == ["answers"]


def test_scores_are_not_held_to_what_the_frames_happened_to_reach(network):
    assert made(network)["Sigmoid"].input[0] == "logit"


def test_scores_are_quantised_where_the_frames_show_what_is_looked_for(network):
    assert made(network, answers_too=True)["Sigmoid"].input[0] != "logit"
