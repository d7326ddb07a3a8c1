"""接诉即办: a citizen who reported is promised a first contact, an answer and a call-back, each with its own clock.

The clocks are about the promise and not about the case: no return, suspension or change of owner holds them. A report
of a channel behind which a citizen waits starts the first two; an ending starts the call-back. What is merged is
answered with its main event: its clocks stand until the merging is undone.
"""

from datetime import datetime

from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from core.models import Deadline
from events.actions import clocks
from events.actions.moving import Moving
from events.models import Event
from events.models.event import PROMISE_KIND
from events.moves import Clock, Move, PauseReason
from events.queries.catalogue import limit_of

TO_BEGIN_WITH = (Clock.FIRST_CONTACT, Clock.ANSWER)
WITH_A_CALL_BACK = frozenset({Move.CLOSE, Move.FORCE_CLOSE, Move.SELF_HANDLE})


def planned_promises(event: Event, at: datetime) -> list[Deadline]:
    """The clocks that begin with a report, not stored yet; none where no citizen waits."""
    if not event.is_from_citizen:
        return []
    return [
        deadlines.planned(
            subject_kind=PROMISE_KIND, clock=clocks.new(kind, limit_of(kind)), at=at, district_id=event.district_id
        )
        for kind in TO_BEGIN_WITH
    ]


def begin_promises(moving: Moving, *kinds: str) -> None:
    """The clocks run, each with its whole limit; those of a run before have ended."""
    if not moving.event.is_from_citizen:
        return
    moving.clocks += deadlines.withdraw(subject=_subject(moving.event), at=moving.at)
    moving.clocks += deadlines.start_many(
        subject=_subject(moving.event),
        clocks=[clocks.new(kind, limit_of(kind)) for kind in kinds],
        at=moving.at,
        district_id=moving.event.district_id,
    )


def keep_promise(moving: Moving, kind: str) -> None:
    """The citizen was reached: the clock stops, with what it overran. Later contacts change nothing."""
    moving.clocks += deadlines.stop(subject=_subject(moving.event), kinds=[kind], at=moving.at)


def settle_promises(moving: Moving) -> None:
    """The event ends: the reporter is told with it, so the answer is given; a contact that was never made is not made
    any more. Whoever was served is called back.
    """
    if not moving.event.is_from_citizen:
        return
    if moving.move != Move.CANCEL:
        keep_promise(moving, Clock.ANSWER)
    if moving.move in WITH_A_CALL_BACK:
        begin_promises(moving, Clock.CALL_BACK)
    else:
        drop_promises(moving)


def hold_promises(moving: Moving) -> None:
    """Merged: answered with another event, as long as it follows that one."""
    if moving.event.is_from_citizen:
        moving.clocks += deadlines.pause(subject=_subject(moving.event), at=moving.at, reason=PauseReason.MERGED)


def take_up_promises(moving: Moving) -> None:
    """Unmerged: what is still owed runs on with the time it has left; what was kept stays kept."""
    if moving.event.is_from_citizen:
        moving.clocks += deadlines.resume(subject=_subject(moving.event), at=moving.at)


def drop_promises(moving: Moving) -> None:
    """Cancelled or rejected: nobody is judged by these clocks any more."""
    if moving.event.is_from_citizen:
        moving.clocks += deadlines.withdraw(subject=_subject(moving.event), at=moving.at)


def _subject(event: Event) -> Subject:
    return Subject(PROMISE_KIND, event.pk)
