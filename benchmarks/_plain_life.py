"""A whole life by the straight way: reported, filed, dispatched, signed, finished, checked, closed, evaluated."""

import random
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from events.actions.perform import perform
from events.actions.report import report_event
from events.models import CheckMode, Event, EventType
from events.moves import Move
from events.queries.one_thing import unit_of
from events.sources import Source
from registry.models import Building
from simulator.life.cast import Cast


class PlainLives:
    """The people at their posts. No photos: drawing them is not the moves' work."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.cast = chance, Cast()
        self.moves: dict[str, list[float]] = defaultdict(list)
        self.places = [
            (round(building.footprint.centroid.x, 6), round(building.footprint.centroid.y, 6), building.address)
            for building in Building.objects.order_by("id")[::13]
        ]
        types = EventType.objects.current().filter(needs_after_photo=False).prefetch_related("conditions")
        self.types = [
            (event_type.code, min(event_type.conditions.all(), key=lambda c: c.pk).pk, unit)
            for event_type in types.order_by("code")
            if (unit := unit_of(event_type.default_unit_code, "")) is not None and self.cast.has_desk(unit.pk)
        ]

    def live(self) -> None:
        """One event from its report to its evaluation: nine moves, each in a transaction of its own."""
        cast = self.cast
        code, condition, unit = self.chance.choice(self.types)
        lng, lat, address = self.chance.choice(self.places)
        acceptor, dispatcher, desk = cast.seat("acceptor"), cast.seat("dispatcher"), cast.desk(unit)
        event = self._timed(
            Move.REPORT,
            lambda: (
                report_event(
                    actor=acceptor, type_code=code, lng=lng, lat=lat, address=address, source=Source.SMART_COMMUNITY
                ).event
            ),
        )
        way: tuple[tuple[str, Any, dict[str, Any]], ...] = (
            (Move.FILE, acceptor, {"condition_id": condition}),
            (Move.DISPATCH, dispatcher, {"unit_id": unit.pk}),
            (Move.SIGN, desk, {}),
            (Move.FINISH, desk, {"note": "已到场处置，现场恢复正常。"}),
            (Move.ASK_CHECK, acceptor, {"mode": CheckMode.VIDEO}),
            (Move.CHECK_PASS, acceptor, {"note": "核查通过。"}),
            (Move.CLOSE, acceptor, {"reply": "您反映的问题已处理完毕。"}),
        )
        for move, actor, inputs in way:
            event = self._timed(move, lambda: perform(event.pk, move, actor, event.version, **inputs))  # noqa: B023
        if event.state != "evaluated":
            raise SystemExit(f"city: the event {event.number} ended {event.state}, not evaluated")

    def _timed(self, move: str, act: Callable[[], Event]) -> Event:
        begun = time.perf_counter()
        event = act()
        self.moves[move].append(time.perf_counter() - begun)
        return event
