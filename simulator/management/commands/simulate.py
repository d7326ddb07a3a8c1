"""`manage.py simulate`: the scenarios from end to end, or a whole district at work."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from simulator.life.problems import PlayFailed
from simulator.management.commands.generate_district import DEFAULT_SEED
from simulator.scenarios.play import Played, Told, play_all
from simulator.scenarios.report import as_json, step_line, table

NO_STORES = PlayFailed("The database does not answer.", "Start the platform with `make run`, then try again.")
NO_TABLES = PlayFailed("The database has no tables of this version.", "Run `make run`, or `python manage.py migrate`.")


def numbers(word: str) -> list[int] | None:
    """`all`, or numbers separated by commas."""
    if word == "all":
        return None
    try:
        return [int(part) for part in word.split(",")]
    except ValueError as error:
        raise ArgumentTypeError("a number, several separated by commas, or `all`") from error


class Command(BaseCommand):
    help = "Plays scenarios through the real actions as the sample users; exit 0 only when all of them close."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scenario", type=numbers, required=True, help="number, 1,2,3, or all", metavar="N")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, progress on stderr")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="the same seed waits the same times")

    def handle(self, *args: Any, scenario: list[int] | None, json: bool, seed: int, **options: Any) -> None:
        self.quiet = json
        try:
            results = play_all(scenario, seed=seed, say=self._step, after=self._after)
        except PlayFailed as problem:
            self._end(problem)
        except OperationalError:
            self._end(NO_STORES)
        except ProgrammingError:
            self._end(NO_TABLES)
        except KeyboardInterrupt:
            self._end(PlayFailed("Interrupted.", "The play at hand was not kept; run it again."))
        self.stdout.write(as_json(results) if json else "\n" + table(results))
        failed = [played for played in results if not played.ok]
        if not json:
            self.stdout.write(f"\n{len(results) - len(failed)} of {len(results)} scenarios closed")
        if failed:
            sys.exit(1)

    def _step(self, played: Played, told: Told) -> None:
        if len(played.steps) == 1:
            self._say(f"\n{played.number} {played.name}")
        self._say(step_line(played, told))

    def _after(self, played: Played) -> None:
        if played.failure is not None:
            self._say(f"  FAILED: {played.failure.what}\n  To do:  {played.failure.remedy}")

    def _say(self, text: str) -> None:
        stream = self.stderr if self.quiet else self.stdout
        stream.write(text)
        stream.flush()

    def _end(self, problem: PlayFailed) -> None:
        self.stderr.write(f"FAILED: {problem.what}\nTo do:  {problem.remedy}")
        sys.exit(1)
