"""`manage.py sample_past`: gives the sample district a past week and a rule that is automatic."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core.clock import now
from events.models import Event
from simulator.management.commands.generate_district import DEFAULT_SEED
from simulator.sample.automation import write_automation_of_sample
from simulator.sample.past import DAYS, PER_DAY, Past


class Command(BaseCommand):
    help = "Plays a week of past cases through the real actions, so that figures are there from the first minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument("--days", type=int, default=DAYS)
        parser.add_argument("--per-day", type=int, default=PER_DAY)

    @transaction.atomic
    def handle(self, *args: Any, seed: int, days: int, per_day: int, **options: Any) -> None:
        if Event.objects.exists():
            self.stdout.write("There are events already; nothing was added.")
            return
        until = now()
        count = Past(seed=seed, until=until).play(days=days, per_day=per_day)
        self.stdout.write(f"{count} past cases")
        automatic = write_automation_of_sample(seed=seed, until=until)
        if automatic:
            told = f"{automatic['findings']} findings of a fire lane, at least {automatic['lower']:.1%} of them right"
            self.stdout.write(f"{told}: now confirmed by the platform")
