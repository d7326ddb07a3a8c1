"""自行处置: who finds something small sets it right on the spot. A sample of it is looked at by somebody else."""

import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction

from accounts.roles import Role
from core.actor import SYSTEM, Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.errors import DomainError, Forbidden
from dispatch.models import FieldTask, Responder
from dispatch.queries.responders import choose_checker
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.endings import call_off
from events.actions.evaluate import evaluate_event
from events.actions.moving import begin, lock_event
from events.actions.verify import issue_about
from events.errors import HandlingRecordIncomplete, OutsideOwnGrid, SelfHandlingNotAllowed
from events.models import Attachment, Event
from events.models.event import SUBJECT_KIND, Audit, Ending
from events.moves import Clock, Move
from events.queries.audits import handler_of, refused_by, waiting_for_audit
from events.queries.catalogue import limit_of, number_of
from events.queries.photos import shows_before
from events.rules.limits import AUDIT_PERCENT
from events.rules.sampling import is_sampled

FIELD_POSTS = (Role.GRID_WORKER, Role.GRID_LEADER)

logger = logging.getLogger(__name__)


@transaction.atomic
def self_handle(
    *,
    event_id: int,
    actor: Actor,
    note: str,
    attachment_ids: Collection[int] = (),
    before_attachment_ids: Collection[int] = (),
    version: int | None = None,
) -> Event:
    """A grid worker or leader settles it, with a photo from before and one from after; only types that allow it.

    It is evaluated like every other. One in so many is checked afterwards by somebody else.
    """
    try:
        moving = begin(event_id, Move.SELF_HANDLE, actor, version)
    except Forbidden as refused:
        if actor.has_role(*FIELD_POSTS):
            raise OutsideOwnGrid() from refused
        raise
    event = moving.event
    if not event.type.allows_self_handling:
        raise SelfHandlingNotAllowed(type_name=event.type.name)
    before = attach(before_attachment_ids, event=event, purpose=Attachment.Purpose.BEFORE, actor=actor)
    after = attach(attachment_ids, event=event, purpose=Attachment.Purpose.AFTER, actor=actor)
    _require_record(event, note, before, after)
    moving.apply()
    clocks.stop(moving, [Clock.ACCEPT])
    event.ending = Ending.SELF_HANDLED
    call_off(moving, "已自行处置")
    if event.has_citizen:
        clocks.start_rating(moving, limit_of(Clock.RATING))
    if is_sampled(event.number, percent=number_of(AUDIT_PERCENT)):
        event.audit = Audit.DUE
        _ask_audit(event, handler_id=actor.user_id)
    photos = [photo.pk for photo in (*before, *after)]
    settled = moving.finish(facts={"attachment_ids": photos, "audit": event.audit}, personal={"note": note})
    return settled if settled.has_citizen else evaluate_event(event_id=event_id)


def _require_record(event: Event, note: str, before: list[Attachment], after: list[Attachment]) -> None:
    missing_zh, missing_en = [], []
    if not note.strip():
        missing_zh.append("处置情况说明")
        missing_en.append("what was done")
    if not before and not shows_before(event):  # a phone reports first and hands in the rest with its second call
        missing_zh.append("处置前照片")
        missing_en.append("a photo taken before")
    if not after:
        missing_zh.append("处置后照片")
        missing_en.append("a photo taken afterwards")
    if missing_zh:
        raise HandlingRecordIncomplete(missing_zh="、".join(missing_zh), missing_en=", ".join(missing_en))


def _ask_audit(event: Event, *, handler_id: int | None) -> bool:
    """Ask a collector who did not handle it, rather one who has not refused before; was there one?"""
    handlers = {handler_id} if handler_id is not None else set()
    refused = refused_by(event.pk)
    checker = _collector(event, handlers | refused) or (_collector(event, handlers) if refused else None)
    if checker is None:
        return False
    clock = clocks.new(Clock.AUDIT, limit_of(Clock.AUDIT))
    due_at = deadlines.planned(subject_kind=SUBJECT_KIND, clock=clock, at=now()).due_at
    issue_about(
        event,
        actor=SYSTEM,
        kind=FieldTask.Kind.CHECK,
        assignee_id=checker.pk,
        note="自行处置抽查",
        due_at=due_at,
        payload={"audit": True},
    )
    return True


def _collector(event: Event, excluded: Collection[int]) -> Responder | None:
    return choose_checker(area_path=event.area_path, lng=event.lng, lat=event.lat, exclude_user_ids=excluded)


def ask_due_audits() -> int:
    """Ask for the audits that nobody holds (nobody was there, or the task was refused or timed out); how many were
    asked for. One that cannot be asked for is logged and tried again next time; it holds up no other.
    """
    asked = 0
    for event_id in waiting_for_audit():
        try:
            asked += _ask_waiting(event_id)
        except DomainError as refusal:
            logger.warning("no audit of event %s was asked for: %s", event_id, refusal)
    return asked


@transaction.atomic
def _ask_waiting(event_id: int) -> bool:
    event = lock_event(event_id)
    if event.audit != Audit.DUE or event_id not in waiting_for_audit([event_id]):
        return False
    return _ask_audit(event, handler_id=handler_of(event_id))


@transaction.atomic
def audit(
    *,
    event_id: int,
    actor: Actor,
    passed: bool | None,
    note: str = "",
    attachment_ids: Collection[int] = (),
    position: dict[str, Any] | None = None,
    as_assignee: bool = False,
    former_holder: int | None = None,
    version: int | None = None,
) -> Event:
    """What the sample showed. It changes no fact of the event. `passed` is None where the one who was asked did not go:
    then somebody else is asked.
    """
    moving = begin(event_id, Move.AUDIT, actor, version, as_assignee=as_assignee, former_holder=former_holder)
    moving.apply()
    if passed is not None:
        moving.event.audit = Audit.PASSED if passed else Audit.FAILED
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.CHECK, actor=actor)
    facts = {"audit": moving.event.audit, "attachment_ids": [photo.pk for photo in photos]}
    return moving.finish(facts=facts, personal={"note": note, "position": position})
