"""Cameras and zones in the town, valid without arguments."""

from itertools import count
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core.actor import SYSTEM
from tests.events.stage import HERE
from tests.factories import person_with
from tests.grids.town import DISTRICT, Town
from video.actions.cameras import create_camera
from video.actions.masks import create_mask
from video.actions.zones import create_zone
from video.models import Camera, Mask, Zone

SQUARE = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]]
BOW_TIE = [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]]
_numbers = count(1)


def camera(**fields: Any) -> Camera:
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"C{number:03d}",
        "name": f"{number}号球机",
        "source": "rtsp://127.0.0.1:9/none",
    } | fields
    return create_camera(**({"lng": HERE[0], "lat": HERE[1], "actor": SYSTEM, **values}))


def zone(of: Camera, type_code: str, **fields: Any) -> Zone:
    values: dict[str, Any] = {
        "name": f"区域{next(_numbers)}",
        "polygon": SQUARE,
        "algorithm": "restricted_area_presence",
        "actor": SYSTEM,
    }
    return create_zone(camera_id=of.pk, type_code=type_code, **(values | fields))


def mask(of: Camera, **fields: Any) -> Mask:
    values: dict[str, Any] = {"name": f"屏蔽区{next(_numbers)}", "polygon": SQUARE, "actor": SYSTEM}
    return create_mask(camera_id=of.pk, **(values | fields))


def admin_of(town: Town, path: str = DISTRICT) -> User:
    return person_with(Role.GRID_ADMIN, area=town[path])


def camera_body(**fields: Any) -> dict[str, Any]:
    values = {"code": "K1", "name": "河堤球机", "stream_url": "rtsp://10.0.0.5/a", "lng": HERE[0], "lat": HERE[1]}
    return values | fields
