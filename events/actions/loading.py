"""An event with its legs, locked, as every move begins with it, and their writing: by statements planned once."""

from dataclasses import dataclass

from accounts.audience import keys_of
from core.actor import Actor
from core.api.fields import LARGEST_ID
from core.live.publish import Audience
from core.prepared import prepared
from core.rows import Rows
from core.update import all_but, update
from dispatch.lifecycle import OPEN_STATES as OPEN_TASK_STATES
from events.lifecycle import OPEN_REQUEST_STATES
from events.models import Event, WorkOrder
from events.models.event import SUBJECT_KIND

JOINED = ("type", "lead_unit", "condition", "taken_by")
"""What the row of an event shows; the rest is read where a move needs it."""
PLACE = ("area_path", "area_label", "street_path", "district_id", "street_id", "community_id", "grid_id", "point")
"""Where something happened stays as it was."""
SAID = ("number", "reported_at", "reporter", "source", "title", "description", "address", "component_id")
"""So does what the report said."""
_EVENT = Rows(Event, "WHERE own.id = $1 FOR UPDATE OF own", count=1, joined=JOINED, only={"taken_by": ("id", "name")})
_ORDERS = Rows(
    WorkOrder, "WHERE own.event_id = $1 ORDER BY own.id FOR UPDATE OF own", count=1, joined=("unit", "assignee")
)


def _among(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


_HOLDERS = prepared(
    "SELECT assignee_user_id FROM dispatch_fieldtask "
    f"WHERE subject_kind = '{SUBJECT_KIND}' AND subject_id = $1 AND state IN ({_among(OPEN_TASK_STATES)})",
    count=1,
    types=("bigint",),
)
_AROUND = prepared(
    "SELECT array(SELECT assignee_user_id FROM dispatch_fieldtask "
    f"WHERE subject_kind = '{SUBJECT_KIND}' AND subject_id = $1 AND state IN ({_among(OPEN_TASK_STATES)})), "
    f"EXISTS (SELECT FROM events_request WHERE event_id = $1 AND state IN ({_among(OPEN_REQUEST_STATES)})), "
    "last.seq, last.hash FROM (SELECT) one LEFT JOIN LATERAL (SELECT seq, hash FROM core_history "
    f"WHERE subject_kind = '{SUBJECT_KIND}' AND subject_id = $1 ORDER BY seq DESC LIMIT 1) last ON true",
    count=1,
    types=("bigint",),
)


@dataclass(frozen=True)
class Around:
    """What stands around an event when a move of it ends: who holds its open tasks (None for a task of a team), whether
    something is asked about it, and the end of its history.
    """

    holders: tuple[int | None, ...]
    is_asked_about: bool
    tail: tuple[int, str] | None


def load_event(event_id: int) -> Event | None:
    """The event with its row locked and what it refers to joined.

    Where somebody changed the row while its lock was waited for, PostgreSQL gives the new row with the joined rows of
    the old one, or no row where these do not fit any more: then it is read again, now that it stands still.
    """
    if not 0 < event_id <= LARGEST_ID:
        return None  # no row has such a number, and the database would not take the question
    event = _EVENT.first(event_id)
    return event if event is not None and _is_joined_rightly(event) else _EVENT.first(event_id)


def _is_joined_rightly(event: Event) -> bool:
    joined = event._state.fields_cache  # asking the event itself for an owner that was not joined would raise
    return all(getattr(joined[name], "pk", None) == getattr(event, f"{name}_id") for name in JOINED)


def load_orders(event_id: int) -> list[WorkOrder]:
    """Every leg of the event, of all its runs, locked in the order in which they were opened."""
    return _ORDERS.all(event_id)


def task_holders(event_id: int) -> tuple[int | None, ...]:
    """Users who hold an open task about the event; None for a task of a team or vehicle."""
    return tuple(user_id for (user_id,) in _HOLDERS.fetch_all([event_id]))


def look_around(event_id: int) -> Around:
    """One statement; the event is locked, so none of it changes meanwhile."""
    holders, asked, seq, last_hash = _AROUND.fetch_one([event_id]) or ([], False, None, "")
    return Around(tuple(holders), asked, None if seq is None else (seq, last_hash))


def may_see(actor: Actor, audience: Audience) -> bool:
    """Is the actor among the audience of an event? The same rule as `Event.objects.visible_to`."""
    return actor.is_system or not audience.isdisjoint(keys_of(actor))


def write_event(event: Event) -> None:
    """Everything that a move may change of the locked event."""
    update(event, all_but(Event, *PLACE, *SAID))


def write_order(order: WorkOrder) -> None:
    update(order, all_but(WorkOrder, *PLACE, "event"))
