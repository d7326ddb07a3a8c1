"""Checking the result: by somebody who did not handle it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.deadlines import actions as deadlines
from dispatch.models import Responder
from dispatch.queries.responders import choose_checker
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.endings import send_back, withdraw_open_tasks
from events.actions.handle import running
from events.actions.moving import Moving, begin
from events.actions.remind import supervise_automatically
from events.actions.verify import issue
from events.errors import CheckerIsHandler, CheckNeedsPhoto, CheckOnSite, NobodyToSend
from events.lifecycle import ASSIGNEE
from events.models import Attachment, CheckMode, Event
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move
from events.policies import conflicted_ids, handling_units, is_handler
from events.queries.catalogue import limit_of, number_of
from events.rules.limits import SUPERVISED_FROM_CHECK

SUPERVISED_BECAUSE = "第 {times} 次核查未通过，自动督办。"


@transaction.atomic
def ask_check(
    *,
    event_id: int,
    actor: Actor,
    version: int | None = None,
    assignee_id: int | None = None,
    mode: str | None = None,
    note: str = "",
) -> Event:
    """派核查: on site by a collector, by video or by calling back, as the type says unless another mode is named.

    The checker is never one who handled it or who belongs to the department that did.
    """
    moving = begin(event_id, Move.ASK_CHECK, actor, version)
    event = moving.event
    event.check_mode = mode or event.check_mode or CheckMode.ON_SITE
    on_site = event.check_mode == CheckMode.ON_SITE
    if assignee_id is not None:
        _require_other_hands(moving, assignee_id)
    elif on_site:
        assignee_id = _checker(moving)
    moving.apply()
    if assignee_id is not None:
        due_at = time_to_check(moving)
        issue(moving, kind="check", assignee_id=assignee_id, note=note, due_at=due_at, on_site=on_site)
    return moving.finish(facts={"mode": event.check_mode, "assignee": assignee_id}, personal={"note": note})


def time_to_check(moving: Moving) -> datetime:
    """A checker has the whole limit from being asked. The event's own clock, which runs since the feedback, may be over
    by then: a task that was due before it was given could never be done.
    """
    clock = clocks.new(Clock.CHECK, limit_of(Clock.CHECK))
    return deadlines.planned(subject_kind=SUBJECT_KIND, clock=clock, at=moving.at).due_at


def _require_other_hands(moving: Moving, responder_id: int) -> None:
    responder = Responder.objects.filter(pk=responder_id).first()
    if responder is None:
        raise NobodyToSend()
    if responder.unit_id in handling_units(moving.orders) or responder.user_id in conflicted_ids(moving.orders):
        raise CheckerIsHandler()


def _checker(moving: Moving) -> int:
    event = moving.event
    chosen = choose_checker(
        area_path=event.area_path, lng=event.lng, lat=event.lat, exclude_user_ids=conflicted_ids(moving.orders)
    )
    if chosen is None:
        raise NobodyToSend()
    return chosen.pk


def _begin_verdict(event_id: int, move: str, actor: Actor, version: int | None, as_assignee: bool) -> Moving:
    moving = begin(event_id, move, actor, version, as_assignee=as_assignee)
    if not actor.is_system and is_handler(actor, moving.orders):
        raise CheckerIsHandler()
    if moving.event.check_mode == CheckMode.ON_SITE and ASSIGNEE not in moving.roles:
        raise CheckOnSite()
    return moving


@transaction.atomic
def check_pass(
    *,
    event_id: int,
    actor: Actor,
    version: int | None = None,
    note: str = "",
    attachment_ids: Collection[int] = (),
    position: dict[str, Any] | None = None,
    as_assignee: bool = False,
) -> Event:
    """核查通过: the check clock stops, the close clock starts.

    On the spot with a photo where the type asks for one; who looks at a video or telephones has none to take.
    """
    moving = _begin_verdict(event_id, Move.CHECK_PASS, actor, version, as_assignee)
    _require_photo(moving.event, attachment_ids)
    moving.apply()
    clocks.stop(moving, [Clock.CHECK])
    clocks.start(moving, (Clock.CLOSE, limit_of(Clock.CLOSE)))
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.CHECK, actor=actor)
    withdraw_open_tasks(moving, "已核查通过")
    return moving.finish(
        facts={"attachment_ids": [photo.pk for photo in photos]}, personal={"note": note, "position": position}
    )


def _require_photo(event: Event, attachment_ids: Collection[int]) -> None:
    if event.type.needs_check_photo and event.check_mode == CheckMode.ON_SITE and not attachment_ids:
        raise CheckNeedsPhoto(type_name=event.type.name)


@transaction.atomic
def check_fail(
    *,
    event_id: int,
    actor: Actor,
    reason: str,
    version: int | None = None,
    attachment_ids: Collection[int] = (),
    position: dict[str, Any] | None = None,
    as_assignee: bool = False,
) -> Event:
    """返工: back to the lead department, whose handling clock runs on with its overrun kept. The second time the
    platform supervises.
    """
    moving = _begin_verdict(event_id, Move.CHECK_FAIL, actor, version, as_assignee)
    moving.apply()
    moving.event.rework_count += 1
    clocks.stop(moving, [Clock.CHECK])
    clocks.run_on(moving, Clock.HANDLING)
    if moving.lead is not None:
        send_back(moving, moving.lead, running(moving, Clock.HANDLING))
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.CHECK, actor=actor)
    withdraw_open_tasks(moving, "核查未通过")
    event = moving.finish(
        facts={"attachment_ids": [photo.pk for photo in photos]}, personal={"reason": reason, "position": position}
    )
    if event.rework_count < number_of(SUPERVISED_FROM_CHECK):
        return event
    return supervise_automatically(event_id=event_id, note=SUPERVISED_BECAUSE.format(times=event.rework_count)) or event
