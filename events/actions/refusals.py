"""The centre does not take what it was handed: feedback that says too little, a check that does not convince."""

from django.db import transaction

from core.actor import Actor
from events.actions import clocks
from events.actions.endings import send_back
from events.actions.handle import running
from events.actions.moving import begin
from events.models import Event
from events.moves import Clock, Move
from events.queries.catalogue import limit_of


@transaction.atomic
def reject_feedback(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """驳回反馈: back to the lead department before any check, under the handling clock that runs on.

    The check was never due, so its clock is not judged. It is no failed check: the count of reworks stays.
    """
    moving = begin(event_id, Move.REJECT_FEEDBACK, actor, version)
    moving.apply()
    clocks.withdraw(moving, [Clock.CHECK])
    clocks.run_on(moving, Clock.HANDLING)
    if moving.lead is not None:
        send_back(moving, moving.lead, running(moving, Clock.HANDLING))
    return moving.finish(personal={"reason": reason})


@transaction.atomic
def refuse_close(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """不予结案: the check does not convince, it has to be made again within its whole limit."""
    moving = begin(event_id, Move.REFUSE_CLOSE, actor, version)
    moving.apply()
    clocks.stop(moving, [Clock.CLOSE])
    clocks.start(moving, (Clock.CHECK, limit_of(Clock.CHECK)))
    return moving.finish(personal={"reason": reason})
