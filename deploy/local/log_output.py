"""Readable, prefixed output of many processes: aligned names in colour on a terminal, and one log file for each."""

import threading
from pathlib import Path
from typing import IO

from deploy.local.console import Console

_COLOURS = ("36", "33", "35", "32", "34", "96", "93", "95", "92", "94")
_LARGEST = 10 * 1024 * 1024


class LogOutput:
    """Copies a process's output, line by line, to the console and to its log file (one older file is kept)."""

    def __init__(self, console: Console, folder: Path, names: list[str]) -> None:
        self._console = console
        self._folder = folder
        self._width = max((len(name) for name in names), default=0)
        self._colour = {name: _COLOURS[i % len(_COLOURS)] for i, name in enumerate(names)}
        self._guard = threading.Lock()
        self.shown = True

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def follow(self, name: str, stream: IO[bytes]) -> threading.Thread:
        thread = threading.Thread(target=self._copy, args=(name, stream), daemon=True)
        thread.start()
        return thread

    def say(self, name: str, text: str) -> None:
        if self.shown:
            prefix = self._console.colour(f"{name:<{self._width}} │", self._colour.get(name, "0"))
            self._console.line(f"{prefix} {text}")

    def tail(self, name: str, lines: int = 15) -> str:
        try:
            text = self.path(name).read_bytes()[-20_000:].decode(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _copy(self, name: str, stream: IO[bytes]) -> None:
        path = self.path(name)
        file = self._open(path)
        with stream:
            for raw in iter(lambda: stream.readline(64 * 1024), b""):
                if file.tell() > _LARGEST:
                    file.close()
                    file = self._open(path)
                file.write(raw if raw.endswith(b"\n") else raw + b"\n")
                file.flush()
                self.say(name, raw.decode(errors="replace").rstrip())
        file.close()

    def _open(self, path: Path) -> IO[bytes]:
        with self._guard:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > _LARGEST:
                path.replace(path.with_name(path.name + ".1"))
            return path.open("ab")
