"""Groups of cameras: made, renamed and taken away by those who set up cameras."""

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from video.errors import invalid
from video.models import CameraGroup
from video.policies import require_any_camera_admin

SUBJECT_KIND = "camera_group"


@transaction.atomic
def create_group(*, name: str, actor: Actor, note: str = "") -> CameraGroup:
    """A new group; raises Invalid for a name that is taken."""
    role = require_any_camera_admin(actor)
    group = CameraGroup(name=name.strip(), note=note.strip())
    _save(group)
    _note(group, "create", role, actor, first=True)
    return group


@transaction.atomic
def edit_group(*, group_id: int, actor: Actor, name: str | None = None, note: str | None = None) -> CameraGroup:
    """Renames it or says more of it."""
    role = require_any_camera_admin(actor)
    group = _lock(group_id)
    group.name = group.name if name is None else name.strip()
    group.note = group.note if note is None else note.strip()
    _save(group)
    _note(group, "edit", role, actor)
    return group


@transaction.atomic
def remove_group(*, group_id: int, actor: Actor) -> None:
    """Takes the group away; its cameras stay, in no group."""
    role = require_any_camera_admin(actor)
    group = _lock(group_id)
    _note(group, "remove", role, actor)
    group.delete()


def group_named(name: str, actor: Actor) -> int | None:
    """The group of this name, made where there is none; None for no name."""
    if not name:
        return None
    found = CameraGroup.objects.filter(name=name).values_list("pk", flat=True).first()
    return found or create_group(name=name[:40], actor=actor).pk


def _lock(group_id: int) -> CameraGroup:
    group = CameraGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise NotFound()
    return group


def _save(group: CameraGroup) -> None:
    if not group.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise invalid("name", "taken", "已有同名分组。", "There is a group of this name.") from None


def _note(group: CameraGroup, move: str, role: str, actor: Actor, *, first: bool = False) -> None:
    change = Change(move=move, from_state="" if first else "current", to_state="current", role=role)
    facts = {"name": group.name}
    append(subject_kind=SUBJECT_KIND, subject_id=group.pk, actor=actor, change=change, facts=facts, first=first)
