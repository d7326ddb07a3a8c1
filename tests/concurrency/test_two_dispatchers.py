"""Two dispatchers send the same event at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from core.errors import AlreadyTaken
from core.history.record import of_subject
from events.actions.perform import perform
from events.lifecycle import EVENT
from events.models import Event, WorkOrder
from events.moves import Move
from events.queries.catalogue import forget
from tests.events.stage import Stage, build_stage
from tests.factories import OrgUnitFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield build_stage()
    forget()


def at_once(act: Callable[[int, Barrier], str]) -> list[str]:
    barrier = Barrier(2, timeout=20)

    def run(number: int) -> str:
        try:
            return act(number, barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run, number) for number in range(2)])


def test_without_the_lock_both_believe_they_dispatched(stage: Stage) -> None:
    event = stage.event_in("filed")
    actors = [stage.dispatcher.as_actor(), stage.seat("dispatcher").as_actor()]

    def dispatch_unlocked(number: int, barrier: Barrier) -> str:
        stale = Event.objects.get(pk=event.pk)
        barrier.wait()
        EVENT.apply(Move.DISPATCH, stale, actor=actors[number], roles={"dispatcher"})
        Event.objects.filter(pk=event.pk).update(version=stale.version)
        return stale.state

    assert at_once(dispatch_unlocked) == ["dispatched", "dispatched"]


def test_with_the_lock_one_dispatches_and_the_other_learns_who_did(stage: Stage) -> None:
    event = stage.event_in("filed")
    actors = [stage.dispatcher.as_actor(), stage.seat("dispatcher").as_actor()]
    unit_id = stage.department.pk

    def dispatch(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            return perform(event.pk, Move.DISPATCH, actors[number], event.version, unit_id=unit_id).state
        except AlreadyTaken as refusal:
            assert refusal.extra["by"] == actors[1 - number].name
            return refusal.code

    assert at_once(dispatch) == ["already_taken", "dispatched"]
    assert WorkOrder.objects.count() == 1
    assert [row.move for row in of_subject("event", event.pk)].count("dispatch") == 1


def test_the_database_refuses_a_second_lead_even_if_the_code_forgot_to_lock(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    order = WorkOrder.objects.get(event=event)
    order.pk, order.unit = None, OrgUnitFactory.create()
    with pytest.raises(IntegrityError, match="one_lead_per_event"):
        order.save(force_insert=True)


def test_two_findings_of_one_subject_at_once_are_one_alert(stage: Stage) -> None:
    def find(number: int, barrier: Barrier) -> str:
        barrier.wait()
        alert = stage.alert()
        assert alert is not None
        return f"{alert.pk}"

    assert stage.department.pk
    first, second = at_once(find)
    assert first == second


def test_two_first_events_of_a_day_get_different_numbers(stage: Stage) -> None:
    acceptor = stage.acceptor

    def report(number: int, barrier: Barrier) -> str:
        barrier.wait()
        return stage.report(by=acceptor).number[-6:]

    assert at_once(report) == ["000001", "000002"]
