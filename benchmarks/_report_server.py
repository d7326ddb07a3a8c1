"""The web process with the baseline's address beside its own."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()
settings.ROOT_URLCONF = "benchmarks._report_urls"
application = get_wsgi_application()
