"""The review queue over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from core.live.snapshot import position
from events.api.answers import inputs
from events.models import Alert
from video.actions.review import CONFIRM, DISMISS, judge_together
from video.actions.review_holds import hold, let_go
from video.queries.review import review_queue
from video.review_shapes import Holder, Holders, JudgedCard, ReviewQueue

_MOST = 100


class ReviewQuery(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path; cameras in it and below")
    algorithm = serializers.CharField(required=False, max_length=40)


class SeenAlertSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class JudgementSerializer(serializers.Serializer[Any]):
    """What stood on the card. A dismissal needs its reason."""

    items = serializers.ListField(child=SeenAlertSerializer(), min_length=1, max_length=_MOST)
    verdict = serializers.ChoiceField(choices=[CONFIRM, DISMISS])
    reason = serializers.ChoiceField(choices=Alert.Dismissal.values, required=False)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["verdict"] == DISMISS and not attrs.get("reason"):
            raise serializers.ValidationError({"reason": "a dismissal needs its reason"}, code="required")
        return attrs


class HoldSerializer(serializers.Serializer[Any]):
    alert_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=_MOST
    )


class ReviewView(APIView):
    """What cameras found and nobody has judged yet, as cards, the most urgent first."""

    @extend_schema(operation_id="review_queue", parameters=[ReviewQuery], responses=ReviewQueue)
    def get(self, request: Request) -> Response:
        asked = inputs(ReviewQuery, request.query_params)
        queue = review_queue(actor_of(request), position(), language=language_of(request._request), **asked)
        return Response(queue.model_dump(mode="json"))


class JudgementsView(APIView):
    """A card is judged; alerts that somebody was faster with are told."""

    @extend_schema(operation_id="review_judge", request=JudgementSerializer, responses=JudgedCard)
    @idempotent
    def post(self, request: Request) -> Response:
        asked = inputs(JudgementSerializer, request.data)
        judged = judge_together(
            seen={one["id"]: one["version"] for one in asked["items"]},
            verdict=asked["verdict"],
            reason=asked.get("reason", ""),
            note=asked.get("note", ""),
            actor=actor_of(request),
            language=language_of(request._request),
        )
        return Response(judged.model_dump(mode="json"))


class HoldsView(APIView):
    """Somebody looks at these alerts; who else does."""

    @extend_schema(operation_id="review_hold", request=HoldSerializer, responses=Holders)
    def post(self, request: Request) -> Response:
        found = hold(inputs(HoldSerializer, request.data)["alert_ids"], actor_of(request))
        holders = Holders(items=[Holder(alert_id=alert_id, names=names) for alert_id, names in found.items()])
        return Response(holders.model_dump(mode="json"))

    @extend_schema(operation_id="review_let_go", responses={204: None})
    def delete(self, request: Request) -> Response:
        let_go(actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
