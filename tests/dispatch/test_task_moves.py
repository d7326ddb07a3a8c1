from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.actor import SYSTEM
from core.clock import now
from core.errors import AlreadyTaken, Forbidden, Invalid, MoveNotAllowed, NotFound, StaleVersion
from core.history.record import of_subject
from core.models import OutboxMessage
from dispatch.actions import task_moves
from dispatch.actions.task_moves import Outcome
from dispatch.actions.tasks import withdraw_tasks
from dispatch.errors import ArrivalNeeded, OutsideGeofence, ResponderNotAvailable
from dispatch.lifecycle import FIELD_TASK
from dispatch.models import FieldTask, Position, TaskRule
from dispatch.queries.tasks import allowed_moves
from dispatch.rules.geofence import Fix
from dispatch.signals import task_ended, task_subject_lock, task_timed_out
from tests.dispatch import factories
from tests.dispatch.factories import HERE, actor_of

pytestmark = pytest.mark.django_db

AT_THE_PLACE = Fix(*HERE, 10)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What the owner of the subject is told, in order."""
    told: list[tuple[str, dict[str, Any]]] = []
    receivers = [
        (signal, lambda sender, signal, name=name, **facts: told.append((name, facts)))
        for name, signal in (("lock", task_subject_lock), ("ended", task_ended), ("timed_out", task_timed_out))
    ]
    for signal, receiver in receivers:
        signal.connect(receiver, weak=False)
    yield told
    for signal, receiver in receivers:
        signal.disconnect(receiver)


def arrived(task: FieldTask) -> FieldTask:
    actor = actor_of(task.assignee)
    accepted = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    return task_moves.arrive(task_id=task.pk, version=accepted.version, actor=actor, fix=AT_THE_PLACE)


def test_a_task_is_issued_with_history_and_told_to_its_area_and_its_holder() -> None:
    task = factories.task()
    assert [(row.move, row.to_state) for row in of_subject("task", task.pk)] == [("issue", "issued")]
    message = OutboxMessage.objects.get(subject_kind="task", subject_id=task.pk)
    assert set(message.after) >= {"area:c.d", f"area:{task.area_path}", f"user:{task.assignee_user_id}"}
    assert message.payload["row"]["assignee"]["id"] == task.assignee_id


def test_the_way_of_a_task_from_seen_to_done(heard: list[Any]) -> None:
    task = factories.task()
    actor = actor_of(task.assignee)
    seen = task_moves.see(task_id=task.pk, version=1, actor=actor)
    accepted = task_moves.accept(task_id=task.pk, version=seen.version, actor=actor)
    there = task_moves.arrive(task_id=task.pk, version=accepted.version, actor=actor, fix=AT_THE_PLACE)
    outcome = Outcome(passed=True, note="属实", attachment_ids=[7], fix=AT_THE_PLACE)
    done = task_moves.done(task_id=task.pk, version=there.version, actor=actor, outcome=outcome)
    assert (done.state, done.version, done.ended_by_id) == ("done", 5, actor.user_id)
    moves = [row.move for row in of_subject("task", task.pk)]
    assert moves == ["issue", "see", "accept", "arrive", "done"]


def test_the_owner_locks_its_subject_first_and_hears_the_result(heard: list[Any]) -> None:
    task = arrived(factories.task(subject_id=42))
    outcome = Outcome(passed=True, note="属实", attachment_ids=[7], fix=AT_THE_PLACE)
    actor = actor_of(task.assignee)
    task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=outcome)
    assert [name for name, _ in heard] == ["lock", "ended"]
    assert heard[0][1] == {"subject_kind": "exercise", "subject_id": 42}
    assert heard[1][1]["result"] == {
        "passed": True,
        "note": "属实",
        "attachment_ids": [7],
        "position": {"lng": HERE[0], "lat": HERE[1], "accuracy_m": 10},
    }


def test_a_listener_that_refuses_leaves_the_task_as_it_was() -> None:
    def refuse(sender: Any, **facts: Any) -> None:
        raise Invalid(errors=[])

    task = arrived(factories.task())
    task_ended.connect(refuse)
    actor = actor_of(task.assignee)
    with pytest.raises(Invalid):
        task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=Outcome(passed=True))
    task_ended.disconnect(refuse)
    assert FieldTask.objects.get(pk=task.pk).state == "arrived"


def test_signing_in_far_away_is_refused_with_the_distance() -> None:
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    far = Fix(HERE[0], HERE[1] + 0.0045, 10)
    with pytest.raises(OutsideGeofence) as refusal:
        task_moves.arrive(task_id=task.pk, version=2, actor=actor, fix=far)
    assert refusal.value.extra == {"distance_m": 501, "accuracy_m": 10, "allowed_m": 200}


def test_a_rule_of_the_kind_widens_the_geofence() -> None:
    TaskRule.objects.create(kind="verify", geofence_metres=600)
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    task_moves.arrive(task_id=task.pk, version=2, actor=actor, fix=Fix(HERE[0], HERE[1] + 0.0045, 10))
    assert FieldTask.objects.get(pk=task.pk).state == "arrived"


def test_signing_in_moves_the_position_of_who_is_on_duty() -> None:
    task = factories.task(assignee=factories.responder(at=None))
    arrived(task)
    assert Position.objects.get(responder=task.assignee).point.x == pytest.approx(HERE[0])


def test_a_task_on_the_spot_needs_the_sign_in() -> None:
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    with pytest.raises(ArrivalNeeded):
        task_moves.done(task_id=task.pk, version=2, actor=actor, outcome=Outcome(passed=True))
    assert "done" not in [move["move"] for move in allowed_moves(FieldTask.objects.get(pk=task.pk), actor)]


def test_a_check_by_call_back_needs_no_sign_in() -> None:
    task = factories.task(kind="check", on_site=False)
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    done = task_moves.done(task_id=task.pk, version=2, actor=actor, outcome=Outcome(passed=True))
    assert done.state == "done"


def test_a_result_that_does_not_hold_says_why() -> None:
    task = arrived(factories.task())
    with pytest.raises(Invalid):
        task_moves.done(
            task_id=task.pk, version=3, actor=actor_of(task.assignee), outcome=Outcome(passed=False, note=" ")
        )


def test_refusing_tells_the_owner_the_reason(heard: list[Any]) -> None:
    task = factories.task()
    task_moves.refuse(task_id=task.pk, version=1, actor=actor_of(task.assignee), reason="不在辖区")
    assert heard[-1] == (
        "ended",
        {"task": task, "actor": actor_of(task.assignee), "result": {"reason": "不在辖区"}},
    )


def test_nobody_but_the_assignee_moves_a_task() -> None:
    task = factories.task()
    with pytest.raises(Forbidden):
        task_moves.accept(task_id=task.pk, version=1, actor=factories.dispatcher().as_actor())


def test_a_task_of_another_area_does_not_exist() -> None:
    task = factories.task()
    with pytest.raises(NotFound):
        task_moves.accept(task_id=task.pk, version=1, actor=factories.dispatcher("c.e").as_actor())


def test_a_stale_click_is_refused() -> None:
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.accept(task_id=task.pk, version=1, actor=actor)
    with pytest.raises(StaleVersion):
        task_moves.accept(task_id=task.pk, version=1, actor=actor)


def test_a_click_on_an_ended_task_says_who_ended_it() -> None:
    task = factories.task()
    actor = actor_of(task.assignee)
    task_moves.refuse(task_id=task.pk, version=1, actor=actor, reason="不在辖区")
    with pytest.raises(AlreadyTaken) as refusal:
        task_moves.accept(task_id=task.pk, version=1, actor=actor)
    assert refusal.value.extra["by"] == actor.name


def test_nothing_moves_out_of_an_ended_state() -> None:
    assert [row for state in ("done", "refused", "timed_out", "withdrawn") for row in FIELD_TASK.rows_from(state)] == []


def test_a_task_cannot_be_accepted_twice_in_its_life() -> None:
    task = arrived(factories.task())
    with pytest.raises(MoveNotAllowed):
        task_moves.accept(task_id=task.pk, version=task.version, actor=actor_of(task.assignee))


def test_the_owner_calls_off_open_tasks_of_its_subject_only() -> None:
    mine, other = factories.task(subject_id=1), factories.task(subject_id=2)
    withdrawn = withdraw_tasks(subject_kind="exercise", subject_id=1, actor=SYSTEM, reason="案件已结束")
    assert [task.pk for task in withdrawn] == [mine.pk]
    assert FieldTask.objects.get(pk=mine.pk).result == {"reason": "案件已结束"}
    assert FieldTask.objects.get(pk=other.pk).state == "issued"


def test_a_task_past_its_limit_times_out_once(heard: list[Any]) -> None:
    due = factories.task(due_at=now() - timedelta(seconds=1))
    factories.task()
    assert [task_moves.time_out_due(at=now()), task_moves.time_out_due(at=now())] == [1, 0]
    assert [(name, facts["task"].pk if "task" in facts else None) for name, facts in heard] == [
        ("lock", None),
        ("timed_out", due.pk),
    ]
    assert FieldTask.objects.get(pk=due.pk).ended_by_id is None


def test_one_task_that_cannot_time_out_does_not_hold_up_the_others() -> None:
    broken = factories.task(due_at=now() - timedelta(seconds=2))
    due = factories.task(due_at=now() - timedelta(seconds=1))

    def fail(sender: Any, task: FieldTask, **facts: Any) -> None:
        assert task.pk != broken.pk

    task_timed_out.connect(fail)
    ended = task_moves.time_out_due(at=now())
    task_timed_out.disconnect(fail)
    assert (ended, FieldTask.objects.get(pk=due.pk).state) == (1, "timed_out")
    assert FieldTask.objects.get(pk=broken.pk).state == "issued"


def test_an_inactive_responder_is_not_sent() -> None:
    gone = factories.responder(is_active=False)
    with pytest.raises(ResponderNotAvailable):
        factories.task(assignee=gone)


def test_a_subject_has_one_open_verification() -> None:
    factories.task(subject_id=5)
    with pytest.raises(IntegrityError, match="one_open_verification_and_check"), transaction.atomic():
        factories.task(subject_id=5)
