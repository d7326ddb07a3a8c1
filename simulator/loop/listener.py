"""The wall's ears: a WebSocket beside the loop that notes when each update arrived."""

import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from simulator.loop.problems import LoopFailed

GOAL_SECONDS = 2.0
CONNECT_SECONDS = 10.0


@dataclass(frozen=True)
class Heard:
    """One update as it arrived: what it is about, its version and change, and its age on arrival."""

    kind: str
    id: int
    version: int
    change: str
    delay_seconds: float


class WallListener:
    """Collects updates in a thread of its own until it is closed. Ages count from the commit's own time."""

    def __init__(self, base: str, cookie: str) -> None:
        parts = urlsplit(base)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self._address, self._origin, self._cookie = f"{scheme}://{parts.netloc}/ws", base.rstrip("/"), cookie
        self._heard: list[Heard] = []
        self._changed = threading.Condition()
        self._clock_ahead = 0.0
        self._socket: ClientConnection | None = None
        self.lost: str | None = None

    def open(self) -> None:
        """Connect and wait for the server's hello."""
        try:
            self._socket = connect(
                self._address,
                additional_headers={"Cookie": self._cookie, "Origin": self._origin},
                open_timeout=CONNECT_SECONDS,
                proxy=None,
            )
            self._socket.send(json.dumps({"type": "hello", "epoch": None, "through": None}))
            hello = json.loads(self._socket.recv(CONNECT_SECONDS))
        except (OSError, WebSocketException, ValueError) as error:
            raise LoopFailed(
                f"{self._address} does not open ({type(error).__name__}).",
                "Is the live process up? See /health and its log.",
            ) from error
        self._clock_ahead = (datetime.now(UTC) - datetime.fromisoformat(hello["server_time"])).total_seconds()
        threading.Thread(target=self._listen, name="wall", daemon=True).start()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()

    @property
    def heard(self) -> list[Heard]:
        with self._changed:
            return list(self._heard)

    def wait_for(self, kind: str, subject_id: int, version: int, *, seconds: float) -> Heard | None:
        """The first update of the subject at `version` or later; None where none came in time."""
        until = time.monotonic() + seconds
        with self._changed:
            while True:
                for update in self._heard:
                    if (update.kind, update.id) == (kind, subject_id) and update.version >= version:
                        return update
                left = until - time.monotonic()
                if left <= 0 or self.lost:
                    return None
                self._changed.wait(left)

    def _listen(self) -> None:
        socket = self._socket
        if socket is None:
            return
        try:
            for frame in socket:
                self.take(json.loads(frame))
        except (OSError, WebSocketException, ValueError) as error:
            with self._changed:
                self.lost = type(error).__name__
                self._changed.notify_all()

    def take(self, frame: dict[str, Any]) -> None:
        """Note the updates of one frame; other frames say nothing about delays."""
        if frame.get("type") != "updates":
            return
        arrived = datetime.now(UTC)
        with self._changed:
            self._heard += [heard for item in frame["items"] if (heard := self._heard_of(item, arrived)) is not None]
            self._changed.notify_all()

    def _heard_of(self, item: dict[str, Any], arrived: datetime) -> Heard | None:
        payload = item["payload"]
        if "version" not in payload:
            return None
        age = (arrived - datetime.fromisoformat(item["at"])).total_seconds() - self._clock_ahead
        kind = item["type"].split(".")[0]
        return Heard(kind, payload["id"], payload["version"], payload.get("change", ""), round(max(0.0, age), 3))
