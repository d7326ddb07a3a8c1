"""`manage.py simulate`: the scenarios from end to end, or a whole district at work."""

import json as json_text
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from core.clock import CITY_ZONE, local, now
from simulator.city.run import Bounds, City, Tally
from simulator.life.problems import PlayFailed
from simulator.management.commands.generate_district import DEFAULT_SEED
from simulator.scenarios.play import Played, Told, play_all
from simulator.scenarios.report import as_json, step_line, table

NO_STORES = PlayFailed("The database does not answer.", "Start the platform with `make run`, then try again.")
NO_TABLES = PlayFailed("The database has no tables of this version.", "Run `make run`, or `python manage.py migrate`.")


def numbers(word: str) -> list[int]:
    """Numbers separated by commas; none of them for `all`."""
    if word == "all":
        return []
    try:
        return [int(part) for part in word.split(",")]
    except ValueError as error:
        raise ArgumentTypeError("a number, several separated by commas, or `all`") from error


def positive(word: str) -> float:
    number = float(word)
    if not 0 < number < float("inf"):
        raise ArgumentTypeError("a number above zero")
    return number


class Command(BaseCommand):
    help = (
        "Plays scenarios through the real actions as the sample users (exit 0 only when all of them close), "
        "or keeps the whole district busy."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--scenario", type=numbers, help="number, 1,2,3, or all", metavar="N")
        what.add_argument("--city", action="store_true", help="a district at work, until --minutes are over or Ctrl-C")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, progress on stderr")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="the same seed makes the same choices")
        parser.add_argument("--speed", type=positive, default=60.0, help="so many times faster than a clock")
        parser.add_argument("--minutes", type=positive, default=10.0, help="of ours, not of the city's")
        parser.add_argument("--events", type=int, help="so many at most")
        parser.add_argument(
            "--from", type=datetime.fromisoformat, dest="start", help="the city's time, as 2026-07-01T07:00; else now"
        )

    def handle(self, *args: Any, city: bool, **options: Any) -> None:
        self.quiet = bool(options["json"])
        try:
            good = self._city(**options) if city else self._scenarios(**options)
        except PlayFailed as problem:
            self._end(problem)
        except OperationalError:
            self._end(NO_STORES)
        except ProgrammingError:
            self._end(NO_TABLES)
        except KeyboardInterrupt:
            self._end(PlayFailed("Interrupted.", "The step at hand was not kept; run it again."))
        if not good:
            sys.exit(1)

    def _scenarios(self, *, scenario: list[int], seed: int, **_: Any) -> bool:
        results = play_all(scenario or None, seed=seed, say=self._step, after=self._after)
        failed = [played for played in results if not played.ok]
        self.stdout.write(as_json(results) if self.quiet else "\n" + table(results))
        if not self.quiet:
            self.stdout.write(f"\n{len(results) - len(failed)} of {len(results)} scenarios closed")
        return not failed

    def _city(
        self, *, seed: int, speed: float, minutes: float, events: int | None, start: datetime | None, **_: Any
    ) -> bool:
        begins = start.replace(tzinfo=CITY_ZONE) if start else local(now())
        bounds = Bounds(minutes=minutes, events=events)
        city = City(seed=seed, speed=speed, start=begins, bounds=bounds, tell=self._tell)
        self._say(f"{len(city.places.by_kind['street'])} places; {speed:g} times faster than a clock; Ctrl-C ends it")
        try:
            city.run()
        except KeyboardInterrupt:
            self._say("\ninterrupted; what is open stays open")
        self._tell(city.tally)
        if self.quiet:
            self.stdout.write(json_text.dumps(city.tally.plain(), ensure_ascii=False, indent=1))
        return True

    def _tell(self, tally: Tally) -> None:
        refused = "".join(f", {code} ×{count}" for code, count in tally.refused.most_common(3))
        late = f", {tally.lag.total_seconds() / 60:.0f} min behind" if tally.lag.total_seconds() > 600 else ""
        self._say(
            f"{tally.simulated:%a %H:%M}  {tally.begun} begun, {tally.open} open, {tally.ended} ended, "
            f"{tally.moves.total()} moves ({tally.rate:.1f}/s){late}{refused}"
        )

    def _step(self, played: Played, told: Told) -> None:
        if len(played.steps) == 1:
            self._say(f"\n{played.number} {played.name}")
        self._say(step_line(played, told))

    def _after(self, played: Played) -> None:
        if played.failure is not None:
            self._say(f"  {played.number} FAILED: {played.failure.what}\n  To do:  {played.failure.remedy}")

    def _say(self, text: str) -> None:
        stream = self.stderr if self.quiet else self.stdout
        stream.write(text)
        stream.flush()

    def _end(self, problem: PlayFailed) -> None:
        self.stderr.write(f"FAILED: {problem.what}\nTo do:  {problem.remedy}")
        sys.exit(1)
