"""`manage.py train_suggestions`: learn to tell the type of an event from a reporter's words, and measure how well."""

from dataclasses import asdict
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import now
from events.queries.suggestions import FOLDER_NAME, folder
from events.queries.training_texts import examples
from events.suggesting.model import store
from events.suggesting.training import measure, train

PRECISION_ASKED = 0.9


class Command(BaseCommand):
    help = f"Trains the suggestion of event types and stores it with its manifest under MODEL_DIR/{FOLDER_NAME}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--precision",
            type=float,
            default=PRECISION_ASKED,
            help="how often a suggestion must be right before a form chooses it by itself (0.5 to 1)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["precision"]
        if not 0.5 <= asked <= 1:
            raise CommandError("--precision lies between 0.5 and 1")
        began = monotonic()
        texts = examples()
        codes = {text.code for text in texts}
        if len(codes) < 2:
            raise CommandError("There are fewer than two event types: load the catalogue first (load_catalogue).")
        measured = measure(texts, precision_asked=asked)
        trained = train(texts)
        manifest = store(
            folder(),
            trained.arrays(),
            {
                "name": "event type from a reporter's words",
                "form": "character runs of 1 to 3, tf-idf, a logistic regression for each type",
                "trained_at": now().isoformat(),
                "seconds": round(monotonic() - began, 1),
                "types": len(codes),
                "examples": len(texts),
                "precision_asked": asked,
                **asdict(measured),
            },
        )
        self.stdout.write(
            f"{manifest['file']}: {len(codes)} types from {len(texts)} texts, {measured.events} of them events; "
            f"best right {measured.precision:.1%}, among three {measured.in_three:.1%}"
        )
        if measured.threshold is None:
            self.stdout.write(f"No confidence reaches {asked:.0%}: nothing is preselected.")
        else:
            self.stdout.write(
                f"From confidence {measured.threshold} on {measured.precision_at:.1%} are right "
                f"({measured.coverage_at:.0%} of events): the forms preselect those."
            )
