"""`manage.py verify_deadlines`: proves that stored times are what the ledger says; exit status 1 where one is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.deadlines.verify import BATCH, differences
from core.models import Deadline

SHOWN = 50


class Command(BaseCommand):
    help = "Compute due times, warnings and overruns of all clocks again from their ledgers, and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="clocks that are read at once")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = 0
        for problem in differences(batch=max(1, options["batch"])):
            problems += 1
            if problems <= SHOWN:
                self.stderr.write(problem)
        if problems:
            self.stderr.write(f"{problems} differences; the ledger is the truth, look for what wrote beside it")
            raise SystemExit(1)
        self.stdout.write(f"deadlines are what their ledgers say: {Deadline.objects.count()} clocks")
