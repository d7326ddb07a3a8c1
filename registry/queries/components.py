"""Components as screens show them: lists in a reach, one in full, what stands near a point, whose inspection is due."""

from collections.abc import Sequence
from datetime import date
from math import cos, radians
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import Q, QuerySet

from accounts.models import OrgUnit
from core.actor import Actor
from core.errors import NotFound
from core.history.record import of_subject
from core.models import HistoryRow
from grids.models import Area
from grids.queries.tree import labels_of
from registry.component_lifecycle import COMPONENT, REMOVED, STEWARDS, ComponentMove
from registry.component_policies import roles_at
from registry.component_shapes import ComponentDetail, ComponentHistoryRow, ComponentRow, NearComponent, Party
from registry.models import COMPONENT_KIND, Component, ComponentChange, ComponentImport
from registry.rules.place_keys import cell_of, keys_of_tile

NEAR_ZOOM = 17
"""Neighbours are looked for in the tile of this zoom around the point and those beside it: 190 m at 50° north."""
MOST_NEAR = 20
MOST_METRES = 150
MERCATOR_SIDE = 40_075_016.68


def area_of(component: Component) -> int | None:
    """The key of the deepest area it stands in."""
    return component.grid_id or component.community_id or component.street_id or component.district_id


def visible_component(actor: Actor, component_id: int, *, lock: bool = False) -> Component:
    """The component if the actor may see it; else it does not exist."""
    found = Component.objects.visible_to(actor).filter(pk=component_id).select_related("type")
    component = (found.select_for_update(of=("self",)) if lock else found).first()
    if component is None:
        raise NotFound()
    return component


def listed(
    actor: Actor,
    *,
    text: str = "",
    type_code: str = "",
    main_class: str = "",
    state: str = "",
    area_path: str = "",
    unit_id: int | None = None,
    due_by: date | None = None,
) -> QuerySet[Component]:
    """Components in the actor's reach, narrowed. Digits are the beginning of a code, other words part of an address."""
    rows = Component.objects.visible_to(actor).select_related("type")
    rows = rows.filter(state=state) if state else rows.exclude(state=REMOVED)
    if type_code:
        rows = rows.filter(type__code=type_code)
    if main_class:
        rows = rows.filter(type__main_class=main_class)
    if text:
        rows = rows.filter(code__startswith=text) if text.isdigit() else rows.filter(address__contains=text)
    if area_path:
        rows = rows.filter(_in_area(area_path))
    if unit_id is not None:
        rows = rows.filter(Q(maintainer_unit_id=unit_id) | Q(owner_unit_id=unit_id) | Q(department_id=unit_id))
    if due_by is not None:
        rows = rows.filter(inspection_due__lte=due_by)
    return rows


def _in_area(path: str) -> Q:
    area = Area.objects.filter(path=path).values("pk", "level").first()
    if area is None or area["level"] not in {"district", "street", "community", "grid"}:
        return Q() if area is not None and area["level"] == "city" else Q(pk__in=[])
    return Q(**{f"{area['level']}_id": area["pk"]})


def rows_of(components: Sequence[Component]) -> list[ComponentRow]:
    """The rows of a page; one statement for the names of their areas."""
    places = _places(components)
    return [_row(component, *places.get(area_of(component), ("", ""))) for component in components]


def row_of(component: Component) -> ComponentRow:
    return rows_of([component])[0]


def detail_of(component: Component, actor: Actor) -> ComponentDetail:
    """Everything about one component, and what the reader may do with it."""
    row = row_of(component)
    roles = roles_at(component, actor, row.area_path)
    kind = component.type
    units = _unit_names(
        [component.department_id, component.owner_unit_id, component.maintainer_unit_id], [kind.department_code]
    )
    own = component.department_id is not None
    department = (
        Party(unit_id=component.department_id, name=units.get(component.department_id, ""))
        if own
        else _party_of_code(units, kind.department_code)
    )
    may_edit = actor.is_system or bool(roles & STEWARDS)
    moves = [r.move for r in COMPONENT.rows_from(component.state) if roles & r.roles]
    if may_edit and component.state != REMOVED:
        moves += [ComponentMove.EDIT, ComponentMove.RELOCATE]
    return ComponentDetail(
        **row.model_dump(),
        main_class=kind.main_class,
        unit_grid=component.unit_grid or "",
        department=department,
        department_by_type=not own,
        owner=_party(component.owner_unit_id, component.owner, units),
        maintainer=_party(component.maintainer_unit_id, component.maintainer, units),
        source=component.source or "",
        import_id=component.import_id,
        may_edit=may_edit,
        allowed_moves=moves,
    )


