"""Two people decide the same request, or two workers bring the same event back, at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from accounts.roles import Role
from core.actor import Actor
from core.clock import local, now
from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from core.errors import AlreadyTaken, DomainError
from core.history.record import of_subject
from core.models import Deadline, DeadlineExtension
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.actions.suspension import resume_due
from events.lifecycle import REQUEST
from events.models import Event, Request
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
    barrier = Barrier(2, timeout=20)

    def run(number: int) -> str:
        try:
            return act(number, barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run, number) for number in range(2)])


def asked(stage: Stage, **inputs: Any) -> Request:
    event = stage.event_in("handling")
    move = Move.ASK_SUSPENSION if inputs else Move.ASK_EXTENSION
    perform(event.pk, move, stage.desk.as_actor(), reason="等待配件", **inputs)
    return Request.objects.get()


def dispatchers(stage: Stage) -> list[Actor]:
    return [stage.dispatcher.as_actor(), stage.seat("dispatcher", name="何派遣").as_actor()]


def test_without_the_lock_one_extension_is_granted_twice(stage: Stage) -> None:
    request, actors = asked(stage), dispatchers(stage)
    event_id = request.event_id

    def grant_unlocked(number: int, barrier: Barrier) -> str:
        stale = Request.objects.get(pk=request.pk)
        barrier.wait()
        REQUEST.apply("grant", stale, actor=actors[number], roles={"dispatcher"})
        Request.objects.filter(pk=request.pk).update(state=stale.state, version=stale.version)
        deadlines.extend(subject=Subject("event", event_id), kind="handling", at=now())
        return stale.state

    assert at_once(grant_unlocked) == ["granted", "granted"]
    assert DeadlineExtension.objects.count() == 2


def test_with_the_lock_one_grants_and_the_other_learns_who_did(stage: Stage) -> None:
    request, actors = asked(stage), dispatchers(stage)

    def grant(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            return perform_on_request(request.pk, "grant", actors[number], request.version).state
        except AlreadyTaken as refusal:
            assert refusal.extra["by"] == actors[1 - number].name
            return refusal.code

    assert at_once(grant) == ["already_taken", "granted"]
    event = Event.objects.get()
    assert (event.extension_count, DeadlineExtension.objects.count()) == (1, 1)
    assert Deadline.objects.get(kind="handling").due_at == event.due_at
    assert [row.move for row in of_subject("event", event.pk)].count("grant_extension") == 1


def a_leg_asked_for(stage: Stage) -> Request:
    """A department that helps asks for more time for its own leg."""
    event = stage.event_in("filed")
    helper = OrgUnitFactory.create()
    desk = person_with(Role.DEPARTMENT_DESK, unit=helper).as_actor()
    perform(
        event.pk,
        Move.DISPATCH,
        stage.dispatcher.as_actor(),
        unit_id=stage.department.pk,
        co_units=[{"unit_id": helper.pk}],
    )
    perform(event.pk, Move.SIGN_LEG, desk)
    perform(event.pk, Move.ASK_LEG_EXTENSION, desk, reason="警力在外")
    return Request.objects.get()


def test_of_two_who_grant_a_leg_its_time_one_does_and_the_other_learns_who_did(stage: Stage) -> None:
    request, actors = a_leg_asked_for(stage), dispatchers(stage)

    def grant(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            return perform_on_request(request.pk, "grant", actors[number], request.version).state
        except AlreadyTaken as refusal:
            return refusal.code

    assert at_once(grant) == ["already_taken", "granted"]
    extension = DeadlineExtension.objects.get()
    assert (extension.deadline.subject_kind, extension.deadline.subject_id) == ("order", request.order_id)


def test_one_grants_while_the_other_refuses_and_only_one_of_them_decides(stage: Stage) -> None:
    request, actors = asked(stage, until=local(now()).date() + timedelta(days=9)), dispatchers(stage)
    steps: list[tuple[str, dict[str, Any]]] = [("grant", {}), ("refuse", {"reason": "可按时完成"})]

    def decide(number: int, barrier: Barrier) -> str:
        move, inputs = steps[number]
        barrier.wait()
        try:
            return perform_on_request(request.pk, move, actors[number], request.version, **inputs).state
        except AlreadyTaken as refusal:
            return refusal.code

    first, second = at_once(decide)
    assert (first, second) in {("already_taken", "granted"), ("already_taken", "refused")}
    assert Event.objects.get().state == ("suspended" if second == "granted" else "handling")


def test_a_grant_and_the_finish_of_the_department_leave_one_truth(stage: Stage) -> None:
    request = asked(stage)
    dispatcher, desk = stage.dispatcher.as_actor(), stage.desk.as_actor()

    def act(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            if number:
                return perform(request.event_id, Move.FINISH, desk, None, note="已处理").state
            return perform_on_request(request.pk, "grant", dispatcher, request.version).state
        except DomainError as refusal:
            return refusal.code

    outcomes = at_once(act)
    request.refresh_from_db()
    assert Event.objects.get().state == "handled"
    assert ("granted" in outcomes) == (request.state == "granted")
    assert request.state in {"granted", "lapsed"}


def test_the_database_refuses_a_second_open_request_even_if_the_code_forgot_to_lock(stage: Stage) -> None:
    request = asked(stage)
    request.pk = None
    with pytest.raises(IntegrityError, match="one_open_request_of_a_kind_per_event"):
        request.save(force_insert=True)


def test_two_workers_bring_a_suspended_event_back_once(stage: Stage) -> None:
    request = asked(stage, until=local(now()).date() + timedelta(days=9))
    perform_on_request(request.pk, "grant", stage.dispatcher.as_actor(), request.version)
    Event.objects.update(suspended_until=local(now()).date())

    def resume(_: int, barrier: Barrier) -> str:
        barrier.wait()
        return str(resume_due())

    assert at_once(resume) == ["0", "1"]
    event = Event.objects.get()
    assert event.state == "handling"
    assert [row.move for row in of_subject("event", event.pk)].count("resume") == 1
