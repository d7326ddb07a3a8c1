"""Tiles kept on disk under the stamp of their data and the scope they were made for.

A change of data changes the stamp, so a kept tile is never wrong; tiles of older stamps are removed on the way.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

EVERYBODY = "everybody"
"""The scope of a tile that shows the same to all."""


class TileCache:
    """Tiles of one layer, below `VAR_DIR/tiles`."""

    def __init__(self, layer: str, root: Path | None = None) -> None:
        self._folder = (root or Path(settings.VAR_DIR) / "tiles") / layer

    def get(self, stamp: str, scope: str, z: int, x: int, y: int, make: Callable[[], bytes]) -> bytes:
        """The kept tile, or the one `make` builds; an empty tile is not kept (there are endlessly many)."""
        path = self._folder / stamp / scope / str(z) / str(x) / f"{y}.mvt"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            tile = make()
        if tile:
            self._keep(path, stamp, tile)
        return tile

    def _keep(self, path: Path, stamp: str, tile: bytes) -> None:
        if not (self._folder / stamp).is_dir():
            self._forget_all_but(stamp)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(tile)
        Path(name).replace(path)

    def _forget_all_but(self, stamp: str) -> None:
        if self._folder.is_dir():
            for old in self._folder.iterdir():
                if old.name != stamp:
                    shutil.rmtree(old, ignore_errors=True)
