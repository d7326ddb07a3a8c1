"""Chooses a free port for each process once and remembers it, so that addresses stay the same from start to start."""

import json
import os
import socket
from pathlib import Path

from deploy.local.failures import StepFailed

FIRST_CHOICE = {
    "front": 8000,
    "web": 8100,
    "live": 8200,
    "viewing": 8300,
    "rtsp": 8554,
    "postgres": 54320,
    "redis": 63790,
}


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now. SO_REUSEADDR as servers set it: a closed connection does not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


_claimed: dict[int, socket.socket] = {}


def claim(port: int) -> bool:
    """Whether this process may start a server there: nobody listens, and no other installation is about to.

    Between choosing a port and listening lie seconds. A name in the kernel's own list of sockets holds the choice
    meanwhile; it ends with this process, however it ends.
    """
    if port in _claimed:
        return is_free(port)
    mark = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        mark.bind(f"\0yiwang-port-{port}")
    except OSError:
        mark.close()
        return False
    if not is_free(port):
        mark.close()
        return False
    _claimed[port] = mark
    return True


def next_free(start: int, *, taken: set[int]) -> int:
    for port in range(start, min(start + 500, 65536)):
        if port not in taken and claim(port):
            return port
    raise StepFailed(
        f"no free port from {start} on", "Stop some servers on this machine, then run the same command again."
    )


class Ports:
    """The chosen ports of one installation, kept in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._chosen: dict[str, int] = {}
        if path.is_file():
            try:
                known = json.loads(path.read_text())
            except ValueError:
                known = {}
            self._chosen = {name: int(port) for name, port in known.items() if name in FIRST_CHOICE}

    def __getitem__(self, name: str) -> int:
        return self._chosen[name]

    def as_values(self) -> dict[str, str]:
        return {f"{name}_port": str(port) for name, port in self._chosen.items()}

    def choose(self, names: list[str]) -> None:
        """Give each a free port. An inner port that somebody took meanwhile is changed; the published one never is."""
        wished = os.environ.get("FRONT_PORT", "")
        for name in names:
            fixed = int(wished) if name == "front" and wished.isdigit() else self._chosen.get(name)
            if name == "front" and fixed is not None:
                self._require_front(fixed)
                self._chosen[name] = fixed
            elif fixed is None or not claim(fixed):
                others = {port for other, port in self._chosen.items() if other != name}
                self._chosen[name] = next_free(FIRST_CHOICE[name], taken=others)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._chosen, indent=1) + "\n")

    def _require_front(self, port: int) -> None:
        if port < 1024 and os.geteuid() != 0:
            raise StepFailed(f"port {port} is reserved for root", "Choose one from 1024 on: make run FRONT_PORT=8000")
        if not is_free(port):
            raise StepFailed(
                f"port {port}, the platform's own address, is in use by another program",
                f"Stop that program (`ss -ltnp 'sport = :{port}'` names it), "
                f"or choose another port: make run FRONT_PORT={port + 1}",
            )
