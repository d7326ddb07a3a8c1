"""The `viewing` process: live pictures of the cameras somebody watches, below /watch/."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.conf import settings  # noqa: E402  the apps must be loaded first

from core import health  # noqa: E402
from video.running.watch_app import WatchApp  # noqa: E402

application = WatchApp(
    capacity=settings.VIEWING_CAPACITY, secret=settings.SECRET_KEY, cookie=settings.SESSION_COOKIE_NAME
)

health.start_heartbeat("viewing", application.viewing.details)
