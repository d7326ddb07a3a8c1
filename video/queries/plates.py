"""For which kinds of case a plate may be asked for: enforcement with a procedure of its own, and nothing else."""

from core.actor import Actor
from events.models.catalogue import ReportGroup
from events.queries.catalogue import catalogue, scenario_of
from video.rules.plate_asking import read_plate_asking


def asks_for_plates(type_code: str) -> bool:
    """Whether the type is declared, is of the enforcement group, and has a scenario that needs the owner."""
    kind = catalogue().types.get(type_code)
    if kind is None or type_code not in read_plate_asking().types:
        return False
    return kind.report_group == ReportGroup.ENFORCEMENT and scenario_of(kind) is not None


def types_with_plates(actor: Actor) -> list[str]:
    """The types for which the actor may ask; none for who holds no post that asks."""
    asking = read_plate_asking()
    if not actor.has_role(*asking.roles):
        return []
    return sorted(code for code in asking.types if asks_for_plates(code))
