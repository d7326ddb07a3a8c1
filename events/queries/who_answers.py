"""Who answers for what where: grid team, unit grid and its collector, competent department, and who would come."""

from accounts.roles import WATCHERS
from accounts.scope import as_watcher
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from dispatch.models import Responder
from dispatch.queries.answering import Answerer, answering
from dispatch.queries.grid_teams import team_of
from dispatch.queries.telephones import telephone_of
from dispatch.responsibility_shapes import Answering, TeamMember
from events.queries.catalogue import owning_centre, type_of
from events.queries.routing import route
from events.rules.routing import Facts
from events.shapes.answers import CompetentDepartment, WhoAnswers
from events.shapes.base import UnitRef
from grids.models import Area
from grids.queries.locate import Location, locate
from grids.queries.unit_grids import unit_grid_at
from grids.scope import reach_of, within
from grids.unit_grid_shapes import ZoneRef
from notify.queries.rows import masked

_COMING = 5


def who_answers(*, lng: float, lat: float, type_code: str, actor: Actor) -> WhoAnswers:
    """Everybody who answers for a point (degrees), and for a type of event where one is named.

    Raises OutsideDivisionTree, NotFound where the actor does not see the place, UnknownEventType.
    """
    place = locate(lng, lat)
    if not actor.is_system and not within(reach_of(actor), place.path):
        raise NotFound()
    unit_grid, collector = _ground(lng, lat, actor)
    centre = owning_centre(place.path)
    return WhoAnswers(
        area_path=place.path,
        area_label=place.label,
        grid_path=place.grid.path if place.grid else "",
        grid_name=place.grid.name if place.grid else "",
        team=_team(place),
        unit_grid=unit_grid,
        collector=collector,
        department=_department(place, type_code) if type_code else None,
        centre=UnitRef(id=centre.pk, name=centre.name),
        coming=_coming(place, lng, lat, actor),
    )


def _team(place: Location) -> list[TeamMember]:
    if place.grid is None:
        return []
    return team_of(Area.objects.get(pk=place.grid.id)).members


def _ground(lng: float, lat: float, actor: Actor) -> tuple[str, ZoneRef | None]:
    """The code of the unit grid, and who answers there in that layer: a 专属网格 before the 责任网格."""
    found = unit_grid_at(lng, lat, actor)
    code = found.unit_grid.code if found.unit_grid else ""
    return code, found.exclusive or (found.unit_grid.zone if found.unit_grid else None)


def _department(place: Location, type_code: str) -> CompetentDepartment:
    kind = type_of(type_code)
    decision = route(
        Facts(
            type_code=kind.code,
            category=kind.category,
            main_class=kind.main_class,
            default_unit_code=kind.default_unit_code,
            level=kind.default_level,
            area_path=place.path,
            area_label=place.label,
            at=now(),
            source="",
            text="",
            has_citizen=False,
        )
    )
    lead = decision.lead
    return CompetentDepartment(
        unit=UnitRef(id=lead.id, name=lead.name) if lead else None,
        by=decision.lead_by.by,
        said=decision.lead_by.name,
        person=decision.person,
    )


def _coming(place: Location, lng: float, lat: float, actor: Actor) -> list[Answering]:
    """Only for who may see where colleagues are."""
    if not actor.is_system and not actor.has_role(*WATCHERS):
        return []
    among = Responder.objects.visible_to(actor if actor.is_system else as_watcher(actor))
    found = answering(grid_path=place.path, lng=lng, lat=lat, limit=_COMING, among=among)
    return [_answering(one) for one in found]


def _answering(one: Answerer) -> Answering:
    return Answering(
        responder_id=one.responder.pk,
        user_id=one.responder.user_id,
        name=one.responder.name,
        kind=one.responder.kind,
        phone=masked(telephone_of(one.responder)),
        of=one.of,
        grid_path=one.responder.area_path,
        distance_m=one.distance_m,
        busy_with=one.busy_with,
    )
