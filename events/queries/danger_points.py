"""The hidden-danger points of an event's procedure, and what was found at them."""

from collections.abc import Collection

from core.actor import Actor
from events.lifecycle import EVENT
from events.models import DangerFinding, Event, WorkOrder
from events.moves import Move
from events.policies import is_handler


def points_of(event: Event) -> frozenset[int]:
    """The numbers of the points in the version of the procedure that the event was born with."""
    pack = event.scenario.definition if event.scenario else {}
    links = (link for scene in pack.get("scenes", ()) for link in scene["links"])
    return frozenset(point["number"] for link in links for point in link["points"])


def findings_of(event: Event) -> list[DangerFinding]:
    """What was found in the present run: one statement, none where the procedure has no points."""
    if not points_of(event):
        return []
    found = DangerFinding.objects.filter(event=event, run=event.run).select_related("marked_by")
    return list(found.order_by("number"))


def is_own_work(event: Event, orders: Collection[WorkOrder], actor: Actor) -> bool:
    """Would the actor check what the actor handled? That is for other hands, as the verdict is."""
    return event.state == "checking" and is_handler(actor, orders)


def may_mark(event: Event, orders: Collection[WorkOrder], actor: Actor, roles: Collection[str]) -> bool:
    """May the actor, in these roles over the event, tick off points now?"""
    rows = EVENT.rows_from(event.state)
    by_table = any(row.move == Move.MARK_POINTS and not row.roles.isdisjoint(roles) for row in rows)
    return by_table and not is_own_work(event, orders, actor)
