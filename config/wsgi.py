"""WSGI door of the `web` process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from core import health

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

application = get_wsgi_application()
health.start_heartbeat("web")

# What is loaded by now stays for the life of the process: the collector need not walk it again and again, which took a
# quarter of the time of a request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
