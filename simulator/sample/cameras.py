"""Cameras of the sample district: a few show real clips through the demo RTSP server, the others wait for a stream."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings

from core.actor import SYSTEM
from events.models import EventType
from grids.models import Area, AreaLevel
from simulator.sample.accounts import SHOW_COMMUNITY, SHOW_STREET
from simulator.sample.org import Organisation
from video.actions.cameras import create_camera
from video.actions.zones import create_zone
from video.models import Camera, Zone
from video.rules.algorithms import read_algorithms

CAMERAS = 40
NO_STREAM = "rtsp://camera.invalid/{code}"
"""A name that never resolves: these cameras are switched off until somebody enters a real address."""

_PLACES = ("东门", "北门", "主干道路口", "中心广场", "停车场", "菜市场", "学校门口", "公交站台", "高空瞭望", "河道护栏")


@dataclass(frozen=True)
class DemoZone:
    """A polygon in fractions of the picture, and what it is watched for."""

    name: str
    polygon: tuple[tuple[float, float], ...]
    algorithm: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class DemoCamera:
    """A camera with a clip behind it; `grid` counts the demonstration community's grids from 0."""

    name: str
    mount: str
    grid: int
    zones: tuple[DemoZone, ...] = ()


DEMO = (
    DemoCamera(
        "荷花社区 东门广场",
        "/courtyard",
        0,
        (
            DemoZone(
                "广场封控区",
                ((0.47, 0.42), (0.80, 0.28), (0.99, 0.50), (0.99, 0.80), (0.72, 0.74), (0.50, 0.62)),
                "restricted_area_presence",
                {"mode": "presence", "seconds": 3, "at_least": 1, "confidence": 0.45},
            ),
        ),
    ),
    DemoCamera(
        "荷花社区 消防通道",
        "/courtyard",
        1,
        (
            DemoZone(
                "消防车登高通道",
                ((0.82, 0.01), (0.995, 0.01), (0.995, 0.18), (0.82, 0.18)),
                "fire_lane_blocked",
                {"seconds": 45, "confidence": 0.35},
            ),
        ),
    ),
    DemoCamera("荷花社区 沿街", "/street", 2),
)


def write_cameras(organisation: Organisation, seed: int) -> dict[str, int]:
    """Creates missing cameras and zones; a camera that exists keeps what an administrator made of it."""
    rng = np.random.default_rng([seed, 11])
    known = set(Camera.objects.values_list("code", flat=True))
    written = 0
    for number, demo in enumerate(DEMO, start=1):
        written += _write_demo(f"YL-{number:04d}", demo, organisation, known)
    grids = list(Area.objects.filter(level=AreaLevel.GRID, district=organisation.district).order_by("code"))
    chosen = rng.choice(len(grids), size=CAMERAS - len(DEMO), replace=False)
    for number, index in enumerate(sorted(chosen.tolist()), start=len(DEMO) + 1):
        code, grid = f"YL-{number:04d}", grids[index]
        if code in known:
            continue
        community = grid.parent.name if grid.parent else ""
        create_camera(
            code=code,
            name=f"{community} {_PLACES[int(rng.integers(len(_PLACES)))]}",
            source=NO_STREAM.format(code=code.lower()),
            lng=grid.label_point.x,
            lat=grid.label_point.y,
            enabled=False,
            actor=SYSTEM,
        )
        written += 1
    return {"cameras": written}


def zones_wait_for_catalogue() -> bool:
    """Are demonstration zones missing because their event types are not loaded?"""
    wanted = {zone.name for demo in DEMO for zone in demo.zones}
    drawn = set(Zone.objects.filter(name__in=wanted).values_list("name", flat=True))
    return drawn != wanted and not EventType.objects.exists()


def _write_demo(code: str, demo: DemoCamera, organisation: Organisation, known: set[str]) -> int:
    street = next(street for street in organisation.streets if street.name == SHOW_STREET)
    grids = Area.objects.filter(level=AreaLevel.GRID, parent__name=SHOW_COMMUNITY, parent__parent=street).order_by(
        "code"
    )
    grid = grids[demo.grid]
    if code in known:
        camera = Camera.objects.get(code=code)
    else:
        camera = create_camera(
            code=code,
            name=demo.name,
            source=f"{settings.RTSP_BASE.rstrip('/')}{demo.mount}",
            lng=grid.label_point.x,
            lat=grid.label_point.y,
            actor=SYSTEM,
        )
    drawn = set(Zone.objects.filter(camera=camera).values_list("name", flat=True))
    for zone in demo.zones:
        type_code = read_algorithms()[zone.algorithm].default_type
        if zone.name not in drawn and EventType.objects.current().filter(code=type_code).exists():
            create_zone(
                camera_id=camera.pk,
                name=zone.name,
                polygon=[list(corner) for corner in zone.polygon],
                algorithm=zone.algorithm,
                parameters=zone.parameters,
                actor=SYSTEM,
            )
    return int(code not in known)
