"""Three events, two centres, two lead departments and a helper, moved at random beside a model of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.audience import keys_of
from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.actor import SYSTEM
from core.errors import DomainError
from core.history.record import of_subject
from core.history.verify import broken_chains
from core.models import Deadline
from dispatch.models import FieldTask, Responder
from events.actions.loading import task_holders
from events.actions.perform import perform
from events.actions.report import report_event
from events.live import event_audience
from events.models import Event, EventType, Reminder, WorkOrder
from events.queries.catalogue import forget
from events.queries.copied_clocks import wrong_copies
from events.queries.detail import orders_of
from tests.events.stage import HERE, STREET, Stage
from tests.factories import OrgUnitFactory, person_with

MERGEABLE = {"reported", "verifying", "filed", "dispatched", "returned"}
OPEN = MERGEABLE | {"handling", "handled", "checking", "checked"}
OPEN_LEG = {"issued", "signed", "assigned"}
RUNNING = {
    "reported": {"accept"},
    "verifying": {"verify"},
    "filed": {"dispatch"},
    "dispatched": {"sign", "handling"},
    "returned": {"dispatch"},
    "handling": {"handling"},
    "handled": {"check"},
    "checking": {"check"},
    "checked": {"close"},
    "closed": {"rating"},
}


@dataclass
class Case:
    """What the model knows of one event."""

    state: str = "reported"
    owner: str = "district"
    run: int = 1
    moves: int = 1
    was_filed: bool = False
    main: int | None = None
    left: str = ""
    lead: int = 0
    lead_leg: str = ""
    helper: str = ""
    reissue: bool = False
    assigned_down: bool = False
    handed_back: bool = False
    taken: bool = False
    reworks: int = 0
    supervised: int = 0

    def call_off(self) -> None:
        """Open legs are withdrawn; a helper that is done stays so."""
        self.lead_leg = ""
        if self.helper in OPEN_LEG | {"returned"}:
            self.helper = ""


Guard = Callable[["Sides", Case], bool]
WAYS: dict[str, tuple[set[str], str, Guard]] = {
    "ask_verification": ({"reported"}, "verifying", lambda m, c: True),
    "report_verification": ({"verifying"}, "reported", lambda m, c: True),
    "file": ({"reported"}, "filed", lambda m, c: True),
    "reject": ({"reported"}, "rejected", lambda m, c: True),
    "self_handle": ({"reported"}, "closed", lambda m, c: True),
    "dispatch": ({"filed", "returned"}, "dispatched", lambda m, c: True),
    "sign": ({"dispatched"}, "handling", lambda m, c: True),
    "return": ({"dispatched", "handling"}, "returned", lambda m, c: True),
    "refuse_return": ({"returned"}, "dispatched", lambda m, c: True),
    "recall": ({"dispatched"}, "filed", lambda m, c: True),
    "finish": ({"handling"}, "handled", lambda m, c: c.helper not in OPEN_LEG | {"returned"}),
    "ask_check": ({"handled"}, "checking", lambda m, c: True),
    "check_pass": ({"checking"}, "checked", lambda m, c: True),
    "check_fail": ({"checking"}, "handling", lambda m, c: True),
    "close": ({"checked"}, "closed", lambda m, c: True),
    "evaluate": ({"closed"}, "evaluated", lambda m, c: True),
    "reopen": ({"closed", "rejected", "evaluated"}, "", lambda m, c: True),
    "merge": (MERGEABLE, "merged", lambda m, c: m.others_open(c)),
    "unmerge": ({"merged"}, "", lambda m, c: True),
    "escalate_up": (
        {"reported", "filed", "returned", "handling"},
        "reported",
        lambda m, c: c.owner == "street" and not (c.assigned_down and c.handed_back),
    ),
    "assign_down": ({"reported", "filed", "returned"}, "reported", lambda m, c: c.owner == "district"),
    "co_handle": ({"handling"}, "handling", lambda m, c: c.helper not in OPEN_LEG),
    "sign_leg": ({"dispatched", "handling"}, "", lambda m, c: c.helper == "issued"),
    "finish_leg": ({"dispatched", "handling"}, "", lambda m, c: c.helper in {"signed", "assigned"}),
    "return_leg": ({"dispatched", "handling"}, "", lambda m, c: c.helper in OPEN_LEG),
    "waive_leg": ({"handling"}, "handling", lambda m, c: c.helper in OPEN_LEG | {"returned"}),
    "assign_team": ({"handling"}, "handling", lambda m, c: c.lead_leg in {"signed", "assigned"}),
    "take": (OPEN, "", lambda m, c: True),
}


MAIN_PATH = ("file", "dispatch", "sign", "finish", "ask_check", "check_pass", "close", "evaluate")
ONWARD = {
    "file",
    "dispatch",
    "sign",
    "finish",
    "check_pass",
    "ask_check",
    "close",
    "co_handle",
    "sign_leg",
    "finish_leg",
    "return_leg",
    "waive_leg",
    "assign_team",
}


class Sides(RuleBasedStateMachine):
    """The people of two centres and three departments, each move made or refused as the model foresees."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.stage = stage
        area = stage.town[STREET]
        street = OrgUnitFactory.create(
            kind="centre", parent=stage.centre, area_path=area.path, area_level=area.level, area_key=area.pk
        )
        self.centres = {"district": stage.centre, "street": street}
        self.seats = {
            (name, role): person_with(role, area=stage.town[centre.area_path], unit=centre)
            for name, centre in self.centres.items()
            for role in (Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF)
        }
        self.leads = [stage.department, OrgUnitFactory.create()]
        self.helper: OrgUnit = OrgUnitFactory.create()
        self.desks = [person_with(Role.DEPARTMENT_DESK, unit=unit) for unit in (*self.leads, self.helper)]
        self.teams = [
            Responder.objects.create(kind="team", name="一中队", unit=unit, area_path=area.path) for unit in self.leads
        ]
        worker = stage.worker.user
        assert worker is not None
        self.worker: User = worker
        self.cases = [Case() for _ in range(3)]
        self.ids = [
            report_event(
                actor=stage.acceptor.as_actor(),
                owner=stage.centre,
                source="snapshot",
                type_code=stage.kind.code,
                lng=HERE[0],
                lat=HERE[1],
            ).event.pk
            for _ in self.cases
        ]

    def teardown(self) -> None:
        shown_wrongly = list(wrong_copies())
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        assert shown_wrongly == []

    def others_open(self, case: Case) -> bool:
        return any(other is not case and other.state in OPEN for other in self.cases)

    def main_for(self, case: Case) -> int:
        """An open event to follow, else any other."""
        others = [number for number, other in enumerate(self.cases) if other is not case]
        return next((number for number in others if self.cases[number].state in OPEN), others[0])

    def helper_leg(self, number: int) -> int:
        legs = WorkOrder.objects.filter(event=self.ids[number], role="co").order_by("-id")
        return legs.values_list("pk", flat=True).first() or 0

    def who_and_how(self, number: int, move: str, helped: bool) -> tuple[Any, dict[str, Any]]:
        case, stage = self.cases[number], self.stage
        acceptor, dispatcher, chief = (
            self.seats[case.owner, role] for role in (Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF)
        )
        lead, helper = self.desks[case.lead], self.desks[2]
        next_lead = 1 - case.lead if case.state == "returned" else 0
        co_units = [{"unit_id": self.helper.pk}] if helped else []
        ways: dict[str, tuple[User, dict[str, Any]]] = {
            "ask_verification": (acceptor, {"assignee_id": stage.worker.pk}),
            "report_verification": (acceptor, {"finding": True, "note": "属实"}),
            "file": (acceptor, {"condition_id": stage.condition.pk}),
            "reject": (acceptor, {"reason": "不属实"}),
            "dispatch": (
                chief if case.state == "returned" else dispatcher,
                {"unit_id": self.leads[next_lead].pk, "co_units": co_units},
            ),
            "sign": (lead, {}),
            "return": (lead, {"reason": "非职责", "basis": "三定方案"}),
            "refuse_return": (chief, {"reason": "职责明确"}),
            "recall": (dispatcher, {"reason": "派错"}),
            "finish": (lead, {"note": "已清理"}),
            "ask_check": (dispatcher, {"mode": "call_back"}),
            "check_pass": (acceptor, {"note": "满意"}),
            "check_fail": (acceptor, {"reason": "未清理"}),
            "close": (acceptor, {"reply": "已处理"}),
            "reopen": (chief, {"reason": "复发"}),
            "merge": (acceptor, {"main_event_id": self.ids[self.main_for(case)], "reason": "同一事项"}),
            "unmerge": (acceptor, {"reason": "并错"}),
            "escalate_up": (acceptor, {"reason": "超出职责"}),
            "assign_down": (acceptor, {"unit_id": self.centres["street"].pk, "reason": "就近"}),
            "co_handle": (lead, {"unit_id": self.helper.pk}),
            "sign_leg": (helper, {}),
            "finish_leg": (helper, {"note": "已配合"}),
            "return_leg": (helper, {"reason": "非职责"}),
            "waive_leg": (dispatcher, {"order_id": self.helper_leg(number), "reason": "无需"}),
            "assign_team": (lead, {"assignee_id": self.teams[case.lead].pk}),
            "take": (acceptor, {}),
        }
        if move == "evaluate":
            return SYSTEM, {}
        if move == "self_handle":
            photos = {name: [stage.photo(self.worker)] for name in ("attachment_ids", "before_attachment_ids")}
            return self.worker.as_actor(), {"note": "已搬走", **photos}
        user, inputs = ways[move]
        return user.as_actor(), inputs

    def is_foreseen(self, case: Case, move: str) -> bool:
        sources, _, guard = WAYS[move]
        return case.state in sources and guard(self, case)

    @rule(data=st.data(), number=st.integers(0, 2))
    def make_a_move_that_is_possible(self, data: st.DataObject, number: int) -> None:
        case = self.cases[number]
        possible = sorted(move for move in WAYS if self.is_foreseen(case, move))
        self.make(number, data.draw(st.sampled_from(possible)), data.draw(st.booleans()))

    @initialize(far=st.tuples(*[st.integers(0, len(MAIN_PATH))] * 3), helped=st.booleans())
    def begin_somewhere(self, far: tuple[int, int, int], helped: bool) -> None:
        for number, steps in enumerate(far):
            for move in MAIN_PATH[:steps]:
                self.make(number, move, helped and steps <= MAIN_PATH.index("finish"))

    @rule(data=st.data(), number=st.integers(0, 2))
    def carry_on(self, data: st.DataObject, number: int) -> None:
        onward = sorted(move for move in ONWARD if self.is_foreseen(self.cases[number], move))
        if onward:
            self.make(number, data.draw(st.sampled_from(onward)), data.draw(st.booleans()))

    @rule(number=st.integers(0, 2), move=st.sampled_from(sorted(WAYS)), helped=st.booleans())
    def try_any_move(self, number: int, move: str, helped: bool) -> None:
        if self.is_foreseen(self.cases[number], move):
            self.make(number, move, helped)
            return
        actor, inputs = self.who_and_how(number, move, helped)
        with pytest.raises(DomainError), transaction.atomic():
            perform(self.ids[number], move, actor, None, **inputs)

    def make(self, number: int, move: str, helped: bool) -> None:
        case = self.cases[number]
        actor, inputs = self.who_and_how(number, move, helped)
        main, said_before = self.main_for(case), case.moves
        with transaction.atomic():
            perform(self.ids[number], move, actor, None, **inputs)
        self.foresee(case, number, move, helped, main)
        self.foresee_supervision(case, number, move)
        assert case.moves > said_before or move == "take"
        assert Event.objects.get(pk=self.ids[number]).state == case.state

    def foresee(self, case: Case, number: int, move: str, helped: bool, main: int) -> None:
        """The model makes the same move."""
        left, target = case.state, WAYS[move][1]
        case.state = target or left
        case.moves += 0 if move == "take" and case.taken else 1
        if move == "file":
            case.was_filed = True
        if move == "dispatch":
            case.lead = 1 - case.lead if left == "returned" else 0
            case.call_off()
            case.lead_leg = "issued"
            case.helper = "issued" if helped else case.helper
        if move == "refuse_return":
            case.lead_leg = "issued"
        if move in ("sign", "check_fail"):
            case.lead_leg = "signed"
        if move == "assign_team":
            case.lead_leg = "assigned"
        if move == "finish":
            case.lead_leg = "done"
        if move == "return":
            case.lead_leg = "returned"
        if move in ("recall", "escalate_up", "assign_down"):
            case.call_off()
        self.foresee_sides(case, number, move, left, main)

    def foresee_supervision(self, case: Case, number: int, move: str) -> None:
        """From the second time that its work is sent back an event is supervised, unless a reply is waited for."""
        case.reworks += move == "check_fail"
        by_platform = Reminder.objects.filter(event=self.ids[number], kind="supervise", issued_by=None)
        begun = by_platform.count() - case.supervised
        due = move == "check_fail" and case.reworks > 1
        assert begun == 1 if due and case.supervised == 0 else begun in {0, int(due)}
        case.supervised, case.moves = case.supervised + begun, case.moves + begun

    def foresee_sides(self, case: Case, number: int, move: str, left: str, main: int) -> None:
        legs = {
            "co_handle": "issued",
            "sign_leg": "signed",
            "finish_leg": "done",
            "return_leg": "returned",
            "waive_leg": "waived",
        }
        case.helper = legs.get(move, case.helper)
        if move == "take":
            case.taken = True
        if move == "assign_down":
            case.owner, case.assigned_down, case.taken = "street", True, False
        if move == "escalate_up":
            case.handed_back = case.handed_back or case.assigned_down
            case.owner, case.assigned_down, case.taken = "district", False, False
        if move == "reopen":
            case.state = "filed" if case.was_filed else "reported"
            case.run, case.lead_leg, case.helper, case.taken, case.reworks = case.run + 1, "", "", False, 0
        if move == "merge":
            case.left, case.main = left, main
            case.reissue = case.helper in OPEN_LEG
            case.helper = "" if case.reissue else case.helper
            followers = [other for other in self.cases if other.main == number]
            for follower in followers:
                follower.main = main
                follower.moves += 1
            self.cases[main].moves += 1
        if move == "unmerge" and case.main is not None:
            self.cases[case.main].moves += 1
            case.state, case.main = case.left, None
            case.helper = "issued" if case.reissue else case.helper

    @invariant()
    def events_are_as_foreseen(self) -> None:
        for number, case in enumerate(self.cases):
            event = Event.objects.get(pk=self.ids[number])
            main_id = self.ids[case.main] if case.main is not None else None
            assert (event.state, event.run, event.main_event_id) == (case.state, case.run, main_id)
            assert event.owner_unit_id == self.centres[case.owner].pk
            assert (event.taken_by_id is not None) == case.taken
            assert len(of_subject("event", event.pk)) == event.version == case.moves

    @invariant()
    def nothing_follows_a_follower(self) -> None:
        assert not Event.objects.filter(main_event__main_event__isnull=False).exists()

    @invariant()
    def only_the_clocks_of_the_state_run(self) -> None:
        for number, case in enumerate(self.cases):
            clocks = Deadline.objects.filter(subject_kind="event", subject_id=self.ids[number])
            running = set(clocks.filter(state="running").values_list("kind", flat=True))
            assert running == RUNNING.get(case.state, set())

    @invariant()
    def legs_are_as_foreseen_and_their_clocks_with_them(self) -> None:
        for number, case in enumerate(self.cases):
            legs = WorkOrder.objects.filter(event=self.ids[number], run=case.run)
            lead = legs.filter(role="lead", state__in=OPEN_LEG | {"done"}).values_list("state", flat=True)
            shown = case.lead_leg if case.state != "merged" else ""
            assert list(lead) == ([shown] if shown in OPEN_LEG | {"done"} else [])
            open_helper = legs.filter(role="co", state__in=OPEN_LEG).values_list("state", flat=True)
            assert list(open_helper) == ([case.helper] if case.helper in OPEN_LEG else [])
            for leg in WorkOrder.objects.filter(event=self.ids[number], role="co"):
                self.clocks_fit(leg, case)

    def clocks_fit(self, leg: WorkOrder, case: Case) -> None:
        clocks = Deadline.objects.filter(subject_kind="order", subject_id=leg.pk, state__in=("running", "paused"))
        its = {"issued": {"sign", "handling"}, "signed": {"handling"}, "assigned": {"handling"}}.get(leg.state, set())
        stands = "paused" if case.state == "returned" else "running"
        assert {(row.kind, row.state) for row in clocks} == {(kind, stands) for kind in its}

    @invariant()
    def what_has_ended_or_follows_leaves_nothing_open(self) -> None:
        for number, case in enumerate(self.cases):
            if case.state not in OPEN:
                tasks = FieldTask.objects.open().filter(subject_id=self.ids[number])
                assert all(task.payload.get("audit") for task in tasks)
                assert not WorkOrder.objects.open().filter(event=self.ids[number]).exists()

    @invariant()
    def departments_see_what_their_screens_are_told(self) -> None:
        audiences = {
            event.pk: event_audience(event, orders_of(event.pk), task_holders(event.pk))
            for event in Event.objects.filter(pk__in=self.ids)
        }
        for desk in self.desks:
            told = {pk for pk, audience in audiences.items() if audience & keys_of(desk.as_actor())}
            seen = Event.objects.visible_to(desk.as_actor())
            assert set(seen.values_list("pk", flat=True)) == told
            open_ones = Event.objects.open_to(desk.as_actor()).values_list("pk", flat=True)
            assert set(open_ones) == set(seen.open().values_list("pk", flat=True))


@pytest.mark.xdist_group("long transactions")  # one that runs on holds back what the others seal
def test_any_walk_beside_the_main_path_ends_where_the_model_does(stage: Stage) -> None:
    EventType.objects.filter(pk=stage.kind.pk).update(allows_self_handling=True)
    forget()
    for person in (stage.acceptor, stage.worker, stage.collector):
        assert person.pk
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    limits = settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=health)
    run_state_machine_as_test(lambda: Sides(stage), settings=limits)  # type: ignore[arg-type]
    assert list(broken_chains()) == []
