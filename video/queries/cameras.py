"""Cameras as lists and details show them."""

from datetime import datetime, time

from django.db.models import Count, Q, QuerySet

from core.actor import Actor
from core.clock import local, now
from core.errors import NotFound
from core.live.snapshot import Position
from events.models import Alert
from events.rules.alerts import OWN_DEVICES
from video.models import Camera
from video.policies import camera_role, sees_precision
from video.queries.precision import precision_of
from video.queries.states import shown_state
from video.queries.zones import mask_row, zone_rows
from video.shapes import CameraDetail, CameraRow, CameraToday


def camera_list(actor: Actor) -> QuerySet[Camera]:
    """What `camera_rows` needs of every camera the actor may see."""
    return with_row_fields(Camera.objects.visible_to(actor))


def with_row_fields(cameras: QuerySet[Camera]) -> QuerySet[Camera]:
    return cameras.select_related("lease", "group").annotate(zones_count=Count("zones"))


def visible_camera(actor: Actor, camera_id: int) -> Camera:
    """The camera if the actor may see it; else it does not exist."""
    camera = camera_list(actor).filter(pk=camera_id).first()
    if camera is None:
        raise NotFound()
    return camera


def camera_rows(cameras: list[Camera]) -> list[CameraRow]:
    """Rows for cameras of `camera_list`, without further queries."""
    at = now()
    return [CameraRow.model_validate(_row_values(camera, at)) for camera in cameras]


def camera_detail(camera: Camera, actor: Actor, stream: Position, *, english: bool = False) -> CameraDetail:
    """One camera with its zones and the day so far. The address is for those who may change it."""
    may_edit = camera_role(actor, camera.area_path) is not None
    return CameraDetail.model_validate(
        _row_values(camera, now())
        | {
            "stream_url": camera.source if may_edit else None,
            "sub_stream_url": camera.sub_source if may_edit else None,
            "can_turn": camera.can_turn,
            "control_url": camera.control_address if may_edit else None,
            "has_login": bool(camera.secret) if may_edit else None,
            "gateway_id": camera.gateway_id,
            "channel": camera.channel if may_edit else "",
            "calibration": camera.calibration,
            "sampling": camera.sampling,
            "pictures_per_second": camera.pictures_per_second,
            "zones": zone_rows(camera, "en" if english else "zh"),
            "masks": [mask_row(mask) for mask in camera.masks.order_by("id")],
            "today": _today(camera.pk),
            "precision": precision_of(camera, english=english) if sees_precision(actor, camera.area_path) else None,
            "may_edit": may_edit,
            "as_of": stream.as_of,
            "epoch": stream.epoch,
        }
    )


def still_url(camera: Camera) -> str | None:
    """The address changes with the picture, so that a page may keep each."""
    still_at = camera.lease.still_at
    return f"/api/v1/cameras/{camera.pk}/still.jpg?at={int(still_at.timestamp())}" if still_at else None


def _row_values(camera: Camera, at: datetime) -> dict[str, object]:
    lease = camera.lease
    held = lease.is_held(at)
    state = shown_state(camera, lease, at)
    return {
        "id": camera.pk,
        "version": camera.version,
        "code": camera.code,
        "name": camera.name,
        "area_path": camera.area_path,
        "area_label": camera.area_label,
        "lng": camera.lng,
        "lat": camera.lat,
        "enabled": camera.enabled,
        "state": state,
        "state_since": lease.expires_at if state == "unassigned" else lease.state_since,
        "state_reason": lease.state_reason if held else "",
        "state_detail": lease.state_detail if held else "",
        "problems": lease.problems if camera.enabled else [],
        "source_kind": camera.source_kind,
        "group_id": camera.group_id,
        "group_name": camera.group.name if camera.group else None,
        "priority": camera.priority,
        "is_high": camera.is_high,
        "height_m": camera.height_m,
        "bearing": camera.bearing,
        "view_angle": camera.view_angle,
        "view_range_m": camera.view_range_m,
        "fps": lease.fps if state == "online" else 0.0,
        "still_url": still_url(camera),
        "still_at": lease.still_at,
        "zones_count": getattr(camera, "zones_count", 0),
        "holder": lease.holder if held else None,
    }


def _today(camera_id: int) -> CameraToday:
    midnight = datetime.combine(local(now()).date(), time(), local(now()).tzinfo)
    # A camera's own faults are no findings: nobody judges an algorithm by them.
    findings = Alert.objects.filter(camera_id=camera_id, found_at__gte=midnight).exclude(subject_kind__in=OWN_DEVICES)
    counts = findings.aggregate(
        alerts=Count("id"),
        confirmed=Count("id", filter=Q(state="confirmed")),
        dismissed=Count("id", filter=Q(state="dismissed")),
    )
    decided = counts["confirmed"] + counts["dismissed"]
    return CameraToday(**counts, precision=round(counts["confirmed"] / decided, 3) if decided else None)
