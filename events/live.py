"""What events tells the screens, and whom: the audiences follow the same rule as the scoped querysets."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from core.live.latest import latest_type
from core.live.publish import Audience, LiveUpdate, area_audience, publish, unit_audience, user_audience
from events.lifecycle import HELD_ORDER_STATES
from events.models import Alert, Event, ExportJob, OutOfService, Reminder, Request, WorkOrder
from events.queries.alarm_rules import alarm_rules
from events.queries.export_rows import export_row
from events.queries.out_of_service_rows import out_of_service_row
from events.queries.rows import alert_row, event_row, order_row, reminder_row, request_row
from events.rules.in_public import alert_in_public, event_in_public
from events.shapes import AlertRow, EventRow, ExportRow, OrderRow, OutOfServiceRow, ReminderRow, RequestRow

PRESENCE = latest_type("presence")
"""Who has an event open; the payload is a `shapes.Presence`."""


class AlertChanged(LiveUpdate):
    """An alert was raised, filmed, seen again, recovered, acknowledged, shelved, unshelved, confirmed, dismissed,
    restored, expired, escalated, or its source taken out.
    """

    type: ClassVar[str] = "alert.changed"
    subject_kind: ClassVar[str] = "alert"

    change: str
    row: AlertRow

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"row": alert_in_public(payload["row"])}


class OutOfServiceChanged(LiveUpdate):
    """A source was taken out of service, reviewed, or put back."""

    type: ClassVar[str] = "out_of_service.changed"
    subject_kind: ClassVar[str] = "out_of_service"

    change: str
    row: OutOfServiceRow


class EventChanged(LiveUpdate):
    """An event made a move; `change` is its name."""

    type: ClassVar[str] = "event.changed"
    subject_kind: ClassVar[str] = "event"

    change: str
    row: EventRow

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"row": event_in_public(payload["row"])}


class OrderChanged(LiveUpdate):
    """A department's leg, or the event it belongs to, made a move."""

    type: ClassVar[str] = "order.changed"
    subject_kind: ClassVar[str] = "order"

    change: str
    row: OrderRow


class ExportChanged(LiveUpdate):
    """An export was asked for, came on, ended, or was called off; `progress` is no move."""

    type: ClassVar[str] = "export.changed"
    subject_kind: ClassVar[str] = "export"

    change: str
    row: ExportRow


class ReminderChanged(LiveUpdate):
    """A reminder was sent, replied to, moved to another unit, lapsed or settled."""

    type: ClassVar[str] = "reminder.changed"
    subject_kind: ClassVar[str] = "reminder"

    change: str
    row: ReminderRow


class RequestChanged(LiveUpdate):
    """A request was made, or made a step."""

    type: ClassVar[str] = "request.changed"
    subject_kind: ClassVar[str] = "request"

    change: str
    row: RequestRow


def alert_audience(alert: Alert) -> Audience:
    return area_audience(alert.area_path)


def event_audience(event: Event, orders: Iterable[WorkOrder] = (), holders: Iterable[int | None] = ()) -> Audience:
    """Who may see the event: its areas, departments with a held leg or asked to verify, its reporter, and the `holders`
    of its open tasks. The same rule as `Event.objects.visible_to`.
    """
    units = {order.unit_id for order in orders if order.state in HELD_ORDER_STATES}
    people = user_audience(event.reporter_id, *holders)
    return area_audience(event.area_path) | unit_audience(event.asked_unit_id, *units) | people


def order_audience(order: WorkOrder) -> Audience:
    units = unit_audience(order.unit_id) if order.state in HELD_ORDER_STATES else frozenset()
    return area_audience(order.area_path) | units


def publish_alert(alert: Alert, change: str) -> None:
    """An alert stays where it is, so nobody has to be told that it is gone."""
    row = AlertRow(**alert_row(alert))
    publish(AlertChanged(id=alert.pk, version=alert.version, change=change, row=row), after=alert_audience(alert))


def out_of_service_audience(out: OutOfService) -> Audience:
    return area_audience(out.area_path)


def publish_out_of_service(out: OutOfService, change: str) -> None:
    """A source stays where it is, as an alert does."""
    row = OutOfServiceRow(**out_of_service_row(out, alarm_rules()))
    update = OutOfServiceChanged(id=out.pk, version=out.version, change=change, row=row)
    publish(update, after=out_of_service_audience(out))


def publish_event(event: Event, change: str, *, before: Audience, after: Audience, at: datetime) -> None:
    row = EventRow(**event_row(event, at))
    publish(EventChanged(id=event.pk, version=event.version, change=change, row=row), before=before, after=after)


def publish_order(order: WorkOrder, event: Event, change: str, *, before: Audience, at: datetime) -> None:
    row = OrderRow(**order_row(order, event, at))
    update = OrderChanged(id=order.pk, version=order.version, change=change, row=row)
    publish(update, before=before, after=order_audience(order))


def reminder_audience(reminder: Reminder, event: Event) -> Audience:
    """The areas of the event, and the unit that has to reply. The same rule as `Reminder.objects.visible_to`."""
    return area_audience(event.area_path) | unit_audience(reminder.unit_id)


def publish_reminder(reminder: Reminder, event: Event, change: str, *, before: Audience, at: datetime) -> None:
    row = ReminderRow(**reminder_row(reminder, event, at))
    update = ReminderChanged(id=reminder.pk, version=reminder.version, change=change, row=row)
    publish(update, before=before, after=reminder_audience(reminder, event))


def request_audience(request: Request, event: Event) -> Audience:
    """The areas of the event, the department that asks, the lead where one of its helpers does, and the person who
    asked. The same rule as `Request.objects.visible_to`.
    """
    lead = event.lead_unit_id if request.order_id is not None else None
    return area_audience(event.area_path) | unit_audience(request.unit_id, lead) | user_audience(request.asked_by_id)


def publish_request(request: Request, event: Event, change: str, *, before: Audience) -> None:
    row = RequestRow(**request_row(request, event))
    update = RequestChanged(id=request.pk, version=request.version, change=change, row=row)
    publish(update, before=before, after=request_audience(request, event))


def publish_export(job: ExportJob, change: str) -> None:
    """Only its owner is told. The same rule as `ExportJob.objects.visible_to`."""
    row = ExportRow(**export_row(job))
    publish(ExportChanged(id=job.pk, version=job.version, change=change, row=row), after=user_audience(job.owner_id))
