"""What the video page reads: cameras by area, group, kind or nearness, one's arrangements, and the log."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import Count, F, Q, QuerySet

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.models import Event
from grids.models import Area
from video.models import Camera, CameraViewing, Mask, VideoPreset
from video.policies import may_turn, may_watch
from video.queries.cameras import still_url
from video.queries.states import shown_state
from video.rules.viewing import OVER_AFTER, PURPOSE_ASKED
from video.viewing_shapes import (
    CameraTree,
    NearPlace,
    PresetRow,
    TileCamera,
    TileCameraList,
    TreeNode,
    ViewingRow,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; everything given must hold."""

    area: str = ""
    group: int | None = None
    kind: str = ""
    words: str = ""
    ids: tuple[int, ...] = ()
    near: NearPlace | None = None
    limit: int = 60


def place_of_event(actor: Actor, event_id: int) -> NearPlace:
    """Where an event is that the actor may see. Raises NotFound."""
    event = Event.objects.visible_to(actor).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    label = f"{event.number} {event.title}"
    return NearPlace(lng=float(event.point.x), lat=float(event.point.y), event_id=event.pk, label=label)


def tile_list(actor: Actor, asked: Asked) -> TileCameraList:
    """Cameras that the actor sees, nearest first where a place is given, else by code; enabled ones only."""
    cameras: QuerySet[Camera] = Camera.objects.visible_to(actor).filter(enabled=True)
    if asked.area:
        cameras = cameras.filter(Q(area_path=asked.area) | Q(area_path__startswith=asked.area + "."))
    if asked.group is not None:
        cameras = cameras.filter(group_id=asked.group)
    if asked.kind:
        cameras = cameras.filter(source_kind=asked.kind)
    if asked.words:
        cameras = cameras.filter(Q(code__icontains=asked.words) | Q(name__icontains=asked.words))
    if asked.ids:
        cameras = cameras.filter(pk__in=asked.ids)
    cameras = _by_distance(cameras, asked.near) if asked.near else cameras.order_by("code")
    found = list(cameras.select_related("lease", "group", "gateway")[: asked.limit + 1])
    return TileCameraList(items=tiles_of(actor, found[: asked.limit]), more=len(found) > asked.limit, near=asked.near)


def tiles_of(actor: Actor, cameras: Iterable[Camera]) -> list[TileCamera]:
    """For cameras with their lease, group and platform, with one further query for what is masked."""
    at = now()
    cameras = list(cameras)
    masked = set(Mask.objects.filter(camera__in=cameras, hides=True).values_list("camera_id", flat=True))
    return [
        TileCamera(
            id=camera.pk,
            code=camera.code,
            name=camera.name,
            area_label=camera.area_label,
            group=camera.group.name if camera.group else "",
            source_kind=camera.source_kind,
            is_high=camera.is_high,
            shows_ground=camera.is_high and bool(camera.calibration),
            lng=camera.lng,
            lat=camera.lat,
            metres=round(camera.metres.m, 1) if hasattr(camera, "metres") else None,
            state=shown_state(camera, camera.lease, at),
            state_since=camera.lease.state_since,
            still_url=still_url(camera) if (watching := may_watch(actor, camera.area_path)) else None,
            may_watch=watching,
            asks_purpose=camera.source_kind in PURPOSE_ASKED,
            has_sub_stream=bool(camera.sub_source),
            is_masked=camera.pk in masked,
            can_turn=camera.pk not in masked and _turns(camera) and may_turn(actor, camera.area_path),
        )
        for camera in cameras
    ]


def _turns(camera: Camera) -> bool:
    return camera.can_turn and (camera.gateway is None or camera.gateway.enabled)


def camera_tree(actor: Actor) -> CameraTree:
    """Counts of enabled cameras that the actor sees, in four queries whatever their number."""
    cameras = Camera.objects.visible_to(actor).filter(enabled=True).order_by()
    counts = list(cameras.values_list("street_id", "community_id").annotate(n=Count("id")))
    keys = {key for street, community, _ in counts for key in (street, community) if key is not None}
    areas = {area.pk: area for area in Area.objects.filter(pk__in=keys).only("path", "name")}
    groups = cameras.filter(group__isnull=False).values_list("group_id", "group__name").annotate(n=Count("id"))
    kinds = cameras.values_list("source_kind").annotate(n=Count("id"))
    return CameraTree(
        areas=_streets(counts, areas),
        groups=[_node(str(key), name, n) for key, name, n in groups.order_by("group__name")],
        kinds=[_node(kind, str(Camera.SourceKind(kind).label), n) for kind, n in kinds.order_by("source_kind")],
    )


def preset_rows(actor: Actor, presets: list[VideoPreset]) -> list[PresetRow]:
    """With the cameras in them that the actor sees now, in one further query."""
    ids = {key for preset in presets for key in preset.cameras if key is not None}
    seen = Camera.objects.visible_to(actor).filter(pk__in=ids, enabled=True).select_related("lease", "group", "gateway")
    tiles = {tile.id: tile for tile in tiles_of(actor, seen)} if ids else {}
    return [
        PresetRow.model_validate(
            {
                "id": preset.pk,
                "name": preset.name,
                "layout": preset.layout,
                "cameras": preset.cameras,
                "known": [tiles[key] for key in preset.cameras if key in tiles],
            }
        )
        for preset in presets
    ]


def viewing_rows(viewings: list[CameraViewing]) -> list[ViewingRow]:
    """For viewings with their user. One that nobody prolonged is over, whether or not its page could say so."""
    at = now()
    return [
        ViewingRow.model_validate(
            {
                "id": viewing.pk,
                "camera_id": viewing.camera_id,
                "camera_code": viewing.camera_code,
                "camera_name": viewing.camera_name,
                "user_name": viewing.user.name,
                "started_at": viewing.started_at,
                "last_at": viewing.last_at,
                "is_over": viewing.is_over or at - viewing.last_at > OVER_AFTER,
                "way": viewing.way,
                "purpose": viewing.purpose,
                "event_id": viewing.event_id,
                "turned_at": viewing.turned_at,
            }
        )
        for viewing in viewings
    ]


def _by_distance(cameras: QuerySet[Camera], near: NearPlace) -> QuerySet[Camera]:
    here = Point(near.lng, near.lat, srid=4326)
    return cameras.annotate(metres=Distance("point", here)).order_by(F("metres"), "code")


def _streets(counts: list[tuple[int | None, int | None, int]], areas: dict[int, Area]) -> list[TreeNode]:
    streets: dict[int, TreeNode] = {}
    for street_id, community_id, n in counts:
        street = areas.get(street_id) if street_id is not None else None
        if street is None:
            continue
        node = streets.setdefault(street.pk, _node(street.path, street.name, 0))
        node.cameras += n
        if community_id is not None and community_id in areas:
            community = areas[community_id]
            node.children.append(_node(community.path, community.name, n))
    for node in streets.values():
        node.children.sort(key=lambda child: child.key)
    return sorted(streets.values(), key=lambda node: node.key)


def _node(key: str, name: str, cameras: int) -> TreeNode:
    return TreeNode(key=key, name=name, cameras=cameras, children=[])
