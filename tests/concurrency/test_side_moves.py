"""Two people make a move beside the main path at the same moment: wrong without the locks, right with them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from accounts.roles import Role
from core.actor import Actor
from core.clock import now
from core.errors import AlreadyTaken, DomainError
from core.history.record import of_subject
from core.models import Deadline
from events.actions.perform import perform
from events.lifecycle import EVENT
from events.models import Event, WorkOrder
from events.moves import Move
from events.queries.catalogue import forget
from tests.events.stage import Stage, build_stage
from tests.factories import OrgUnitFactory, person_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield build_stage()
    forget()


def at_once(act: Callable[[int, Barrier], str]) -> list[str]:
    """What both answer, sorted; each runs on its own connection and waits at the barrier for the other."""
    barrier = Barrier(2, timeout=20)

    def run(number: int) -> str:
        try:
            return act(number, barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run, number) for number in range(2)])


def two_seats(stage: Stage, role: str) -> list[Actor]:
    return [stage.seat(role).as_actor(), stage.seat(role).as_actor()]


def attempt(act: Callable[[], Event]) -> str:
    """The state it leads to, or the code of the refusal."""
    try:
        return act().state
    except DomainError as refusal:
        return refusal.code


def test_without_the_locks_two_events_follow_each_other(stage: Stage) -> None:
    pair = [stage.report(), stage.report()]
    actors = two_seats(stage, Role.ACCEPTOR)

    def merge_unlocked(number: int, barrier: Barrier) -> str:
        event, main = Event.objects.get(pk=pair[number].pk), Event.objects.get(pk=pair[1 - number].pk)
        assert main.main_event_id is None
        barrier.wait()
        EVENT.apply(Move.MERGE, event, actor=actors[number], roles={"acceptor"})
        merged = {"main_event": main, "merged_from": "reported", "ended_at": now()}
        Event.objects.filter(pk=event.pk).update(state=event.state, version=event.version, **merged)
        return event.state

    assert at_once(merge_unlocked) == ["merged", "merged"]
    first, second = Event.objects.order_by("pk")
    assert (first.main_event, second.main_event) == (second, first)


def test_with_the_locks_one_follows_and_the_other_is_told(stage: Stage) -> None:
    pair = [stage.report(), stage.report()]
    actors = two_seats(stage, Role.ACCEPTOR)

    def merge(number: int, barrier: Barrier) -> str:
        event, main = pair[number], pair[1 - number]
        barrier.wait()
        inputs = {"main_event_id": main.pk, "reason": "同一事项"}
        return attempt(lambda: perform(event.pk, Move.MERGE, actors[number], None, **inputs))

    assert at_once(merge) == ["main_event_is_merged", "merged"]
    assert Event.objects.filter(state="merged").count() == 1
    assert Event.objects.get(state="reported").followers.count() == 1


def test_a_merge_into_an_event_that_is_merged_meanwhile_makes_no_chain(stage: Stage) -> None:
    first, middle, last = stage.report(), stage.report(), stage.report()
    actors = two_seats(stage, Role.ACCEPTOR)
    steps = [(first.pk, middle.pk), (middle.pk, last.pk)]

    def merge(number: int, barrier: Barrier) -> str:
        event_id, main_id = steps[number]
        barrier.wait()
        inputs = {"main_event_id": main_id, "reason": "同一事项"}
        return attempt(lambda: perform(event_id, Move.MERGE, actors[number], None, **inputs))

    assert set(at_once(merge)) <= {"merged", "main_event_is_merged"}
    assert not Event.objects.filter(main_event__main_event__isnull=False).exists()
    assert Event.objects.get(pk=middle.pk).main_event_id == last.pk


def test_without_the_lock_both_begin_a_second_run(stage: Stage) -> None:
    event = stage.event_in("closed")
    actors = two_seats(stage, Role.DUTY_CHIEF)

    def reopen_unlocked(number: int, barrier: Barrier) -> str:
        stale = Event.objects.get(pk=event.pk)
        barrier.wait()
        EVENT.apply(Move.REOPEN, stale, actor=actors[number], roles={"duty_chief"}, target="filed")
        return f"run {stale.run + 1}"

    assert at_once(reopen_unlocked) == ["run 2", "run 2"]


def test_with_the_lock_one_reopens_and_the_other_learns_who_did(stage: Stage) -> None:
    event = stage.event_in("closed")
    actors = two_seats(stage, Role.DUTY_CHIEF)

    def reopen(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            return perform(event.pk, Move.REOPEN, actors[number], event.version, reason="复发").state
        except AlreadyTaken as refusal:
            assert refusal.extra["by"] == actors[1 - number].name
            return refusal.code

    assert at_once(reopen) == ["already_taken", "filed"]
    event.refresh_from_db()
    assert (event.run, event.state) == (2, "filed")
    assert [row.move for row in of_subject("event", event.pk)].count("reopen") == 1
    assert Deadline.objects.filter(subject_kind="event", subject_id=event.pk, state="running").count() == 1


def test_without_the_lock_two_colleagues_both_sign(stage: Stage) -> None:
    event = stage.event_in("dispatched")

    def sign_unlocked(number: int, barrier: Barrier) -> str:
        stale = Event.objects.get(pk=event.pk)
        barrier.wait()
        EVENT.apply(Move.SIGN, stale, actor=stage.desk.as_actor(), roles={"leg"})
        return stale.state

    assert at_once(sign_unlocked) == ["handling", "handling"]


def test_with_the_lock_one_signs_and_the_other_learns_who_did(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    order = WorkOrder.objects.get(event=event)
    actors = [person_with(Role.DEPARTMENT_DESK, unit=stage.department).as_actor() for _ in range(2)]

    def sign(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            return perform(event.pk, Move.SIGN, actors[number], None, order_version=(order.pk, order.version)).state
        except AlreadyTaken as refusal:
            assert refusal.extra["by"] == actors[1 - number].name
            return refusal.code

    assert at_once(sign) == ["already_taken", "handling"]
    order.refresh_from_db()
    assert order.signed_by_id in {actor.user_id for actor in actors}
    assert [row.move for row in of_subject("event", event.pk)].count("sign") == 1


def test_without_the_lock_both_believe_they_have_it(stage: Stage) -> None:
    event = stage.report()
    actors = two_seats(stage, Role.ACCEPTOR)

    def take_unlocked(number: int, barrier: Barrier) -> str:
        stale = Event.objects.get(pk=event.pk)
        free = stale.taken_by_id is None
        barrier.wait()
        Event.objects.filter(pk=event.pk).update(taken_by_id=actors[number].user_id, taken_at=now())
        return f"free: {free}"

    assert at_once(take_unlocked) == ["free: True", "free: True"]


def test_with_the_lock_one_has_it_and_the_other_is_told_who(stage: Stage) -> None:
    event = stage.report()
    actors = two_seats(stage, Role.ACCEPTOR)

    def take(number: int, barrier: Barrier) -> str:
        barrier.wait()
        return attempt(lambda: perform(event.pk, Move.TAKE, actors[number], event.version))

    assert at_once(take) == ["already_taken", "reported"]


def test_one_owner_when_two_hand_the_event_on_at_once(stage: Stage) -> None:
    area = stage.town["3299.05.002"]
    street = OrgUnitFactory.create(
        kind="centre", parent=stage.centre, area_path=area.path, area_level=area.level, area_key=area.pk
    )
    event = stage.report()
    actors = two_seats(stage, Role.ACCEPTOR)

    def hand_on(number: int, barrier: Barrier) -> str:
        barrier.wait()
        inputs = {"unit_id": street.pk, "reason": "就近处理"}
        return attempt(lambda: perform(event.pk, Move.ASSIGN_DOWN, actors[number], event.version, **inputs))

    assert at_once(hand_on) == ["already_taken", "reported"]
    assert [row.move for row in of_subject("event", event.pk)].count("assign_down") == 1


def test_two_colleagues_sign_the_same_helping_leg(stage: Stage) -> None:
    helper = OrgUnitFactory.create()
    event = stage.event_in("filed")
    named = [{"unit_id": helper.pk}]
    unit_id = stage.department.pk
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=unit_id, co_units=named)
    order = WorkOrder.objects.get(unit=helper)
    actors = [person_with(Role.DEPARTMENT_DESK, unit=helper).as_actor() for _ in range(2)]

    def sign(number: int, barrier: Barrier) -> str:
        barrier.wait()
        seen = (order.pk, order.version)
        return attempt(lambda: perform(event.pk, Move.SIGN_LEG, actors[number], None, order_version=seen))

    assert at_once(sign) == ["already_taken", "dispatched"]


def test_the_lead_finishes_while_a_helper_is_asked(stage: Stage) -> None:
    helper = OrgUnitFactory.create()
    event = stage.event_in("handling")
    desk = stage.desk.as_actor()

    def act(number: int, barrier: Barrier) -> str:
        barrier.wait()
        if number == 0:
            return attempt(lambda: perform(event.pk, Move.CO_HANDLE, desk, event.version, unit_id=helper.pk))
        return attempt(lambda: perform(event.pk, Move.FINISH, desk, event.version, note="已清理"))

    answers = at_once(act)
    event.refresh_from_db()
    with transaction.atomic():
        open_helpers = WorkOrder.objects.open().filter(event=event, role="co").exists()
    assert answers in (["handled", "stale_version"], ["handling", "stale_version"])
    assert open_helpers == (event.state == "handling")
