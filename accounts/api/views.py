"""Signing in and out, who am I, and the list of units."""

from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions.sign_in import sign_in, sign_out
from accounts.api.serializers import (
    CredentialsSerializer,
    SessionSerializer,
    UnitPageSerializer,
    UnitQuerySerializer,
    UnitSerializer,
)
from accounts.models import OrgUnit, User
from accounts.queries.me import me
from accounts.queries.site import site
from core.api.pages import PageQuery, page_of
from core.clock import now


def session_body(user: object) -> dict[str, object]:
    return {
        "user": me(user) if isinstance(user, User) else None,
        "server_time": now(),
        "build_id": settings.BUILD_ID,
        "district": site(),
    }


@method_decorator(ensure_csrf_cookie, name="dispatch")
class SessionView(APIView):
    """The session of this browser."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="session_get", responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        return Response(SessionSerializer(session_body(request.user)).data)

    @extend_schema(operation_id="session_open", request=CredentialsSerializer, responses=SessionSerializer)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        user = sign_in(request=request._request, **credentials.validated_data)
        get_token(request._request)
        return Response(SessionSerializer(session_body(user)).data)

    @extend_schema(operation_id="session_close", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        sign_out(request=request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


def unit_rows(units: list[OrgUnit]) -> list[dict[str, Any]]:
    return list(UnitSerializer(units, many=True).data)


class UnitListView(APIView):
    """Organisation units, for choosing whom an event goes to."""

    @extend_schema(
        operation_id="units_list",
        parameters=[PageQuery, UnitQuerySerializer],
        responses=UnitPageSerializer,
    )
    def get(self, request: Request) -> Response:
        query = UnitQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        units = OrgUnit.objects.filter(is_active=True)
        if kind := query.validated_data.get("kind"):
            units = units.filter(kind=kind)
        page = page_of(units, request, order=("code", "id"), shape=unit_rows)
        return Response({"items": page.items, "next": page.next})
