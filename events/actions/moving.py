"""The frame of every move of an event: lock, may they, change by the table, history, live update.

Locks are always taken in the order event → work orders → tasks. An action begins a `Moving`, changes what its move
means, and finishes it; the frame does the rest the same way for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.actor import Actor
from core.clock import now
from core.deadlines.actions import Subject
from core.deadlines.readings import short_readings
from core.errors import NotFound
from core.history.record import append
from core.insert import together
from core.lifecycle import Change
from core.live.publish import Audience, user_audience
from core.models import Deadline
from events.actions.freshness import require_fresh
from events.actions.lapse import lapse_requests
from events.actions.loading import (
    load_event,
    load_orders,
    look_around,
    may_see,
    task_holders,
    write_event,
    write_order,
)
from events.actions.reminder_book import follow_reminders
from events.lifecycle import ASSIGNEE, EVENT, WORK_ORDER
from events.live import event_audience, order_audience, publish_event, publish_order
from events.models import Event, WorkOrder
from events.models.event import SUBJECT_KIND
from events.moves import CO_MOVES, LEAD_MOVES, NOTES
from events.policies import roles_over_event
from events.signals import event_moved


def lock_event(event_id: int) -> Event:
    """The event with its row locked; for callers that already decided who may."""
    event = load_event(event_id)
    if event is None:
        raise Event.DoesNotExist(f"no event {event_id}")
    return event


@dataclass
class Moving:
    """One move in progress. `orders` are the event's legs, locked; `touched` are those whose own state changed,
    `retold` others that show something new.
    """

    move: str
    event: Event
    orders: list[WorkOrder]
    actor: Actor
    roles: frozenset[str]
    holders: tuple[int | None, ...]
    at: datetime
    before: Audience
    orders_before: dict[int, Audience]
    owner_before: int
    office_before: int | None
    """The office that was asked to verify when the move began."""
    brought_about_by: int | None = None
    """The user whose act the platform's move follows from: they are not told of it."""
    clocks: list[Deadline] = field(default_factory=list)
    touched: dict[int, str] = field(default_factory=dict)
    retold: set[int] = field(default_factory=set)
    change: Change | None = None

    @property
    def subject(self) -> Subject:
        return Subject(SUBJECT_KIND, self.event.pk)

    @property
    def lead(self) -> WorkOrder | None:
        """The lead department's leg, while the department holds it."""
        return next((o for o in self.legs if o.role == WorkOrder.Role.LEAD and o.is_held), None)

    @property
    def legs(self) -> list[WorkOrder]:
        """The legs of the present run; those of the runs before a reopening are over."""
        return [order for order in self.orders if order.run == self.event.run]

    @property
    def co_legs(self) -> list[WorkOrder]:
        return [order for order in self.legs if order.role == WorkOrder.Role.CO]

    @property
    def returned_lead(self) -> WorkOrder | None:
        """The lead department's leg, while its return waits for a decision."""
        return next((o for o in self.legs if o.role == WorkOrder.Role.LEAD and o.state == "returned"), None)

    def apply(self, target: str | None = None) -> None:
        """The event's state changes, by the table; `target` where the table leaves it to the action."""
        self.change = EVENT.apply(self.move, self.event, actor=self.actor, roles=self.roles, target=target)

    def apply_to_leg(self, order: WorkOrder, move: str) -> None:
        """The leg's own state changes, by its table."""
        WORK_ORDER.apply(move, order, actor=self.actor, roles=self.roles)
        self.touched[order.pk] = move

    def finish(self, *, facts: Mapping[str, Any] | None = None, personal: Mapping[str, Any] | None = None) -> Event:
        """Save, append the history row and publish; the move is then complete but for the commit."""
        if self.change is None:
            raise RuntimeError(f"{self.move}: finished before it was applied")
        is_note = self.move in NOTES
        if not is_note:
            self.event.settled_version = self.event.version
        around = look_around(self.event.pk)
        lapsed = self._lapse_requests(self.change) if around.is_asked_about else []
        retold = self.retold | follow_reminders(self.event, self.orders, at=self.at)
        told = [o for o in self.orders if o.pk in self.touched or o.pk in retold or not is_note]
        after = event_audience(self.event, self.orders, around.holders)
        with together():
            write_event(self.event)
            for order in told:
                order.is_over = order.run != self.event.run or not self.event.is_open
                if order.pk not in self.touched:
                    order.version += 1
                if order.pk in self.touched or not is_note:
                    order.settled_version = order.version
                write_order(order)
            append(
                subject_kind=SUBJECT_KIND,
                subject_id=self.event.pk,
                actor=self.actor,
                change=self.change,
                at=self.at,
                tail=around.tail,
                facts={
                    "version": self.event.version,
                    "readings": short_readings(self.clocks, at=self.at),
                    **({"orders": {str(pk): move for pk, move in self.touched.items()}} if self.touched else {}),
                    **({"lapsed": lapsed} if lapsed else {}),
                    **{key: value for key, value in (facts or {}).items() if value not in (None, [], "")},
                },
                personal={key: value for key, value in (personal or {}).items() if value not in (None, "")},
            )
            publish_event(self.event, self.move, before=self.before, after=after, at=self.at)
            for order in told:
                before = self.orders_before.get(order.pk, order_audience(order))
                publish_order(order, self.event, self.touched.get(order.pk, self.move), before=before, at=self.at)
        event_moved.send(sender=Event, moving=self, personal=personal)
        return self.event

    def _lapse_requests(self, change: Change) -> list[int]:
        """The event has left its state, goes to another centre, or a leg is over: what was asked about it is void."""
        elsewhere = self.event.owner_unit_id != self.owner_before
        if change.from_state == change.to_state and not elsewhere and not self.touched:
            return []
        return lapse_requests(self.event, self.orders, actor=self.actor, at=self.at, all_of_them=elsewhere)


