"""Which centre is above or below which: the way an event goes between city, district, street, community and grid."""

from accounts.models import OrgUnit
from accounts.scope import covers
from core.errors import DomainError
from events.errors import HandedBackBefore, NotALowerCentre, NoUpperCentre
from events.models import Event


def upper_centre(centre: OrgUnit, *, above: int = 1) -> OrgUnit:
    """The active centre `above` levels up in the tree of units; NoUpperCentre where the tree ends before."""
    found = _above(centre, above)
    if found is None:
        raise NoUpperCentre(unit=centre.name)
    return found


def centre_to_go_up_to(event: Event, *, skipping: bool = False) -> OrgUnit:
    """Who answers for the event once it has gone up: what was assigned down goes back to whoever assigned it, or, where
    that centre works no more, to the next active one above it. NoUpperCentre where there is none.
    """
    back = event.assigned_from
    if skipping or back is None:
        return upper_centre(event.owner_unit, above=2 if skipping else 1)
    found = back if _is_centre(back) else _above(back, 1)
    if found is None:
        raise NoUpperCentre(unit=event.owner_unit.name)
    return found


def refusal_to_go_up(event: Event, *, skipping: bool = False) -> DomainError | None:
    """Why the event cannot go up (HandedBackBefore, NoUpperCentre); None where it can."""
    if event.assigned_from_id is not None and event.hand_back_count:
        return HandedBackBefore()
    try:
        centre_to_go_up_to(event, skipping=skipping)
    except NoUpperCentre as refusal:
        return refusal
    return None


def _above(centre: OrgUnit, levels: int) -> OrgUnit | None:
    found: OrgUnit | None = centre
    for _ in range(levels):
        found = _next_centre(found.parent if found is not None else None)
    return found


def _next_centre(unit: OrgUnit | None) -> OrgUnit | None:
    while unit is not None and not _is_centre(unit):
        unit = unit.parent
    return unit


def lower_centre(unit_id: int, event: Event) -> OrgUnit:
    """The centre with this id, where it lies below the event's owner and answers for the event's place; else
    NotALowerCentre.
    """
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None or not _is_centre(unit) or not covers(unit.area_path, event.area_path):
        raise NotALowerCentre()
    above = unit.parent
    while above is not None and above.pk != event.owner_unit_id:
        above = above.parent
    if above is None:
        raise NotALowerCentre()
    return unit


def _is_centre(unit: OrgUnit) -> bool:
    return unit.kind == OrgUnit.Kind.CENTRE and unit.is_active and bool(unit.area_path)
