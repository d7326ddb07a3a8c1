"""The ladders of requests: who asks by which move, who decides, and what the event does when it is granted. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.roles import Role
from core.deadlines.arithmetic import Limit, moment_after
from core.deadlines.calendar import WorkCalendar
from events.lifecycle import MERGEABLE, OPEN_STATES
from events.moves import Move

EXTENSION, SUSPENSION, CANCEL = "extension", "suspension", "cancel"
LEG_EXTENSION = "leg_extension"
FORCE_CLOSE, APPEAL = "force_close", "appeal"


@dataclass(frozen=True)
class Ladder:
    """`asks` is the move that makes the request, `becomes` the move of the event when it is granted.

    A request stands while its event is in one of `stands_in`, and lapses when the event leaves them. Where it is
    `endorsed_first`, the desk of the asking department says yes before `granted_by` is asked.
    """

    kind: str
    asks: str
    becomes: str
    stands_in: frozenset[str]
    granted_by: str
    endorsed_first: bool = False


LADDERS: Final = {
    ladder.kind: ladder
    for ladder in (
        Ladder(
            EXTENSION, Move.ASK_EXTENSION, Move.GRANT_EXTENSION, frozenset({"handling"}), Role.DISPATCHER,
            endorsed_first=True,
        ),
        # It waits while the lead's return is decided or the event is suspended: the leg's clock stands as long.
        Ladder(
            LEG_EXTENSION, Move.ASK_LEG_EXTENSION, Move.GRANT_LEG_EXTENSION,
            frozenset({"dispatched", "returned", "handling", "suspended"}), Role.DISPATCHER, endorsed_first=True,
        ),
        Ladder(
            SUSPENSION, Move.ASK_SUSPENSION, Move.SUSPEND, frozenset({"handling"}), Role.DISPATCHER,
            endorsed_first=True,
        ),
        Ladder(CANCEL, Move.ASK_CANCEL, Move.CANCEL, frozenset(MERGEABLE), Role.DUTY_CHIEF),
        Ladder(FORCE_CLOSE, Move.ASK_FORCE_CLOSE, Move.FORCE_CLOSE, frozenset(OPEN_STATES), Role.LEADER),
        Ladder(APPEAL, Move.APPEAL, Move.DECIDE, frozenset({"closed", "evaluated"}), Role.ASSESSOR),
    )
}  # fmt: skip
KIND_OF: Final = {ladder.asks: ladder.kind for ladder in LADDERS.values()}
"""The asking move → the kind of request it makes."""


def overdue(due_kind: str, due_at: datetime, at: datetime) -> bool:
    """Has the handling time run out, by the clock that the boards show?"""
    return due_kind == "handling" and at > due_at


def last_moment(since: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """Until when something that has `limit` from `since` may still be asked."""
    return moment_after(limit, since, limit.length, calendar)
