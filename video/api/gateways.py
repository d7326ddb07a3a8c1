"""Platforms and discovery over HTTP, for those who set up cameras."""

from typing import Any

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from video.actions.discovery import find_cameras, find_streams
from video.actions.gateways import channels_of, create_gateway, devices_of, edit_gateway, remove_gateway
from video.api.cameras import body_of
from video.api.registry_serializers import (
    ChannelQuerySerializer,
    DiscoverySerializer,
    GatewayChangesSerializer,
    GatewaySerializer,
    OnvifStreamsSerializer,
)
from video.gateways.kinds import GATEWAY_KINDS
from video.models import Camera, Gateway
from video.policies import require_any_camera_admin
from video.registry_shapes import (
    ChannelList,
    ChannelRow,
    DeviceList,
    DeviceRow,
    FoundList,
    FoundStream,
    FoundStreams,
    GatewayList,
    GatewayRow,
)


def _counted() -> QuerySet[Gateway]:
    return Gateway.objects.annotate(n=Count("cameras"))


def _row(gateway: Any) -> GatewayRow:
    return GatewayRow(
        id=gateway.pk,
        version=gateway.version,
        code=gateway.code,
        name=gateway.name,
        kind=gateway.kind,
        kind_name=GATEWAY_KINDS[gateway.kind],
        address=gateway.address,
        has_login=bool(gateway.secret),
        enabled=gateway.enabled,
        cameras=gateway.n,
        checked_at=gateway.checked_at,
        checked_reason=gateway.checked_reason,
        checked_detail=gateway.checked_detail,
    )


def _answer(gateway_id: int, code: int = status.HTTP_200_OK) -> Response:
    gateway = _counted().filter(pk=gateway_id).first()
    if gateway is None:
        raise NotFound()
    return Response(_row(gateway).model_dump(mode="json"), status=code)


class GatewayListView(APIView):
    """Platforms behind which cameras stand."""

    @extend_schema(operation_id="camera_gateways", responses=GatewayList)
    def get(self, request: Request) -> Response:
        require_any_camera_admin(actor_of(request))
        body = GatewayList(items=[_row(gateway) for gateway in _counted()], kinds=GATEWAY_KINDS)
        return Response(body.model_dump(mode="json"))

    @extend_schema(operation_id="camera_gateways_create", request=GatewaySerializer, responses={201: GatewayRow})
    @idempotent
    def post(self, request: Request) -> Response:
        gateway = create_gateway(actor=actor_of(request), **body_of(GatewaySerializer, request))
        return _answer(gateway.pk, status.HTTP_201_CREATED)


class GatewayView(APIView):
    @extend_schema(operation_id="camera_gateways_edit", request=GatewayChangesSerializer, responses=GatewayRow)
    @idempotent
    def patch(self, request: Request, gateway_id: int) -> Response:
        changes = dict(body_of(GatewayChangesSerializer, request, partial=True))
        version = changes.pop("version", None)
        edit_gateway(gateway_id=gateway_id, changes=changes, actor=actor_of(request), version=version)
        return _answer(gateway_id)

    @extend_schema(operation_id="camera_gateways_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, gateway_id: int) -> Response:
        remove_gateway(gateway_id=gateway_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class GatewayDevicesView(APIView):
    """What is registered at the platform: asked now."""

    @extend_schema(operation_id="camera_gateways_devices", responses=DeviceList)
    def get(self, request: Request, gateway_id: int) -> Response:
        devices = devices_of(gateway_id=gateway_id, actor=actor_of(request))
        items = [
            DeviceRow(id=one.id, name=one.name, maker=one.maker, online=one.online, channels=one.channels)
            for one in devices
        ]
        return Response(DeviceList(items=items).model_dump(mode="json"))


class GatewayChannelsView(APIView):
    """The channels of one device, and which of them are cameras already."""

    @extend_schema(operation_id="camera_gateways_channels", parameters=[ChannelQuerySerializer], responses=ChannelList)
    def get(self, request: Request, gateway_id: int) -> Response:
        query = ChannelQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        device, actor = query.validated_data["device"], actor_of(request)
        channels = channels_of(gateway_id=gateway_id, device_id=device, actor=actor)
        taken = {
            channel: (pk, code)
            for channel, pk, code in Camera.objects.visible_to(actor)
            .filter(gateway_id=gateway_id)
            .values_list("channel", "pk", "code")
        }
        items = []
        for one in channels:
            camera_id, code = taken.get(one.channel, (None, None))
            items.append(
                ChannelRow(
                    channel=one.channel,
                    name=one.name,
                    online=one.online,
                    can_turn=one.can_turn,
                    lng=one.lng,
                    lat=one.lat,
                    camera_id=camera_id,
                    camera_code=code,
                )
            )
        return Response(ChannelList(items=items).model_dump(mode="json"))


class DiscoveryView(APIView):
    """Which cameras answer an ONVIF probe in the platform's network, within some seconds."""

    @extend_schema(operation_id="camera_discovery", request=DiscoverySerializer, responses=FoundList)
    def post(self, request: Request) -> Response:
        seconds = body_of(DiscoverySerializer, request)["seconds"]
        found = find_cameras(seconds=seconds, actor=actor_of(request))
        return Response(FoundList(items=found, seconds=seconds).model_dump(mode="json"))


class OnvifStreamsView(APIView):
    """The streams that a camera found by discovery offers; user and password are used for this question only."""

    @extend_schema(operation_id="camera_discovery_streams", request=OnvifStreamsSerializer, responses=FoundStreams)
    def post(self, request: Request) -> Response:
        streams = find_streams(actor=actor_of(request), **body_of(OnvifStreamsSerializer, request))
        items = [
            FoundStream(
                profile=one.profile,
                address=one.address,
                codec=one.codec,
                width=one.width,
                height=one.height,
                can_turn=one.can_turn,
            )
            for one in streams
        ]
        return Response(FoundStreams(items=items).model_dump(mode="json"))
