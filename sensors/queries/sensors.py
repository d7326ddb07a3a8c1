"""Sensors as screens show them: lists in a reach, one in full, its history, the table of kinds."""

from collections.abc import Sequence

from django.contrib.gis.geos import Polygon
from django.db.models import Q, QuerySet

from core.actor import Actor
from core.errors import Language, NotFound
from core.history.record import of_subject
from grids.queries.tree import labels_of
from sensors.kinds import KINDS, THEMES
from sensors.lifecycle import REMOVED, SENSOR, SensorMove
from sensors.models import SENSOR_KIND, Sensor
from sensors.policies import steward_role
from sensors.shapes import SensorDetail, SensorHistoryRow, SensorKindRow, SensorRow

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


def visible_sensor(actor: Actor, sensor_id: int, *, lock: bool = False) -> Sensor:
    """The sensor if the actor may see it; else it does not exist."""
    found = Sensor.objects.visible_to(actor).filter(pk=sensor_id)
    sensor = (found.select_for_update(of=("self",)) if lock else found.select_related("unit")).first()
    if sensor is None:
        raise NotFound()
    return sensor


def listed(
    actor: Actor,
    *,
    q: str = "",
    kind: str = "",
    theme: str = "",
    state: str = "",
    area: str = "",
    bbox: Box | None = None,
) -> QuerySet[Sensor]:
    """Sensors in the actor's reach, narrowed; those that were removed only where they are asked for."""
    rows = Sensor.objects.visible_to(actor)
    rows = rows.filter(state=state) if state else rows.standing()
    if kind:
        rows = rows.filter(kind=kind)
    if theme:
        rows = rows.filter(kind__in=[one.value for one, row in KINDS.items() if row.theme == theme])
    if q:
        rows = rows.filter(Q(code__icontains=q) | Q(name__icontains=q) | Q(address__icontains=q))
    if area:
        rows = rows.filter(Q(area_path=area) | Q(area_path__startswith=area + "."))
    if bbox is not None:
        rows = rows.filter(point__intersects=Polygon.from_bbox(bbox))
    return rows


def rows_of(sensors: Sequence[Sensor]) -> list[SensorRow]:
    """The rows of a page; one statement for the names of their areas."""
    labels = labels_of(list({sensor.area_path for sensor in sensors}))
    return [_row(sensor, labels.get(sensor.area_path, "")) for sensor in sensors]


def row_of(sensor: Sensor, label: str | None = None) -> SensorRow:
    """The row of one; `label` names its area where that is known already."""
    return rows_of([sensor])[0] if label is None else _row(sensor, label)


def detail_of(sensor: Sensor, actor: Actor) -> SensorDetail:
    """Everything about one sensor, and what the reader may do with it."""
    role = steward_role(actor, sensor.area_path)
    moves = [row.move for row in SENSOR.rows_from(sensor.state) if role in row.roles]
    if role is not None and sensor.state != REMOVED:
        moves.append(SensorMove.EDIT)
    return SensorDetail(
        **row_of(sensor).model_dump(),
        maker=sensor.maker,
        model_name=sensor.model_name,
        installed_on=sensor.installed_on,
        unit_id=sensor.unit_id,
        unit_name=sensor.unit.name if sensor.unit else "",
        may_edit=role is not None,
        allowed_moves=moves,
    )


def history_of(sensor: Sensor) -> list[SensorHistoryRow]:
    """Everything that was ever done to it, oldest first."""
    return [
        SensorHistoryRow(
            at=row.at,
            actor_name=(row.personal or {}).get("actor_name", ""),
            move=row.move,
            from_state=row.from_state,
            to_state=row.to_state,
            note=(row.personal or {}).get("note", ""),
            changes=row.facts.get("changes", {}),
        )
        for row in of_subject(SENSOR_KIND, sensor.pk)
    ]


def kind_rows(language: Language) -> list[SensorKindRow]:
    """The table of kinds in one language."""
    place = 0 if language == "zh" else 1
    return [
        SensorKindRow(
            code=kind.value,
            name=(row.zh, row.en)[place],
            theme=row.theme,
            theme_name=THEMES[row.theme][place],
            form=row.form,
            unit=row.unit,
            usual_from=row.usual[0] if row.usual else None,
            usual_to=row.usual[1] if row.usual else None,
            no_word=row.states[0][place] if row.states else "",
            yes_word=row.states[1][place] if row.states else "",
        )
        for kind, row in KINDS.items()
    ]


def _row(sensor: Sensor, label: str) -> SensorRow:
    return SensorRow(
        id=sensor.pk,
        version=sensor.version,
        code=sensor.code,
        name=sensor.name,
        kind=sensor.kind,
        state=sensor.state,  # type: ignore[arg-type]
        area_path=sensor.area_path,
        area_label=label,
        address=sensor.address,
        lng=sensor.lng,
        lat=sensor.lat,
    )
