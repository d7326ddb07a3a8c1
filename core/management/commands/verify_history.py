"""`manage.py verify_history`: proves that the history is as it was written; exit status 1 where it is not."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from core.history.seal import seal_finished_rows
from core.history.verify import broken_anchors, broken_chains
from core.models import HistoryAnchor, HistoryRow

SHOWN = 50


class Command(BaseCommand):
    help = "Check every history chain and every anchor."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(chain(broken_chains(), broken_anchors()))
        for problem in problems[:SHOWN]:
            self.stderr.write(problem)
        if problems:
            self.stderr.write(f"{len(problems)} problems; compare with a backup before anything is written here")
            raise SystemExit(1)
        seal_finished_rows()
        rows, anchors = HistoryRow.objects.count(), HistoryAnchor.objects.count()
        self.stdout.write(f"history is whole: {rows} rows, {anchors} anchors")
