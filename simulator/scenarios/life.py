"""The life of an event under a scenario: trigger, verification, filing, every department by one click, and the end."""

import random
from datetime import timedelta

from accounts.models import OrgUnit
from core.actor import SYSTEM, Actor
from events.models import Alert, CheckMode, Event, WorkOrder
from events.moves import Move
from events.queries.one_thing import co_units_of, unit_of
from events.scenario_form import ScenarioFile
from events.sources import MACHINE_SOURCES, Source
from simulator.life.hands import PLAYED, Hands
from simulator.life.problems import CATALOGUE, SAMPLE, PlayFailed
from simulator.life.step import Life, Step, minutes

LONGEST_LEG = 90.0
"""Minutes that a play gives a department, however long its limit: a case should not wait for the next working day."""


class ScenarioLife:
    """One play of a pack; iterate over `steps()`."""

    def __init__(self, hands: Hands, pack: ScenarioFile, chance: random.Random) -> None:
        self.hands, self.pack, self.chance = hands, pack, chance
        self.cast = hands.cast

    def steps(self) -> Life:
        yield from self._trigger()
        yield from self._verify()
        yield from self._file_and_dispatch()
        yield from self._handle()
        yield from self._check_and_close()

    def _trigger(self) -> Life:
        trigger = self.pack.triggers[0]
        if trigger.source in MACHINE_SOURCES:
            alert = self.hands.raise_alert(
                source=trigger.source,
                rule=trigger.rule or self.pack.code,
                type_code=self.pack.event_type,
                title=self.pack.name,
                subject=Alert.objects.filter(subject_kind=PLAYED).count() + 1,
            )
            yield self._step("alert", Source(trigger.source).label, "open", 1, 3)
            settled = self.hands.settled(alert, look=True)
            if settled is not None:
                yield self._step("auto_confirm", SYSTEM.name, settled.state, 0, 1)
                return
            watch = self.cast.seat("wall")
            event = self.hands.confirm(alert, watch, "画面属实。")
            yield self._step("confirm", watch.name, event.state, 1, 4)
            return
        by = self._reporter(trigger.source)
        event = self.hands.report(by, type_code=self.pack.event_type, source=trigger.source, description=trigger.text)
        yield self._step("report", by.name, event.state, 2, 5)

    def _reporter(self, source: str) -> Actor:
        """Workers report what they see themselves; what comes by another channel is entered at the centre."""
        if source == Source.GRID_WORKER:
            return self.cast.actor_of(self.cast.worker(self.hands.place.grid_path))
        if source == Source.COLLECTOR:
            return self.cast.actor_of(self.cast.collectors[0])
        return self.cast.seat("acceptor")

    def _verify(self) -> Life:
        if self.hands.event().state != "reported":  # the platform has filed it: no verification is asked for
            return
        how, acceptor = self.pack.verification, self.cast.seat("acceptor")
        if how.mode == "on_site":
            worker = self.cast.worker(self.hands.place.grid_path)
            event = self.hands.move(Move.ASK_VERIFICATION, acceptor, assignee_id=worker.pk, note=how.how)
            yield self._step("ask_verification", acceptor.name, event.state, 1, 2)
            self.hands.accept_task("verify")
            yield self._step("verify: accept", worker.name, "accepted", 2, 4)
            self.hands.arrive("verify")
            yield self._step("verify: arrive", worker.name, "arrived", 1, 3)
            self.hands.hand_in("verify", passed=True, note=f"{self.pack.name}，情况属实。")
            yield self._step("report_verification", worker.name, self.hands.event().state, 1, 3)
        elif how.unit is not None:
            office = self._unit(how.unit)
            desk = self.cast.desk(office)
            event = self.hands.move(Move.ASK_VERIFICATION, acceptor, unit_id=office.pk, note=how.how)
            yield self._step("ask_verification", acceptor.name, event.state, 4, 9)
            event = self.hands.move(
                Move.REPORT_VERIFICATION, desk, finding=True, note=f"经核实，{self.pack.name}属实。"
            )
            yield self._step("report_verification", desk.name, event.state, 1, 3)

    def _file_and_dispatch(self) -> Life:
        acceptor, dispatcher = self.cast.seat("acceptor"), self.cast.seat("dispatcher")
        condition = self.hands.event().type.conditions.order_by("position", "id").first()
        if condition is None:
            raise PlayFailed(f"The type {self.pack.event_type} has no filing condition.", CATALOGUE)
        event, by = self.hands.event(), SYSTEM.name
        if event.state == "reported":
            event, by = self.hands.move(Move.FILE, acceptor, condition_id=condition.pk), acceptor.name
        yield self._step("file", by, event.state, 1, 4)
        lead = self._unit(self.pack.lead.unit)
        if event.state == "dispatched":
            event = self.hands.move(Move.RECALL, dispatcher, reason="按场景一键派遣。")
            yield self._step("recall", dispatcher.name, event.state, 1, 2)
        co_units = co_units_of(self.hands.event())
        if len(co_units) != len(self.pack.co_handling):
            raise PlayFailed(f"The district lacks a department that {self.pack.code} names.", SAMPLE)
        event = self.hands.move(Move.DISPATCH, dispatcher, unit_id=lead.pk, co_units=co_units, note=self.pack.lead.text)
        yield self._step(f"dispatch ×{1 + len(co_units)}", dispatcher.name, event.state, 2, 6)

    def _handle(self) -> Life:
        """The lead signs, every other department signs and finishes its leg, then the lead finishes."""
        (lead,) = self.hands.legs(WorkOrder.Role.LEAD)
        desk = self.cast.desk(lead.unit)
        event = self.hands.move(Move.SIGN, desk)
        yield self._step("sign", desk.name, event.state, 1, 3)
        legs = self.hands.legs(WorkOrder.Role.CO)
        for leg in legs:
            who = self.cast.desk(leg.unit)
            event = self.hands.move(Move.SIGN_LEG, who, order_id=leg.pk)
            yield self._step("sign_leg", leg.unit.short_name or leg.unit.name, event.state, 0.1, 0.6)
        each = self._handling() / (len(legs) + 1)
        for leg in legs:
            who = self.cast.desk(leg.unit)
            event = self.hands.finish_leg(who, leg, f"已办结：{leg.note}")
            yield Step("finish_leg", leg.unit.short_name or leg.unit.name, event.state, each)
        event = self.hands.finish(desk, f"已处置：{self.pack.evaluation.closing_standard}。")
        yield self._step("finish", desk.name, event.state, 1, 4)

    def _handling(self) -> timedelta:
        """A part of the condition's limit, whatever its measure, and never long."""
        condition = self.hands.event().condition
        limit = condition.limit.seconds / 60 if condition else LONGEST_LEG
        return minutes(min(limit * self.chance.uniform(0.3, 0.6), LONGEST_LEG))

    def _check_and_close(self) -> Life:
        acceptor = self.cast.seat("acceptor")
        event = self.hands.event()
        if event.check_mode == CheckMode.ON_SITE:
            collector = self.cast.collectors[0]
            event = self.hands.move(Move.ASK_CHECK, acceptor, assignee_id=collector.pk)
            yield self._step("ask_check", acceptor.name, event.state, 1, 3)
            self.hands.accept_task("check")
            yield self._step("check: accept", collector.name, "accepted", 3, 6)
            self.hands.arrive("check")
            yield self._step("check: arrive", collector.name, "arrived", 1, 3)
            self.hands.hand_in("check", passed=True, note=f"核查通过：{self.pack.evaluation.closing_standard}。")
            event = self.hands.event()
            yield self._step("check_pass", collector.name, event.state, 1, 3)
        else:
            event = self.hands.move(Move.ASK_CHECK, acceptor)
            yield self._step("ask_check", acceptor.name, event.state, 1, 4)
            event = self.hands.check(True, acceptor, "核查通过。")
            yield self._step("check_pass", acceptor.name, event.state, 1, 3)
        event = self.hands.move(Move.CLOSE, acceptor, reply=f"您反映的{self.pack.name}已处理完毕。")
        yield Step("close", acceptor.name, "closed")
        if event.state == "evaluated":
            yield Step("evaluate", SYSTEM.name, event.state)

    def _unit(self, code: str) -> OrgUnit:
        unit = unit_of(code, self._street())
        if unit is None:
            raise PlayFailed(f"The district has no department {code}.", SAMPLE)
        return unit

    def _street(self) -> str:
        return Event.objects.only("street_path").get(pk=self.hands.event_id).street_path

    def _step(self, name: str, who: str, state: str, least: float, most: float) -> Step:
        return Step(name, who, state, minutes(self.chance.uniform(least, most)))
