"""高低联动: what lies where in the picture of a high camera."""

from collections.abc import Sequence

from django.db import transaction

from core.actor import Actor
from video.actions.cameras import lock_camera, note_zone_change
from video.errors import invalid
from video.models import Camera
from video.policies import require_camera_admin
from video.rules.homography import LEAST_PAIRS, GroundMap, Pair, Unusable
from video.rules.views import distance_m

MOST_AWAY_M = 30_000.0
_WORDS = {
    "too_few_pairs": (
        f"至少需要 {LEAST_PAIRS} 对对应点。",
        f"At least {LEAST_PAIRS} pairs are needed.",
    ),
    "too_many_pairs": ("对应点过多，最多 40 对。", "Too many pairs: at most 40."),
    "same_points": (
        "有重合的点：请在画面和地图上分别选择四个不同的位置。",
        "Some points coincide: choose four different places, in the picture and on the map.",
    ),
    "points_on_a_line": (
        "点几乎在一条直线上，无法推算：请选择分散在画面四周的点。",
        "The points lie almost on a line, which determines nothing: choose points spread over the picture.",
    ),
    "contradicting_pairs": (
        "对应点互相矛盾（可能次序选错或点错位置）：请逐对核对。",
        "The pairs contradict each other: look whether two were exchanged or one was misplaced.",
    ),
}


@transaction.atomic
def calibrate_camera(
    *, camera_id: int, pairs: Sequence[Pair], actor: Actor, version: int | None = None
) -> tuple[Camera, float | None]:
    """Pairs of a point of the picture and its place on the ground; none takes the calibration away.

    The camera, and how far in metres the pairs are from the map that fits them best. Raises Invalid, NotFound,
    StaleVersion, Forbidden.
    """
    camera = lock_camera(camera_id, version=version)
    role = require_camera_admin(actor, camera.area_path)
    error = _error_of(camera, pairs) if pairs else None
    camera.calibration = [[pair.x, pair.y, pair.lng, pair.lat] for pair in pairs]
    camera.save(update_fields=["calibration"])
    note_zone_change(camera, "calibrate", role, actor, {"pairs": len(pairs)})
    return camera, error


def _error_of(camera: Camera, pairs: Sequence[Pair]) -> float:
    if not camera.is_high:
        raise invalid(
            "is_high", "not_high", "只有高空瞭望摄像机可以标定。", "Only a high-altitude camera is calibrated."
        )
    if any(not (0 <= pair.x <= 1 and 0 <= pair.y <= 1) for pair in pairs):
        raise invalid("pairs", "out_of_range", "画面上的点应在画面之内。", "Points must lie inside the picture.")
    if any(distance_m(camera.lng, camera.lat, pair.lng, pair.lat) > MOST_AWAY_M for pair in pairs):
        raise invalid(
            "pairs", "too_far", "有的点距摄像机超过 30 公里，请核对。", "A point is more than 30 km from the camera."
        )
    try:
        return GroundMap(pairs).error_m
    except Unusable as refused:
        raise invalid("pairs", refused.code, *_WORDS[refused.code]) from None
