"""ONNX Runtime sessions as cameras need them: one thread each, no spinning while idle."""

from __future__ import annotations

from pathlib import Path

import onnxruntime


def open_session(model: Path) -> onnxruntime.InferenceSession:
    """A single-threaded CPU session; throughput comes from running several inferences side by side.

    Spinning is off because a waiting session must not take the core a decoder needs.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
