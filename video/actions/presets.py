"""A person's own arrangements of the video page. They decide nothing about the city, so they have no history."""

from collections.abc import Sequence
from typing import cast

from django.db import IntegrityError, transaction

from accounts.models import User
from core.actor import Actor
from core.errors import NotFound
from video.errors import PresetNameTaken, TooManyPresets, invalid
from video.models import VideoPreset
from video.rules.viewing import MOST_PRESETS, TILES


@transaction.atomic
def save_preset(*, actor: Actor, name: str, layout: str, cameras: Sequence[int | None]) -> VideoPreset:
    """A new arrangement under a new name: PresetNameTaken, TooManyPresets, Invalid."""
    owner = User.objects.select_for_update().get(pk=cast(int, actor.user_id))  # one at a time, so that the limit holds
    if VideoPreset.objects.filter(owner=owner).count() >= MOST_PRESETS:
        raise TooManyPresets(most=MOST_PRESETS)
    return _written(VideoPreset(owner=owner, name=name, layout=layout, cameras=list(cameras)))


@transaction.atomic
def change_preset(
    *,
    preset_id: int,
    actor: Actor,
    name: str | None = None,
    layout: str | None = None,
    cameras: Sequence[int | None] | None = None,
) -> VideoPreset:
    """Another name, layout, or other cameras."""
    preset = _own(preset_id, actor)
    preset.name = name if name is not None else preset.name
    preset.layout = layout if layout is not None else preset.layout
    preset.cameras = list(cameras) if cameras is not None else preset.cameras
    return _written(preset)


@transaction.atomic
def drop_preset(*, preset_id: int, actor: Actor) -> None:
    _own(preset_id, actor).delete()


def _own(preset_id: int, actor: Actor) -> VideoPreset:
    preset = VideoPreset.objects.select_for_update().of(actor).filter(pk=preset_id).first()
    if preset is None:
        raise NotFound()
    return preset


def _written(preset: VideoPreset) -> VideoPreset:
    if len(preset.cameras) > TILES[preset.layout]:
        raise invalid("cameras", "too_many", "画面数超过布局的格数。", "There are more cameras than tiles.")
    try:
        with transaction.atomic():
            preset.save()
    except IntegrityError as error:
        raise PresetNameTaken(name=preset.name) from error
    return preset
