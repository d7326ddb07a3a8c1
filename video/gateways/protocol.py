"""What every platform behind which cameras stand must be able to do, whatever it speaks.

To connect another kind of platform, write an adapter with these methods, name it in `adapters.py` and `kinds.py`, and
let it raise nothing but GatewayFault. A channel is named by one text that only its own adapter takes apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

Reason = Literal["platform_unreachable", "platform_password", "platform_strange", "channel_offline", "not_supported"]
Move = Literal["left", "right", "up", "down", "zoom_in", "zoom_out", "stop"]
MOVES: tuple[Move, ...] = ("left", "right", "up", "down", "zoom_in", "zoom_out", "stop")


class GatewayFault(Exception):
    """The platform cannot be used just now. `detail` never holds a login or a token."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Device:
    """A device registered at the platform: a camera, a recorder, another platform below it."""

    id: str
    name: str
    maker: str
    online: bool
    channels: int | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """One camera of a device. `channel` names it to `play` and `turn`; position in WGS-84 degrees where it is told."""

    channel: str
    device_id: str
    name: str
    online: bool
    can_turn: bool
    lng: float | None = None
    lat: float | None = None


class GatewayAdapter(Protocol):
    """A connection to one platform, made for one piece of work and closed after it. Each call waits some seconds."""

    def devices(self) -> list[Device]:
        """All devices. Raises GatewayFault."""
        ...

    def channels(self, device_id: str) -> list[Channel]:
        """The channels of a device. Raises GatewayFault."""
        ...

    def play(self, channel: str) -> str:
        """Has the platform send the channel; the RTSP address to open now, which may differ each time."""
        ...

    def turn(self, channel: str, move: Move, speed: int) -> None:
        """Turns or zooms until told to stop; `speed` 1–100. Raises GatewayFault `not_supported` where it cannot."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
