"""Every path through the lifecycle, walked at random beside a table written down independently."""

from collections import Counter
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import Role
from core.actor import SYSTEM
from core.clock import local, now
from core.errors import DomainError, MoveNotAllowed
from core.history.record import of_subject
from core.history.verify import broken_chains
from core.models import Deadline
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.lifecycle import ALERT, EVENT, EVENT_STATES, OPEN_STATES, PUBLIC_STAGES, REQUEST, STAGES, WORK_ORDER
from events.models import Event, Request, WorkOrder
from events.moves import Move
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory, person_with

WAYS = {
    ("reported", "ask_verification"): "verifying",
    ("verifying", "report_verification"): "reported",
    ("verifying", "recall"): "reported",
    ("reported", "file"): "filed",
    ("reported", "reject"): "rejected",
    ("filed", "dispatch"): "dispatched",
    ("dispatched", "sign"): "handling",
    ("dispatched", "recall"): "filed",
    ("dispatched", "return"): "returned",
    ("handling", "return"): "returned",
    ("returned", "dispatch"): "dispatched",
    ("returned", "refuse_return"): "dispatched",
    ("handled", "reject_feedback"): "handling",
    ("checked", "refuse_close"): "handled",
    ("handling", "finish"): "handled",
    ("handled", "ask_check"): "checking",
    ("checking", "recall"): "handled",
    ("checking", "check_pass"): "checked",
    ("checking", "check_fail"): "handling",
    ("checked", "close"): "closed",
    ("suspended", "resume"): "handling",
    ("closed", "evaluate"): "evaluated",
}
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
PAUSED = {"verifying": {"accept"}, "returned": {"handling"}, "suspended": {"handling"}}
OPEN = tuple(RUNNING)[:-1] + ("suspended",)
ASKED_IN = {
    "extension": {"handling"},
    "suspension": {"handling"},
    "cancel": {"reported", "verifying", "filed", "dispatched", "returned"},
    "force_close": set(OPEN),
    "appeal": {"closed", "evaluated"},
}
LEADS_TO = {"suspension": "suspended", "cancel": "cancelled", "force_close": "closed"}
MOST_GRANTED = {"extension": 2, "suspension": 1}
MOVES = sorted({move for _, move in WAYS})
MAIN_PATH = ("file", "dispatch", "sign", "finish", "ask_check", "check_pass", "close", "evaluate")


