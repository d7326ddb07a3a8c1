"""ONNX Runtime sessions as cameras need them: one thread each, no spinning while idle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import onnxruntime

from video.detectors.providers import OPTIONS, RUNTIME_NAMES, require, running

CPU = ("cpu",)


def open_session(model: Path, providers: Sequence[str] = CPU) -> onnxruntime.InferenceSession:
    """A session on the first of `providers` that works; throughput comes from running several inferences side by side.

    Spinning is off because a waiting session must not take the core a decoder needs. Raises NoProvider.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    usable = require(providers, onnxruntime.get_available_providers())
    wanted = [(RUNTIME_NAMES[name], OPTIONS[name]) for name in usable]
    return onnxruntime.InferenceSession(str(model), options, providers=wanted)


def provider_of(session: onnxruntime.InferenceSession) -> str:
    """cpu, cuda or openvino: what the session runs on."""
    return running(session.get_providers())


def available() -> tuple[str, ...]:
    """The runtime's own names of what this build has."""
    return tuple(onnxruntime.get_available_providers())
