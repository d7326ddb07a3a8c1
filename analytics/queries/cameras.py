"""The camera pictures of the wall."""

from django.db.models import F, OuterRef, Subquery

from analytics.queries.scope import WallScope
from events.models import Alert
from video.models import Camera
from video.queries.cameras import camera_rows, with_row_fields
from video.shapes import CameraRow

TILES = 8


def wall_cameras(scope: WallScope) -> list[CameraRow]:
    """Those with an open alert first, the newest alert leading; then enabled ones by code. One statement."""
    newest = Alert.objects.open().filter(camera_id=OuterRef("pk")).order_by("-found_at").values("found_at")[:1]
    cameras = with_row_fields(Camera.objects.filter(scope.within)).annotate(alerted_at=Subquery(newest))
    return camera_rows(list(cameras.order_by(F("alerted_at").desc(nulls_last=True), "-enabled", "code")[:TILES]))