class Walk(RuleBasedStateMachine):
    """One event with a citizen behind it, moved at random by the people of the stage."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.stage = stage
        self.event = stage.report(source="snapshot")
        self.other_desk = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
        self.leader, self.assessor = stage.seat(Role.LEADER), stage.seat(Role.ASSESSOR)
        self.moves = 1
        self.asked: dict[str, int] = {}
        self.granted: Counter[str] = Counter()
        self.may_appeal = True

    @initialize(steps=st.integers(0, len(MAIN_PATH)))
    def begin_somewhere(self, steps: int) -> None:
        """A walk from the report alone seldom comes far: begin it anywhere on the way."""
        for move in MAIN_PATH[:steps]:
            self.make(move)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def who_and_how(self, move: str) -> tuple[Any, dict[str, Any]]:
        stage, recaller = self.stage, self.stage.chief
        other_unit, desk = self.other_desk.grants.get().unit, self.lead_desk()
        seat = stage.chief if self.event.state == "returned" else stage.dispatcher
        sent_to = other_unit if self.event.lead_unit == stage.department else stage.department
        ways: dict[str, tuple[Any, dict[str, Any]]] = {
            "ask_verification": (stage.acceptor, {"assignee_id": stage.worker.pk}),
            "report_verification": (stage.acceptor, {"finding": True, "note": "电话核实属实"}),
            "file": (stage.acceptor, {"condition_id": stage.condition.pk}),
            "reject": (stage.acceptor, {"reason": "重复反映"}),
            "dispatch": (seat, {"unit_id": sent_to.pk if sent_to else 0}),
            "sign": (desk, {}),
            "return": (desk, {"reason": "不属本部门", "basis": "职责清单"}),
            "refuse_return": (seat, {"reason": "属本部门"}),
            "finish": (desk, {"note": "已劝离"}),
            "reject_feedback": (stage.dispatcher, {"reason": "未说明情况"}),
            "refuse_close": (stage.acceptor, {"reason": "核查照片不清"}),
            "ask_check": (stage.dispatcher, {}),
            "check_pass": (stage.acceptor, {"note": "市民满意"}),
            "check_fail": (stage.acceptor, {"reason": "摊点返回"}),
            "close": (stage.acceptor, {"reply": "已处理"}),
            "recall": (recaller, {"reason": "派错"}),
            "resume": (stage.dispatcher, {"reason": "材料已到"}),
        }
        if move == "evaluate":
            return SYSTEM, {}
        user, inputs = ways[move]
        return user.as_actor(), inputs

    @precondition(lambda self: any(state == self.event.state for state, _ in WAYS))
    @rule(data=st.data())
    def make_a_possible_move(self, data: st.DataObject) -> None:
        self.make(data.draw(st.sampled_from(sorted(m for state, m in WAYS if state == self.event.state))))

    def make(self, move: str) -> None:
        expected = WAYS[self.event.state, move]
        actor, inputs = self.who_and_how(move)
        with transaction.atomic():
            self.event = perform(self.event.pk, move, actor, self.event.version, **inputs)
        self.arrive(expected)

    def arrive(self, state: str) -> None:
        """One move was made, and the event is where it should be; what was asked about the state it left is void."""
        self.moves += 1
        self.event = Event.objects.get(pk=self.event.pk)
        assert self.event.state == state
        self.asked = {kind: pk for kind, pk in self.asked.items() if state in ASKED_IN[kind]}

    @rule(kind=st.sampled_from(sorted(ASKED_IN)))
    def ask(self, kind: str) -> None:
        stage, lead = self.stage, self.lead_desk()
        who = {"cancel": stage.dispatcher, "force_close": stage.chief}.get(kind, lead)
        move = "appeal" if kind == "appeal" else f"ask_{kind}"
        until = {"until": local(now()).date() + timedelta(days=30)} if kind == "suspension" else {}
        used_up = self.granted[kind] >= MOST_GRANTED.get(kind, 99) or (kind == "appeal" and not self.may_appeal)
        if self.event.state not in ASKED_IN[kind] or kind in self.asked or used_up:
            with pytest.raises(DomainError), transaction.atomic():
                perform(self.event.pk, move, who.as_actor(), self.event.version, reason="确有必要", **until)
            return
        perform(self.event.pk, move, who.as_actor(), self.event.version, reason="确有必要", **until)
        self.arrive(self.event.state)
        self.asked[kind] = Request.objects.latest("id").pk
        self.may_appeal = self.may_appeal and kind != "appeal"

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), step=st.sampled_from(["grant", "grant", "refuse", "withdraw"]))
    def decide(self, data: st.DataObject, step: str) -> None:
        kind = data.draw(st.sampled_from(sorted(self.asked)))
        if kind == "force_close" and step == "grant" and self.event.state not in ("handled", "checking", "checked"):
            self.may_appeal = False  # no department has brought it to an end
        request = Request.objects.get(pk=self.asked.pop(kind))
        who = request.asked_by if step == "withdraw" else self.decider(kind)
        inputs = {"reason": "不同意"} if step == "refuse" else {}
        perform_on_request(request.pk, step, who.as_actor(), request.version, **inputs)
        self.granted[kind] += step == "grant"
        self.arrive(LEADS_TO.get(kind, self.event.state) if step == "grant" else self.event.state)

    def lead_desk(self) -> User:
        return self.other_desk if self.event.lead_unit == self.other_desk.grants.get().unit else self.stage.desk

    def decider(self, kind: str) -> User:
        stage = self.stage
        posts = {"cancel": stage.chief, "force_close": self.leader, "appeal": self.assessor}
        return posts.get(kind, stage.dispatcher)

    @rule(move=st.sampled_from(MOVES))
    def try_an_impossible_move(self, move: str) -> None:
        if (self.event.state, move) in WAYS:
            return
        actor, inputs = self.who_and_how(move)
        with pytest.raises(DomainError), transaction.atomic():
            perform(self.event.pk, move, actor, self.event.version, **inputs)

    @invariant()
    def history_has_one_row_per_move(self) -> None:
        rows = of_subject("event", self.event.pk)
        by_people = [row for row in rows if row.move != Move.SUPERVISE]  # a second failed check supervises by itself
        assert len(by_people) == self.moves
        assert len(rows) == Event.objects.get(pk=self.event.pk).version
        assert rows[-1].to_state == self.event.state

    @invariant()
    def only_the_clocks_of_the_state_run(self) -> None:
        clocks = Deadline.objects.filter(subject_kind="event", subject_id=self.event.pk)
        assert set(clocks.filter(state="running").values_list("kind", flat=True)) == RUNNING.get(
            self.event.state, set()
        )
        paused = set(clocks.filter(state="paused").values_list("kind", flat=True))
        assert paused == PAUSED.get(self.event.state, set())

    @invariant()
    def one_owner_and_at_most_one_lead(self) -> None:
        event = Event.objects.get(pk=self.event.pk)
        assert event.owner_unit_id == self.stage.centre.pk
        held = WorkOrder.objects.filter(event=event, role="lead", state__in=("issued", "signed", "done")).count()
        dispatched = ("dispatched", "handling", "suspended", "handled", "checking", "checked")
        assert held == int(event.state in dispatched) or event.state in ("closed", "evaluated")

    @invariant()
    def what_is_open_is_what_was_asked_and_still_stands(self) -> None:
        assert dict(Request.objects.open().filter(event=self.event).values_list("kind", "pk")) == self.asked

    @invariant()
    def an_ended_event_leaves_nothing_open(self) -> None:
        if self.event.state in OPEN_STATES:
            return
        assert not FieldTask.objects.open().filter(subject_id=self.event.pk).exists()
        assert not WorkOrder.objects.open().filter(event=self.event).exists()


@pytest.mark.xdist_group("long transactions")  # one that runs on holds back what the others seal
def test_any_walk_keeps_clocks_legs_tasks_and_history_in_step(stage: Stage) -> None:
    for person in (stage.acceptor, stage.dispatcher, stage.chief, stage.desk, stage.worker, stage.collector):
        assert person.pk
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    limits = settings(max_examples=15, stateful_step_count=16, deadline=None, suppress_health_check=health)
    run_state_machine_as_test(lambda: Walk(stage), settings=limits)  # type: ignore[arg-type]
    assert list(broken_chains()) == []


def test_every_state_has_a_stage_a_public_stage_and_names() -> None:
    states = {state for state in EVENT_STATES if state}
    assert states == set(STAGES) == set(PUBLIC_STAGES)
    assert all(zh and en for zh, en in EVENT_STATES.values())


@pytest.mark.parametrize("lifecycle", [EVENT, ALERT, WORK_ORDER, REQUEST], ids=lambda lifecycle: lifecycle.name)
def test_every_row_of_a_table_is_complete(lifecycle: Any) -> None:
    for row in lifecycle.transitions:
        assert row.zh and row.en and row.roles and row.sources <= set(lifecycle.states)
        assert row.target is None or row.target in lifecycle.states


def test_the_table_declares_all_moves() -> None:
    declared = {value for name, value in vars(Move).items() if name.isupper()}
    assert declared == {row.move for row in EVENT.transitions}


def test_a_built_move_from_the_wrong_state_names_state_and_move(stage: Stage) -> None:
    event = stage.report()
    with pytest.raises(MoveNotAllowed) as refusal:
        perform(event.pk, Move.CLOSE, stage.acceptor.as_actor(), event.version, reply="已处理")
    assert (refusal.value.extra["state_name"], refusal.value.extra["move_name"]) == ("已上报", "结案")
