"""Keeping the district busy: arrivals and lives by the city's own clock, which runs so many times faster than ours.

Everything is done now and bears the present time; only the waits between are shortened. So the clocks of the platform
judge what they see, and nothing lies in a future that has not come.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.errors import DomainError
from events.models import EventType
from simulator.city.arrivals import MIX, PER_DAY, Arrival, arrivals, known
from simulator.city.life import CityLife
from simulator.city.places import Places, find_places
from simulator.life.cast import Cast
from simulator.life.problems import CATALOGUE, PlayFailed
from simulator.life.step import Life, Step

TELL_EVERY = 10.0
SLEEP = 0.25


@dataclass(frozen=True)
class Bounds:
    """The play ends after so many minutes of ours or so many events, and never has more than so many open."""

    minutes: float
    events: int | None = None
    most_open: int = 2000


@dataclass
class Tally:
    """What has happened so far."""

    started: datetime
    simulated: datetime
    begun: int = 0
    ended: int = 0
    passed_over: int = 0
    moves: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    open: int = 0
    lag: timedelta = timedelta()
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Moves per second of ours."""
        return self.moves.total() / self.seconds if self.seconds else 0.0

    def plain(self) -> dict[str, object]:
        """As JSON values."""
        return {
            "started": self.started.isoformat(timespec="minutes"),
            "simulated": self.simulated.isoformat(timespec="minutes"),
            "seconds": round(self.seconds, 1),
            "begun": self.begun,
            "ended": self.ended,
            "open": self.open,
            "passed_over": self.passed_over,
            "moves": dict(self.moves.most_common()),
            "moves_per_second": round(self.rate, 2),
            "refused": dict(self.refused.most_common()),
            "behind_minutes": round(self.lag.total_seconds() / 60),
        }


@dataclass(order=True)
class _Waiting:
    due: datetime
    number: int
    life: Life = field(compare=False)


class City:
    """A district at work, `speed` times faster than a clock, from the city's local time `start` on."""

    def __init__(
        self, *, seed: int, speed: float, start: datetime, bounds: Bounds, tell: Callable[[Tally], None]
    ) -> None:
        self.speed, self.start, self.bounds, self.tell = speed, start, bounds, tell
        mix = known(MIX, dict.fromkeys(EventType.objects.current().values_list("code", flat=True)))
        if not mix:
            raise PlayFailed("No event type is loaded.", CATALOGUE)
        self.cast = Cast()
        self.places: Places = find_places(self.cast, seed=seed)
        self.arrivals: Iterator[Arrival] = arrivals(seed=seed, start=start, per_day=PER_DAY, mix=mix)
        self.tally = Tally(start, start)
        self._waiting: list[_Waiting] = []

    def run(self) -> Tally:
        """Until a bound is reached; what is open then stays open, as in a city whose people go home."""
        begun, told = time.monotonic(), 0.0
        coming = next(self.arrivals)
        while True:
            self.tally.seconds = time.monotonic() - begun
            self.tally.simulated = self.start + timedelta(seconds=self.tally.seconds * self.speed)
            if self.tally.seconds >= self.bounds.minutes * 60 or self._is_full():
                return self.tally
            if self.tally.seconds - told >= TELL_EVERY:
                told = self.tally.seconds
                self.tell(self.tally)
            due = min(coming.at, self._waiting[0].due) if self._waiting else coming.at
            self.tally.lag = max(timedelta(), self.tally.simulated - due)
            if due > self.tally.simulated:
                time.sleep(min(SLEEP, (due - self.tally.simulated).total_seconds() / self.speed))
            elif due == coming.at:
                self._arrive(coming)
                coming = next(self.arrivals)
            else:
                self._go_on(heapq.heappop(self._waiting))

    def _is_full(self) -> bool:
        return self.bounds.events is not None and self.tally.begun >= self.bounds.events and not self._waiting

    def _arrive(self, arrival: Arrival) -> None:
        full = self.bounds.events is not None and self.tally.begun >= self.bounds.events
        if full or len(self._waiting) >= self.bounds.most_open:
            self.tally.passed_over += 1
            return
        self.tally.begun += 1
        place = self.places.at(arrival.kind.place, arrival.place)
        self._go_on(_Waiting(arrival.at, arrival.number, CityLife(self.cast, place, arrival).steps()))

    def _go_on(self, waiting: _Waiting) -> None:
        """The next step of a life. One that is refused is left to the platform's own people."""
        try:
            step: Step | None = next(waiting.life, None)
        except DomainError as error:
            self.tally.refused[error.code] += 1
            step = None
        if step is None:
            self.tally.ended += 1
        else:
            self.tally.moves[step.name] += 1
            heapq.heappush(self._waiting, _Waiting(waiting.due + step.wait, waiting.number, waiting.life))
        self.tally.open = len(self._waiting)
