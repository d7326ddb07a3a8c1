"""Every path through the lifecycle, walked at random beside a table written down independently."""

from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.roles import Role
from core.actor import SYSTEM
from core.errors import DomainError, MoveNotAllowed, MoveNotAvailable
from core.history.record import of_subject
from core.history.verify import broken_chains
from core.models import Deadline
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.lifecycle import ALERT, EVENT, EVENT_STATES, OPEN_STATES, PUBLIC_STAGES, STAGES, WORK_ORDER
from events.models import Event, WorkOrder
from events.moves import Move
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory, person_with

WAYS = {
    ("reported", "ask_verification"): "verifying",
    ("verifying", "report_verification"): "reported",
    ("verifying", "recall"): "reported",
    ("verifying", "cancel"): "cancelled",
    ("reported", "file"): "filed",
    ("reported", "reject"): "rejected",
    ("reported", "cancel"): "cancelled",
    ("filed", "dispatch"): "dispatched",
    ("filed", "cancel"): "cancelled",
    ("dispatched", "sign"): "handling",
    ("dispatched", "recall"): "filed",
    ("dispatched", "cancel"): "cancelled",
    ("dispatched", "return"): "returned",
    ("handling", "return"): "returned",
    ("returned", "dispatch"): "dispatched",
    ("returned", "refuse_return"): "dispatched",
    ("returned", "cancel"): "cancelled",
    ("handled", "reject_feedback"): "handling",
    ("checked", "refuse_close"): "handled",
    ("handling", "finish"): "handled",
    ("handled", "ask_check"): "checking",
    ("checking", "recall"): "handled",
    ("checking", "check_pass"): "checked",
    ("checking", "check_fail"): "handling",
    ("checked", "close"): "closed",
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
PAUSED = {"verifying": {"accept"}, "returned": {"handling"}}
MOVES = sorted({move for _, move in WAYS})


class Walk(RuleBasedStateMachine):
    """One event with a citizen behind it, moved at random by the people of the stage."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.stage = stage
        self.event = stage.report(source="snapshot")
        self.other_desk = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
        self.moves = 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def who_and_how(self, move: str) -> tuple[Any, dict[str, Any]]:
        stage, recaller = self.stage, self.stage.chief
        other_unit = self.other_desk.grants.get().unit
        led_by_other = self.event.lead_unit == other_unit
        desk = self.other_desk if led_by_other else stage.desk
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
            "cancel": (stage.chief, {"reason": "测试案件"}),
        }
        if move == "evaluate":
            return SYSTEM, {}
        user, inputs = ways[move]
        return user.as_actor(), inputs

    @precondition(lambda self: any(state == self.event.state for state, _ in WAYS))
    @rule(data=st.data())
    def make_a_possible_move(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(sorted(m for state, m in WAYS if state == self.event.state)))
        expected = WAYS[self.event.state, move]
        actor, inputs = self.who_and_how(move)
        with transaction.atomic():
            self.event = perform(self.event.pk, move, actor, self.event.version, **inputs)
        self.moves += 1
        assert self.event.state == expected

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
        assert len(rows) == self.moves == Event.objects.get(pk=self.event.pk).version
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
        dispatched = event.state in ("dispatched", "handling", "handled", "checking", "checked", "closed", "evaluated")
        assert held == int(dispatched)

    @invariant()
    def an_ended_event_leaves_nothing_open(self) -> None:
        if self.event.state in OPEN_STATES:
            return
        assert not FieldTask.objects.open().filter(subject_id=self.event.pk).exists()
        assert not WorkOrder.objects.open().filter(event=self.event).exists()


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


@pytest.mark.parametrize("lifecycle", [EVENT, ALERT, WORK_ORDER], ids=lambda lifecycle: lifecycle.name)
def test_every_row_of_a_table_is_complete(lifecycle: Any) -> None:
    for row in lifecycle.transitions:
        assert row.zh and row.en and row.roles and row.sources <= set(lifecycle.states)
        assert row.target is None or row.target in lifecycle.states
        assert row.target is not None or not row.available


def test_the_table_declares_all_moves_and_builds_the_main_path() -> None:
    built = {row.move for row in EVENT.transitions if row.available}
    assert {move for _, move in WAYS} | {"report", "escalate", "join_alert"} == built
    declared = {value for name, value in vars(Move).items() if name.isupper()}
    assert declared == {row.move for row in EVENT.transitions}


@pytest.mark.parametrize(("state", "move"), [("reported", "merge"), ("handling", "suspend")])
def test_a_declared_move_that_is_not_open_is_refused_with_its_own_word(stage: Stage, state: str, move: str) -> None:
    event = stage.event_in(state)
    with pytest.raises(MoveNotAvailable):
        perform(event.pk, move, stage.acceptor.as_actor(), event.version)


def test_a_built_move_from_the_wrong_state_names_state_and_move(stage: Stage) -> None:
    event = stage.report()
    with pytest.raises(MoveNotAllowed) as refusal:
        perform(event.pk, Move.CLOSE, stage.acceptor.as_actor(), event.version, reply="已处理")
    assert (refusal.value.extra["state_name"], refusal.value.extra["move_name"]) == ("已上报", "结案")
