"""What the page on a wall asks beside its figures: its scene, the footing, who is near, whose people are assembled."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from analytics.queries.scope import WallScope, scope_of
from core.actor import Actor
from core.clock import now
from core.live.snapshot import position
from core.masking import masked_name
from dispatch.lifecycle import OPEN_STATES
from dispatch.models import DutyShift, FieldTask, Responder
from dispatch.queries.responders import nearest
from wall.models import Scene
from wall.queries.devices import device_of, wall_rows
from wall.queries.footing import footing_over, footing_shape
from wall.queries.scenes import FIRST, scene_keys, scene_shape
from wall.shapes import (
    FootingShape,
    MusterList,
    MusterRow,
    SceneLayout,
    SceneShape,
    WallNearList,
    WallNearOne,
    WallState,
)

NEAREST = 12
UNITS_SHOWN = 12


def wall_state(actor: Actor, chosen: str | None = None) -> WallState:
    """The scene chosen at the keyboard, else the wall's own. Names of those who set things are left out."""
    stream = position()
    device = device_of(actor.user_id)
    scenes = list(Scene.objects.select_related("set_by"))
    scope = scope_of(actor)
    wanted = chosen or (device.scene.code if device and device.scene else FIRST)
    footing = footing_shape(footing_over(scope.path))
    row = wall_rows([device])[0] if device else None
    return WallState(
        as_of=stream.as_of,
        epoch=stream.epoch,
        device=row.model_copy(update={"paired_by": ""}) if row else None,
        scene=_scene(scenes, wanted).model_copy(update={"set_by": ""}),
        scenes=scene_keys(scenes),
        footing=_without_names(footing),
    )


def _scene(scenes: list[Scene], wanted: str) -> SceneShape:
    by_code = {scene.code: scene for scene in scenes}
    found = by_code.get(wanted) or by_code.get(FIRST) or next(iter(scenes), None)
    return scene_shape(found) if found else _no_scene()


def _no_scene() -> SceneShape:
    """Before the scenes were loaded a wall still shows something: its alarms and the map."""
    cells = [
        {"panel": "map", "x": 0, "y": 0, "w": 16, "h": 12},
        {"panel": "alarms", "x": 16, "y": 0, "w": 8, "h": 12},
    ]
    layout = SceneLayout.model_validate({"wide": cells, "ultra": cells})
    return SceneShape(
        code="", name="", name_en="", key=None, watermark=False, layout=layout, version=0, set_at=None, set_by=""
    )


def _without_names(footing: FootingShape) -> FootingShape:
    steps = [step.model_copy(update={"done_by": ""}) for step in footing.checklist]
    return footing.model_copy(update={"asked_by": "", "checklist": steps})


def near(actor: Actor, lng: float, lat: float) -> WallNearList:
    """Who is on duty near a place, by surname: the wall says who comes, not how to call them."""
    scope = scope_of(actor)
    found = nearest(lng, lat, NEAREST, among=Responder.objects.filter(scope.within))
    return WallNearList(
        items=[
            WallNearOne(
                id=one.responder.pk,
                name=one.responder.name if one.responder.user_id is None else masked_name(one.responder.name),
                kind=one.responder.kind,
                lng=one.lng,
                lat=one.lat,
                distance_m=one.distance_m,
                position_at=one.position_at,
            )
            for one in found
        ]
    )


def muster(scope: WallScope, at: datetime | None = None) -> MusterList:
    """集结 by unit: how many of its people are on duty, and how many of these are sent already. One statement."""
    at = at or now()
    on_shift = Exists(DutyShift.objects.covering(at).filter(responder=OuterRef("pk")))
    busy = Exists(FieldTask.objects.filter(assignee=OuterRef("pk"), state__in=OPEN_STATES))
    rows = (
        Responder.objects.filter(scope.within, is_active=True)
        .alias(present=on_shift, sent=busy)
        .values("unit_id", "unit__name")
        .annotate(
            total=Count("pk"),
            on_duty=Count("pk", filter=Q(present=True)),
            busy=Count("pk", filter=Q(present=True, sent=True)),
        )
        .order_by("-total", "unit_id")[:UNITS_SHOWN]
    )
    return MusterList(
        at=at,
        items=[
            MusterRow(
                unit_id=row["unit_id"], name=row["unit__name"], **{k: row[k] for k in ("total", "on_duty", "busy")}
            )
            for row in rows
        ],
    )
