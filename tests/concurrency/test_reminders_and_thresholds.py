"""Two people answer one reminder, and two workers find the same crossed threshold, at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.roles import Role
from core.clock import now
from core.deadlines import firing
from core.models import Deadline, DeadlineFiring, HistoryRow
from events.actions.perform import perform
from events.errors import ReminderSettled
from events.models import Event, Reminder
from events.moves import Move
from events.queries.catalogue import forget
from events.signals import escalated
from tests.events.stage import Stage, build_stage
from tests.factories import person_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


def at_once(*acts: Callable[[Barrier], Any]) -> list[Any]:
    barrier = Barrier(len(acts), timeout=20)

    def run(act: Callable[[Barrier], Any]) -> Any:
        try:
            return act(barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(future.result() for future in [pool.submit(run, act) for act in acts])


def urged(stage: Stage) -> Event:
    event = stage.event_in("handling")
    return perform(event.pk, Move.URGE, stage.chief.as_actor(), event.version)


def test_without_the_lock_both_replies_are_taken(stage: Stage) -> None:
    urged(stage)

    def reply_unlocked(barrier: Barrier) -> str:
        reminder = Reminder.objects.get()
        barrier.wait()
        reminder.reply, reminder.replied_at, reminder.settled_at = "今日完成", now(), now()
        reminder.save()
        return "taken"

    assert at_once(reply_unlocked, reply_unlocked) == ["taken", "taken"]


def test_with_the_lock_the_second_reply_is_told_of_the_first(stage: Stage) -> None:
    event = urged(stage)
    reminder = Reminder.objects.get()

    def reply_as(person: Any) -> Callable[[Barrier], str]:
        def act(barrier: Barrier) -> str:
            barrier.wait()
            try:
                perform(event.pk, Move.REPLY, person.as_actor(), None, reminder_id=reminder.pk, note="今日完成")
            except ReminderSettled:
                return "settled"
            return "taken"

        return act

    colleague = person_with(Role.DEPARTMENT_DESK, unit=stage.department)
    assert at_once(reply_as(stage.desk), reply_as(colleague)) == ["settled", "taken"]
    assert HistoryRow.objects.filter(subject_kind="event", move=Move.REPLY).count() == 1


def cross_the_first_threshold(stage: Stage) -> Deadline:
    stage.report()
    clock = Deadline.objects.get(kind="accept")
    Deadline.objects.exclude(pk=clock.pk).update(fire_at=None)
    return clock


def test_without_the_ledger_of_firings_two_workers_tell_twice(stage: Stage) -> None:
    clock = cross_the_first_threshold(stage)
    told: list[int] = []

    def fire_carelessly(barrier: Barrier) -> str:
        due = Deadline.objects.filter(pk=clock.pk, next_threshold=80).exists()
        barrier.wait()
        told.extend([80] * due)
        Deadline.objects.filter(pk=clock.pk).update(next_threshold=120)
        return "told"

    assert at_once(fire_carelessly, fire_carelessly) == ["told", "told"]
    assert told == [80, 80]


def test_two_workers_tell_a_crossed_threshold_once(stage: Stage) -> None:
    clock = cross_the_first_threshold(stage)
    assert clock.fire_at is not None
    at, told = clock.fire_at + timedelta(seconds=1), []

    def hear(**facts: Any) -> None:
        told.append(facts["threshold"])

    def sweep(barrier: Barrier) -> int:
        barrier.wait()
        return firing.fire_crossed(at=at)

    escalated.connect(hear, weak=False, dispatch_uid="race")
    try:
        assert at_once(sweep, sweep) == [0, 1]
    finally:
        escalated.disconnect(dispatch_uid="race")
    assert told == [80]
    assert DeadlineFiring.objects.count() == 1
    assert HistoryRow.objects.filter(subject_kind="event", move=Move.ESCALATE).count() == 1