def begin(
    event_id: int,
    move: str,
    actor: Actor,
    version: int | None,
    *,
    as_assignee: bool = False,
    former_holder: int | None = None,
    order_version: tuple[int, int] | None = None,
) -> Moving:
    """Lock the event and its legs, and refuse who may not.

    Hidden → NotFound, stale → StaleVersion or AlreadyTaken, else the lifecycle's own refusals.

    `version` is what the actor saw (None inside the platform). `as_assignee` is for the end of a field task, whose
    holder has been checked; a citizen has proved by the receipt which event is meant. `former_holder` is the user whose
    task has just ended, who may have seen the event by it alone. `order_version` is (order id, version) where the actor
    looked at a leg instead.
    """
    event = load_event(event_id)
    if event is None:
        raise NotFound()
    orders, holders = load_orders(event_id), task_holders(event_id)
    audience = event_audience(event, orders, holders)
    if not (as_assignee or actor.is_citizen or may_see(actor, audience)):
        raise NotFound()
    moving = Moving(
        move=move,
        event=event,
        orders=orders,
        actor=actor,
        roles=roles_over_event(actor, event, orders, holders) | ({ASSIGNEE} if as_assignee else frozenset()),
        holders=holders,
        at=now(),
        before=audience | user_audience(former_holder, actor.user_id if as_assignee else None),
        orders_before={order.pk: order_audience(order) for order in orders},
        owner_before=event.owner_unit_id,
        office_before=event.asked_unit_id,
    )
    _require_fresh(moving, version, order_version)
    EVENT.require(move, event, actor=actor, roles=moving.roles)
    return moving


def _require_fresh(moving: Moving, version: int | None, order_version: tuple[int, int] | None) -> None:
    event = moving.event
    if order_version is not None:
        order = next((o for o in moving.orders if o.pk == order_version[0]), None)
        if order is None:
            raise NotFound()
        if not order.settled_version <= order_version[1] <= order.version:
            # A leg's version is not the event's: somebody was faster only where the move is not possible any more.
            seen = event.version if _is_possible(moving, order) else 0
            require_fresh(
                SUBJECT_KIND, event.pk, moving.move, moving.actor, seen=seen, current=order.version, order_id=order.pk
            )
    if version is not None and not event.settled_version <= version <= event.version:
        require_fresh(SUBJECT_KIND, event.pk, moving.move, moving.actor, seen=version, current=event.version)


def _is_possible(moving: Moving, order: WorkOrder) -> bool:
    moves = LEAD_MOVES if order.role == WorkOrder.Role.LEAD else CO_MOVES
    of_leg = {own for own, of_event in moves.items() if of_event == moving.move}
    by_leg = not of_leg or any(row.move in of_leg for row in WORK_ORDER.rows_from(order.state))
    return by_leg and any(row.move == moving.move for row in EVENT.rows_from(moving.event.state))
