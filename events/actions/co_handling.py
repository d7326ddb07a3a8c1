"""协办: departments that help the lead, each with a leg of its own. None of it changes the state of the event."""

from collections.abc import Collection

from django.db import transaction

from core.actor import Actor
from core.deadlines import actions as deadlines
from core.errors import NotFound
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.legs import end_leg, issue_co_leg, leg_clock, own_leg, replace_returned, told_of
from events.actions.moving import begin
from events.errors import HandlingRecordIncomplete
from events.models import Attachment, Event
from events.moves import Clock, Move, OrderMove

OrderVersion = tuple[int, int]


@transaction.atomic
def co_handle(
    *,
    event_id: int,
    actor: Actor,
    unit_id: int,
    mandatory: bool = True,
    note: str = "",
    replaces_id: int | None = None,
    version: int | None = None,
) -> Event:
    """The lead asks one more department for help. A leg that came back is replaced by naming it, or by asking the same
    department again; what stands in for a mandatory one is mandatory, since doing without it is a waiver with a reason.
    """
    moving = begin(event_id, Move.CO_HANDLE, actor, version)
    moving.apply()
    replaced = replace_returned(moving, unit_id, replaces_id)
    mandatory = mandatory or (replaced is not None and replaced.is_mandatory)
    order = issue_co_leg(moving, unit_id, mandatory=mandatory, note=note)
    facts = {**told_of(order), "mandatory": mandatory, "replaces": replaced.pk if replaced else None}
    return moving.finish(facts=facts, personal={"note": note})


@transaction.atomic
def sign_leg(
    *,
    event_id: int,
    actor: Actor,
    order_id: int | None = None,
    version: int | None = None,
    order_version: OrderVersion | None = None,
) -> Event:
    """The co-handling department takes its part on; its sign clock stops, its handling clock runs on."""
    moving = begin(event_id, Move.SIGN_LEG, actor, version, order_version=order_version)
    order = own_leg(moving, _named(order_id, order_version), co_only=True)
    moving.apply()
    moving.apply_to_leg(order, OrderMove.SIGN)
    order.signed_at, order.signed_by_id = moving.at, actor.user_id
    deadlines.stop(subject=clocks.leg_subject(order), kinds=[Clock.SIGN], at=moving.at)
    if handling := leg_clock(order, Clock.HANDLING):
        clocks.show(order, handling)
    return moving.finish(facts=told_of(order))


@transaction.atomic
def finish_leg(
    *,
    event_id: int,
    actor: Actor,
    note: str,
    attachment_ids: Collection[int] = (),
    order_id: int | None = None,
    version: int | None = None,
    order_version: OrderVersion | None = None,
) -> Event:
    """The co-handling department says what it did; the event stays the lead's to finish."""
    moving = begin(event_id, Move.FINISH_LEG, actor, version, order_version=order_version)
    order = own_leg(moving, _named(order_id, order_version), co_only=True)
    if not note.strip():
        raise HandlingRecordIncomplete(missing_zh="处置情况说明", missing_en="what was done")
    moving.apply()
    moving.apply_to_leg(order, OrderMove.FINISH)
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.AFTER, actor=actor)
    order.result = note
    order.done_at, order.done_by_id = moving.at, actor.user_id
    order.photo_count += len(photos)
    end_leg(moving, order, "部门已反馈", judged=True)
    facts = {**told_of(order), "attachment_ids": [photo.pk for photo in photos]}
    return moving.finish(facts=facts, personal={"note": note})


@transaction.atomic
def return_leg(
    *,
    event_id: int,
    actor: Actor,
    reason: str,
    order_id: int | None = None,
    version: int | None = None,
    order_version: OrderVersion | None = None,
) -> Event:
    """The co-handling department says that it is not its part. A mandatory one is replaced or waived before the end."""
    moving = begin(event_id, Move.RETURN_LEG, actor, version, order_version=order_version)
    order = own_leg(moving, _named(order_id, order_version), co_only=True)
    moving.apply()
    moving.apply_to_leg(order, OrderMove.RETURN)
    order.returned_at, order.return_reason = moving.at, reason
    end_leg(moving, order, reason, judged=True)
    return moving.finish(facts=told_of(order), personal={"reason": reason})


@transaction.atomic
def waive_leg(
    *,
    event_id: int,
    actor: Actor,
    reason: str,
    order_id: int | None = None,
    version: int | None = None,
    order_version: OrderVersion | None = None,
) -> Event:
    """免办: the lead or the dispatcher does without this department, and says why. Its clocks are not judged."""
    moving = begin(event_id, Move.WAIVE_LEG, actor, version, order_version=order_version)
    named = _named(order_id, order_version)
    order = next((leg for leg in moving.co_legs if leg.pk == named), None)
    if order is None:
        raise NotFound()
    moving.apply()
    moving.apply_to_leg(order, OrderMove.WAIVE)
    order.waived_at, order.waive_reason = moving.at, reason
    end_leg(moving, order, reason, judged=False)
    return moving.finish(facts=told_of(order), personal={"reason": reason})


def _named(order_id: int | None, order_version: OrderVersion | None) -> int | None:
    return order_id if order_id is not None or order_version is None else order_version[0]
