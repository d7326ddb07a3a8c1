"""Remembers what a step was done for, so that it is skipped until one of its inputs changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from deploy.local.place import Place


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def digest_of_files(root: Path, patterns: Iterable[str], *, leave_out: Iterable[str] = ()) -> str:
    """One hash over names and contents of the files below `root` that match; folders in `leave_out` are not entered."""
    left_out = set(leave_out)
    total = hashlib.sha256()
    for path in sorted({p for pattern in patterns for p in root.glob(pattern)}):
        inner = path.relative_to(root)
        if path.is_file() and not left_out.intersection(inner.parts):
            total.update(f"{inner}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    def __init__(self, place: Place) -> None:
        self._folder = place.var / "stamps"

    def matches(self, name: str, key: str) -> bool:
        path = self._folder / name
        return path.is_file() and path.read_text().strip() == key

    def write(self, name: str, key: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{name}.new"
        fresh.write_text(key + "\n")
        fresh.replace(self._folder / name)

    def forget(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)
