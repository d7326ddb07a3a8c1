"""Merging while somebody merges into the merged event, or takes something out of it: nobody waits in a circle."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Flag

import pytest
from django.db import OperationalError, connection, transaction

from core.actor import Actor
from core.clock import now
from events.actions import merge_locks
from events.actions.moving import lock_event
from events.actions.perform import perform
from events.actions.public_reports import Contact
from events.actions.reporters import me_too
from events.models import Event, Reporter
from events.moves import Move
from events.queries.catalogue import forget
from events.queries.followers import follower_ids
from events.receipts import Proof
from tests.concurrency.test_two_dispatchers import at_once
from tests.events.stage import Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)
WAITING_FOR_ME = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
)


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield build_stage()
    forget()


def until_somebody_waits() -> None:
    """For a row that this connection has locked."""
    with connection.cursor() as cursor:
        for _ in range(3000):
            cursor.execute(WAITING_FOR_ME)
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.02)
    raise AssertionError("nobody came to wait")


def together(*acts: Callable[[], str]) -> list[str]:
    """What each answers; all run at the same time on connections of their own."""

    def run(act: Callable[[], str]) -> str:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def merge(by: Actor, event: Event, main: Event) -> str:
    return perform(event.pk, Move.MERGE, by, None, main_event_id=main.pk, reason="同一事项").state


def unmerge(by: Actor, event: Event) -> str:
    return perform(event.pk, Move.UNMERGE, by, None, reason="并错").state


def test_without_the_order_a_merge_and_an_unmerge_wait_for_each_other(stage: Stage) -> None:
    follower, event = stage.report(), stage.report()
    order = [[event.pk, follower.pk], [follower.pk, event.pk]]

    def lock_as_found(number: int, barrier: Barrier) -> str:
        first, second = order[number]
        try:
            with transaction.atomic():
                lock_event(first)
                barrier.wait()
                lock_event(second)
        except OperationalError:
            return "deadlock"
        return "locked"

    assert at_once(lock_as_found) == ["deadlock", "locked"]


def test_in_order_a_merge_goes_on_while_one_is_merged_into_it_and_taken_out_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower, event, main = stage.report(), stage.report(), stage.report()
    acceptor, dispatcher = stage.acceptor.as_actor(), stage.dispatcher.as_actor()
    asked, joined, held = Flag(), Flag(), Flag()
    looked: list[list[int]] = []

    def look(event_id: int) -> list[int]:
        """Somebody merges between the first look and the locks, and takes it out while they are held."""
        found = follower_ids(event_id)
        if event_id == event.pk:
            looked.append(found)
            asked.set()
            joined.wait(60) if len(looked) == 1 else None
            if len(looked) == 2:
                held.set()
                until_somebody_waits()
        return found

    def join_and_leave() -> str:
        asked.wait(60)
        merge(dispatcher, follower, event)
        joined.set()
        held.wait(60)
        return unmerge(dispatcher, follower)

    monkeypatch.setattr(merge_locks, "follower_ids", look)
    assert together(lambda: merge(acceptor, event, main), join_and_leave) == ["merged", "reported"]
    assert looked[:2] == [[], [follower.pk]]
    assert list(main.followers.values_list("pk", flat=True)) == [event.pk]


def test_in_order_who_joins_while_it_is_merged_waits_for_nobody_in_a_circle(stage: Stage) -> None:
    event, main, acceptor = stage.report(), stage.report(), stage.acceptor.as_actor()
    proof = Proof("b" * 64, now())

    def act(number: int, barrier: Barrier) -> str:
        barrier.wait()
        if number == 0:
            return merge(acceptor, event, main)
        return "joined" if me_too(event_id=event.pk, contact=Contact(), proof=proof) else ""

    assert at_once(act) == ["joined", "merged"]
    assert Reporter.objects.get(submission=proof.submission).event_id == event.pk
    assert set(Event.objects.values_list("has_citizen", flat=True)) == {True}
