"""manage.py index_events: write anew what events are found by, for a database from before there was a search."""

from typing import Any

from django.core.management.base import BaseCommand

from events.actions.texts import index_events
from events.models import Event


class Command(BaseCommand):
    help = "Write the words that events are found by; only of those that have none, or of all."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="also those that have their words already")

    def handle(self, *args: Any, **options: Any) -> None:
        events = Event.objects.all() if options["all"] else Event.objects.filter(text=None)
        written = index_events(events.order_by("pk").values_list("pk", flat=True).iterator())
        self.stdout.write(f"{written} events are found by their words")
