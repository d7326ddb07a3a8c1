"""The adapter of each kind of platform."""

from __future__ import annotations

from video.gateways.protocol import GatewayAdapter
from video.gateways.wvp import WvpGateway
from video.pipeline.addresses import Login


def gateway_of(kind: str, address: str, login: Login) -> GatewayAdapter:
    """A connection to the platform at `address`; use it in a `with`. Kinds are those of `kinds.py`."""
    return _ADAPTERS[kind](address, login)


_ADAPTERS = {"wvp": WvpGateway}
