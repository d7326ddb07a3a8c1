"""How often cameras were right: by algorithm, by camera, by both, and by the hour of the day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractHour

from accounts.roles import ROLE_NAMES, Role
from core.actor import Actor
from core.clock import CITY_ZONE, now
from core.errors import Forbidden, Language
from events.models import Alert
from events.models.alert import AlertQuerySet
from events.queries.automation import RIGHT, WRONG
from events.routing_lifecycle import READERS
from events.rules.automation import Figure
from video.policies import CAMERA_ROLES
from video.precision_shapes import PrecisionRow, PrecisionTable
from video.rules.algorithms import read_algorithms

SOURCE, SUBJECT_KIND = "video", "zone"
PRECISION_READERS = READERS | CAMERA_ROLES | {Role.LEADER.value, Role.ASSESSOR.value}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "algorithm": ("rule",),
    "camera": ("camera_id",),
    "pair": ("rule", "camera_id"),
    "hour": ("hour",),
    "algorithm_hour": ("rule", "hour"),
}
HOUR = ExtractHour("found_at", tzinfo=CITY_ZONE)
"""Of the day, by the city's clocks."""
VERDICTS: Mapping[str, Q] = {"confirmed": RIGHT, "dismissed": WRONG, "waiting": Q(state="open")}


def require_precision_reader(actor: Actor) -> None:
    """Raises Forbidden."""
    if not (actor.is_system or actor.has_role(*PRECISION_READERS)):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(PRECISION_READERS)))


def precision_table(actor: Actor, *, days: int, by: str, language: Language, **filters: Any) -> PrecisionTable:
    """One statement. Rows with the most judgements first; hours in their order."""
    require_precision_reader(actor)
    group = GROUPS[by]
    alerts: QuerySet[Any] = judged_alerts(actor, days=days, **filters)
    rows = alerts.annotate(hour=HOUR).values(*group)
    counted = rows.annotate(
        name=Max("camera_name"),
        alerts=Count("id"),
        right=Count("id", filter=RIGHT),
        wrong=Count("id", filter=WRONG),
        waiting=Count("id", filter=VERDICTS["waiting"]),
    ).order_by(*group)
    items = [_row(row, language) for row in counted]
    if "hour" not in group:
        items.sort(key=lambda row: (-row.sample, -row.alerts, row.algorithm, row.camera_id or 0))
    right, wrong = sum(row.confirmed for row in items), sum(row.dismissed for row in items)
    return PrecisionTable(by=by, days=days, items=items, **figure_values(Figure(right, wrong)))  # type: ignore[arg-type]


def judged_alerts(
    actor: Actor,
    *,
    days: int,
    algorithm: str = "",
    camera: int | None = None,
    hour: int | None = None,
    verdict: str = "",
    area: str = "",
) -> AlertQuerySet:
    """The alerts behind a figure."""
    require_precision_reader(actor)
    alerts = Alert.objects.visible_to(actor).filter(
        source=SOURCE, subject_kind=SUBJECT_KIND, found_at__gte=now() - timedelta(days=days)
    )
    if algorithm:
        alerts = alerts.filter(rule=algorithm)
    if camera is not None:
        alerts = alerts.filter(camera_id=camera)
    if hour is not None:
        alerts = alerts.alias(found_hour=HOUR).filter(found_hour=hour)
    if area:
        alerts = alerts.filter(Q(area_path=area) | Q(area_path__startswith=area + "."))
    return alerts.filter(VERDICTS[verdict]) if verdict else alerts


def _row(row: Mapping[str, Any], language: Language) -> PrecisionRow:
    algorithm = read_algorithms().get(row.get("rule", ""))
    return PrecisionRow(
        algorithm=row.get("rule", ""),
        algorithm_name=algorithm.name[language] if algorithm else row.get("rule", ""),
        camera_id=row.get("camera_id"),
        camera_name=row["name"] if "camera_id" in row else "",
        hour=row.get("hour"),
        alerts=row["alerts"],
        waiting=row["waiting"],
        **figure_values(Figure(row["right"], row["wrong"])),
    )


def figure_values(figure: Figure) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return {
        "confirmed": figure.confirmed,
        "dismissed": figure.dismissed,
        "sample": figure.sample,
        "ratio": rounded(figure.ratio),
        "lower": rounded(figure.lower),
        "upper": rounded(figure.upper),
    }
