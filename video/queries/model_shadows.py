"""Models on trial, and how they compare with those in use."""

from datetime import datetime

from django.db.models import QuerySet

from core.actor import Actor
from core.clock import now
from core.errors import Language, NotFound
from video.model_shadow_shapes import (
    ModelShadowCount,
    ModelShadowList,
    ModelShadowReport,
    ModelShadowRow,
    ModelShadowZone,
)
from video.models import ModelShadow, ModelShadowFinding, Zone
from video.policies import camera_role, require_camera_admin, require_model_reader
from video.rules.algorithms import read_algorithms
from video.rules.comparison import Span, compare

SHOWN = 100


def model_shadow_list(actor: Actor) -> ModelShadowList:
    """Those going on first, then the newest that ended; for whoever sets those cameras up. Raises Forbidden."""
    require_model_reader(actor)
    shadows = _visible(actor).order_by("ended_at", "-started_at")
    mine = [one for one in shadows.filter(ended_at=None) if _is_mine(one, actor)]
    ended = [one for one in shadows.exclude(ended_at=None).order_by("-ended_at")[:SHOWN] if _is_mine(one, actor)]
    return ModelShadowList(items=[model_shadow_row(one) for one in (*mine, *ended)])


def visible_model_shadow(shadow_id: int, actor: Actor) -> ModelShadow:
    """Raises NotFound, Forbidden."""
    shadow = _visible(actor).filter(pk=shadow_id).first()
    if shadow is None:
        raise NotFound()
    require_camera_admin(actor, shadow.camera.area_path)
    return shadow


def model_shadow_row(shadow: ModelShadow) -> ModelShadowRow:
    return ModelShadowRow(
        id=shadow.pk,
        camera=shadow.camera_id,
        camera_name=shadow.camera.name,
        model=shadow.model,
        every=shadow.every,
        started_at=shadow.started_at,
        ended_at=shadow.ended_at,
        started_by=shadow.started_by,
        looks=shadow.looks,
        dropped=shadow.dropped,
        milliseconds=round(1000 * shadow.seconds / shadow.looks, 1) if shadow.looks else None,
        missing=shadow.missing if shadow.ended_at is None else "",
    )


def model_shadow_report(shadow: ModelShadow, language: Language) -> ModelShadowReport:
    """What both saw in the same pictures, and what each zone would have raised by the one and by the other."""
    counted = [_count(kind, *values) for kind, values in sorted(shadow.counted.items())]
    sums = [sum(values[place] for values in shadow.counted.values()) for place in range(3)] or [0, 0, 0]
    found = list(ModelShadowFinding.objects.filter(shadow=shadow).order_by("found_at"))
    zones = Zone.objects.filter(pk__in={one.zone_id for one in found} | set(_watched(shadow))).order_by("name", "pk")
    until = shadow.ended_at or now()
    return ModelShadowReport(
        shadow=model_shadow_row(shadow),
        counted=counted,
        all=_count("", *sums),
        zones=[_zone(zone, found, (shadow.started_at, until), language) for zone in zones],
    )


def _zone(
    zone: Zone, found: list[ModelShadowFinding], covered: tuple[datetime, datetime], language: Language
) -> ModelShadowZone:
    mine = [one for one in found if one.zone_id == zone.pk]
    now_spans = [Span(one.pk, one.found_at, one.last_seen_at) for one in mine if not one.by_candidate]
    candidate_spans = [Span(one.pk, one.found_at, one.last_seen_at) for one in mine if one.by_candidate]
    told = compare(now_spans, candidate_spans, [covered])
    algorithm = read_algorithms().get(zone.algorithm)
    return ModelShadowZone(
        zone=zone.pk,
        name=zone.name,
        algorithm=algorithm.name[language] if algorithm else zone.algorithm,
        by_now=len(now_spans),
        by_candidate=len(candidate_spans),
        both=len(told.kept),
        only_now=len(told.lost),
        only_candidate=len(told.new),
    )


def _watched(shadow: ModelShadow) -> list[int]:
    zones = Zone.objects.filter(camera_id=shadow.camera_id, enabled=True, is_shadow=False)
    return list(zones.values_list("pk", flat=True))


def _count(kind: str, by_now: int, by_candidate: int, both: int) -> ModelShadowCount:
    """The share is that of the boxes that both drew among all that any of them drew."""
    any_of_them = by_now + by_candidate - both
    share = round(both / any_of_them, 3) if any_of_them else None
    return ModelShadowCount(kind=kind, by_now=by_now, by_candidate=by_candidate, both=both, share=share)


def _visible(actor: Actor) -> QuerySet[ModelShadow]:
    return ModelShadow.objects.visible_to(actor).select_related("camera")


def _is_mine(shadow: ModelShadow, actor: Actor) -> bool:
    return camera_role(actor, shadow.camera.area_path) is not None
