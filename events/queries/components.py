"""What an event says of the component it is about, and who answers for that."""

from collections.abc import Iterable
from typing import Any

from accounts.models import OrgUnit
from core.actor import Actor
from dispatch.rules.geofence import distance_m
from dispatch.shapes import TaskComponent, TaskGround
from events.errors import UnknownComponent
from events.models import Event
from grids.queries.unit_grids import code_at
from registry.models import Component

FARTHEST_M = 500.0
"""An event at one end of a street is not about a component at the other."""
_ROLES = (("maintainer", "maintainer_unit_id"), ("owner", "owner_unit_id"), ("department", "department_id"))

Keepers = tuple[tuple[str, str], ...]
"""(part, code of a unit) in the order in which they are asked: 养护单位 → 权属单位 → 主管部门."""


def component_for_report(component_id: int, actor: Actor, *, lng: float, lat: float) -> Component:
    """The component that a report names: one that its reporter may see, standing near. UnknownComponent otherwise."""
    found = Component.objects.visible_to(actor).standing().filter(pk=component_id).first()
    if found is None or distance_m(lng, lat, found.point.x, found.point.y) > FARTHEST_M:
        raise UnknownComponent()
    return found


def keepers_of_many(component_ids: Iterable[int]) -> dict[int, Keepers]:
    """Who answers for each of these components; two statements."""
    wanted = set(component_ids)
    if not wanted:
        return {}
    names = [column for _, column in _ROLES]
    rows = list(Component.objects.filter(pk__in=wanted).values("pk", "type__department_code", *names))
    ids = {row[name] for row in rows for name in names if row[name] is not None}
    codes = dict(OrgUnit.objects.filter(pk__in=ids).values_list("pk", "code"))
    found: dict[int, Keepers] = {}
    for row in rows:
        keepers = [(part, codes[row[column]]) for part, column in _ROLES if row[column] in codes]
        if row["department_id"] is None and row["type__department_code"]:
            keepers.append(("department", row["type__department_code"]))
        found[row["pk"]] = tuple(keepers)
    return found


def keepers_of(event: Event) -> Keepers:
    """Who answers for the event's component; no statement where it names none."""
    return keepers_of_many([event.component_id]).get(event.component_id, ()) if event.component_id else ()


def ground_of_event(event_id: int) -> TaskGround | None:
    """For the phone of who holds a task about the event: its unit grid and its component, as the desk shows them."""
    event = Event.objects.filter(pk=event_id).only("point", "component_id").first()
    if event is None:
        return None
    brief = component_brief(event)
    told = {key: brief[key] for key in TaskComponent.model_fields} if brief else None
    return TaskGround.model_validate({"unit_grid": code_at(event.lng, event.lat), "component": told})


def component_brief(event: Event) -> dict[str, Any] | None:
    """The event's component as its detail shows it: to whoever sees the event."""
    if event.component_id is None:
        return None
    found = Component.objects.select_related("type").filter(pk=event.component_id).first()
    if found is None:
        return None
    return {
        "id": found.pk,
        "code": found.code,
        "type_name": found.type.name,
        "state": found.state,
        "lng": found.point.x,
        "lat": found.point.y,
    }
