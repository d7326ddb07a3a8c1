"""What video hears from below."""

from typing import Any

from events.signals import type_retiring
from events.suspicions import only_suspect
from video.models import Zone
from video.rules.algorithms import read_algorithms

MOST_NAMED = 5


def connect() -> None:
    """Called once, when the apps are ready."""
    only_suspect("video", (code for code, algorithm in read_algorithms().items() if algorithm.suspected))
    type_retiring.connect(_zones_that_name, dispatch_uid="video-type-retiring")


def _zones_that_name(*, code: str, **_: Any) -> list[str]:
    """A zone whose alerts name the type holds on to it: without the type its findings would reach nobody."""
    zones = Zone.objects.filter(type_code=code).select_related("camera").order_by("id")
    named = [f"监测区域 {zone.camera.name}·{zone.name}" for zone in zones[: MOST_NAMED + 1]]
    return [*named[:MOST_NAMED], "…"] if len(named) > MOST_NAMED else named
