"""Saved views over HTTP: one's own, and one behind a link."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions.views import change_view, drop_view, save_view, share_view
from accounts.api.view_serializers import (
    SavedViewChangeSerializer,
    SavedViewInputSerializer,
    SavedViewListSerializer,
    SavedViewQuerySerializer,
    SavedViewSerializer,
    SharedViewSerializer,
)
from accounts.models import SavedView
from accounts.queries.views import shared_row, shared_view, view_row
from core.api.idempotency import idempotent
from core.api.requests import actor_of


def checked(serializer: Any, data: Any) -> dict[str, Any]:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return values


class SavedViewListView(APIView):
    """The person's own views of one page, by name."""

    @extend_schema(operation_id="views_list", parameters=[SavedViewQuerySerializer], responses=SavedViewListSerializer)
    def get(self, request: Request) -> Response:
        page = checked(SavedViewQuerySerializer, request.query_params)["page"]
        views = SavedView.objects.of(actor_of(request)).filter(page=page).order_by("name")
        return Response({"items": [view_row(view) for view in views]})

    @extend_schema(operation_id="views_save", request=SavedViewInputSerializer, responses={201: SavedViewSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        view = save_view(actor=actor_of(request), **checked(SavedViewInputSerializer, request.data))
        return Response(view_row(view), status=status.HTTP_201_CREATED)


class SavedViewView(APIView):
    """One of the person's own views."""

    @extend_schema(operation_id="views_change", request=SavedViewChangeSerializer, responses=SavedViewSerializer)
    @idempotent
    def patch(self, request: Request, view_id: int) -> Response:
        values = checked(SavedViewChangeSerializer, request.data)
        shared, actor = values.pop("shared", None), actor_of(request)
        view = change_view(view_id=view_id, actor=actor, **values)
        if shared is not None:
            view = share_view(view_id=view_id, actor=actor, shared=shared)
        return Response(view_row(view))

    @extend_schema(operation_id="views_drop", responses={204: None})
    def delete(self, request: Request, view_id: int) -> Response:
        drop_view(view_id=view_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SharedViewView(APIView):
    """The filters behind a link that a colleague gave. What they show is what the reader may see."""

    @extend_schema(operation_id="views_shared", responses=SharedViewSerializer)
    def get(self, request: Request, link: str) -> Response:
        return Response(shared_row(shared_view(link)))
