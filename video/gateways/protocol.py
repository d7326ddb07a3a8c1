"""What every platform behind which cameras stand must be able to do, whatever it speaks.

To connect another kind of platform, write an adapter with these methods, name it in `adapters.py` and `kinds.py`, and
let it raise nothing but GatewayFault. A channel is named by one text that only its own adapter takes apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

Reason = Literal[
    "platform_unreachable",
    "platform_password",
    "platform_strange",
    "channel_offline",
    "not_supported",
    "device_refuses",
]


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
    """One camera of a device. `channel` names it to `play` and `move`; position in WGS-84 degrees where it is told."""

    channel: str
    device_id: str
    name: str
    online: bool
    can_turn: bool
    lng: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """How fast a camera's head turns right (`pan`), up (`tilt`) and in (`zoom`): −1 to 1 of the most it can."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def is_stop(self) -> bool:
        return not (self.pan or self.tilt or self.zoom)


STOP = Motion()


@dataclass(frozen=True, slots=True)
class HeadPreset:
    """A view that the device remembers (预置位), by its own token."""

    token: str
    name: str


class Head(Protocol):
    """A camera that turns (云台), opened for one piece of work. Every call may wait some seconds, and raises nothing
    but GatewayFault: `not_supported` where the device has no such part, `device_refuses` with its own words."""

    def move(self, motion: Motion) -> None:
        """Turns or zooms until told otherwise; a motion of nothing is the stop."""
        ...

    def presets(self) -> list[HeadPreset]: ...

    def go_to(self, preset: str) -> None: ...

    def save_preset(self, name: str) -> HeadPreset: ...


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

    def move(self, channel: str, motion: Motion) -> None:
        """Turns or zooms until told otherwise; a motion of nothing is the stop. Raises GatewayFault `not_supported`
        where it cannot."""
        ...

    def presets(self, channel: str) -> list[HeadPreset]:
        """The views the device remembers."""
        ...

    def go_to(self, channel: str, preset: str) -> None:
        """Turns to a remembered view."""
        ...

    def save_preset(self, channel: str, name: str) -> HeadPreset:
        """Remembers the present view."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
