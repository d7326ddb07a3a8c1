"""Tells when a started process can be used."""

import http.client
import json
import socket
from collections.abc import Callable, Mapping
from typing import Protocol

from deploy.local.processes import Process


class PortTable(Protocol):
    def __getitem__(self, name: str) -> int: ...


class Readiness:
    """Answers per process, by the `ready` column of the process table."""

    def __init__(self, ports: PortTable, stores: Mapping[str, Callable[[], bool]]) -> None:
        self._ports = ports
        self._stores = stores

    def is_ready(self, process: Process, heartbeats: Mapping[str, str], age: float) -> bool:
        kind, _, argument = process.ready.partition(" ")
        if kind == "port":
            return listens(self._ports[argument])
        if kind == "http":
            return status_of(self._ports[process.name], argument) in range(200, 500)
        if kind == "health":
            return heartbeats.get(process.name) == "up"
        if kind == "store":
            return self._stores[argument]()
        return kind == "started" and age > 1.0

    def heartbeats(self) -> dict[str, str]:
        """What /health says of each process; empty while it cannot be asked."""
        return {row["name"]: row["state"] for row in health(self._ports["web"]).get("processes", [])}


def listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Accept": "application/json, text/html"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def status_of(port: int, path: str) -> int:
    """The HTTP status, 0 when nobody answers. 5xx from /health means: serving, but something is down."""
    status, _ = _get(port, path)
    return 200 if path == "/health" and status == 503 else status


def health(port: int) -> dict[str, list[dict[str, str]]]:
    """The parsed /health, empty when it cannot be had."""
    _, body = _get(port, "/health")
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
