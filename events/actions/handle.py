"""The department's desk: signing and finishing."""

from collections.abc import Collection

from django.db import transaction

from core.actor import Actor
from core.deadlines.readings import running_clock
from core.errors import NotFound
from core.models import Deadline
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.legs import withdraw_optional_legs, withdraw_team
from events.actions.moving import Moving, begin
from events.actions.teams import team_photos
from events.errors import HandlingRecordIncomplete, LegsStillOpen
from events.models import Attachment, Event, WorkOrder
from events.moves import Clock, Move, OrderMove
from events.policies import blocking
from events.queries.catalogue import limit_of


def _lead(moving: Moving) -> WorkOrder:
    if moving.lead is None:
        raise NotFound()
    return moving.lead


@transaction.atomic
def sign_order(
    *, event_id: int, actor: Actor, version: int | None = None, order_version: tuple[int, int] | None = None
) -> Event:
    """签收: the department takes responsibility; the sign clock stops, the handling clock runs on."""
    moving = begin(event_id, Move.SIGN, actor, version, order_version=order_version)
    order = _lead(moving)
    moving.apply()
    moving.apply_to_leg(order, OrderMove.SIGN)
    order.signed_at, order.signed_by_id = moving.at, actor.user_id
    clocks.stop(moving, [Clock.SIGN])
    handling = running(moving, Clock.HANDLING)
    if handling is not None:
        clocks.show(moving.event, handling)
        clocks.show(order, handling)
    return moving.finish()


def running(moving: Moving, kind: str) -> Deadline | None:
    """The event's running clock of a kind."""
    return running_clock(moving.subject, kind)


@transaction.atomic
def finish_handling(
    *,
    event_id: int,
    actor: Actor,
    note: str,
    attachment_ids: Collection[int] = (),
    version: int | None = None,
    order_version: tuple[int, int] | None = None,
) -> Event:
    """反馈: the lead says what was done, with a photo from afterwards where the type needs one.

    The handling clock stops and the check clock starts. Optional co-handling that is not done by now is called off.
    """
    moving = begin(event_id, Move.FINISH, actor, version, order_version=order_version)
    order = _lead(moving)
    _require_record(moving.event, note, attachment_ids or team_photos(order))
    if waiting := blocking(moving.legs):
        raise LegsStillOpen(units="、".join(leg.unit.name for leg in waiting))
    moving.apply()
    moving.apply_to_leg(order, OrderMove.FINISH)
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.AFTER, actor=actor)
    order.result = note
    order.done_at, order.done_by_id = moving.at, actor.user_id
    order.photo_count += len(photos)
    clocks.show_none(order)
    withdraw_team(moving, order, "部门已反馈")
    withdraw_optional_legs(moving, "主办部门已反馈")
    clocks.stop(moving, [Clock.HANDLING])
    clocks.start(moving, (Clock.CHECK, limit_of(Clock.CHECK)))
    return moving.finish(facts={"attachment_ids": [photo.pk for photo in photos]}, personal={"note": note})


def _require_record(event: Event, note: str, attachment_ids: Collection[int]) -> None:
    missing_zh, missing_en = [], []
    if not note.strip():
        missing_zh.append("处置情况说明")
        missing_en.append("what was done")
    if event.type.needs_after_photo and not attachment_ids:
        missing_zh.append("处置后照片")
        missing_en.append("a photo taken afterwards")
    if missing_zh:
        raise HandlingRecordIncomplete(missing_zh="、".join(missing_zh), missing_en=", ".join(missing_en))
