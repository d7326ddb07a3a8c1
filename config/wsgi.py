"""WSGI door of the `web` process."""

import os

from django.core.wsgi import get_wsgi_application

from core import health

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

application = get_wsgi_application()
health.start_heartbeat("web")
