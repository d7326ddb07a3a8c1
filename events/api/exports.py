"""Exports over HTTP: a list taken away as a file. Only ever about who asks."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from events.actions.exports import ask_export, cancel_export
from events.api.answers import inputs, snapshot
from events.api.fields import Input
from events.api.list_queries import AlertListQuery, EventListQuery, OrderListQuery
from events.api.media import send_file
from events.errors import ExportNotReady
from events.export_lifecycle import EXPORT
from events.models import ExportJob
from events.queries.export_rows import export_row, file_name
from events.queries.exports import export_of, exports_of
from events.shapes import ExportList, ExportRow

QUERIES: Mapping[str, type[Input]] = {
    ExportJob.Kind.EVENTS: EventListQuery,
    ExportJob.Kind.ORDERS: OrderListQuery,
    ExportJob.Kind.ALERTS: AlertListQuery,
}
CONTENT_TYPES = {
    ExportJob.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportJob.Format.PDF: "application/pdf",
    ExportJob.Format.CSV: "text/csv; charset=utf-8",
}


class ExportInput(Input):
    kind = serializers.ChoiceField(choices=ExportJob.Kind.choices)
    format = serializers.ChoiceField(choices=ExportJob.Format.choices)
    filters = serializers.DictField(
        required=False, default=dict, help_text="as in the query of the list: of /events, of /orders or of /alerts"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The filters are those of the list, and checked as there."""
        query = QUERIES[attrs["kind"]]
        given = {name: value for name, value in attrs["filters"].items() if value not in ("", None)}
        if unknown := set(given) - set(query().fields):
            raise serializers.ValidationError({f"filters.{name}": "unknown filter" for name in sorted(unknown)})
        try:
            checked = inputs(query, given)
        except serializers.ValidationError as refused:
            assert isinstance(refused.detail, dict)
            raise serializers.ValidationError(
                {f"filters.{name}": why for name, why in refused.detail.items()}
            ) from refused
        return {**attrs, "filters": checked}


class ExportListView(APIView):
    """The person's own exports, and asking for one."""

    @extend_schema(operation_id="exports_list", responses=ExportList)
    def get(self, request: Request) -> Response:
        return Response(snapshot(lambda: {"items": [export_row(job) for job in exports_of(actor_of(request))]}))

    @extend_schema(operation_id="exports_ask", request=ExportInput, responses={201: ExportRow})
    @idempotent
    def post(self, request: Request) -> Response:
        wanted = inputs(ExportInput, request.data)
        job = ask_export(actor=actor_of(request), language=language_of(request._request), **wanted)
        return Response(export_row(job), status=status.HTTP_201_CREATED)


class ExportView(APIView):
    @extend_schema(operation_id="exports_get", responses=ExportRow)
    def get(self, request: Request, export_id: int) -> Response:
        return Response(export_row(export_of(export_id, actor_of(request))))


class ExportFileView(APIView):
    """The file, for its owner alone."""

    @extend_schema(operation_id="exports_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, export_id: int) -> HttpResponseBase:
        job = export_of(export_id, actor_of(request))
        if job.state != "done":
            zh, en = EXPORT.states[job.state]
            raise ExportNotReady(state=en, state_name=zh)
        answer = send_file(
            request._request, job.path, CONTENT_TYPES[ExportJob.Format(job.format)], save_as=file_name(job)
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


class ExportCancelView(APIView):
    """The owner does not need it any more."""

    @extend_schema(operation_id="exports_cancel", request=None, responses=ExportRow)
    @idempotent
    def post(self, request: Request, export_id: int) -> Response:
        return Response(export_row(cancel_export(export_id=export_id, actor=actor_of(request))))
