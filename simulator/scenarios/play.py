"""Playing scenarios in their own time: a play lies in the past and ends now, and is kept only as a whole."""

import random
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from core.clock import as_of, now
from core.errors import DomainError
from events.models import Evaluation
from events.queries.detail import orders_of
from events.queries.one_thing import progress_of
from events.scenario_form import ScenarioFile
from simulator.life.cast import Cast, Place, show_places
from simulator.life.hands import Hands
from simulator.life.problems import PlayFailed, refused
from simulator.life.step import Step
from simulator.scenarios.life import ScenarioLife
from simulator.scenarios.packs import missing_packs, packs

ENDED = ("closed", "evaluated")
SPAN = timedelta(hours=2, minutes=30)
"""No play takes longer by its own clock; it begins so long ago."""


@dataclass(frozen=True)
class Told:
    """A step with the simulated moment at which it was done."""

    at: datetime
    step: Step


@dataclass
class Played:
    """How one scenario went."""

    number: int
    code: str
    name: str
    event: str = ""
    state: str = ""
    percent: int = 0
    legs: int = 0
    timeliness: int | None = None
    quality: int | None = None
    simulated_minutes: int = 0
    seconds: float = 0.0
    steps: list[Told] = field(default_factory=list)
    failure: PlayFailed | None = None

    @property
    def ok(self) -> bool:
        return self.failure is None and self.state in ENDED


Say = Callable[[Played, Told], None]


def play(pack: ScenarioFile, cast: Cast, places: Sequence[Place], *, seed: int, say: Say) -> Played:
    """Play one scenario in one transaction: it ends closed, or nothing of it is kept."""
    played = Played(pack.number, pack.code, pack.name)
    begun = time.monotonic()
    try:
        with transaction.atomic():
            _play(played, pack, cast, places[pack.number % len(places)], seed, say)
    except PlayFailed as problem:
        played.failure = problem
    except DomainError as error:
        played.failure = refused(_next_after(played), error)
    played.seconds = round(time.monotonic() - begun, 2)
    return played


def _play(played: Played, pack: ScenarioFile, cast: Cast, place: Place, seed: int, say: Say) -> None:
    hands = Hands(cast, place, seed=seed * 1000 + pack.number * 20)
    moment = begins = now() - SPAN
    life = ScenarioLife(hands, pack, random.Random(f"{seed} {pack.code}")).steps()
    while True:
        with as_of(moment):
            step = next(life, None)
        if step is None:
            break
        told = Told(moment, step)
        played.steps.append(told)
        say(played, told)
        moment += step.wait
    _look_at(played, hands, moment)
    played.simulated_minutes = round((moment - begins).total_seconds() / 60)


def _look_at(played: Played, hands: Hands, at: datetime) -> None:
    """What became of it."""
    event = hands.event()
    orders = orders_of(event.pk)
    picture = progress_of(event, orders, at)
    points = Evaluation.objects.filter(event=event).order_by("-run").first()
    played.event, played.state, played.legs = event.number, event.state, len(orders)
    played.percent = picture["percent"] if picture else 0
    if points is not None:
        played.timeliness, played.quality = points.timeliness, points.quality
    if not played.ok:
        raise PlayFailed(f"The event ended {event.state}, not closed.", "See its history in the steps above.")


def _next_after(played: Played) -> str:
    return f"The step after {played.steps[-1].step.name!r}" if played.steps else "The first step"


def play_all(numbers: Collection[int] | None, *, seed: int, say: Say, after: Callable[[Played], None]) -> list[Played]:
    """Play the scenarios one after another; one that fails does not hold up the others.

    Without `numbers` all that are loaded, and each of the shipped ones that is not there has failed.
    """
    chosen, cast, places = packs(numbers), Cast(), show_places()
    results = []
    for lost in missing_packs(chosen) if numbers is None else ():
        results.append(Played(lost.number, lost.code, lost.code, failure=lost.problem))
        after(results[-1])
    gone = {played.code for played in results}
    for pack in chosen:
        if pack.code in gone:
            continue
        results.append(play(pack, cast, places, seed=seed, say=say))
        after(results[-1])
    return sorted(results, key=lambda played: played.number)
