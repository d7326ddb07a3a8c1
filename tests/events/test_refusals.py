"""The centre does not take what it was handed: 驳回反馈 and 不予结案."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from core.errors import Forbidden, MoveNotAllowed
from core.models import Deadline
from events.actions.perform import perform
from events.models import Event, WorkOrder
from events.moves import Move
from tests.events.stage import Stage


def clocks(event: Event, kind: str) -> list[str]:
    found = Deadline.objects.filter(subject_kind="event", subject_id=event.pk, kind=kind)
    return list(found.order_by("id").values_list("state", flat=True))


def test_rejected_feedback_goes_back_to_the_department_and_the_handling_clock_runs_on(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("handling")
        machine.move_to(begun + timedelta(hours=1))
        event = perform(event.pk, Move.FINISH, stage.desk.as_actor(), event.version, note="已处理")
        machine.move_to(begun + timedelta(hours=2))
        event = perform(event.pk, Move.REJECT_FEEDBACK, stage.dispatcher.as_actor(), event.version, reason="无处置过程")
        order = WorkOrder.objects.get()
        assert (event.state, event.due_kind, event.rework_count) == ("handling", "handling", 0)
        assert event.due_at == begun + timedelta(hours=3)
        assert (order.state, order.is_rework, order.done_at, order.due_at) == ("signed", True, None, event.due_at)
        assert (clocks(event, "handling"), clocks(event, "check")) == (["running"], ["withdrawn"])


def test_what_is_being_checked_already_is_not_rejected_as_feedback(stage: Stage) -> None:
    event = stage.event_in("checking")
    with pytest.raises(MoveNotAllowed):
        perform(event.pk, Move.REJECT_FEEDBACK, stage.dispatcher.as_actor(), event.version, reason="无处置过程")


def test_a_refused_close_asks_for_the_check_again_within_its_whole_limit(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("checked")
        machine.move_to(begun + timedelta(minutes=10))
        event = perform(event.pk, Move.REFUSE_CLOSE, stage.acceptor.as_actor(), event.version, reason="照片不清")
        assert (event.state, event.due_kind, event.due_at) == ("handled", "check", now() + timedelta(minutes=30))
        assert (clocks(event, "close"), clocks(event, "check")) == (["stopped"], ["stopped", "running"])


def test_the_dispatcher_does_not_refuse_to_close(stage: Stage) -> None:
    event = stage.event_in("checked")
    with pytest.raises(Forbidden):
        perform(event.pk, Move.REFUSE_CLOSE, stage.dispatcher.as_actor(), event.version, reason="照片不清")
