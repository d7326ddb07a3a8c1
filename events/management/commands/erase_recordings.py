"""manage.py erase_recordings: what is past the days of its kind; `--dry-run` only says what would go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from events.actions.retention import erase_past_their_time, load_retention
from events.queries.retention import due_now


class Command(BaseCommand):
    help = "Erases recordings past the days of their kind, as workers do every ten minutes; --dry-run erases nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        load_retention()
        if not dry_run:
            self.stdout.write(f"{erase_past_their_time(seconds=float('inf'))} recordings erased")
            return
        for due in due_now():
            size = "" if due.bytes is None else f", {due.bytes / 1e6:.1f} MB"
            rule = due.rule
            self.stdout.write(f"{rule.code:18} {rule.days:6} days {rule.counted_en:24} {due.count:8} would go{size}")
