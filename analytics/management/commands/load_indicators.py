"""manage.py load_indicators: the indicators of the assessment, an administrator's own kept."""

from typing import Any

from django.core.management.base import BaseCommand

from analytics.actions.indicators import load_indicators


class Command(BaseCommand):
    help = "Load the shipped indicators; those that an administrator has changed are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_indicators()} indicators written")
