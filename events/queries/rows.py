"""Rows as lists, details and live updates show them: built in one place from loaded rows, no statement of their own."""

from datetime import datetime
from typing import Any

from core.deadlines.arithmetic import Light, light
from events.models import Alert, Attachment, Event, Reminder, Request, WorkOrder
from events.queries.followers import public_state_of

MEDIA = "/media/attachments"


def media_url(attachment_id: int | None) -> str | None:
    return f"{MEDIA}/{attachment_id}" if attachment_id is not None else None


def attachment_shape(attachment: Attachment, by: str | None = None) -> dict[str, Any]:
    url = f"{MEDIA}/{attachment.pk}"
    return {
        "id": attachment.pk,
        "url": url,
        "thumb_url": f"{url}/thumb" if attachment.thumb_path else url,
        "kind": attachment.kind,
        "purpose": attachment.purpose,
        "blurred": attachment.blurred,
        "created_at": attachment.created_at,
        "by": by,
    }


def _light(warn_at: datetime | None, due_at: datetime, at: datetime) -> Light:
    return light(at, warn_at=warn_at or due_at, due_at=due_at)


def event_row(event: Event, at: datetime) -> dict[str, Any]:
    """`type`, `lead_unit` and `taken_by` are joined by the caller. An ended event keeps the light it ended with."""
    runs = bool(event.due_kind)
    return {
        "id": event.pk,
        "number": event.number,
        "version": event.version,
        "state": event.state,
        "stage": event.stage,
        "level": event.level,
        "title": event.title,
        "type_code": event.type_code,
        "type_name": event.type.name,
        "source": event.source,
        "area_path": event.area_path,
        "area_label": event.area_label,
        "street_path": event.street_path,
        "address": event.address,
        "lng": event.lng,
        "lat": event.lat,
        "reported_at": event.reported_at,
        "due_at": event.due_at if runs else None,
        "due_kind": event.due_kind,
        "due_started_at": event.due_started_at if runs else None,
        "light": _light(event.warn_at, event.due_at, event.ended_at or at),
        "owner_unit_id": event.owner_unit_id,
        "lead_unit": {"id": event.lead_unit.pk, "name": event.lead_unit.name} if event.lead_unit else None,
        "taken_by": {"id": event.taken_by.pk, "name": event.taken_by.name} if event.taken_by else None,
        "taken_at": event.taken_at,
        "flags": {
            "rework_count": event.rework_count,
            "return_count": event.return_count,
            "escalation": event.escalation,
            "urge_count": event.urge_count,
            "supervision": event.supervision,
        },
    }


def public_stage(event: Event) -> str:
    """`main_event` is joined by the caller where there is one."""
    return public_state_of(event).stage


def order_row(order: WorkOrder, event: Event, at: datetime) -> dict[str, Any]:
    """`unit`, `assignee` and `proposed_unit` of the order and `event.type` are joined by the caller."""
    runs = bool(order.due_kind)
    return {
        "id": order.pk,
        "event_id": order.event_id,
        "event_number": event.number,
        "event_version": event.settled_version,
        "event_state": event.state,
        "version": order.version,
        "state": order.state,
        "role": order.role,
        "mandatory": order.is_mandatory,
        "run": order.run,
        "unit": {"id": order.unit.pk, "name": order.unit.name},
        "assignee": {"id": order.assignee.pk, "name": order.assignee.name} if order.assignee else None,
        "title": event.title,
        "type_name": event.type.name,
        "level": event.level,
        "area_path": order.area_path,
        "area_label": order.area_label,
        "address": event.address,
        "lng": order.lng,
        "lat": order.lat,
        "issued_at": order.issued_at,
        "seen_at": order.seen_at,
        "signed_at": order.signed_at,
        "done_at": order.done_at,
        "due_at": order.due_at if runs else None,
        "due_kind": order.due_kind,
        "due_started_at": order.due_started_at if runs else None,
        "light": _light(order.warn_at, order.due_at, at if runs else order.done_at or at),
        "reply_due_at": order.reply_due_at if order.is_held else None,
        "photo_count": order.photo_count,
        "rework": order.is_rework,
        "note": order.note,
        "result": order.result,
        "returned_at": order.returned_at,
        "return_reason": order.return_reason,
        "proposed_unit": {"id": order.proposed_unit.pk, "name": order.proposed_unit.name}
        if order.proposed_unit
        else None,
        "waive_reason": order.waive_reason,
    }


