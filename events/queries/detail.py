"""One event with everything a desk shows of it, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.actor import Actor
from core.clock import now
from core.deadlines.actions import Subject
from core.deadlines.readings import readings, readings_of_many
from core.errors import NotFound
from dispatch.queries.tasks import tasks_of_subject
from events.models import Attachment, Evaluation, Event, WorkOrder
from events.models.event import PROMISE_KIND, SUBJECT_KIND, EventQuerySet
from events.models.work_order import ORDER_KIND
from events.policies import roles_over_event
from events.queries.allowed import moves_of_event
from events.queries.catalogue import condition_shape, conditions_of_a_retired_type
from events.queries.components import component_brief
from events.queries.danger_points import findings_of, may_mark
from events.queries.evidence_holds import hold_of, may_hold
from events.queries.followers import follower_briefs, main_brief
from events.queries.history import history_of, passage_of
from events.queries.one_thing import progress_of
from events.queries.photos import BEFORE, PICTURES
from events.queries.reminders import reminders_of
from events.queries.requests import Held, requests_of, shapes_of
from events.queries.routing_words import explanation
from events.queries.rows import alert_row, attachment_shape, event_row, order_row, public_stage, reminder_row
from events.queries.similar import ASKED_AT_ACCEPTANCE, similar_events
from grids.queries.unit_grids import code_at

JOINED = ("type", "lead_unit", "owner_unit", "condition", "scenario", "reporter", "taken_by", "main_event")


def event_facts(event: Event, *, english: bool = False) -> dict[str, Any]:
    """What a detail says beyond the row, from the loaded event alone."""
    scenario = event.scenario
    return {
        "description": event.description,
        "public_stage": public_stage(event),
        "needs_before_photo": event.type.needs_before_photo,
        "needs_after_photo": event.type.needs_after_photo,
        "check_mode": event.check_mode,
        "condition": condition_shape(event.condition) if event.condition else None,
        "closing_standard": event.condition.closing_standard if event.condition else "",
        "own_conditions": conditions_of_a_retired_type(event),
        "scenario": {
            "code": scenario.code,
            "number": scenario.number,
            "name": scenario.name,
            "version": scenario.version,
            "steps": scenario.definition.get("steps", []),
        }
        if scenario
        else None,
        "ending": event.ending,
        "run": event.run,
        "audit": event.audit,
        "extension_count": event.extension_count,
        "suspended_until": event.suspended_until,
        "is_exempt": event.is_exempt,
        "owner_unit": {"id": event.owner_unit_id, "name": event.owner_unit.name},
        "routing": explanation(event.routing, english=english),
    }


def _one(events: EventQuerySet, event_id: int) -> Event:
    found = events.select_related(*JOINED).filter(pk=event_id).first()
    if found is None:
        raise NotFound()
    return found


def orders_of(event_id: int) -> list[WorkOrder]:
    orders = WorkOrder.objects.filter(event_id=event_id).select_related("unit", "assignee", "proposed_unit")
    return list(orders.order_by("id"))


def attachments_of(event_id: int) -> list[dict[str, Any]]:
    rows = Attachment.objects.filter(event_id=event_id).select_related("uploader").order_by("id")
    return [attachment_shape(row, row.uploader.name if row.uploader else None) for row in rows]


def evaluation_of(event_id: int, run: int) -> Mapping[str, Any] | None:
    runs = Evaluation.objects.filter(event_id=event_id, run=run)
    points = runs.values("timeliness", "quality", "satisfaction").first()
    return dict(points) if points else None


def event_detail(event_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """The visible event in full; hidden ones are not found."""
    event = _one(Event.objects.visible_to(actor), event_id)
    return _full(event, orders_of(event_id), actor, english)


def event_after_move(event_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """The event as the one who just moved it leaves it, even where that move ended the actor's own sight of it."""
    return _full(_one(Event.objects.all(), event_id), orders_of(event_id), actor, english)


def deadlines_of(event: Event, orders: Sequence[WorkOrder], at: datetime) -> list[dict[str, Any]]:
    """The clocks of the event, those of what its citizen was promised, then those of its co-handling legs with their
    departments; two statements for each.
    """
    found = readings(subject=Subject(SUBJECT_KIND, event.pk), at=at)
    if event.is_from_citizen:
        found += readings(subject=Subject(PROMISE_KIND, event.pk), at=at)
    helping = {order.pk: order.unit for order in orders if order.role == WorkOrder.Role.CO}
    own = readings_of_many(kind=ORDER_KIND, ids=helping, at=at) if helping else {}
    for order_id, unit in helping.items():
        found += [{**one, "unit": {"id": unit.pk, "name": unit.name}} for one in own[order_id]]
    return found


def _full(event: Event, orders: Sequence[WorkOrder], actor: Actor, english: bool) -> dict[str, Any]:
    at = now()
    attachments, history = attachments_of(event.pk), history_of(SUBJECT_KIND, event.pk)
    tasks = tasks_of_subject(SUBJECT_KIND, event.pk)
    holders = [task.assignee.user_id for task in tasks if task.ended_at is None]
    reminders = reminders_of(event)
    requests = requests_of(event.pk)
    roles = roles_over_event(actor, event, orders, holders)
    alerts = event.alerts.select_related("acknowledged_by").order_by("id")
    return {
        **event_row(event, at),
        **event_facts(event, english=english),
        "reporter": {"id": event.reporter.pk, "name": event.reporter.name} if event.reporter else None,
        "component": component_brief(event),
        "unit_grid": code_at(event.lng, event.lat),
        "main_event": main_brief(event, actor),
        "followers": follower_briefs(event.pk, actor),
        "alerts": [alert_row(alert) for alert in alerts],
        "has_before_photo": any(one["purpose"] in BEFORE and one["kind"] in PICTURES for one in attachments),
        "attachments": attachments,
        "held": hold_of(event, actor),
        "may_hold": may_hold(actor, event),
        "work_orders": [order_row(order, event, at) for order in orders],
        "progress": progress_of(
            event,
            orders,
            at,
            findings=findings_of(event),
            may_mark=may_mark(event, orders, actor, roles),
            passage=passage_of(history),
        ),
        "tasks": [task.model_dump() for task in tasks],
        "deadlines": deadlines_of(event, orders, at),
        "reminders": [reminder_row(reminder, event, at) for reminder in reminders],
        "requests": shapes_of(Held(event, orders, requests, roles, actor), at, english=english),
        "history": history,
        "allowed_moves": moves_of_event(
            event, orders, holders, actor, reminders=reminders, requests=requests, english=english
        ),
        "evaluation": None if event.is_open else evaluation_of(event.pk, event.run),
        "similar": similar_events(event, actor) if event.state in ASKED_AT_ACCEPTANCE else [],
    }
