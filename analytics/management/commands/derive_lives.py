"""manage.py derive_lives: what the assessment counts, derived anew from the whole history."""

from typing import Any

from django.core.management.base import BaseCommand

from analytics.actions.lives import derive_all


class Command(BaseCommand):
    help = "Derive anew from history everything that the assessment counts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{derive_all()} events derived from history")
