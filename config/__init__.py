"""The Django project. Loading it makes the Celery application current, so that `task.delay()` finds the broker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
