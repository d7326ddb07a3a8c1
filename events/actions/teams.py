"""二级派遣: a department gives its leg to one of its own people or teams, and hears from them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.queries.units import with_units_below
from core.actor import SYSTEM, Actor
from core.deadlines import actions as deadlines
from core.errors import NotFound
from dispatch.models import FieldTask, Responder
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.legs import handling_limit, leg_clock, own_leg, told_of, withdraw_team
from events.actions.moving import Moving, begin
from events.actions.verify import issue
from events.errors import ResponderOfAnotherUnit
from events.lifecycle import WORK_ORDER
from events.models import Attachment, Event, WorkOrder
from events.models.event import SUBJECT_KIND
from events.models.work_order import ORDER_KIND
from events.moves import Clock, Move, OrderMove


@transaction.atomic
def assign_team(
    *,
    event_id: int,
    actor: Actor,
    assignee_id: int,
    order_id: int | None = None,
    note: str = "",
    version: int | None = None,
    order_version: tuple[int, int] | None = None,
) -> Event:
    """The department's own responder or team goes; asking again sends another instead."""
    moving = begin(event_id, Move.ASSIGN_TEAM, actor, version, order_version=order_version)
    order = own_leg(moving, order_version[0] if order_version else order_id)
    own_units = with_units_below([order.unit_id])
    responder = Responder.objects.active().filter(pk=assignee_id, unit_id__in=own_units).first()
    if responder is None:
        raise ResponderOfAnotherUnit()
    moving.apply()
    moving.apply_to_leg(order, OrderMove.ASSIGN)
    withdraw_team(moving, order, "已改派")
    order.assignee = responder
    issue(
        moving,
        kind=FieldTask.Kind.HANDLE,
        assignee_id=responder.pk,
        note=note or order.note,
        due_at=_time_to_handle(moving, order),
        payload={"order": order.pk},
    )
    facts = {**told_of(order), "assignee": responder.pk}
    return moving.finish(facts=facts, personal={"note": note})


def _time_to_handle(moving: Moving, order: WorkOrder) -> datetime:
    """Until the leg's limit, or the whole limit from now where that has passed: a task that was due before it was given
    could never be done.
    """
    running = leg_clock(order, Clock.HANDLING)
    if running is not None and running.due_at > moving.at:
        return running.due_at
    anew = clocks.new(Clock.HANDLING, handling_limit(moving.event, order.unit), order.unit_id)
    return deadlines.planned(subject_kind=ORDER_KIND, clock=anew, at=moving.at).due_at


@transaction.atomic
def team_report(
    *,
    event_id: int,
    actor: Actor,
    order_id: int,
    is_done: bool,
    note: str = "",
    attachment_ids: Collection[int] = (),
    position: dict[str, Any] | None = None,
    as_assignee: bool = False,
    former_holder: int | None = None,
    refused_by: int | None = None,
    version: int | None = None,
) -> Event:
    """The team says what it did, with photos, and the desk finishes the leg; one that refused, ran out of time or could
    not do it gives the leg back to the desk, which is told.
    """
    moving = begin(event_id, Move.TEAM_REPORT, actor, version, as_assignee=as_assignee, former_holder=former_holder)
    moving.brought_about_by = refused_by
    order = next((leg for leg in moving.legs if leg.pk == order_id), None)
    if order is None:
        raise NotFound()
    moving.apply()
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.AFTER, actor=actor)
    order.photo_count += len(photos)
    if is_done:
        order.version += 1
        moving.touched[order.pk] = Move.TEAM_REPORT
    else:
        WORK_ORDER.apply(OrderMove.GIVE_BACK, order, actor=SYSTEM)
        moving.touched[order.pk] = OrderMove.GIVE_BACK
        order.assignee = None
    facts = {**told_of(order), "done": is_done, "attachment_ids": [photo.pk for photo in photos]}
    return moving.finish(facts=facts, personal={"note": note, "position": position})


def team_photos(order: WorkOrder) -> list[int]:
    """Photos that the team which holds the leg has handed in: the desk need not take them a second time."""
    if order.state != "assigned":
        return []
    tasks = FieldTask.objects.filter(subject_kind=SUBJECT_KIND, subject_id=order.event_id, kind=FieldTask.Kind.HANDLE)
    last = tasks.filter(payload__contains={"order": order.pk}).order_by("-id").first()
    return list((last.result or {}).get("attachment_ids") or []) if last is not None and last.state == "done" else []
