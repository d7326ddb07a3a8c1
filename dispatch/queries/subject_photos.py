"""Photos taken before a task, which belong to its subject's owner above and are asked for through here."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from dispatch.models import FieldTask

PhotosOf = Callable[[Collection[int]], dict[int, list[dict[str, Any]]]]
"""subject ids → {subject id: attachments as the API shows them}, in one statement or two."""

_sources: dict[str, PhotosOf] = {}


def register_before_photos(subject_kind: str, photos_of: PhotosOf) -> None:
    """Let `photos_of` answer for the subjects of this kind; called once at start-up by their owner."""
    _sources[subject_kind] = photos_of


def before_photos(tasks: Iterable[FieldTask]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """(subject kind, subject id) → its photos, with one call per kind of subject."""
    wanted: dict[str, set[int]] = {}
    for task in tasks:
        wanted.setdefault(task.subject_kind, set()).add(task.subject_id)
    return {
        (kind, subject_id): photos
        for kind, ids in wanted.items()
        if kind in _sources
        for subject_id, photos in _sources[kind](ids).items()
    }
