"""Doors for Celery. The message is only a nudge: the lease rows are the truth."""

import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutdown

from video.actions.detections import erase_old_detections
from video.actions.leases import CLAIM_EVERY, let_expired_go
from video.actions.model_shadows import erase_old_model_shadows
from video.actions.replays import RUN_TASK, erase_old_replays, take_up_replays
from video.actions.run_replay import run_replay
from video.actions.spreading import forget_dead_workers
from video.actions.trials import erase_old_findings
from video.actions.turning import stop_overdue
from video.actions.unwatched import tell_unwatched
from video.actions.viewings import forget_old_viewings

QUEUE = "video"
RUNNER = "video.running.runner"
EXPIRED_LEASES = "cameras.let_expired_leases_go"
"""Not named `video.…`: it runs on the default queue, because it tells that no worker of the video queue is there."""
FORGET_VIEWINGS = "cameras.forget_old_viewings"
FORGET_DETECTIONS = "cameras.forget_old_detections"
TAKE_UP_REPLAYS = "cameras.take_up_replays"
STOP_HEADS = "cameras.stop_heads"
TIMETABLE = {"video.claim_cameras": CLAIM_EVERY, EXPIRED_LEASES: CLAIM_EVERY, FORGET_VIEWINGS: timedelta(hours=6)}
TIMETABLE |= {STOP_HEADS: timedelta(seconds=5)}
TIMETABLE |= {FORGET_DETECTIONS: timedelta(minutes=30), TAKE_UP_REPLAYS: timedelta(seconds=30)}


@shared_task(name="video.claim_cameras", ignore_result=True)  # type: ignore[untyped-decorator]
def claim_cameras() -> None:
    """Watch whatever nobody watches, as far as this worker has room."""
    _runner().runner_of_process().claim()


@shared_task(name=EXPIRED_LEASES, ignore_result=True)  # type: ignore[untyped-decorator]
def let_expired_leases_go() -> None:
    """And says of which cameras that lasts."""
    let_expired_go()
    forget_dead_workers()
    tell_unwatched()


@shared_task(name=STOP_HEADS, ignore_result=True)  # type: ignore[untyped-decorator]
def stop_heads() -> int:
    """Heads that whoever turned them did not stop, or whose device did not answer. A task of its own: a device that
    hangs takes seconds, for which nothing else is to wait."""
    return stop_overdue()


@shared_task(name=FORGET_VIEWINGS, ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old_viewings_task() -> None:
    forget_old_viewings()


@shared_task(name=FORGET_DETECTIONS, ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old_detections_task() -> int:
    """What cameras saw, what zones and models on trial found, and replays, each past its time."""
    return erase_old_detections() + erase_old_findings() + erase_old_replays() + erase_old_model_shadows()


@shared_task(name=RUN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def run_replay_task(replay_id: int) -> bool:
    """A zone as it might be is run over what its camera saw."""
    return run_replay(replay_id)


@shared_task(name=TAKE_UP_REPLAYS, ignore_result=True)  # type: ignore[untyped-decorator]
def take_up_replays_task() -> int:
    """Replays whose worker was killed, or whose message was lost."""
    return take_up_replays()


@shared_task(name="models.try_model", ignore_result=True)  # type: ignore[untyped-decorator]
def try_model(model_id: int, version: int) -> None:
    """A model that somebody sent is tried, in a process of its own. Not named `video.…`: any worker does it."""
    import_module("video.actions.model_trials").try_model(model_id, version)


@worker_ready.connect  # type: ignore[untyped-decorator]
def begin_at_once(sender: Any, **_: Any) -> None:
    """A worker of the video queue does not wait for the first nudge."""
    if QUEUE in sender.app.amqp.queues.consume_from:
        _runner().runner_of_process().claim()


@worker_shutdown.connect  # type: ignore[untyped-decorator]
def give_cameras_back(**_: Any) -> None:
    if RUNNER in sys.modules:
        _runner().stop_runner_of_process()


def _runner() -> Any:
    """Loaded when first needed: other workers and the timetable know these tasks but need no inference engine."""
    return import_module(RUNNER)
