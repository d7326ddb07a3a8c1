"""Reporters of an event for its desks, and reports that wait for a look."""

from functools import partial

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.errors import NotFound
from events.actions.contacts import role_to_see_contact, see_contact
from events.actions.held_reports import accept_report, reject_report, see_held_contact
from events.actions.public_reports import Contact
from events.actions.reporters import register_reporter
from events.api.answers import inputs
from events.api.media import send_file
from events.api.public_inputs import AcceptHeldInput, RegisterReporterInput, RejectHeldInput, SeeContactInput
from events.models import Event
from events.public_shapes import (
    HeldReportDecision,
    HeldReportPage,
    RegisteredReporter,
    ReporterContact,
    ReporterList,
)
from events.queries.held_reports import OLDEST, held_rows, photo_of, waiting_reports
from events.queries.reporters import own_row, reporters_of


class ReporterListView(APIView):
    """Who reported the event, masked; and noting one more who calls or comes about it."""

    @extend_schema(operation_id="reporters_list", responses=ReporterList)
    def get(self, request: Request, event_id: int) -> Response:
        actor = actor_of(request)
        rows = reporters_of(event_id, actor)
        may = role_to_see_contact(actor, Event.objects.get(pk=event_id)) is not None
        return Response({"items": rows, "may_see_contact": may})

    @extend_schema(
        operation_id="reporters_register", request=RegisterReporterInput, responses={201: RegisteredReporter}
    )
    @idempotent
    def post(self, request: Request, event_id: int) -> Response:
        told = inputs(RegisterReporterInput, request.data)
        contact = Contact(told.get("contact_name", ""), told.get("contact_phone", ""))
        made = register_reporter(event_id=event_id, actor=actor_of(request), channel=told["channel"], contact=contact)
        return Response(own_row(made), status=status.HTTP_201_CREATED)


class ReporterContactView(APIView):
    """Name and phone in clear, for who says why; it goes into the history."""

    @extend_schema(operation_id="reporters_contact", request=SeeContactInput, responses=ReporterContact)
    def post(self, request: Request, event_id: int, reporter_id: int) -> Response:
        purpose = inputs(SeeContactInput, request.data)["purpose"]
        seen = see_contact(event_id=event_id, reporter_id=reporter_id, actor=actor_of(request), purpose=purpose)
        body = {"id": seen.pk, "name": seen.contact_name, "phone": seen.contact_phone}
        return Response(body, headers={"Cache-Control": "no-store"})


class HeldReportListView(APIView):
    """Reports from the public that a person looks at first, oldest first."""

    @extend_schema(operation_id="held_reports_list", parameters=[PageQuery], responses=HeldReportPage)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        page = page_of(waiting_reports(actor), request, order=OLDEST, shape=partial(held_rows, actor=actor))
        return Response({"items": page.items, "next": page.next})


class HeldContactView(APIView):
    """Name and phone of a report that waits, in clear, for who judges it and says why."""

    @extend_schema(operation_id="held_reports_contact", request=SeeContactInput, responses=ReporterContact)
    def post(self, request: Request, held_id: int) -> Response:
        purpose = inputs(SeeContactInput, request.data)["purpose"]
        seen = see_held_contact(held_id=held_id, actor=actor_of(request), purpose=purpose)
        body = {"id": seen.pk, "name": seen.contact_name, "phone": seen.contact_phone}
        return Response(body, headers={"Cache-Control": "no-store"})


class AcceptHeldView(APIView):
    """It is genuine: it becomes an event."""

    @extend_schema(operation_id="held_reports_accept", request=AcceptHeldInput, responses=HeldReportDecision)
    @idempotent
    def post(self, request: Request, held_id: int) -> Response:
        told = inputs(AcceptHeldInput, request.data)
        event = accept_report(held_id=held_id, actor=actor_of(request), **told)
        return Response({"id": held_id, "state": "accepted", "event_id": event.pk})


class RejectHeldView(APIView):
    """It is none; the sender reads why."""

    @extend_schema(operation_id="held_reports_reject", request=RejectHeldInput, responses=HeldReportDecision)
    @idempotent
    def post(self, request: Request, held_id: int) -> Response:
        told = inputs(RejectHeldInput, request.data)
        held = reject_report(held_id=held_id, actor=actor_of(request), **told)
        return Response({"id": held.pk, "state": held.state, "event_id": None})


@extend_schema(exclude=True)
class HeldPhotoView(APIView):
    """A photo of a report that is no event yet, through the scope of that report."""

    def get(self, request: Request, held_id: int, attachment_id: int, thumb: bool = False) -> HttpResponseBase:
        photo = photo_of(actor_of(request), held_id, attachment_id)
        path = photo.thumb_path if thumb else photo.path
        if not path:
            raise NotFound()
        return send_file(request._request, path, photo.content_type)
