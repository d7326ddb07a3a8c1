"""Giving an area another outline. The old one stays, with the time it was valid."""

from datetime import datetime

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction
from psycopg2.extras import DateTimeTZRange

from core.actor import Actor
from core.clock import now
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.datasets import AREAS, mark_changed
from grids.models import Area, AreaBoundary
from grids.outlines import checked_outline
from grids.policies import require_tree_admin


def first_boundary(area: Area, outline: MultiPolygon, valid_from: datetime | None) -> AreaBoundary:
    """The outline an area begins with; the caller has checked it and holds the transaction."""
    return AreaBoundary.objects.create(
        area=area, version=1, geometry=outline, validity=DateTimeTZRange(valid_from or now(), None, "[)")
    )


@transaction.atomic
def change_boundary(
    *, area_id: int, version: int, boundary: MultiPolygon, actor: Actor, valid_from: datetime | None = None
) -> AreaBoundary:
    """The outline from `valid_from` (now) on. Events keep the area they happened in."""
    area = Area.objects.select_for_update(of=("self",)).filter(pk=area_id).first()
    if area is None:
        raise NotFound()
    role = require_tree_admin(actor, area.path)
    if area.version != version:
        raise StaleVersion(current_version=area.version)
    outline = checked_outline(boundary)
    present = now()
    begins = valid_from or present
    last = AreaBoundary.objects.select_for_update().filter(area=area).order_by("-version").first()
    if begins > present or (last is not None and begins <= last.validity.lower):
        raise Invalid(
            errors=[
                {
                    "field": "valid_from",
                    "code": "out_of_order",
                    "message_zh": "生效时间应晚于上一版本，且不晚于现在。",
                    "message_en": "It must take effect after the version before, and not later than now.",
                }
            ]
        )
    if last is not None and last.validity.upper is None:
        last.validity = DateTimeTZRange(last.validity.lower, begins, "[)")
        last.save(update_fields=["validity"])
    area.version += 1
    area.save(update_fields=["version"])
    new = AreaBoundary.objects.create(
        area=area,
        version=last.version + 1 if last else 1,
        geometry=outline,
        validity=DateTimeTZRange(begins, None, "[)"),
    )
    append(
        subject_kind="area",
        subject_id=area.pk,
        actor=actor,
        change=Change(move="change_boundary", from_state="current", to_state="current", role=role),
        facts={"boundary_version": new.version, "valid_from": begins.isoformat()},
    )
    mark_changed(AREAS)
    return new
