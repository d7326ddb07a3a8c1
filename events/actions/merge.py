"""并案: the same matter told twice is handled once. The event that is merged follows its main event from then on.

Nothing follows a follower: whoever followed the merged event moves along, so there are no chains and no cycles. All of
them are locked in the order of their ids, whichever is merged into the other (`merge_locks`).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import OrgUnit
from core.actor import SYSTEM, Actor
from core.deadlines import actions as deadlines
from core.errors import StaleVersion
from core.models import HistoryRow
from dispatch.models import Responder
from dispatch.queries.responders import choose_verifier
from events.actions import clocks
from events.actions.endings import leave
from events.actions.legs import issue_co_leg, issue_lead
from events.actions.merge_locks import lock_to_merge, lock_to_unmerge
from events.actions.moving import Moving, begin
from events.actions.promises import hold_promises, take_up_promises
from events.actions.recall import TAKE_BACK
from events.actions.verify import issue
from events.errors import MainEventIsMerged, MainEventNotOpen, MergeIntoItself, UnknownMainEvent
from events.models import Event, WorkOrder
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move, OrderMove, PauseReason
from events.queries.catalogue import limit_of
from events.queries.followers import follower_ids, has_citizen_behind

RUNS_ON = {
    "reported": (Clock.ACCEPT,),
    "verifying": (Clock.VERIFY,),
    "filed": (Clock.DISPATCH,),
    "dispatched": (Clock.SIGN, Clock.HANDLING),
    "returned": (Clock.DISPATCH,),
}
"""Which clocks run in the state that an unmerged event comes back to; others that stood before still stand."""


@transaction.atomic
def merge_events(*, event_id: int, actor: Actor, main_event_id: int, reason: str, version: int | None = None) -> Event:
    """The event follows `main_event_id`, an open one that follows nobody: its legs, tasks and requests are called off
    and its clocks stand still. Its own followers move along.
    """
    if event_id == main_event_id:
        raise MergeIntoItself()
    lock_to_merge(event_id, main_event_id)
    moving = begin(event_id, Move.MERGE, actor, version)
    event, main = moving.event, _main(main_event_id, actor)
    event.main_event, event.merged_from = main, event.state
    moving.apply()
    leave(moving, reason, with_returned=False)
    clocks.hold_all(moving, PauseReason.MERGED)
    hold_promises(moving)
    clocks.show_none(event)
    event.ended_at = moving.at
    facts = {"main_event": main.pk, "main_number": main.number}
    merged = moving.finish(facts=facts, personal={"reason": reason, "note": f"主案件 {main.number}"})
    if event.has_citizen:
        Event.objects.filter(pk=main.pk).update(has_citizen=True)  # who reported this one may rate the main one's way
    moved = follower_ids(event_id)
    for follower_id in moved:
        _follow(follower_id, main)
    _note(main.pk, Move.GAIN_FOLLOWER, [event_id, *moved], f"并入 {event.number}")
    return merged


@transaction.atomic
def unmerge_event(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """撤销并案: back to the state it left, where its clocks run on. A department that had not signed gets its leg
    again, and who was asked to verify is asked again.

    Where nobody can be sent any more, or the department works no more, the event comes back one step before, to the
    desk that sends anew, as after a recall; history says why.
    """
    main_id = lock_to_unmerge(event_id)
    moving = begin(event_id, Move.UNMERGE, actor, version)
    event, left = moving.event, moving.event.merged_from
    if main_id is None:
        raise StaleVersion(current_version=event.version)
    asked = _asked_to_verify(event) if left == "verifying" else None
    state, gone = _comes_back_to(event, asked)
    event.main_event, event.merged_from, event.ended_at = None, "", None
    moving.apply(target=state)
    if state == left:
        clocks.let_run(moving, RUNS_ON[state])
    else:
        TAKE_BACK[left](moving)
    take_up_promises(moving)
    if asked is not None:
        _ask_again(moving, asked)
    if state in ("dispatched", "returned"):
        _issue_again(moving)
    facts = {"main_event": main_id, "from": left if gone else None}
    back = moving.finish(facts=facts, personal={"reason": reason, "note": gone})
    Event.objects.filter(pk=main_id).update(has_citizen=has_citizen_behind(main_id))
    _note(main_id, Move.LOSE_FOLLOWER, [event_id], f"撤出 {event.number}")
    return back


def _main(main_event_id: int, actor: Actor) -> Event:
    main = Event.objects.visible_to(actor).select_related("main_event").filter(pk=main_event_id).first()
    if main is None:
        raise UnknownMainEvent()
    if main.main_event is not None:
        raise MainEventIsMerged(number=main.number, main_number=main.main_event.number)
    if not main.is_open:
        raise MainEventNotOpen(number=main.number)
    return main


def _follow(event_id: int, main: Event) -> None:
    """The main event of this one was merged itself: follow the new one."""
    moving = begin(event_id, Move.FOLLOW, SYSTEM, None)
    moving.event.main_event = main
    moving.apply()
    facts = {"main_event": main.pk, "main_number": main.number}
    moving.finish(facts=facts, personal={"note": f"主案件 {main.number}"})


def _note(event_id: int, move: str, follower_ids: list[int], note: str) -> None:
    """The main event tells in its history who follows it."""
    moving = begin(event_id, move, SYSTEM, None)
    moving.apply()
    moving.finish(facts={"followers": follower_ids}, personal={"note": note})


def _last(event_id: int, move: str) -> HistoryRow | None:
    rows = HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, subject_id=event_id, move=move)
    return rows.order_by("-seq").first()


def _comes_back_to(event: Event, asked: dict[str, Any] | None) -> tuple[str, str]:
    """The state it left, or the one before with the reason."""
    if event.merged_from == "verifying" and asked is None:
        return "reported", "原核实人员、单位已不可用，且无人可派，退回待受理"
    if event.merged_from == "dispatched" and event.lead_unit is not None and not event.lead_unit.is_active:
        return "filed", f"原主办部门“{event.lead_unit.name}”已停用，退回待派遣"
    return event.merged_from, ""


def _asked_to_verify(event: Event) -> dict[str, Any] | None:
    """The same office or responder; another responder only where the former is not there any more. None where there is
    nobody.
    """
    before = _last(event.pk, Move.ASK_VERIFICATION)
    facts, personal = (before.facts, before.personal or {}) if before is not None else ({}, {})
    if office := OrgUnit.objects.filter(pk=facts.get("unit") or 0, is_active=True).first():
        return {"unit": office}
    assignee = Responder.objects.active().filter(pk=facts.get("assignee") or 0).first()
    assignee = assignee or choose_verifier(area_path=event.area_path, lng=event.lng, lat=event.lat)
    return {"assignee_id": assignee.pk, "note": personal.get("note", "")} if assignee is not None else None


def _ask_again(moving: Moving, asked: dict[str, Any]) -> None:
    if "unit" in asked:
        moving.event.asked_unit = asked["unit"]
    else:
        issue(moving, kind="verify", due_at=_time_to_verify(moving), **asked)


def _time_to_verify(moving: Moving) -> datetime:
    """What is left of the limit, or the whole of it where nothing is left."""
    if moving.event.due_at > moving.at:
        return moving.event.due_at
    anew = clocks.new(Clock.VERIFY, limit_of(Clock.VERIFY))
    return deadlines.planned(subject_kind=SUBJECT_KIND, clock=anew, at=moving.at).due_at


def _issue_again(moving: Moving) -> None:
    """The legs that the merging called off, to the same departments; those of a returned event stand until it is sent
    on.
    """
    merged = _last(moving.event.pk, Move.MERGE)
    moved = merged.facts.get("orders", {}) if merged is not None else {}
    called_off = {int(pk) for pk, move in moved.items() if move == OrderMove.WITHDRAW}
    sign = next((clock for clock in moving.clocks if clock.kind == Clock.SIGN), None)
    for order in [leg for leg in moving.legs if leg.pk in called_off]:
        if order.role == WorkOrder.Role.CO and order.unit.is_active:
            issue_co_leg(moving, order.unit_id, mandatory=order.is_mandatory, note=order.note, by=SYSTEM)
        elif order.role == WorkOrder.Role.LEAD and sign is not None:
            issue_lead(moving, order.unit, note=order.note, sign=sign, by=SYSTEM)
    if moving.event.state == "returned":
        clocks.pause(moving, Clock.HANDLING, reason=PauseReason.RETURNED)
