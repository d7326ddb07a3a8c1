"""How every move of the table is made: the way into each state, and for each move who makes it with what.

Nothing is written past the actions. A play takes an event in the state the row starts from, and answers with the event
whose history then has the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from accounts.actions.calendars import follow_calendars, set_calendar
from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.actor import SYSTEM
from core.clock import local, now
from core.deadlines.firing import fire_crossed
from core.models import Deadline
from dispatch.actions import task_moves
from dispatch.models import FieldTask, Responder
from dispatch.rules.geofence import Fix
from events.actions.join import join_alert
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.models import Event, Reminder, Request, Scenario, WorkOrder
from events.moves import Move, RequestMove
from tests.events.stage import HERE, STREET, Stage
from tests.factories import OrgUnitFactory, UserFactory, person_with

LATER = {"returned": "dispatched", "suspended": "handling", "evaluated": "closed"}
"""States beside the usual way, and the one on it from which they are reached."""


@dataclass
class World:
    """A district between two centres above and one below, three departments, and everybody a move needs."""

    stage: Stage
    street: OrgUnit
    other: OrgUnit
    helper: OrgUnit
    helper_desk: User
    officer: Responder
    leader: User
    assessor: User

    def make(self, event: Event, move: str, who: User | None, **inputs: Any) -> Event:
        """The move, by somebody with the event as it is now in sight, or by the platform."""
        actor = who.as_actor() if who is not None else SYSTEM
        version = Event.objects.get(pk=event.pk).version if who is not None else None
        return perform(event.pk, move, actor, version, **inputs)

    def report(self, **fields: Any) -> Event:
        return self.stage.report(**{"owner": self.stage.centre, "source": "snapshot", **fields})

    def bring(self, state: str, *, followed: bool = False) -> Event:
        """An event in this state, a citizen behind it, with a department that helps; `followed` by another one."""
        event = self.report()
        if followed:
            self.make(self.report(), Move.MERGE, self.stage.acceptor, main_event_id=event.pk, reason="同一事项")
        for move, who, inputs in self.stage.way_to(LATER.get(state, state)) if state not in ENDS else []:
            helping = {"co_units": [{"unit_id": self.helper.pk, "mandatory": False}]} if move == Move.DISPATCH else {}
            event = self.make(event, move, who, **inputs, **helping)
        return ASIDE[state](self, event) if state in ASIDE else event

    def asked(self, event: Event, move: str, who: User, **inputs: Any) -> Request:
        self.make(event, move, who, reason="确有必要", **inputs)
        return Request.objects.open().get(event=event, asked_by=who)

    def granted(self, event: Event, move: str, who: User, by: User, **inputs: Any) -> Event:
        perform_on_request(self.asked(event, move, who, **inputs).pk, RequestMove.GRANT, by.as_actor())
        return event

    def hand_in(self, event: Event, who: User | None) -> Event:
        """Who was sent has been there, and what was asked is done."""
        assert who is not None
        task, actor, here = FieldTask.objects.open().get(subject_id=event.pk), who.as_actor(), Fix(*HERE, 5)
        task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
        task = task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=here)
        outcome = task_moves.Outcome(passed=True, note="已到场", fix=here)
        task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=outcome)
        return event

    def settled_on_the_spot(self, **fields: Any) -> Event:
        worker = self.stage.worker.user
        assert worker is not None and self.stage.collector.pk
        event = self.report(by=worker, **fields)
        photos = {name: [self.stage.photo(worker)] for name in ("before_attachment_ids", "attachment_ids")}
        return self.make(event, Move.SELF_HANDLE, worker, note="已清理", **photos)

    def threshold(self, event: Event) -> Event:
        """A clock is used up: that of the state, or of what its citizen was promised."""
        running = Deadline.objects.filter(subject_kind__in=("event", "promise"), subject_id=event.pk, state="running")
        clock = running.exclude(kind="rating").earliest("id")
        Deadline.objects.exclude(pk=clock.pk).update(fire_at=None)
        fire_crossed(at=clock.due_at + (clock.due_at - clock.started_at) / 4)
        return event

    def new_hours(self, event: Event) -> Event:
        unit_id = self.stage.department.pk
        for version, ends in enumerate((time(20), time(12))):
            set_calendar(unit_id=unit_id, actor=SYSTEM, version=version, periods=[(time(8), ends)])
            follow_calendars()
        return event

    def reply(self, event: Event) -> Event:
        """By the department that has it, else by the centre."""
        self.make(event, Move.URGE, self.leader, note="请尽快")
        reminder = Reminder.objects.get()
        who = self.stage.desk if reminder.unit_id == self.stage.department.pk else self.stage.chief
        return self.make(event, Move.REPLY, who, reminder_id=reminder.pk, note="正在办理")

    def withdrawn(self, event: Event) -> Event:
        """Somebody asks, and takes it back."""
        asks = (Move.ASK_FORCE_CLOSE, self.stage.chief) if event.is_open else (Move.APPEAL, self.stage.desk)
        request = self.asked(event, *asks)
        perform_on_request(request.pk, RequestMove.WITHDRAW, asks[1].as_actor())
        return event

    def looked_at(self, event: Event) -> Event:
        """A point of its procedure is ticked off by who verifies, handles or checks it."""
        Event.objects.filter(pk=event.pk).update(scenario=procedure())
        who = self.stage.acceptor if event.state in ("verifying", "checking") else self.stage.desk
        return self.make(event, Move.MARK_POINTS, who, points=[{"number": 2, "finding": "found", "version": 0}])

    def helps(self, event: Event) -> WorkOrder:
        return WorkOrder.objects.get(event=event, unit=self.helper)

    def teamed(self, event: Event) -> Event:
        return self.make(event, Move.ASSIGN_TEAM, self.stage.desk, assignee_id=self.officer.pk)

    def signed(self, event: Event) -> Event:
        return self.make(event, Move.SIGN_LEG, self.helper_desk)

    def merged_into(self, event: Event, main: Event) -> Event:
        return self.make(event, Move.MERGE, self.stage.acceptor, main_event_id=main.pk, reason="同一事项")

    def seen_from(self, event: Event, _other: Event) -> Event:
        """What another event did is looked at from this one."""
        return event

    def follower_of(self, event: Event) -> Event:
        return Event.objects.get(main_event=event)


def procedure() -> Scenario:
    """A procedure that lists three hidden-danger points at two links."""
    point = {"text": "超许可范围储存", "standard": "与许可证一致", "checked_by": "chengguan"}
    links = [
        {"number": 1, "name": "许可与台账", "unit": "chengguan", "points": [{"number": n, **point} for n in (1, 2)]},
        {"number": 2, "name": "储存场所", "unit": "chengguan", "points": [{"number": 3, **point}]},
    ]
    step = {"who": "主办部门", "text": "照章办理", "limit": {"type": "urgent_hours", "amount": 1}}
    steps = [
        {"code": code, "name": code, **step} for code in ("verify", "file", "dispatch", "handle", "check", "close")
    ]
    pack = {
        "code": "points",
        "number": 900,
        "name": "逐点核查",
        "lead": {"unit": "chengguan", "text": "主办"},
        "steps": steps,
        "scenes": [{"code": "store", "name": "储存", "links": links}],
        "evaluation": {"closing_standard": "隐患消除"},
    }
    found, _ = Scenario.objects.get_or_create(
        code="points", defaults={"number": 900, "name": "逐点核查", "definition": pack, "digest": "0" * 64}
    )
    return found


def build_world(stage: Stage) -> World:
    people = (stage.acceptor, stage.dispatcher, stage.chief, stage.desk, stage.worker, stage.collector)
    assert all(person.pk for person in people)
    area, team = stage.town[STREET], OrgUnitFactory.create(kind="team", parent=stage.department)
    province = OrgUnitFactory.create(kind="centre", area_path="32", area_level="city")
    city = OrgUnitFactory.create(kind="centre", parent=province, area_path="3299", area_level="city")
    OrgUnit.objects.filter(pk=stage.centre.pk).update(parent=city)
    stage.centre.refresh_from_db()
    helper = OrgUnitFactory.create()
    officer = Responder.objects.create(
        kind="officer", name="郑中队", user=UserFactory.create(), unit=team, area_path=area.path,
        district_id=stage.district.pk,
    )  # fmt: skip
    street = OrgUnitFactory.create(
        kind="centre", parent=stage.centre, area_path=area.path, area_level=area.level, area_key=area.pk
    )
    desk = person_with(Role.DEPARTMENT_DESK, unit=helper)
    seats = stage.seat(Role.LEADER), stage.seat(Role.ASSESSOR)
    return World(stage, street, OrgUnitFactory.create(), helper, desk, officer, *seats)


ASIDE: dict[str, Callable[[World, Event], Event]] = {
    "returned": lambda w, e: PLAYS[Move.RETURN](w, e),
    "suspended": lambda w, e: PLAYS[Move.SUSPEND](w, e),
    "evaluated": lambda w, e: PLAYS[Move.EVALUATE](w, e),
    "rejected": lambda w, e: PLAYS[Move.REJECT](w, e),
    "merged": lambda w, e: PLAYS[Move.MERGE](w, e),
    "cancelled": lambda w, e: PLAYS[Move.CANCEL](w, e),
}
ENDS = ("rejected", "merged", "cancelled")
PLAYS: dict[str, Callable[[World, Event], Event]] = {
    Move.ASK_VERIFICATION: lambda w, e: w.make(
        e, Move.ASK_VERIFICATION, w.stage.acceptor, assignee_id=w.stage.worker.pk
    ),
    Move.REPORT_VERIFICATION: lambda w, e: w.hand_in(e, w.stage.worker.user),
    Move.FILE: lambda w, e: w.make(e, Move.FILE, w.stage.acceptor, condition_id=w.stage.condition.pk),
    Move.REJECT: lambda w, e: w.make(e, Move.REJECT, w.stage.acceptor, reason="不属实"),
    Move.MERGE: lambda w, e: w.merged_into(e, w.report()),
    Move.UNMERGE: lambda w, e: w.make(e, Move.UNMERGE, w.stage.acceptor, reason="并错"),
    Move.FOLLOW: lambda w, e: w.seen_from(e, w.merged_into(e.main_event or e, w.report())),
    Move.GAIN_FOLLOWER: lambda w, e: w.seen_from(e, w.merged_into(w.report(), e)),
    Move.LOSE_FOLLOWER: lambda w, e: w.seen_from(e, PLAYS[Move.UNMERGE](w, w.follower_of(e))),
    Move.DISPATCH: lambda w, e: w.make(e, Move.DISPATCH, w.stage.dispatcher, unit_id=w.other.pk),
    Move.SIGN: lambda w, e: w.make(e, Move.SIGN, w.stage.desk),
    Move.RETURN: lambda w, e: w.make(e, Move.RETURN, w.stage.desk, reason="非职责", basis="三定方案"),
    Move.REFUSE_RETURN: lambda w, e: w.make(e, Move.REFUSE_RETURN, w.stage.dispatcher, reason="职责明确"),
    Move.RECALL: lambda w, e: w.make(e, Move.RECALL, w.stage.chief, reason="派错"),
    Move.ASK_EXTENSION: lambda w, e: w.make(e, Move.ASK_EXTENSION, w.stage.desk, reason="待备件"),
    Move.GRANT_EXTENSION: lambda w, e: w.granted(e, Move.ASK_EXTENSION, w.stage.desk, w.stage.dispatcher),
    Move.ASK_LEG_EXTENSION: lambda w, e: w.make(w.signed(e), Move.ASK_LEG_EXTENSION, w.helper_desk, reason="人手不足"),
    Move.GRANT_LEG_EXTENSION: lambda w, e: w.granted(
        w.signed(e), Move.ASK_LEG_EXTENSION, w.helper_desk, w.stage.dispatcher
    ),
    Move.ASK_SUSPENSION: lambda w, e: w.make(
        e, Move.ASK_SUSPENSION, w.stage.desk, reason="待雨停", until=local(now()).date() + timedelta(days=30)
    ),
    Move.SUSPEND: lambda w, e: w.granted(
        e, Move.ASK_SUSPENSION, w.stage.desk, w.stage.dispatcher, until=local(now()).date() + timedelta(days=30)
    ),
    Move.RESUME: lambda w, e: w.make(e, Move.RESUME, w.stage.dispatcher, reason="材料已到"),
    Move.CO_HANDLE: lambda w, e: w.make(e, Move.CO_HANDLE, w.stage.desk, unit_id=w.other.pk),
    Move.SIGN_LEG: lambda w, e: w.signed(e),
    Move.FINISH_LEG: lambda w, e: w.make(w.signed(e), Move.FINISH_LEG, w.helper_desk, note="已配合"),
    Move.RETURN_LEG: lambda w, e: w.make(e, Move.RETURN_LEG, w.helper_desk, reason="非职责"),
    Move.WAIVE_LEG: lambda w, e: w.make(e, Move.WAIVE_LEG, w.stage.desk, order_id=w.helps(e).pk, reason="无需"),
    Move.MARK_POINTS: lambda w, e: w.looked_at(e),
    Move.ASSIGN_TEAM: lambda w, e: w.teamed(e),
    Move.TEAM_REPORT: lambda w, e: w.hand_in(w.teamed(e), w.officer.user),
    Move.FINISH: lambda w, e: w.make(e, Move.FINISH, w.stage.desk, note="已清理"),
    Move.ASK_CHECK: lambda w, e: w.make(e, Move.ASK_CHECK, w.stage.dispatcher, mode="call_back"),
    Move.REJECT_FEEDBACK: lambda w, e: w.make(e, Move.REJECT_FEEDBACK, w.stage.dispatcher, reason="未说明"),
    Move.CHECK_PASS: lambda w, e: w.make(e, Move.CHECK_PASS, w.stage.acceptor, note="满意"),
    Move.CHECK_FAIL: lambda w, e: w.make(e, Move.CHECK_FAIL, w.stage.acceptor, reason="未清理"),
    Move.CLOSE: lambda w, e: w.make(e, Move.CLOSE, w.stage.acceptor, reply="已处理"),
    Move.REFUSE_CLOSE: lambda w, e: w.make(e, Move.REFUSE_CLOSE, w.stage.acceptor, reason="照片不清"),
    Move.ASK_FORCE_CLOSE: lambda w, e: w.make(e, Move.ASK_FORCE_CLOSE, w.stage.chief, reason="无法办理"),
    Move.FORCE_CLOSE: lambda w, e: w.granted(e, Move.ASK_FORCE_CLOSE, w.stage.chief, w.leader),
    Move.EVALUATE: lambda w, e: w.make(e, Move.EVALUATE, None),
    Move.SELF_HANDLE: lambda w, e: w.settled_on_the_spot(),
    Move.AUDIT: lambda w, e: w.hand_in(
        w.settled_on_the_spot(source="snapshot" if e.state == "closed" else "grid_worker"), w.stage.collector.user
    ),
    Move.ESCALATE_UP: lambda w, e: w.make(e, Move.ESCALATE_UP, w.stage.acceptor, reason="超出职责"),
    Move.SKIP_LEVEL: lambda w, e: w.make(e, Move.SKIP_LEVEL, w.stage.chief, reason="跨区"),
    Move.ASSIGN_DOWN: lambda w, e: w.make(
        e, Move.ASSIGN_DOWN, w.stage.acceptor, unit_id=w.street.pk, reason="就近处理"
    ),
    Move.URGE: lambda w, e: w.make(e, Move.URGE, w.leader, note="请尽快"),
    Move.SUPERVISE: lambda w, e: w.make(e, Move.SUPERVISE, w.leader, colour="yellow", note="限期办结"),
    Move.REPLY: lambda w, e: w.reply(e),
    Move.TAKE: lambda w, e: w.make(e, Move.TAKE, w.stage.acceptor),
    Move.ESCALATE: lambda w, e: w.threshold(e),
    Move.FOLLOW_CALENDAR: lambda w, e: w.new_hours(e),
    Move.CALL_RESPONDER: lambda w, e: w.make(
        e, Move.CALL_RESPONDER, w.stage.dispatcher, responder_id=w.stage.worker.pk, outcome="reached"
    ),
    Move.CONTACT_REPORTER: lambda w, e: w.make(e, Move.CONTACT_REPORTER, w.stage.acceptor, outcome="reached"),
    Move.ANSWER_REPORTER: lambda w, e: w.make(
        e, Move.ANSWER_REPORTER, w.stage.acceptor, outcome="reached", note="已安排处理"
    ),
    Move.CALL_BACK: lambda w, e: w.make(
        e, Move.CALL_BACK, w.stage.acceptor, outcome="reached", solved=True, satisfied=True
    ),
    Move.JOIN_ALERT: lambda w, e: join_alert(event_id=e.pk, alert_id=1),
    Move.ASK_CANCEL: lambda w, e: w.make(e, Move.ASK_CANCEL, w.stage.dispatcher, reason="误报"),
    Move.CANCEL: lambda w, e: w.granted(e, Move.ASK_CANCEL, w.stage.dispatcher, w.stage.chief),
    Move.REOPEN: lambda w, e: w.make(e, Move.REOPEN, w.stage.chief, reason="复发"),
    Move.APPEAL: lambda w, e: w.make(e, Move.APPEAL, w.stage.desk, reason="非部门责任"),
    Move.DECIDE: lambda w, e: w.granted(e, Move.APPEAL, w.stage.desk, w.assessor),
    Move.REQUEST_STEP: lambda w, e: w.withdrawn(e),
}
"""By the name of the move."""
