"""What walls and their remote controls are told, and who."""

from typing import Any, ClassVar

from core.live.publish import Audience, LiveUpdate, area_audience, publish, user_audience
from wall.models import Footing, Scene, WallDevice
from wall.shapes import FootingShape, SceneShape, WallRow


class WallChanged(LiveUpdate):
    """A wall was sent elsewhere, given another scene or setting, paired or revoked; `change` is what was done."""

    type: ClassVar[str] = "wall.changed"
    subject_kind: ClassVar[str] = "wall"

    change: str
    row: WallRow

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"row": payload["row"] | {"paired_by": ""}}


class SceneChanged(LiveUpdate):
    """A scene has another version."""

    type: ClassVar[str] = "scene.changed"
    subject_kind: ClassVar[str] = "scene"

    row: SceneShape

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"row": payload["row"] | {"set_by": ""}}


class FootingChanged(LiveUpdate):
    """An area asked for, entered or left the emergency footing, or ticked a step of its plan."""

    type: ClassVar[str] = "footing.changed"
    subject_kind: ClassVar[str] = "footing"

    change: str
    row: FootingShape

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any]:
        steps = [step | {"done_by": ""} for step in payload["row"]["checklist"]]
        return payload | {"row": payload["row"] | {"asked_by": "", "checklist": steps}}


def publish_wall(device: WallDevice, change: str, row: WallRow) -> None:
    audience = area_audience(device.area_path) | user_audience(device.user_id)
    publish(WallChanged(id=device.pk, version=device.version, change=change, row=row), after=audience)


def publish_scene(scene: Scene, row: SceneShape) -> None:
    """Every wall is told: any of them may show it, or call it by its digit."""
    walls = WallDevice.objects.filter(state=WallDevice.State.ACTIVE).values_list("user_id", flat=True)
    publish(SceneChanged(id=scene.pk, version=scene.version, row=row), after=user_audience(*walls))


def footing_audience(footing: Footing) -> Audience:
    """The area, and every wall inside it."""
    inside = WallDevice.objects.filter(state=WallDevice.State.ACTIVE, area_path__startswith=f"{footing.area_path}.")
    return area_audience(footing.area_path) | user_audience(*inside.values_list("user_id", flat=True))


def publish_footing(footing: Footing, change: str, row: FootingShape) -> None:
    publish(
        FootingChanged(id=footing.pk, version=footing.version, change=change, row=row), after=footing_audience(footing)
    )
