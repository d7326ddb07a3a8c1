"""Messages over HTTP: mine, what I wish, how they fared, and what gateways report."""

from typing import Any, cast

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import ROLE_NAMES, Role
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from core.errors import Forbidden, NotFound
from core.live.snapshot import position
from notify.actions.reading import mark_read, wish
from notify.actions.receipts import note_receipt
from notify.api.serializers import (
    DeliveryListQuery,
    MessageListQuery,
    PreferencesInput,
    ReadInput,
    ReceiptInput,
)
from notify.queries.messages import NEWEST, deliveries, my_messages, unread_count
from notify.queries.preferences import preferences_of
from notify.queries.rows import delivery_row, message_row
from notify.shapes import DeliveryPage, MessagePage, PreferenceList, UnreadCount
from notify.signatures import SIGNATURE, TIMESTAMP, is_genuine


def _checked(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    checked: dict[str, Any] = serializer.validated_data
    return checked


class MessageListView(APIView):
    """My messages, newest first."""

    @extend_schema(operation_id="messages_list", parameters=[PageQuery, MessageListQuery], responses=MessagePage)
    def get(self, request: Request) -> Response:
        place = position()
        found = my_messages(actor_of(request), **_checked(MessageListQuery(data=request.query_params)))
        page = page_of(found, request, order=NEWEST, shape=lambda rows: [message_row(row) for row in rows])
        return Response({"items": page.items, "next": page.next, "as_of": place.as_of, "epoch": place.epoch})


class UnreadView(APIView):
    """How many I have not read."""

    @extend_schema(operation_id="messages_unread", responses=UnreadCount)
    def get(self, request: Request) -> Response:
        return Response(unread_count(actor_of(request)))


class ReadView(APIView):
    """I have read these, or all of them."""

    @extend_schema(operation_id="messages_read", request=ReadInput, responses=UnreadCount)
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        mark_read(actor=actor, ids=_checked(ReadInput(data=request.data)).get("ids"))
        return Response(unread_count(actor))


class PreferencesView(APIView):
    """How I want to be told."""

    @extend_schema(operation_id="messages_preferences", responses=PreferenceList)
    def get(self, request: Request) -> Response:
        return Response(preferences_of(cast(int, request.user.pk)))

    @extend_schema(operation_id="messages_wish", request=PreferencesInput, responses=PreferenceList)
    @idempotent
    def put(self, request: Request) -> Response:
        wish(actor=actor_of(request), wishes=_checked(PreferencesInput(data=request.data))["items"])
        return Response(preferences_of(cast(int, request.user.pk)))


class DeliveryListView(APIView):
    """How messages fared on their channels: for who runs the site."""

    @extend_schema(operation_id="deliveries_list", parameters=[PageQuery, DeliveryListQuery], responses=DeliveryPage)
    def get(self, request: Request) -> Response:
        if not actor_of(request).has_role(Role.SYSTEM_ADMIN):
            raise Forbidden(roles=ROLE_NAMES[Role.SYSTEM_ADMIN])
        wanted = _checked(DeliveryListQuery(data=request.query_params))
        page = page_of(
            deliveries().filter(**wanted),
            request,
            order=NEWEST,
            shape=lambda rows: [delivery_row(row) for row in rows],
        )
        return Response({"items": page.items, "next": page.next})


class ReceiptView(APIView):
    """A gateway reports that a message arrived or failed; signed like what it was sent."""

    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(operation_id="deliveries_receipt", request=ReceiptInput, responses={204: None}, auth=[])
    def post(self, request: Request) -> Response:
        genuine = is_genuine(
            settings.GATEWAY_SECRET,
            timestamp=request.headers.get(TIMESTAMP, ""),
            given=request.headers.get(SIGNATURE, ""),
            body=request._request.body,
            at=now().timestamp(),
        )
        if not genuine:
            raise NotFound()
        told = _checked(ReceiptInput(data=request.data))
        if not note_receipt(reference=told["id"], state=told["state"], error=told.get("error", "")):
            raise NotFound()
        return Response(status=status.HTTP_204_NO_CONTENT)
