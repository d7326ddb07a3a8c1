"""The head of a camera that turns, whichever way the camera is reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from video.gateways.adapters import gateway_of
from video.gateways.onvif_head import OnvifHead
from video.gateways.protocol import GatewayAdapter, Head, HeadPreset, Motion
from video.pipeline.addresses import Login
from video.pipeline.plans import ChannelPlan


class _BehindPlatform:
    """A channel of a platform. It is told directions and presets."""

    def __init__(self, gateway: GatewayAdapter, channel: str) -> None:
        self._gateway = gateway
        self._channel = channel

    def move(self, motion: Motion) -> None:
        self._gateway.move(self._channel, motion)

    def presets(self) -> list[HeadPreset]:
        return self._gateway.presets(self._channel)

    def go_to(self, preset: str) -> None:
        self._gateway.go_to(self._channel, preset)

    def save_preset(self, name: str) -> HeadPreset:
        return self._gateway.save_preset(self._channel, name)


@contextmanager
def head_of(*, behind: ChannelPlan | None, service: str, login: Login) -> Iterator[Head]:
    """A connection to the head: over its platform, or at its own ONVIF device service."""
    if behind is not None:
        with gateway_of(behind.kind, behind.address, behind.login) as gateway:
            yield _BehindPlatform(gateway, behind.channel)
    else:
        with OnvifHead(service, login) as head:
            yield head
