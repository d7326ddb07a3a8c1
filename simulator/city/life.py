"""The life of an event in a busy city: mostly the straight way, sometimes one of the others."""

import random
from datetime import timedelta

from accounts.models import OrgUnit
from core.actor import SYSTEM, Actor
from core.clock import local, now
from events.actions.alert_decisions import dismiss_alert
from events.actions.request_moves import perform_on_request
from events.models import Alert, CheckMode, Reminder, Request, WorkOrder
from events.moves import Move, RequestMove
from events.queries.catalogue import catalogue, type_of
from events.queries.one_thing import co_units_of, unit_of
from events.sources import MACHINE_SOURCES, Source
from simulator.city.arrivals import Arrival
from simulator.life.cast import Cast, Place
from simulator.life.hands import PLAYED, Hands
from simulator.life.problems import SAMPLE, PlayFailed
from simulator.life.step import Life, Step, minutes

CHANNELS = {
    Source.GRID_WORKER: 36,
    Source.HOTLINE: 26,
    Source.SNAPSHOT: 14,
    Source.COLLECTOR: 10,
    Source.SMART_COMMUNITY: 6,
    Source.INSPECTION: 5,
    Source.SUPERIOR: 3,
}
HABITS = {
    "by_machine": 0.75, "dismissed": 0.3, "self_handled": 0.35, "twice": 0.05, "verified": 0.25, "untrue": 0.12,
    "rejected": 0.04, "downwards": 0.04, "recalled": 0.02, "returned": 0.07, "return_refused": 0.3, "all_legs": 0.5,
    "co_handled": 0.06, "waived": 0.15, "extended": 0.06, "extension_refused": 0.35, "suspended": 0.015, "urged": 0.04,
    "supervised": 0.01, "left_lying": 0.03, "feedback_rejected": 0.04, "reworked": 0.08, "reworked_again": 0.2,
    "close_refused": 0.02, "reopened": 0.01,
}  # fmt: skip
"""How often people leave the straight way; every one of these is drawn once for an event, in this order."""


