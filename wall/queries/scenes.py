"""Scenes as walls and their editor read them."""

from typing import Any

from accounts.queries.site_settings import who_set
from core.errors import NotFound
from core.models import HistoryRow
from wall.models import Scene
from wall.rules.layout import COLUMNS, PANELS, ROWS, SEAMS
from wall.shapes import SceneBook, SceneKey, ScenePanel, SceneShape, SceneVersion, SceneVersions

SCENE_KIND = "wall_scene"
FIRST = "daily"
"""What a wall shows until somebody chooses another."""
FIELDS = ("name", "name_en", "key", "watermark", "layout")
VERSIONS_SHOWN = 50


def plain_scene(scene: Scene) -> dict[str, Any]:
    """As the history keeps it."""
    return {name: getattr(scene, name) for name in FIELDS}


def scene_shape(scene: Scene) -> SceneShape:
    return SceneShape.model_validate({"code": scene.code, **plain_scene(scene), **who_set(scene)})


def scene_book(*, may_edit: bool) -> SceneBook:
    """Every scene and what scenes are made of: one statement."""
    return SceneBook(
        items=[scene_shape(scene) for scene in Scene.objects.select_related("set_by")],
        panels=[ScenePanel(**vars(panel)) for panel in PANELS.values()],
        columns=COLUMNS,
        rows=ROWS,
        seams=list(SEAMS),
        first=FIRST,
        may_edit=may_edit,
    )


def scene_keys(scenes: list[Scene]) -> list[SceneKey]:
    return [SceneKey(code=one.code, name=one.name, name_en=one.name_en, key=one.key) for one in scenes]


def find_scene(code: str) -> Scene:
    scene = Scene.objects.filter(code=code).first()
    if scene is None:
        raise NotFound()
    return scene


def scene_versions(code: str) -> SceneVersions:
    """What the scene held in each of its versions, newest first."""
    scene = find_scene(code)
    rows = HistoryRow.objects.filter(subject_kind=SCENE_KIND, subject_id=scene.pk).order_by("-seq")[:VERSIONS_SHOWN]
    return SceneVersions(
        items=[
            SceneVersion.model_validate(
                {
                    "version": row.facts["version"],
                    "at": row.at,
                    "by": (row.personal or {}).get("actor_name", ""),
                    **{name: row.facts["after"][name] for name in FIELDS},
                }
            )
            for row in rows
            if row.move == "set"
        ]
    )
