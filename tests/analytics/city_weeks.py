"""A few weeks of cases through the real actions, the unhappy ways included, for figures to be compared on."""

import random
from datetime import datetime, timedelta
from typing import Any

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import as_of
from core.models import Deadline
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.errors import ExtensionOverdue
from events.models import Event, Request
from events.moves import Move
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory, person_with


class Weeks:
    """People at their posts, an hour that passes with every step, and a seeded choice of what happens next."""

    def __init__(self, stage: Stage, begins: datetime, seed: int) -> None:
        self.stage, self.at, self.chance = stage, begins, random.Random(seed)
        self.units: list[OrgUnit] = [stage.department, OrgUnitFactory.create()]
        self.desks: dict[int, User] = {
            unit.pk: person_with(Role.DEPARTMENT_DESK, unit=unit, name=f"坐席{unit.pk}") for unit in self.units
        }

    def move(self, event: Event, move: str, who: User, **inputs: Any) -> Event:
        self.at += timedelta(minutes=self.chance.choice((2, 9, 40, 170, 900)))
        with as_of(self.at):
            return perform(event.pk, move, who.as_actor(), None, **inputs)

    def play(self, count: int) -> list[Event]:
        events = []
        for _ in range(count):
            self.at += timedelta(minutes=self.chance.randrange(30, 300))
            source = self.chance.choice(("hotline_12345", "grid_worker", "inspection"))
            with as_of(self.at):
                event = self.stage.report(source=source)
            begun = self.at
            events.append(self.life_of(event))
            self.at = begun
        return events

    def life_of(self, event: Event) -> Event:
        stage, chance = self.stage, self.chance
        if chance.random() < 0.15:
            return self.move(event, Move.REJECT, stage.acceptor, reason="不属于受理范围")
        event = self.move(event, Move.FILE, stage.acceptor, condition_id=stage.condition.pk)
        if chance.random() < 0.1:
            return event
        event = self.handled(event, chance.choice(self.units))
        while event.state == "handled":
            event = self.move(event, Move.ASK_CHECK, stage.dispatcher, mode="call_back")
            if chance.random() < 0.3:
                event = self.move(event, Move.CHECK_FAIL, stage.acceptor, reason="没有清理干净")
                event = self.finish(event)
            elif chance.random() < 0.9:
                event = self.move(event, Move.CHECK_PASS, stage.acceptor)
        if event.state == "checked" and chance.random() < 0.9:
            event = self.move(event, Move.CLOSE, stage.acceptor, reply="已处理")
            if chance.random() < 0.2:
                event = self.move(event, Move.REOPEN, stage.chief, reason="又出现了")
        return event

    def handled(self, event: Event, unit: OrgUnit) -> Event:
        chance = self.chance
        event = self.move(event, Move.DISPATCH, self.stage.dispatcher, unit_id=unit.pk)
        while event.state == "dispatched" and chance.random() < 0.35:
            event = self.move(event, Move.RETURN, self.desks[unit.pk], reason="不属我局", basis="三定方案")
            decider = self.stage.dispatcher if event.return_count < 2 else self.stage.chief
            if chance.random() < 0.5:
                event = self.move(event, Move.REFUSE_RETURN, decider, reason="属于你局")
            else:
                unit = next(other for other in self.units if other != unit)
                event = self.move(event, Move.DISPATCH, decider, unit_id=unit.pk)
        if chance.random() < 0.1:
            return event
        event = self.move(event, Move.SIGN, self.desks[unit.pk])
        if chance.random() < 0.25:
            self.extend(event, unit)
        return self.finish(event) if chance.random() < 0.9 else event

    def extend(self, event: Event, unit: OrgUnit) -> None:
        with as_of(self.at):
            try:
                perform(event.pk, Move.ASK_EXTENSION, self.desks[unit.pk].as_actor(), None, reason="等待材料")
            except ExtensionOverdue:
                return
            request = Request.objects.latest("id")
            perform_on_request(request.pk, "grant", self.stage.dispatcher.as_actor(), request.version, note="同意")

    def finish(self, event: Event) -> Event:
        unit = Event.objects.get(pk=event.pk).lead_unit_id
        return self.move(event, Move.FINISH, self.desks[unit or 0], note="已处理")


def clocks_of(event_id: int, kind: str) -> list[Deadline]:
    return list(Deadline.objects.filter(subject_kind="event", subject_id=event_id, kind=kind).order_by("id"))
