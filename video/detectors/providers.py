"""What runs a model: this machine's processor, a CUDA card, or OpenVINO. Chosen by configuration, in order.

Only the processor comes with the platform. The others need another build of ONNX Runtime, which takes the place of the
usual one; which one is said where it is asked for and missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from video.detectors.store import MissingModel

RUNTIME_NAMES: Mapping[str, str] = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
}
PACKAGES: Mapping[str, str] = {"cuda": "onnxruntime-gpu[cuda,cudnn]", "openvino": "onnxruntime-openvino"}
"""What `pip install` needs in place of `onnxruntime` (which is removed first: the builds share their files)."""
OPTIONS: Mapping[str, dict[str, Any]] = {
    "cpu": {},
    "cuda": {"device_id": "0"},
    # One thread for each inference, as on the plain processor: throughput comes from running several side by side.
    "openvino": {"device_type": "CPU", "num_of_threads": "1"},
}


class NoProvider(MissingModel):
    """Nothing of what the configuration asks for can run a model here; the text names the remedy."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`use` in order of preference; `missing` tells, for each provider asked for in vain, what to do."""

    use: tuple[str, ...]
    missing: tuple[str, ...]


def known(names: Sequence[str]) -> tuple[str, ...]:
    """The names, checked. Raises ValueError, so that a misspelt setting stops the process at its start."""
    for name in names:
        if name not in RUNTIME_NAMES:
            raise ValueError(f"{name} is no execution provider: use {', '.join(RUNTIME_NAMES)}")
    return tuple(dict.fromkeys(names)) or ("cpu",)


def choose(asked: Sequence[str], available: Sequence[str]) -> Choice:
    """What of `asked` this build of ONNX Runtime has (`available`: its own names)."""
    use = tuple(name for name in asked if RUNTIME_NAMES[name] in available)
    missing = tuple(remedy_of(name) for name in asked if name not in use)
    return Choice(use, missing)


def remedy_of(name: str) -> str:
    package = PACKAGES.get(name, "onnxruntime")
    return (
        f"{name} is asked for but not in this build of ONNX Runtime: "
        f"pip uninstall -y onnxruntime && pip install '{package}'"
    )


def require(asked: Sequence[str], available: Sequence[str]) -> tuple[str, ...]:
    """The usable ones in order. Raises NoProvider when there is none."""
    choice = choose(asked, available)
    if not choice.use:
        raise NoProvider("; ".join(choice.missing) + "; or add cpu to VIDEO_PROVIDERS")
    return choice.use


def running(runtime_names: Sequence[str]) -> str:
    """Our word for what a session really runs on: a build may have a provider whose libraries do not load."""
    words = {runtime: word for word, runtime in RUNTIME_NAMES.items()}
    return next((words[name] for name in runtime_names if name in words), "cpu")
