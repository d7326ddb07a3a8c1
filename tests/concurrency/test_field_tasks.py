"""Two devices of one person hand in the same task at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from core.errors import AlreadyTaken
from dispatch.actions import task_moves
from dispatch.actions.task_moves import Outcome
from dispatch.lifecycle import ASSIGNEE, FIELD_TASK
from dispatch.models import FieldTask
from dispatch.rules.geofence import Fix
from dispatch.signals import task_ended
from tests.dispatch import factories
from tests.dispatch.factories import HERE, actor_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[Barrier], str]) -> list[str]:
    barrier = Barrier(2, timeout=10)

    def run() -> str:
        try:
            return act(barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run), pool.submit(run)])


def arrived_task() -> FieldTask:
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    return task_moves.arrive(task_id=task.pk, version=2, actor=actor, fix=Fix(*HERE, 5))


def test_without_the_lock_both_devices_finish_the_task() -> None:
    task = arrived_task()
    actor = actor_of(task.assignee)

    def finish_unlocked(barrier: Barrier) -> str:
        stale = FieldTask.objects.get(pk=task.pk)
        barrier.wait()
        FIELD_TASK.apply("done", stale, actor=actor, roles={ASSIGNEE})
        FieldTask.objects.filter(pk=task.pk).update(version=stale.version)
        return "done"

    assert at_once(finish_unlocked) == ["done", "done"]


def test_with_the_lock_one_finishes_and_the_other_is_told() -> None:
    task = arrived_task()
    actor = actor_of(task.assignee)
    ended: list[Any] = []

    def note(sender: Any, **facts: Any) -> None:
        ended.append(facts)

    def finish(barrier: Barrier) -> str:
        barrier.wait()
        try:
            task_moves.done(task_id=task.pk, version=3, actor=actor, outcome=Outcome(passed=True, note="属实"))
        except AlreadyTaken:
            return "already taken"
        return "done"

    task_ended.connect(note)
    try:
        assert at_once(finish) == ["already taken", "done"]
    finally:
        task_ended.disconnect(note)
    assert len(ended) == 1
    assert FieldTask.objects.get(pk=task.pk).version == 4
