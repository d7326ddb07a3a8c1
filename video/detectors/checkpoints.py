"""Reads the tensors of a PyTorch checkpoint without PyTorch, and without running anything that it holds.

Such a file is a zip with a pickle inside, and a pickle may call whatever it likes while it is read. Here it may call
nothing: every class it names becomes an empty shell that only keeps its attributes.
"""

from __future__ import annotations

import collections
import io
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES = {"FloatStorage": np.float32, "HalfStorage": np.float16, "LongStorage": np.int64, "IntStorage": np.int32}


class UnreadableCheckpoint(RuntimeError):
    """The file is not a checkpoint of the kind that can be read without its framework."""


class Shell:
    """Stands for any object of the pickle: it keeps what it was given and does nothing."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.given = given

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, Mapping):
            self.__dict__.update(state)

    def children(self) -> Mapping[str, Shell]:
        found: Mapping[str, Shell] = self.__dict__.get("_modules") or {}
        return found

    def tensors(self) -> dict[str, NDArray[Any]]:
        both = {**(self.__dict__.get("_parameters") or {}), **(self.__dict__.get("_buffers") or {})}
        return {name: value for name, value in both.items() if isinstance(value, np.ndarray)}


class _Reader(pickle.Unpickler):
    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(archive.read(f"{root}/data.pkl")))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if module == "torch._utils" and name == "_rebuild_tensor_v2":
            return _tensor
        if module == "torch._utils" and name == "_rebuild_parameter":
            return _parameter
        return type(name, (Shell,), {})

    def persistent_load(self, pid: Any) -> NDArray[Any]:
        _, kind, number, *_ = pid
        stored = _TYPES.get(kind.__name__)
        if stored is None:
            raise UnreadableCheckpoint(f"tensors of {kind.__name__} are not known")
        return np.frombuffer(self._archive.read(f"{self._root}/data/{number}"), stored)


def _tensor(storage: NDArray[Any], offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> Any:
    steps = tuple(step * storage.itemsize for step in stride)
    window = storage[offset:]
    if size and sum((length - 1) * step for length, step in zip(size, stride, strict=True)) >= max(len(window), 1):
        raise UnreadableCheckpoint("a tensor reaches past its storage")
    return np.lib.stride_tricks.as_strided(window, size, steps).copy()


def _parameter(tensor: Any, *_: Any) -> Any:
    return tensor


def read_network(path: Path) -> Shell:
    """The network of a detector's checkpoint as nested shells. Raises UnreadableCheckpoint."""
    try:
        with zipfile.ZipFile(path) as archive:
            pickles = [name for name in archive.namelist() if name.endswith("/data.pkl")]
            content = _Reader(archive, pickles[0].removesuffix("/data.pkl")).load()
        network = content["model"] if content.get("model") is not None else content["ema"]
        inner: Shell = network.children()["model"]
    except (zipfile.BadZipFile, pickle.UnpicklingError, KeyError, IndexError, AttributeError, ValueError) as error:
        raise UnreadableCheckpoint(f"{path.name} is no checkpoint of a detector: {error}") from error
    return inner
