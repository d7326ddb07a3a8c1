"""Thresholds: each fires once, whoever looks and however often, and one broken handler stops no other."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from core.deadlines import actions, registry
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit
from core.deadlines.firing import fire_crossed
from core.deadlines.registry import Crossing, on_threshold
from core.models import Deadline, DeadlineFiring

START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TEN_MINUTES = Limit.minutes(10)


class Heard(list[tuple[int, int]]):
    """Remembers (subject, threshold) of every crossing; a barrier lets two workers meet inside the handler."""

    def __call__(self, crossing: Crossing) -> None:
        self.append((crossing.deadline.subject_id, crossing.threshold))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setattr(registry, "_watches", {})
    listener = Heard()
    on_threshold("event", "sign", handler=listener)
    yield listener


def start(subject_id: int = 1) -> Deadline:
    return actions.start(subject=Subject("event", subject_id), kind="sign", limit=TEN_MINUTES, at=START)


@pytest.mark.django_db
def test_thresholds_fire_in_order_as_time_passes(heard):
    start()
    counts = [fire_crossed(at=START + minutes * MINUTE) for minutes in (7, 8, 8, 12, 19, 20, 500)]
    assert counts == [0, 1, 0, 1, 0, 1, 0]
    assert heard == [(1, 80), (1, 120), (1, 200)]


@pytest.mark.django_db
def test_thresholds_missed_while_no_worker_ran_fire_one_after_the_other(heard):
    deadline = start()
    late = START + 60 * MINUTE
    assert [fire_crossed(at=late) for _ in range(4)] == [1, 1, 1, 0]
    firing = DeadlineFiring.objects.get(deadline=deadline, threshold=120)
    assert (firing.crossed_at, firing.fired_at) == (START + 12 * MINUTE, late)


@pytest.mark.django_db
def test_a_paused_clock_fires_nothing_until_it_runs_on(heard):
    start()
    actions.pause(subject=Subject("event", 1), at=START + 5 * MINUTE)
    assert fire_crossed(at=START + 60 * MINUTE) == 0
    actions.resume(subject=Subject("event", 1), at=START + 60 * MINUTE)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (62, 63)] == [0, 1]


@pytest.mark.django_db
def test_a_stopped_clock_fires_nothing(heard):
    start()
    actions.stop_all(subject=Subject("event", 1), at=START + 5 * MINUTE)
    assert fire_crossed(at=START + 60 * MINUTE) == 0


@pytest.mark.django_db
def test_a_clock_that_runs_on_does_not_repeat_a_threshold(heard):
    start()
    fire_crossed(at=START + 8 * MINUTE)
    actions.stop_all(subject=Subject("event", 1), at=START + 9 * MINUTE)
    actions.run_on(subject=Subject("event", 1), kind="sign", at=START + 100 * MINUTE)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (102, 103)] == [0, 1]
    assert heard == [(1, 80), (1, 120)]


@pytest.mark.django_db
def test_a_handler_may_stop_the_very_clock_that_fired(heard):
    def stop_it(crossing: Crossing) -> None:
        actions.stop_all(subject=Subject("event", 1), at=crossing.at)

    on_threshold("event", "sign", handler=stop_it)
    start()
    assert [fire_crossed(at=START + 60 * MINUTE) for _ in range(2)] == [1, 0]
    assert Deadline.objects.get().state == "stopped"


@pytest.mark.django_db(transaction=True)
def test_a_broken_handler_is_rolled_back_alone_and_tried_again(heard):
    def broken_for_one(crossing: Crossing) -> None:
        if crossing.deadline.subject_id == 1:
            Deadline.objects.filter(subject_id=1).update(district_id=99)
            raise RuntimeError("no route to the handler's head")
        heard(crossing)

    on_threshold("event", "sign", handler=broken_for_one)
    start(1)
    start(2)
    assert fire_crossed(at=START + 8 * MINUTE) == 1
    assert Deadline.objects.get(subject_id=1).district_id is None
    assert not DeadlineFiring.objects.filter(deadline__subject_id=1).exists()
    on_threshold("event", "sign", handler=heard)
    assert [fire_crossed(at=START + minutes * MINUTE) for minutes in (8, 9)] == [0, 1]
    assert heard == [(2, 80), (1, 80)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_fire_every_threshold_once(heard):
    slow = threading.Barrier(2, timeout=5)
    first = threading.local()

    def meet(crossing: Crossing) -> None:
        if not getattr(first, "met", False):
            first.met = True
            slow.wait()
        heard(crossing)

    on_threshold("event", "sign", thresholds=(80,), handler=meet)
    for subject_id in range(1, 11):
        start(subject_id)
    counts: list[int] = []

    def work() -> None:
        try:
            counts.append(fire_crossed(at=START + 9 * MINUTE) + fire_crossed(at=START + 9 * MINUTE))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert (sum(counts), len(counts)) == (10, 2)
    assert sorted(heard) == [(subject_id, 80) for subject_id in range(1, 11)]
    assert DeadlineFiring.objects.count() == 10


@pytest.mark.django_db
def test_the_subject_is_locked_before_its_clock(heard):
    order: list[str] = []
    on_threshold(
        "event",
        "sign",
        thresholds=(80,),
        lock_subject=lambda subject_id: order.append(f"lock {subject_id}"),
        handler=lambda crossing: order.append("handle"),
    )
    start()
    fire_crossed(at=START + 8 * MINUTE)
    assert order == ["lock 1", "handle"]


def test_a_threshold_is_a_percentage_above_zero(heard):
    with pytest.raises(ValueError, match="above zero"):
        on_threshold("event", "sign", thresholds=(0, 80), handler=heard)
