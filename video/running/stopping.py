"""Stops a camera's head in time, in the process that was asked to turn it. If that process dies, the timetable does."""

import logging
import threading

from django.db import connections

from video.actions.turning import stop_overdue
from video.rules.viewing import MOVES_FOR

log = logging.getLogger(__name__)
_LATER = 0.05


def stop_later(camera_id: int) -> None:
    """When the step is over the camera is stopped, unless a further one was asked for meanwhile, here or elsewhere."""
    timer = threading.Timer(MOVES_FOR.total_seconds() + _LATER, _stop, [camera_id])
    timer.daemon = True
    timer.start()


def _stop(camera_id: int) -> None:
    try:
        stop_overdue(camera_id)
    except Exception:  # the timetable tries again
        log.exception("camera %s could not be stopped", camera_id)
    finally:
        connections.close_all()
