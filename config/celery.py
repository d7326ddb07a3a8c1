"""Celery: the queues `default` and `video`, and the timetable of periodic tasks.

Every task is a door that may be opened twice, so a message is acknowledged only when its work is done: a killed worker
loses nothing. Each app keeps its own timetable as TIMETABLE in its tasks.py.
"""

import os
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import beat_init, import_modules, setup_logging, worker_ready
from django.apps import apps
from django.conf import settings
from kombu import Queue  # type: ignore[attr-defined]

from core import health

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

VISIBILITY_SECONDS = 3600
"""A message that no worker acknowledges for so long goes to another one."""

app = Celery("yiwang")


def configuration() -> dict[str, Any]:
    return {
        "broker_url": settings.REDIS_URL,
        "broker_transport_options": {
            "global_keyprefix": f"{settings.REDIS_PREFIX}:celery:",
            "visibility_timeout": VISIBILITY_SECONDS,
            "socket_keepalive": True,
            "health_check_interval": 25,
        },
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": 2,
        "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0.1, "interval_max": 0.5},
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "task_default_queue": "default",
        "task_queues": [Queue(name) for name in ("default", "video")],  # type: ignore[no-untyped-call]
        "task_routes": {"video.*": {"queue": "video"}},
        "timezone": settings.TIME_ZONE,
        "beat_max_loop_interval": 1,
        "beat_schedule": {},
    }


app.add_defaults(configuration)
app.autodiscover_tasks()


@import_modules.connect  # type: ignore[untyped-decorator]
def gather_timetables(**_: Any) -> None:
    """Put every app's TIMETABLE into the schedule. A run that nobody took before the next is due is dropped."""
    for config in apps.get_app_configs():
        name = f"{config.name}.tasks"
        if "." in config.name or find_spec(name) is None:
            continue
        for task, every in getattr(import_module(name), "TIMETABLE", {}).items():
            seconds = every.total_seconds() if isinstance(every, timedelta) else None
            options = {"expires": max(5.0, seconds)} if seconds else {}
            app.conf.beat_schedule[task] = {"task": task, "schedule": every, "options": options}


@setup_logging.connect  # type: ignore[untyped-decorator]
def keep_the_logging_of_the_settings(**_: Any) -> None:
    """Celery would put its own format in place of ours."""
    dictConfig(settings.LOGGING)


@worker_ready.connect  # type: ignore[untyped-decorator]
def report_worker(**_: Any) -> None:
    health.start_heartbeat()


@beat_init.connect  # type: ignore[untyped-decorator]
def report_beat(**_: Any) -> None:
    health.start_heartbeat("beat", lambda: {"entries": len(app.conf.beat_schedule)})
