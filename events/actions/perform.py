"""The one door for moves of events: the API, tasks, the admin and the simulator all come through here."""

from collections.abc import Callable
from typing import Any, Never

from django.db import transaction

from core.actor import Actor
from core.errors import NotFound
from events.actions.accept import close_event, file_event, reject_event
from events.actions.asking import (
    appeal,
    ask_cancel,
    ask_extension,
    ask_force_close,
    ask_leg_extension,
    ask_suspension,
)
from events.actions.calling import call_responder
from events.actions.check import ask_check, check_fail, check_pass
from events.actions.co_handling import co_handle, finish_leg, return_leg, sign_leg, waive_leg
from events.actions.contact import answer_reporter, call_back, contact_reporter
from events.actions.danger_points import mark_points
from events.actions.dispatch import dispatch_event
from events.actions.evaluate import evaluate_event
from events.actions.handle import finish_handling, sign_order
from events.actions.merge import merge_events, unmerge_event
from events.actions.moving import begin
from events.actions.ownership import assign_down, escalate_up, skip_level
from events.actions.recall import recall
from events.actions.refusals import refuse_close, reject_feedback
from events.actions.remind import reply_to_reminder, supervise_event, urge_event
from events.actions.reopen import reopen_event
from events.actions.returns import refuse_return, return_event
from events.actions.self_handling import audit, self_handle
from events.actions.suspension import resume_event
from events.actions.take import take_event
from events.actions.teams import assign_team, team_report
from events.actions.verify import ask_verification, report_verification
from events.errors import OnlyByRequest
from events.lifecycle import EVENT
from events.models import Event
from events.moves import BY_REQUEST, Move

ACTIONS: dict[str, Callable[..., Event]] = {
    Move.ASK_VERIFICATION: ask_verification,
    Move.REPORT_VERIFICATION: report_verification,
    Move.FILE: file_event,
    Move.REJECT: reject_event,
    Move.MERGE: merge_events,
    Move.UNMERGE: unmerge_event,
    Move.DISPATCH: dispatch_event,
    Move.SIGN: sign_order,
    Move.CO_HANDLE: co_handle,
    Move.SIGN_LEG: sign_leg,
    Move.FINISH_LEG: finish_leg,
    Move.RETURN_LEG: return_leg,
    Move.WAIVE_LEG: waive_leg,
    Move.MARK_POINTS: mark_points,
    Move.ASSIGN_TEAM: assign_team,
    Move.TEAM_REPORT: team_report,
    Move.FINISH: finish_handling,
    Move.ASK_CHECK: ask_check,
    Move.CHECK_PASS: check_pass,
    Move.CHECK_FAIL: check_fail,
    Move.CLOSE: close_event,
    Move.EVALUATE: evaluate_event,
    Move.SELF_HANDLE: self_handle,
    Move.AUDIT: audit,
    Move.REOPEN: reopen_event,
    Move.ESCALATE_UP: escalate_up,
    Move.SKIP_LEVEL: skip_level,
    Move.ASSIGN_DOWN: assign_down,
    Move.TAKE: take_event,
    Move.CALL_RESPONDER: call_responder,
    Move.RECALL: recall,
    Move.URGE: urge_event,
    Move.SUPERVISE: supervise_event,
    Move.REPLY: reply_to_reminder,
    Move.CONTACT_REPORTER: contact_reporter,
    Move.ANSWER_REPORTER: answer_reporter,
    Move.CALL_BACK: call_back,
    Move.ASK_EXTENSION: ask_extension,
    Move.ASK_LEG_EXTENSION: ask_leg_extension,
    Move.ASK_SUSPENSION: ask_suspension,
    Move.ASK_CANCEL: ask_cancel,
    Move.ASK_FORCE_CLOSE: ask_force_close,
    Move.APPEAL: appeal,
    Move.RESUME: resume_event,
    Move.RETURN: return_event,
    Move.REFUSE_RETURN: refuse_return,
    Move.REJECT_FEEDBACK: reject_feedback,
    Move.REFUSE_CLOSE: refuse_close,
}
DECLARED = frozenset(row.move for row in EVENT.transitions)


def perform(event_id: int, move: str, actor: Actor, version: int | None = None, **inputs: Any) -> Event:
    """Make a move."""
    action = ACTIONS.get(move)
    if action is None:
        refuse(event_id, move, actor)
    return action(event_id=event_id, actor=actor, version=version, **inputs)


def refuse(event_id: int, move: str, actor: Actor) -> Never:
    """What somebody deserves who asks for a move that nobody makes by asking: the table's own refusal, then that only a
    request leads to it (`request_moves.perform_on_request` makes it), else NotFound.
    """
    if move in DECLARED:
        with transaction.atomic():
            moving = begin(event_id, move, actor, None)
            if move in BY_REQUEST:
                raise OnlyByRequest(move=move, move_name=EVENT.transition(move, moving.event.state).zh)
    raise NotFound()
