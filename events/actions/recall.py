"""Taking back what was sent."""

from django.db import transaction

from core.actor import Actor
from events.actions import clocks
from events.actions.endings import withdraw_legs, withdraw_open_tasks
from events.actions.handle import running
from events.actions.moving import Moving, begin
from events.models import Event
from events.moves import Clock, Move
from events.queries.catalogue import limit_of


@transaction.atomic
def recall(
    *, event_id: int, actor: Actor, reason: str, version: int | None = None, former_holder: int | None = None
) -> Event:
    """撤回: the verification, the dispatch or the check is called off, and the step before is open again.

    By whoever sent it, or by the platform when its task was refused or timed out: `former_holder` held it.
    """
    moving = begin(event_id, Move.RECALL, actor, version, former_holder=former_holder)
    left = moving.event.state
    moving.apply()
    withdraw_open_tasks(moving, reason)
    TAKE_BACK[left](moving)
    return moving.finish(facts={"from": left}, personal={"reason": reason})


def _verification(moving: Moving) -> None:
    moving.event.asked_unit = None
    clocks.withdraw(moving, [Clock.VERIFY])
    clocks.resume(moving, Clock.ACCEPT)


def _dispatch(moving: Moving) -> None:
    """The department never had it: its clocks are not judged, and the dispatcher's starts anew."""
    withdraw_legs(moving)
    moving.event.lead_unit = None
    clocks.withdraw(moving, [Clock.SIGN, Clock.HANDLING])
    clocks.start(moving, (Clock.DISPATCH, limit_of(Clock.DISPATCH)))


def _check(moving: Moving) -> None:
    """The check clock runs on: the centre still owes the check."""
    clock = running(moving, Clock.CHECK)
    if clock is not None:
        clocks.show(moving.event, clock)


TAKE_BACK = {"verifying": _verification, "dispatched": _dispatch, "checking": _check}
"""What becomes of the clocks and legs when what was sent in a state is called off."""