def reminder_row(reminder: Reminder, event: Event, at: datetime) -> dict[str, Any]:
    """`unit`, `issued_by` and `replied_by` are joined by the caller. A settled one keeps the light it ended with."""
    return {
        "id": reminder.pk,
        "version": reminder.version,
        "event_id": event.pk,
        "event_number": event.number,
        "event_title": event.title,
        "event_state": event.state,
        "level": event.level,
        "area_path": event.area_path,
        "area_label": event.area_label,
        "kind": reminder.kind,
        "colour": reminder.colour,
        "unit": {"id": reminder.unit.pk, "name": reminder.unit.name},
        "note": reminder.note,
        "issued_by": reminder.issued_by.name if reminder.issued_by else None,
        "issued_at": reminder.issued_at,
        "reply_due_at": reminder.reply_due_at,
        "light": light(reminder.settled_at or at, warn_at=reminder.warn_at, due_at=reminder.reply_due_at),
        "lapsed_at": reminder.lapsed_at,
        "replied_at": reminder.replied_at,
        "replied_by": reminder.replied_by.name if reminder.replied_by else None,
        "reply": reminder.reply,
        "settled_at": reminder.settled_at,
    }


def request_row(request: Request, event: Event) -> dict[str, Any]:
    """`unit`, `asked_by`, `endorsed_by` and `decided_by` are joined by the caller."""
    return {
        "id": request.pk,
        "version": request.version,
        "event_id": event.pk,
        "event_number": event.number,
        "event_title": event.title,
        "area_path": event.area_path,
        "area_label": event.area_label,
        "kind": request.kind,
        "state": request.state,
        "unit": {"id": request.unit.pk, "name": request.unit.name} if request.unit else None,
        "run": request.run,
        "order_id": request.order_id,
        "reason": request.reason,
        "until": request.until,
        "asked_by": request.asked_by.name,
        "asked_at": request.asked_at,
        "endorsed_by": request.endorsed_by.name if request.endorsed_by else None,
        "endorsed_at": request.endorsed_at,
        "decided_by": request.decided_by.name if request.decided_by else None,
        "decided_at": request.decided_at,
        "decision": request.decision,
    }


def alert_row(alert: Alert) -> dict[str, Any]:
    """`acknowledged_by` and `shelved_by` are joined by the caller."""
    return {
        "id": alert.pk,
        "version": alert.version,
        "state": alert.state,
        "level": alert.level,
        "title": alert.title,
        "source": alert.source,
        "rule": alert.rule,
        "type_code": alert.type_code,
        "type_name": alert.type_name,
        "area_path": alert.area_path,
        "area_label": alert.area_label,
        "street_path": alert.street_path,
        "lng": alert.lng,
        "lat": alert.lat,
        "found_at": alert.found_at,
        "last_seen_at": alert.last_seen_at,
        "seen_count": alert.seen_count,
        "confidence": alert.confidence,
        "acknowledged_at": alert.acknowledged_at,
        "acknowledged_by": alert.acknowledged_by.name if alert.acknowledged_by else None,
        "recovered_at": alert.recovered_at,
        "shelved_at": alert.shelved_at,
        "shelved_until": alert.shelved_until,
        "shelved_by": alert.shelved_by.name if alert.shelved_by else None,
        "shelve_reason": alert.shelve_reason,
        "event_id": alert.event_id,
        "still_url": media_url(alert.still_id),
        "camera_id": alert.camera_id,
        "camera_name": alert.camera_name,
        "due_at": alert.due_at,
        "escalation": alert.escalation,
    }
