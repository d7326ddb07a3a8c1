"""Responders near a place, and the positions they send."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import ROLE_NAMES, WATCHERS
from accounts.scope import as_watcher
from core.api.requests import actor_of
from core.errors import Forbidden
from dispatch.actions.positions import report_position
from dispatch.api.serializers import (
    NearQuerySerializer,
    NearRespondersSerializer,
    PositionBatchSerializer,
    PositionFixSerializer,
    PositionReceiptSerializer,
)
from dispatch.models import Responder
from dispatch.queries.responders import NearResponder, nearest
from dispatch.queries.telephones import telephone_of
from dispatch.rules.geofence import Fix
from notify.queries.rows import masked


def near_row(near: NearResponder) -> dict[str, Any]:
    responder = near.responder
    return {
        "id": responder.pk,
        "user_id": responder.user_id,
        "name": responder.name,
        "kind": responder.kind,
        "unit": {"id": responder.unit_id, "name": responder.unit.name},
        "on_duty": near.on_duty,
        "busy_with": near.busy_with,
        "lng": near.lng,
        "lat": near.lat,
        "position_at": near.position_at,
        "distance_m": near.distance_m,
        "phone": masked(telephone_of(responder)),
    }


class RespondersNearView(APIView):
    """Responders on duty nearest to a place, nearest first."""

    @extend_schema(operation_id="responders_near", parameters=[NearQuerySerializer], responses=NearRespondersSerializer)
    def get(self, request: Request) -> Response:
        query = NearQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        if not actor.has_role(*WATCHERS):
            raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in WATCHERS))
        asked = query.validated_data
        found = nearest(
            asked["lng"],
            asked["lat"],
            asked["limit"],
            asked.get("kinds") or None,
            among=Responder.objects.visible_to(as_watcher(actor)),
            called=asked.get("q", ""),
        )
        return Response(NearRespondersSerializer({"items": [near_row(near) for near in found]}).data)


class PositionsView(APIView):
    """The signed-in responder's position: one fix, or the last few at once; only the newest is kept."""

    @extend_schema(
        operation_id="positions_report",
        request=PolymorphicProxySerializer(
            component_name="PositionReport",
            serializers=[PositionFixSerializer, PositionBatchSerializer],
            resource_type_field_name=None,
        ),
        responses=PositionReceiptSerializer,
    )
    def post(self, request: Request) -> Response:
        many = isinstance(request.data, dict) and "items" in request.data
        body = (PositionBatchSerializer if many else PositionFixSerializer)(data=request.data)
        body.is_valid(raise_exception=True)
        fixes = body.validated_data["items"] if many else [body.validated_data]
        newest = max(fixes, key=lambda fix: fix["at"])
        fix = Fix(newest["lng"], newest["lat"], newest["accuracy_m"])
        kept = report_position(actor=actor_of(request), fix=fix, at=newest["at"])
        return Response(PositionReceiptSerializer({"kept": kept}).data)