class CityLife:
    """One arrival's life; all its choices come from the arrival's own seed."""

    def __init__(self, cast: Cast, place: Place, arrival: Arrival) -> None:
        self.cast, self.arrival, self.chance = cast, arrival, random.Random(arrival.seed)
        self.hands = Hands(cast, place, seed=arrival.seed % 1_000_000)
        self.does = {habit: self.chance.random() < share for habit, share in HABITS.items()}
        self.source = self.chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        self.type = type_of(arrival.kind.code)

    def steps(self) -> Life:
        """Until the event has ended, one way or another."""
        yield from self._begin()
        if not self.hands.event_id:
            return
        yield from self._duplicate()
        if self._may_settle_it_there():
            yield from self._settle_there()
            return
        if self.hands.event().state == "reported":  # else the platform has filed it already
            yield from self._verify()
            if self.does["rejected"] or (self.does["verified"] and self.does["untrue"]):
                yield self._done(Move.REJECT, self._acceptor, 0, reason="经核实不属于受理范围。")
                return
            yield from self._downwards()
        yield from self._dispatch()
        yield from self._handle()
        yield from self._check()
        yield from self._end()

    # who

    @property
    def _acceptor(self) -> Actor:
        return self.cast.seat("acceptor")

    @property
    def _dispatcher(self) -> Actor:
        return self.cast.seat("dispatcher")

    def _lead(self) -> WorkOrder:
        return self.hands.legs(WorkOrder.Role.LEAD)[-1]

    # the way

    def _begin(self) -> Life:
        pack = catalogue().scenarios.get(self.type.scenario_code)
        rules = [t for t in pack.definition["triggers"] if t["source"] in MACHINE_SOURCES] if pack else []
        if rules and self.does["by_machine"]:
            yield from self._alert(rules[0])
            return
        by = self._reporter()
        event = self.hands.report(
            by,
            type_code=self.type.code,
            source=self.source,
            description=f"{self.hands.place.address}：{self.type.name}",
        )
        yield self._step("report", by, event.state, 2, 9)

    def _alert(self, trigger: dict[str, str]) -> Life:
        number = Alert.objects.filter(subject_kind=PLAYED).count() + 1
        alert = self.hands.raise_alert(
            source=trigger["source"],
            rule=trigger["rule"],
            type_code=self.type.code,
            title=self.type.name,
            subject=number,
        )
        watch = self.cast.seat("wall")
        yield self._step("alert", watch, alert.state, 1, 5)
        settled = self.hands.settled(alert)
        if settled is not None:
            yield self._step("auto_confirm", SYSTEM, settled.state, 1, 6)
            return
        if self.does["dismissed"]:
            dismiss_alert(alert_id=alert.pk, actor=watch, reason="画面不属实。")
            yield self._step("dismiss", watch, "dismissed", 0, 0)
            return
        event = self.hands.confirm(alert, watch, "画面属实。")
        yield self._step("confirm", watch, event.state, 1, 6)

    def _reporter(self) -> Actor:
        if self.source == Source.GRID_WORKER:
            return self.cast.actor_of(self.cast.worker(self.hands.place.grid_path))
        if self.source == Source.COLLECTOR:
            return self.cast.actor_of(self.chance.choice(self.cast.collectors))
        return self._acceptor

    def _duplicate(self) -> Life:
        """Somebody else reports the same; the acceptor merges the second into the first."""
        if not self.does["twice"]:
            return
        here = self.hands.place
        beside = Place(round(here.lng + 0.0001, 6), here.lat, here.address, here.grid_path)
        second = Hands(self.cast, beside, seed=self.hands.seed + 500, photos=False)
        event = second.report(self._acceptor, type_code=self.type.code, source=Source.HOTLINE, description="同一问题")
        yield self._step("report again", self._acceptor, event.state, 1, 4)
        event = second.move(Move.MERGE, self._acceptor, main_event_id=self.hands.event_id, reason="同一地点同一问题。")
        yield self._step(Move.MERGE, self._acceptor, event.state, 1, 3)

    def _may_settle_it_there(self) -> bool:
        return self.source == Source.GRID_WORKER and self.type.allows_self_handling and self.does["self_handled"]

    def _settle_there(self) -> Life:
        worker = self.cast.actor_of(self.cast.worker(self.hands.place.grid_path))
        before, after = self.hands.photo(worker, "before"), self.hands.photo(worker, "after")
        yield self._done(
            Move.SELF_HANDLE, worker, 0, note="已现场处置。", before_attachment_ids=before, attachment_ids=after
        )

    def _verify(self) -> Life:
        if not (self.does["verified"] or self.type.verification_advised):
            return
        worker = self.cast.worker(self.hands.place.grid_path)
        yield self._done(Move.ASK_VERIFICATION, self._acceptor, 2, assignee_id=worker.pk)
        self.hands.accept_task("verify")
        yield self._step("verify: accept", self._acceptor, "accepted", 2, 8)
        self.hands.arrive("verify")
        yield self._step("verify: arrive", self._acceptor, "arrived", 1, 5)
        self.hands.hand_in("verify", passed=not self.does["untrue"], note="已到场查看。")
        yield self._step(Move.REPORT_VERIFICATION, self._acceptor, self.hands.event().state, 1, 5)

    def _downwards(self) -> Life:
        """Given to the street's centre, which hands it back: it needs the district's departments."""
        if not self.does["downwards"]:
            return
        street = unit_of("street:centre", self.hands.event().street_path)
        seat = self.cast.acceptor_of(street) if street else None
        if street is None or seat is None:
            return
        yield self._done(Move.ASSIGN_DOWN, self._acceptor, 6, unit_id=street.pk, reason="请属地先行处置。")
        yield self._done(Move.ESCALATE_UP, seat, 5, reason="需区级部门处置。")

    def _dispatch(self) -> Life:
        condition = self.chance.choice(list(self.type.conditions.order_by("id")))
        event = self.hands.event()
        if condition.type_id != event.type_id:
            condition = event.type.conditions.order_by("id")[0]
        if event.state == "reported":
            yield self._done(Move.FILE, self._acceptor, 4, condition_id=condition.pk)
        if self.hands.event().state == "filed":
            yield self._send(6)
        if self.does["recalled"]:
            yield self._done(Move.RECALL, self._dispatcher, 3, reason="派遣说明有误，重新派遣。")
            yield self._send(5)
        if self.does["returned"]:
            yield from self._return()

    def _send(self, wait: float) -> Step:
        event = self.hands.event()
        unit = unit_of(self.type.default_unit_code, event.street_path) or unit_of("chengguan", "")
        if unit is None:
            raise PlayFailed("The sample district has no departments.", SAMPLE)
        legs = co_units_of(event) if self.does["all_legs"] else []
        others = [leg for leg in legs if leg["unit_id"] != unit.pk and self.cast.has_desk(leg["unit_id"])]
        return self._done(Move.DISPATCH, self._dispatcher, wait, unit_id=unit.pk, co_units=others, note="请及时处置。")

    def _return(self) -> Life:
        desk = self.cast.desk(self._lead().unit)
        yield self._done(Move.RETURN, desk, 5, reason="不属于本部门职责。", basis="三定方案第四条。")
        if self.does["return_refused"]:
            yield self._done(Move.REFUSE_RETURN, self._dispatcher, 6, reason="按权责清单由你单位承办。")
            return
        other = self._another_department()
        yield self._done(Move.DISPATCH, self._dispatcher, 6, unit_id=other.pk, note="改派。")

    def _another_department(self) -> OrgUnit:
        taken = self._lead().unit_id
        choices = [unit_of(code, "") for code in ("chengguan", "zhujian", "jiaotong", "gongan", "yingji")]
        return self.chance.choice([unit for unit in choices if unit is not None and unit.pk != taken])

    def _handle(self) -> Life:
        lead = self._lead()
        desk = self.cast.desk(lead.unit)
        if self.does["left_lying"]:
            yield Step("left lying", desk.name, "dispatched", timedelta(hours=self.chance.uniform(2, 20)))
        yield self._done(Move.SIGN, desk, 8)
        if self.does["co_handled"]:
            yield from self._ask_help(desk)
        if self.does["extended"]:
            yield from self._extend(desk)
        if self.does["suspended"]:
            yield from self._suspend(desk)
        if self.does["urged"] or self.does["supervised"]:
            yield from self._remind(desk)
        for leg in self.hands.legs(WorkOrder.Role.CO):
            if leg.is_open and (leg.is_mandatory or self.chance.random() < 0.6):
                yield from self._leg(leg)
        yield Step("handling", desk.name, "handling", self._handling())
        yield self._finish(desk)
        if self.does["feedback_rejected"]:
            yield self._done(Move.REJECT_FEEDBACK, self._acceptor, 20, reason="照片未反映处置结果。")
            yield self._finish(desk)

    def _finish(self, desk: Actor) -> Step:
        event = self.hands.finish(desk, "已到场处置，现场恢复正常。")
        return self._step(Move.FINISH, desk, event.state, 2, 9)

    def _leg(self, leg: WorkOrder) -> Life:
        desk = self.cast.desk(leg.unit)
        yield self._done(Move.SIGN_LEG, desk, 6, order_id=leg.pk)
        event = self.hands.finish_leg(desk, leg, "已配合处置完毕。")
        yield self._step(Move.FINISH_LEG, desk, event.state, 3, 30)

    def _ask_help(self, desk: Actor) -> Life:
        """The lead asks one more department; now and then it turns out not to be needed."""
        held = {leg.unit_id for leg in self.hands.legs(WorkOrder.Role.CO)}
        helper = self._another_department()
        if helper.pk in held:
            return
        yield self._done(Move.CO_HANDLE, desk, 5, unit_id=helper.pk, mandatory=True, note="请协助。")
        leg = self.hands.legs(WorkOrder.Role.CO)[-1]
        if self.does["waived"]:
            yield self._done(Move.WAIVE_LEG, desk, 4, order_id=leg.pk, reason="现场已无需协办。")

    def _extend(self, desk: Actor) -> Life:
        yield self._done(Move.ASK_EXTENSION, desk, 15, reason="需采购备件。")
        yield self._decide(Request.Kind.EXTENSION, refused=self.does["extension_refused"])

    def _suspend(self, desk: Actor) -> Life:
        until = (local(now()) + timedelta(days=30)).date()
        yield self._done(Move.ASK_SUSPENSION, desk, 15, reason="等待管线改造。", until=until)
        yield self._decide(Request.Kind.SUSPENSION, refused=False)
        yield Step("waiting", desk.name, "suspended", timedelta(hours=self.chance.uniform(4, 40)))
        yield self._done(Move.RESUME, self._dispatcher, 20, reason="条件已具备。")

    def _decide(self, kind: str, *, refused: bool) -> Step:
        request = Request.objects.filter(event_id=self.hands.event_id, kind=kind).latest("id")
        if refused:
            perform_on_request(request.pk, RequestMove.REFUSE, self._dispatcher, reason="时限内可以完成。")
        else:
            perform_on_request(request.pk, RequestMove.GRANT, self._dispatcher, note="同意。")
        return self._step(f"{kind} decided", self._dispatcher, self.hands.event().state, 5, 20)

    def _remind(self, desk: Actor) -> Life:
        who = self.cast.seat("leader")
        move = Move.SUPERVISE if self.does["supervised"] else Move.URGE
        yield self._done(move, who, 30, note="请尽快办结。")
        waiting = Reminder.objects.filter(event_id=self.hands.event_id, settled_at=None).order_by("id").first()
        if waiting is not None:
            yield self._done(Move.REPLY, desk, 10, reminder_id=waiting.pk, note="正在抓紧办理。")

    def _handling(self) -> timedelta:
        """Most often a good part of the limit, and never longer than an afternoon."""
        condition = self.hands.event().condition
        limit = condition.limit.seconds / 60 if condition else 240.0
        return minutes(min(limit, 300.0) * self.chance.uniform(0.15, 0.8))

    def _check(self) -> Life:
        failures = 2 if self.does["reworked"] and self.does["reworked_again"] else int(self.does["reworked"])
        for left in range(failures, -1, -1):
            yield from self._check_once(passed=left == 0)
            if left:
                yield self._finish(self.cast.desk(self._lead().unit))
        if self.does["close_refused"]:
            yield self._done(Move.REFUSE_CLOSE, self._acceptor, 8, reason="核查照片不清。")
            yield from self._check_once(passed=True)

    def _check_once(self, *, passed: bool) -> Life:
        words = "现场已恢复。" if passed else "问题仍在。"
        if self.hands.event().check_mode != CheckMode.ON_SITE:
            yield self._done(Move.ASK_CHECK, self._acceptor, 6)
            event = self.hands.check(passed, self._acceptor, words)
            yield self._step("check", self._acceptor, event.state, 2, 9)
            return
        collector = self.chance.choice(self.cast.collectors)
        yield self._done(Move.ASK_CHECK, self._acceptor, 4, assignee_id=collector.pk)
        self.hands.accept_task("check")
        yield self._step("check: accept", self._acceptor, "accepted", 2, 9)
        self.hands.arrive("check")
        yield self._step("check: arrive", self._acceptor, "arrived", 1, 4)
        self.hands.hand_in("check", passed=passed, note=words)
        yield self._step("check: done", self._acceptor, self.hands.event().state, 2, 9)

    def _end(self) -> Life:
        yield self._done(Move.CLOSE, self._acceptor, 60, reply="您反映的问题已处理完毕。")
        if not self.does["reopened"]:
            return
        chief = self.cast.seat("chief")
        yield self._done(Move.REOPEN, chief, 5, reason="问题反弹。")
        yield self._send(6)
        desk = self.cast.desk(self._lead().unit)
        yield self._done(Move.SIGN, desk, 8)
        for leg in self.hands.legs(WorkOrder.Role.CO):
            if leg.is_mandatory and leg.is_open:
                yield from self._leg(leg)
        yield self._finish(desk)
        yield from self._check_once(passed=True)
        yield self._done(Move.CLOSE, self._acceptor, 0, reply="反弹问题已再次处理完毕。")

    # telling

    def _done(self, move: str, by: Actor, wait: float, **inputs: object) -> Step:
        event = self.hands.move(move, by, **inputs)
        return self._step(move, by, event.state, wait / 2, wait * 1.5)

    def _step(self, name: str, by: Actor, state: str, least: float, most: float) -> Step:
        return Step(name, by.name, state, minutes(self.chance.uniform(least, most)))