def near(actor: Actor, *, lng: float, lat: float, metres: float, type_code: str = "") -> list[NearComponent]:
    """What stands within some metres of a point, nearest first; `metres` at most 150. Found by runs of place numbers,
    then measured on the ellipsoid.
    """
    rows = Component.objects.visible_to(actor).standing().select_related("type").filter(_around(lng, lat))
    if type_code:
        rows = rows.filter(type__code=type_code)
    centre = Point(lng, lat, srid=4326)
    span = metres / (111_320.0 * max(0.1, cos(radians(lat))))
    box = (lng - span, lat - span, lng + span, lat + span)
    boxed = rows.extra(where=["registry_component.point && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"], params=list(box))
    measured = boxed.annotate(away=Distance("point", centre, spheroid=True)).order_by("away", "code")
    nearest: list[Any] = list(measured[:MOST_NEAR])
    distances = {c.pk: float(c.away.m) for c in nearest if c.away <= D(m=metres)}
    found = [c for c in nearest if c.pk in distances]
    return [
        NearComponent(**row.model_dump(), distance_m=round(distances[component.pk], 1))
        for row, component in zip(rows_of(found), found, strict=True)
    ]


def _around(lng: float, lat: float) -> Q:
    x, y = cell_of(lng, lat, NEAR_ZOOM)
    condition = Q(pk__in=[])
    side = 1 << NEAR_ZOOM
    for column in (x - 1, x, x + 1):
        for line in (y - 1, y, y + 1):
            first, end = keys_of_tile(NEAR_ZOOM, column % side, max(0, min(side - 1, line)))
            condition |= Q(place_key__gte=first, place_key__lt=end)
    return condition


def history_of(component: Component) -> list[ComponentHistoryRow]:
    """Oldest first: what people did one by one, and what imports brought or changed."""
    rows = [_move_row(row) for row in of_subject(COMPONENT_KIND, component.pk)]
    changes = list(ComponentChange.objects.filter(component_id=component.pk).order_by("id"))
    wanted = {change.import_id for change in changes} | {component.import_id or 0}
    imports = {job.pk: job for job in ComponentImport.objects.filter(pk__in=wanted).select_related("owner")}
    born = imports.get(component.import_id or 0)
    if born is not None:
        rows.append(_import_row(born, at=born.ended_at or born.created_at, move=ComponentMove.REGISTER, changes={}))
    for change in changes:
        fields = {key: [change.before.get(key), value] for key, value in change.after.items()}
        rows.append(_import_row(imports.get(change.import_id), at=change.at, move=ComponentMove.EDIT, changes=fields))
    return sorted(rows, key=lambda row: row.at)


def _move_row(row: HistoryRow) -> ComponentHistoryRow:
    personal = row.personal or {}
    return ComponentHistoryRow(
        at=row.at,
        actor_name=personal.get("actor_name", ""),
        move=row.move,
        from_state=row.from_state,
        to_state=row.to_state,
        note=personal.get("note", ""),
        import_id=None,
        import_file="",
        changes=row.facts.get("changes", {}),
    )


def _import_row(
    job: ComponentImport | None, *, at: Any, move: str, changes: dict[str, list[Any]]
) -> ComponentHistoryRow:
    return ComponentHistoryRow(
        at=at,
        actor_name=job.owner.name if job else "",
        move=move,
        from_state="",
        to_state="",
        note="",
        import_id=job.pk if job else None,
        import_file=job.file_name if job else "",
        changes=changes,
    )


def _row(component: Component, path: str, label: str) -> ComponentRow:
    return ComponentRow(
        id=component.pk,
        version=component.version,
        code=component.code,
        type_code=component.type.code,
        type_name=component.type.name,
        state=component.state,  # type: ignore[arg-type]
        area_path=path,
        area_label=label,
        address=component.address or "",
        lng=component.point.x,
        lat=component.point.y,
        inspection_due=component.inspection_due,
    )


def _places(components: Sequence[Component]) -> dict[int | None, tuple[str, str]]:
    keys = {key for component in components if (key := area_of(component)) is not None}
    paths = dict(Area.objects.filter(pk__in=keys).values_list("pk", "path"))
    labels = labels_of(list(paths.values()))
    return {key: (path, labels.get(path, "")) for key, path in paths.items()}


def _unit_names(ids: list[int | None], codes: list[str]) -> dict[Any, Any]:
    """Names by key, and (key, name) by code."""
    wanted = Q(pk__in=[key for key in ids if key is not None]) | Q(code__in=[code for code in codes if code])
    named: dict[Any, Any] = {}
    for pk, code, name in OrgUnit.objects.filter(wanted).values_list("pk", "code", "name"):
        named |= {pk: name, code: (pk, name)}
    return named


def _party(unit_id: int | None, name: str | None, units: dict[Any, Any]) -> Party:
    return Party(unit_id=unit_id, name=units.get(unit_id) or name or "")


def _party_of_code(units: dict[Any, Any], code: str) -> Party:
    unit_id, name = units.get(code, (None, ""))
    return Party(unit_id=unit_id, name=name)
