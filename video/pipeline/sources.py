"""Where a camera's pictures come from: its own address, or what its platform answers when asked for the channel."""

from __future__ import annotations

from video.gateways.adapters import gateway_of
from video.gateways.protocol import GatewayFault
from video.pipeline.addresses import Login, split_address
from video.pipeline.faults import StreamFault
from video.pipeline.plans import CameraPlan, CameraState


def address_of(plan: CameraPlan) -> tuple[str, Login]:
    """The address to open and the login to join to it. May ask a platform, so it waits up to some seconds.

    Raises StreamFault with the declared reason.
    """
    if plan.fault:
        raise StreamFault(CameraState.DEAD_STREAM, "the camera's stored login cannot be read", plan.fault)
    if plan.behind is None:
        return plan.source, plan.login
    try:
        with gateway_of(plan.behind.kind, plan.behind.address, plan.behind.login) as gateway:
            return split_address(gateway.play(plan.behind.channel))
    except GatewayFault as fault:
        raise StreamFault(CameraState.DEAD_STREAM, fault.detail, fault.reason) from None
