"""Only an appeal that was upheld takes an event out of the assessment; one that was refused changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.roles import Role
from analytics.actions.lives import derive_all
from analytics.models import EventLife
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.models import Request
from events.moves import Move, RequestMove
from events.queries.catalogue import forget
from tests.events.stage import Stage, build_stage


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


@pytest.mark.parametrize(
    ("step", "inputs", "is_exempt"),
    [(RequestMove.GRANT, {"note": "非部门责任"}, True), (RequestMove.REFUSE, {"reason": "理由不成立"}, False)],
)
def test_the_assessors_word_decides_whether_the_event_counts(
    stage: Stage, step: str, inputs: dict[str, Any], is_exempt: bool
) -> None:
    event = stage.event_in("closed")
    perform(event.pk, Move.APPEAL, stage.desk.as_actor(), event.version, reason="时限内无法完成")
    perform_on_request(Request.objects.get().pk, step, stage.seat(Role.ASSESSOR).as_actor(), **inputs)
    derive_all()
    event.refresh_from_db()
    assert EventLife.objects.get(event_id=event.pk).is_exempt == event.is_exempt == is_exempt


def test_what_an_appeal_exempts_is_its_own_run_and_the_next_counts_again(stage: Stage) -> None:
    event = stage.event_in("closed")
    perform(event.pk, Move.APPEAL, stage.desk.as_actor(), event.version, reason="时限内无法完成")
    perform_on_request(Request.objects.get().pk, RequestMove.GRANT, stage.seat(Role.ASSESSOR).as_actor())
    perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="问题复发")
    for move, who, inputs in stage.way_to("closed")[1:]:
        perform(event.pk, move, who.as_actor(), None, **inputs)
    derive_all()
    lives = EventLife.objects.filter(event_id=event.pk).order_by("run")
    assert list(lives.values_list("run", "is_exempt")) == [(1, True), (2, False)]
