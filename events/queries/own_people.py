"""Whom a department may give its leg to."""

from typing import Any

from django.db.models import Exists, OuterRef

from accounts.queries.units import with_units_below
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from dispatch.models import DutyShift, Responder
from dispatch.queries.responders import busy_with
from events.models import WorkOrder

MOST = 200


def own_people(order_id: int, actor: Actor) -> list[dict[str, Any]]:
    """The active responders of the leg's department and of its teams, those on duty first; NotFound for a hidden leg.

    Teams and vehicles are among them, also where nobody knows where they are.
    """
    order = WorkOrder.objects.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise NotFound()
    on_shift = Exists(DutyShift.objects.covering(now()).filter(responder=OuterRef("pk")))
    found = Responder.objects.active().filter(unit_id__in=with_units_below([order.unit_id]))
    people = found.annotate(is_on_duty=on_shift).order_by("-is_on_duty", "kind", "name", "id")
    rows = list(people.values_list("pk", "name", "kind", "is_on_duty")[:MOST])
    busy = busy_with([pk for pk, *_ in rows])
    return [
        {"id": pk, "name": name, "kind": kind, "on_duty": on_duty, "busy_with": busy.get(pk)}
        for pk, name, kind, on_duty in rows
    ]
