"""The sample district's past week: cases that went round the loop, so that its wall has figures from the first minute.

Every case is played through the real actions, at its own time: reported by a channel, filed, dispatched to the type's
department, signed, finished, checked and closed by the sample accounts. What the clock has not reached yet stays open.
The same seed gives the same cases; what is written depends on the hour only through where each one stands.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core.actor import Actor
from core.clock import as_of, local
from core.deadlines.arithmetic import LimitType
from events.actions.perform import perform
from events.actions.report import report_event
from events.models import CheckMode, Condition, Event, EventType
from events.moves import Move
from events.sources import Source
from registry.models import Building

DAYS = 7
PER_DAY = 10
HOURLY = (1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 13, 10, 7, 8, 11, 12, 11, 9, 7, 5, 4, 3, 2, 1)
"""How reports spread over the hours of a day: a morning peak and a lower one in the afternoon."""

CHANNELS = {
    Source.GRID_WORKER: 36,
    Source.HOTLINE: 26,
    Source.SNAPSHOT: 14,
    Source.COLLECTOR: 10,
    Source.SMART_COMMUNITY: 6,
    Source.INSPECTION: 5,
    Source.SUPERIOR: 3,
}
TODAY = 3
"""So many times more on the day itself, of which the part after `until` is left out."""
SPREAD = 29
"""Every so-manieth building may be a case's place."""
SLOW = 0.12
"""The share of cases whose department takes far longer than allowed: without them no light would ever be red."""
SLOW_TIMES = 30
LONGEST_HANDLING = 5.0
"""Hours: longer limits are not used up, and a case should not wait for the next working day by chance."""


@dataclass(frozen=True)
class Step:
    move: str
    who: str
    minutes: tuple[float, float]
    """How long after the step before, from and to; the handling itself is drawn by the condition's limit."""


STEPS = (
    Step(Move.FILE, "acceptor", (2, 12)),
    Step(Move.CONTACT_REPORTER, "acceptor", (1, 6)),
    Step(Move.DISPATCH, "dispatcher", (1, 11)),
    Step(Move.SIGN, "desk", (2, 11)),
    Step(Move.FINISH, "desk", (0, 0)),
    Step(Move.ASK_CHECK, "acceptor", (1, 9)),
    Step(Move.CHECK_PASS, "acceptor", (4, 18)),
    Step(Move.CLOSE, "acceptor", (2, 16)),
    Step(Move.CALL_BACK, "acceptor", (60, 1500)),
)
WITH_CITIZENS = frozenset({Move.CONTACT_REPORTER, Move.CALL_BACK})
"""Steps of cases behind which a citizen waits; the others go on without them."""
SOLVED, SATISFIED = 0.9, 0.8
"""The share of call-backs that hear so."""

FINISH = next(index for index, step in enumerate(STEPS) if step.move == Move.FINISH)


class Past:
    """Plays past cases as the sample accounts. Types that need a photo afterwards are left to people with cameras."""

    def __init__(self, *, seed: int, until: datetime) -> None:
        self.chance = random.Random(seed)
        self.until = until
        desks = User.objects.filter(grants__role=Role.DEPARTMENT_DESK, is_active=True).select_related("unit")
        self.desks = {user.unit.code: user for user in desks if user.unit is not None}
        self.seats = {name: User.objects.get(username=name).as_actor() for name in ("acceptor", "dispatcher")}
        self.types = [
            event_type
            for event_type in EventType.objects.current().filter(needs_after_photo=False).order_by("code")
            if event_type.default_unit_code in self.desks
        ]
        self.buildings = list(Building.objects.exclude(name="").order_by("id")[::SPREAD])

    def play(self, *, days: int = DAYS, per_day: int = PER_DAY) -> int:
        """Play all cases of the days before `until`, and of its own day; the number of cases."""
        return sum(1 for moment in self._moments(days, per_day) if self._case(moment))

    def _moments(self, days: int, per_day: int) -> Iterator[datetime]:
        midnight = local(self.until).replace(hour=0, minute=0, second=0, microsecond=0)
        for day in range(-days, 1):
            amount = per_day * self.chance.uniform(0.8, 1.2) * (TODAY if day == 0 else 1)
            for _ in range(round(amount)):
                hour = self.chance.choices(range(24), HOURLY)[0]
                yield midnight + timedelta(days=day, hours=hour, seconds=self.chance.uniform(0, 3600))

    def _case(self, moment: datetime) -> bool:
        """One case from its report on; every draw is made whether or not its time has come."""
        building = self.chance.choice(self.buildings)
        event_type = self.chance.choice(self.types)
        source = self.chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        condition = self._condition(event_type)
        waits = [timedelta(minutes=self.chance.uniform(*step.minutes)) for step in STEPS]
        waits[FINISH] = self._handling(condition)
        heard = {"solved": self.chance.random() < SOLVED, "satisfied": self.chance.random() < SATISFIED}
        if moment > self.until:
            return False
        place = building.footprint.point_on_surface
        desk = self.desks[event_type.default_unit_code]
        seats: dict[str, Actor] = {**self.seats, "desk": desk.as_actor()}
        with as_of(moment):
            event = report_event(
                actor=self.seats["acceptor"],
                type_code=event_type.code,
                lng=place.x,
                lat=place.y,
                address=building.address or building.name,
                description=f"{building.name}：{event_type.name}",
                source=source,
            ).event
        inputs = self._inputs(event, condition, desk)
        inputs[Move.CALL_BACK] = {"outcome": "reached", **heard}
        for step, wait in zip(STEPS, waits, strict=True):
            if step.move in WITH_CITIZENS and not event.is_from_citizen:
                continue
            moment += wait
            if moment > self.until:
                break
            with as_of(moment):
                perform(event.pk, step.move, seats[step.who], **inputs.get(step.move, {}))
        return True

    def _inputs(self, event: Event, condition: Condition, desk: User) -> dict[str, dict[str, Any]]:
        """What each move of the case is given."""
        return {
            Move.FILE: {"condition_id": condition.pk},
            Move.CONTACT_REPORTER: {"outcome": "reached", "note": "已电话联系，说明受理情况。"},
            Move.DISPATCH: {"unit_id": desk.unit_id},
            Move.FINISH: {"note": "已到场处置，现场恢复正常。"},
            Move.ASK_CHECK: {"mode": CheckMode.CALL_BACK if event.has_citizen else CheckMode.VIDEO},
            Move.CLOSE: {"reply": "您反映的问题已处理完毕。"},
        }

    def _handling(self, condition: Condition) -> timedelta:
        """How long the department takes: most often a good part of its limit, sometimes a multiple of it."""
        in_hours = condition.limit_type in {LimitType.URGENT_HOURS, LimitType.WORKING_HOURS}
        hours = min(float(condition.limit_amount), LONGEST_HANDLING) if in_hours else LONGEST_HANDLING
        share = self.chance.uniform(0.2, 0.75)
        return timedelta(hours=hours * share * (SLOW_TIMES if self.chance.random() < SLOW else 1))

    def _condition(self, event_type: EventType) -> Condition:
        first = event_type.conditions.order_by("id").first()
        if first is None:
            raise ValueError(f"{event_type.code} has no filing condition")
        return first
