"""Which previews people look at now, for all cameras of a process: asked of Redis once a second by one thread."""

import logging
import threading

from core.redis import Unreachable
from video.queries.previews import asked_previews

log = logging.getLogger(__name__)

_EVERY_SECONDS = 1.0
_EVERY_SECONDS_WITHOUT_REDIS = 5.0


class PreviewRequests:
    """`wants` answers at once, from any thread. Without Redis nobody looks."""

    def __init__(self) -> None:
        self._asked: frozenset[int] = frozenset()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="video-previews", daemon=True)
        self._thread.start()

    def wants(self, camera_id: int) -> bool:
        return camera_id in self._asked

    def close(self) -> None:
        self._ended.set()

    def _follow(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            try:
                self._asked, pause = asked_previews(), _EVERY_SECONDS
            except Unreachable:
                self._asked, pause = frozenset(), _EVERY_SECONDS_WITHOUT_REDIS
            except Exception:  # a preview is a convenience: whatever fails must not end the watching of cameras
                log.exception("previews cannot be followed")
                self._asked, pause = frozenset(), _EVERY_SECONDS_WITHOUT_REDIS
