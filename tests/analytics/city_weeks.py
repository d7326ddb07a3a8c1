"""A few weeks of cases through the real actions, the unhappy ways included, for figures to be compared on."""

import random
from datetime import datetime, timedelta
from typing import Any

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import as_of
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
        self.main: Event | None = None
        self.units: list[OrgUnit] = [stage.department, OrgUnitFactory.create()]
        self.desks: dict[int, User] = {
            unit.pk: person_with(Role.DEPARTMENT_DESK, unit=unit, name=f"坐席{unit.pk}") for unit in self.units
        }

    def move(self, event: Event, move: str, who: User, **inputs: Any) -> Event:
        self.at += timedelta(minutes=self.chance.choice((1, 2, 2, 4, 9, 40, 170, 900)))
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
        self.talk(event, Move.CONTACT_REPORTER)
        if chance.random() < 0.2:
            event = self.verified(event)
        if chance.random() < 0.15:
            return self.move(event, Move.REJECT, stage.acceptor, reason="不属于受理范围")
        event = self.move(event, Move.FILE, stage.acceptor, condition_id=stage.condition.pk)
        if chance.random() < 0.1:
            return event
        if self.main is not None and chance.random() < 0.15:
            return self.move(event, Move.MERGE, stage.acceptor, main_event_id=self.main.pk, reason="同一问题")
        event = self.handled(event, chance.choice(self.units))
        self.talk(event, Move.ANSWER_REPORTER)
        while event.state == "handled":
            event = self.move(event, Move.ASK_CHECK, stage.dispatcher, mode="call_back")
            if chance.random() < 0.3:
                event = self.move(event, Move.CHECK_FAIL, stage.acceptor, reason="没有清理干净")
                event = self.finish(event)
            elif chance.random() < 0.9:
                event = self.move(event, Move.CHECK_PASS, stage.acceptor)
        if event.state == "checked" and chance.random() < 0.9:
            event = self.move(event, Move.CLOSE, stage.acceptor, reply="已处理")
            self.call_back(event)
            if chance.random() < 0.2:
                event = self.move(event, Move.REOPEN, stage.chief, reason="又出现了")
        elif Event.objects.get(pk=event.pk).is_open:
            self.main = event
        return event

    def talk(self, event: Event, move: str) -> None:
        """Somebody calls the citizen once or twice, or nobody does."""
        for _ in range(self.chance.choice((0, 1, 2)) if event.is_from_citizen and event.is_open else 0):
            outcome = self.chance.choice(("reached", "reached", "not_reached", "wrong_number"))
            self.move(event, move, self.stage.acceptor, outcome=outcome, note="电话联系")

    def call_back(self, event: Event) -> None:
        if not event.is_from_citizen or self.chance.random() < 0.2:
            return
        said = {"solved": self.chance.random() < 0.7, "satisfied": self.chance.random() < 0.6}
        self.move(event, Move.CALL_BACK, self.stage.chief, outcome="not_reached")
        self.move(event, Move.CALL_BACK, self.stage.acceptor, outcome="reached", **said)

    def verified(self, event: Event) -> Event:
        worker = self.stage.worker
        self.move(event, Move.ASK_VERIFICATION, self.stage.acceptor, assignee_id=worker.pk)
        return self.move(event, Move.REPORT_VERIFICATION, self.stage.acceptor, finding=True, note="情况属实")

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
        if chance.random() < 0.2 and not self.suspended(event, unit):
            return event
        return self.finish(event) if chance.random() < 0.9 else event

    def extend(self, event: Event, unit: OrgUnit) -> None:
        with as_of(self.at):
            try:
                perform(event.pk, Move.ASK_EXTENSION, self.desks[unit.pk].as_actor(), None, reason="等待材料")
            except ExtensionOverdue:
                return
            request = Request.objects.latest("id")
            perform_on_request(request.pk, "grant", self.stage.dispatcher.as_actor(), request.version, note="同意")

    def suspended(self, event: Event, unit: OrgUnit) -> bool:
        """Suspended and, more often than not, taken up again."""
        with as_of(self.at):
            until = self.at.date() + timedelta(days=200)
            perform(event.pk, Move.ASK_SUSPENSION, self.desks[unit.pk].as_actor(), None, reason="等待施工", until=until)
            request = Request.objects.latest("id")
            perform_on_request(request.pk, "grant", self.stage.dispatcher.as_actor(), request.version, note="同意")
        resumes = self.chance.random() < 0.6
        if resumes:
            self.move(event, Move.RESUME, self.stage.dispatcher, reason="材料已到")
        return resumes

    def finish(self, event: Event) -> Event:
        unit = Event.objects.get(pk=event.pk).lead_unit_id
        return self.move(event, Move.FINISH, self.desks[unit or 0], note="已处理")
