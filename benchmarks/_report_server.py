"""The web process as it runs, with the baseline's address beside its own."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "benchmarks._report_urls"

__all__ = ["application"]
