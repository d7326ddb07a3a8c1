"""Where previews stand in Redis: who asked for which camera until when, and what each camera saw last."""

from datetime import timedelta

from core.redis import key

ASKED_FOR = timedelta(seconds=8)
"""A request lapses when its page stops asking."""
KEPT = timedelta(seconds=5)
"""What was seen longer ago is no preview of now."""


def requests_key() -> str:
    """A sorted set: camera id by the second until which it is asked for."""
    return key("video", "preview", "asked")


def preview_key(camera_id: int) -> str:
    return key("video", "preview", "seen", camera_id)
