"""Holding recordings beyond their days (封存), over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.site_policies import may_set, require_reader, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from events.actions.evidence_holds import hold_event
from events.actions.retention import hold_evidence, release_evidence
from events.api.answers import inputs, snapshot, speaks_english
from events.queries.detail import event_detail
from events.queries.evidence_holds import hold_book, to_be_held, visible_holds
from events.retention_shapes import EvidenceHoldBook
from events.shapes import EventDetail

LARGEST = 2**63 - 1


class HoldEvidenceInput(serializers.Serializer[Any]):
    event_number = serializers.CharField(max_length=24, required=False, allow_blank=True, default="")
    alert_id = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=200)


class HoldEventInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


def _book(request: Request, code: int = status.HTTP_200_OK) -> Response:
    actor = actor_of(request)
    return Response(hold_book(actor, may_edit=may_set(actor)), status=code)


class EvidenceHoldListView(APIView):
    @extend_schema(operation_id="evidence_holds_list", responses=EvidenceHoldBook)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return _book(request)

    @extend_schema(operation_id="evidence_holds_hold", request=HoldEvidenceInput, responses={201: EvidenceHoldBook})
    @idempotent
    def post(self, request: Request) -> Response:
        """Of an event by its number, with what was merged into it, or of an alert: what is there now, stays."""
        actor, given = actor_of(request), inputs(HoldEvidenceInput, request.data)
        setter_role(actor)
        held = to_be_held(actor, event_number=given["event_number"], alert_id=given.get("alert_id"))
        hold_evidence(reason=given["reason"], actor=actor, **held)
        return _book(request, status.HTTP_201_CREATED)


class EventHoldView(APIView):
    @extend_schema(operation_id="events_hold", request=HoldEventInput, responses={201: EventDetail})
    @idempotent
    def post(self, request: Request, event_id: int) -> Response:
        """From the event itself, by the duty chief of its centre too; it is let go on the page of keeping only."""
        actor, given = actor_of(request), inputs(HoldEventInput, request.data)
        hold_event(event_id=event_id, actor=actor, reason=given["reason"])
        shown = snapshot(lambda: event_detail(event_id, actor, english=speaks_english(request)))
        return Response(shown, status=status.HTTP_201_CREATED)


class EvidenceHoldReleaseView(APIView):
    """From now on the days of its kind count again."""

    @extend_schema(operation_id="evidence_holds_release", request=None, responses=EvidenceHoldBook)
    @idempotent
    def post(self, request: Request, hold_id: int) -> Response:
        actor = actor_of(request)
        setter_role(actor)
        if not visible_holds(actor).filter(pk=hold_id).exists():
            raise NotFound()
        release_evidence(hold_id=hold_id, actor=actor)
        return _book(request)
