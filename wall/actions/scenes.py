"""Writing scenes: each change is a version by who looked at the one before; walls have it at once."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from pydantic import BaseModel, ConfigDict, ValidationError

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.rules.site_settings import fault
from accounts.site_policies import setter_role
from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from wall.errors import SceneInUse, ScenesInvalid
from wall.live import publish_scene
from wall.models import Scene
from wall.queries.scenes import FIRST, SCENE_KIND, plain_scene, scene_shape
from wall.rules.layout import Fault, layout_faults

SHIPPED = Path(__file__).parent.parent / "reference_data" / "scenes.yaml"


class Entry(BaseModel):
    """One scene of the file."""

    model_config = ConfigDict(extra="forbid")

    code: str
    name: str
    name_en: str
    key: int | None = None
    watermark: bool = False
    layout: dict[str, list[dict[str, Any]]]


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    scenes: list[Entry]


def shown_faults(faults: list[Fault]) -> list[dict[str, str]]:
    return [fault(one.field, one.code, one.zh, one.en) for one in faults]


@transaction.atomic
def set_scene(*, code: str, actor: Actor, version: int, values: Mapping[str, Any]) -> Scene:
    """Change a scene, or with version 0 write another one; Invalid, with the faults at their panels, where a wall could
    not show it.
    """
    lock_settings()
    row = Scene.objects.select_for_update().filter(code=code).first()
    role = setter_role(actor)
    if row is None and version:
        raise NotFound()
    require_seen(version, row)
    refuse(shown_faults(layout_faults(values["layout"])) + _key_faults(code, values.get("key")))
    before = plain_scene(row) if row else None
    row = row or Scene(code=code)
    for name, value in values.items():
        setattr(row, name, value)
    keep(row, kind=SCENE_KIND, name=row.name, actor=actor, role=role, before=before, after=plain_scene(row))
    publish_scene(row, scene_shape(row))
    return row


def _key_faults(code: str, key: int | None) -> list[dict[str, str]]:
    other = Scene.objects.filter(key=key).exclude(code=code).first() if key is not None else None
    if other is None:
        return []
    zh = f"数字键 {key} 已用于“{other.name}”，请换一个。"
    return [fault("key", "taken", zh, f"Key {key} calls “{other.name_en}”; choose another.")]


@transaction.atomic
def remove_scene(*, code: str, actor: Actor, version: int) -> None:
    """Take a scene away; walls that show it go back to the first one."""
    lock_settings()
    row = Scene.objects.select_for_update().filter(code=code).first()
    role = setter_role(actor)
    if row is None:
        raise NotFound()
    require_seen(version, row)
    if code == FIRST:
        raise SceneInUse(name=row.name)
    change = Change(move="removed", from_state=f"v{row.version}", to_state="", role=role)
    append(
        subject_kind=SCENE_KIND, subject_id=row.pk, actor=actor, change=change, facts={"code": code, **plain_scene(row)}
    )
    shape, row.version = scene_shape(row), row.version + 1
    publish_scene(row, shape.model_copy(update={"version": row.version}))
    row.delete()


@transaction.atomic
def load_scenes(path: Path = SHIPPED) -> int:
    """Write the shipped scenes; the number written. One that an administrator has changed is kept."""
    try:
        entries = File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).scenes
    except (ValidationError, yaml.YAMLError) as error:
        raise ScenesInvalid(file=path.name, problem=str(error)) from error
    written = 0
    lock_settings()
    for entry in entries:
        if faults := layout_faults(entry.layout):
            raise ScenesInvalid(file=path.name, problem=f"{entry.code}: {faults[0].en}")
        values = entry.model_dump(exclude={"code"})
        digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
        row = Scene.objects.filter(code=entry.code).first()
        if row is not None and (row.set_by_id is not None or row.shipped_digest == digest):
            continue
        before = plain_scene(row) if row else None
        row = row or Scene(code=entry.code)
        for name, value in values.items():
            setattr(row, name, value)
        row.shipped_digest = digest
        keep(row, kind=SCENE_KIND, name=row.name, actor=SYSTEM, role=SYSTEM_ROLE, before=before, after=plain_scene(row))
        written += 1
    return written
