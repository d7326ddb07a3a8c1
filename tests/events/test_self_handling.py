"""Small things settled on the spot, and the sample that somebody else looks at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.errors import Forbidden, MoveNotAllowed
from core.history.record import of_subject
from core.models import Deadline
from dispatch.actions import task_moves
from dispatch.models import FieldTask
from dispatch.rules.geofence import Fix
from events.actions.perform import perform
from events.actions.self_handling import ask_due_audits
from events.errors import HandlingRecordIncomplete, OutsideOwnGrid, SelfHandlingNotAllowed
from events.models import ClockLimit, Event, EventType
from events.moves import Move
from events.queries.catalogue import forget
from events.rules.sampling import is_sampled
from events.shapes import EventDetail
from tests.events.stage import HERE, Stage, browser
from tests.factories import person_with
from tests.grids.town import DISTRICT


@pytest.fixture
def yard(stage: Stage) -> Iterator[Stage]:
    """A stage whose type may be settled on the spot, and every such event is looked at."""
    EventType.objects.filter(pk=stage.kind.pk).update(allows_self_handling=True)
    ClockLimit.objects.create(kind="self_handling_audit", limit_type="percent", limit_amount=100)
    forget()
    yield stage


def worker_of(stage: Stage) -> User:
    user = stage.worker.user
    assert user is not None
    return user


def settled(stage: Stage, **fields: Any) -> Event:
    worker = worker_of(stage)
    event = stage.report(by=worker, attachment_ids=[stage.photo(worker)], **fields)
    photos = [stage.photo(worker)]
    return perform(event.pk, Move.SELF_HANDLE, worker.as_actor(), event.version, note="已清理", attachment_ids=photos)


def look(stage: Stage, event: Event, *, passed: bool) -> Event:
    checker = stage.collector.user
    assert checker is not None
    actor, here = checker.as_actor(), Fix(HERE[0], HERE[1], 5)
    task = FieldTask.objects.open().get(subject_id=event.pk)
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    task = task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=here)
    note = "与照片一致" if passed else "未见处置"
    task_moves.done(
        task_id=task.pk,
        version=task.version,
        actor=actor,
        outcome=task_moves.Outcome(passed=passed, note=note, fix=here),
    )
    event.refresh_from_db()
    return event


def test_a_worker_settles_it_and_it_is_evaluated_like_every_other(yard: Stage) -> None:
    event = settled(yard)
    assert (event.state, event.ending) == ("evaluated", "self_handled")
    assert [row.move for row in of_subject("event", event.pk)] == ["report", "self_handle", "evaluate"]
    assert event.evaluations.get().timeliness == 100
    accept = Deadline.objects.get(subject_kind="event", subject_id=event.pk)
    assert (accept.kind, accept.state) == ("accept", "stopped")


def test_with_a_citizen_the_rating_window_opens(yard: Stage) -> None:
    event = settled(yard, source="snapshot")
    assert event.state == "closed"
    assert Deadline.objects.filter(subject_id=event.pk, kind="rating", state="running").exists()


def test_only_types_that_allow_it(stage: Stage) -> None:
    with pytest.raises(SelfHandlingNotAllowed):
        settled(stage)


def test_it_takes_a_photo_from_before_and_one_from_after(yard: Stage) -> None:
    worker = worker_of(yard)
    event = yard.report(by=worker)
    with pytest.raises(HandlingRecordIncomplete) as refusal:
        perform(event.pk, Move.SELF_HANDLE, worker.as_actor(), None, note=" ")
    assert refusal.value.extra["missing_zh"] == "处置情况说明、处置前照片、处置后照片"
    before, after = [yard.photo(worker)], [yard.photo(worker)]
    event = perform(
        event.pk, Move.SELF_HANDLE, worker.as_actor(), None, note="已清理", before_attachment_ids=before,
        attachment_ids=after,
    )  # fmt: skip
    assert sorted(event.attachments.values_list("purpose", flat=True)) == ["after", "before"]


def test_the_sample_is_looked_at_by_somebody_else(yard: Stage) -> None:
    checker = yard.collector
    event = settled(yard)
    task = FieldTask.objects.open().get(subject_id=event.pk)
    assert (event.audit, task.kind, task.assignee) == ("due", "check", checker)
    assert task.due_at is not None
    assert task.due_at > now() + timedelta(days=2)
    assert checker.user is not None
    assert Event.objects.visible_to(checker.user.as_actor()).filter(pk=event.pk).exists()


@pytest.mark.parametrize(("passed", "audit"), [(True, "passed"), (False, "failed")])
def test_what_the_sample_shows_is_noted_and_changes_no_fact(yard: Stage, passed: bool, audit: str) -> None:
    assert yard.collector.pk
    event = settled(yard)
    ended_at = event.ended_at
    event = look(yard, event, passed=passed)
    assert (event.state, event.audit, event.ending, event.ended_at) == ("evaluated", audit, "self_handled", ended_at)
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.facts["audit"]) == ("audit", audit)


def test_an_audit_that_nobody_went_to_is_asked_again(yard: Stage) -> None:
    first = yard.collector
    event = settled(yard)
    task = FieldTask.objects.open().get(subject_id=event.pk)
    assert first.user is not None
    task_moves.refuse(task_id=task.pk, version=task.version, actor=first.user.as_actor(), reason="休假")
    event.refresh_from_db()
    assert event.audit == "due"
    second = yard.responder(Role.COLLECTOR, yard.district, "collector", "冯采集")
    assert ask_due_audits() == 1
    assert FieldTask.objects.open().get(subject_id=event.pk).assignee == second
    assert ask_due_audits() == 0


def test_where_no_collector_is_there_the_audit_waits(yard: Stage) -> None:
    event = settled(yard)
    assert (event.audit, ask_due_audits()) == ("due", 0)
    assert yard.collector.pk
    assert ask_due_audits() == 1


def test_a_reopened_event_is_not_audited_any_more(yard: Stage) -> None:
    assert yard.collector.pk
    event = settled(yard)
    event = perform(event.pk, Move.REOPEN, yard.chief.as_actor(), None, reason="复发")
    assert (event.state, event.audit) == ("reported", "")
    assert not FieldTask.objects.open().filter(subject_id=event.pk).exists()


def test_who_does_not_work_the_grid_does_not_settle_it_there(yard: Stage) -> None:
    with pytest.raises(Forbidden):
        perform(yard.report().pk, Move.SELF_HANDLE, yard.acceptor.as_actor(), None, note="已清理")


def test_a_worker_of_another_grid_is_told_that_it_is_reported_all_the_same(yard: Stage) -> None:
    stranger = person_with(Role.GRID_WORKER, area=yard.town[f"{DISTRICT}.002.001.g002"])
    event = yard.report(by=stranger)
    with pytest.raises(OutsideOwnGrid):
        perform(event.pk, Move.SELF_HANDLE, stranger.as_actor(), event.version, note="已清理")
    event.refresh_from_db()
    assert event.state == "reported"


def test_what_is_filed_takes_the_usual_way(yard: Stage) -> None:
    event = yard.event_in("filed")
    with pytest.raises(MoveNotAllowed):
        perform(event.pk, Move.SELF_HANDLE, worker_of(yard).as_actor(), None, note="已清理")


def test_two_calls_of_the_phone(yard: Stage) -> None:
    worker = worker_of(yard)
    client = browser(worker)
    body = {"type_code": yard.kind.code, "description": "纸箱占道", "lng": HERE[0], "lat": HERE[1]}
    made = client.post("/api/v1/events", {**body, "attachment_ids": [yard.photo(worker)]}, format="json").json()
    offered = client.get(f"/api/v1/events/{made['id']}").json()["allowed_moves"]
    assert "self_handle" in {row["move"] for row in offered}
    path = f"/api/v1/events/{made['id']}/moves/self_handle"
    values = {"version": made["version"], "note": "已搬走", "attachment_ids": [yard.photo(worker)]}
    shown = EventDetail.model_validate(client.post(path, values, format="json").json())
    assert (shown.state, shown.ending, shown.audit) == ("evaluated", "self_handled", "due")
    assert "audit" not in {row.move for row in shown.allowed_moves}


def test_no_button_where_the_type_does_not_allow_it(stage: Stage) -> None:
    worker = worker_of(stage)
    event = stage.report(by=worker)
    shown = browser(worker).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
    assert "self_handle" not in {row["move"] for row in shown}


def test_one_in_ten_is_sampled_and_always_the_same_ones() -> None:
    numbers = [f"20260301{serial:06d}" for serial in range(10_000)]
    drawn = {number for number in numbers if is_sampled(number, percent=10)}
    assert 900 < len(drawn) < 1100
    assert drawn == {number for number in numbers if is_sampled(number, percent=10)}
    assert not any(is_sampled(number, percent=0) for number in numbers)
    assert all(is_sampled(number, percent=100) for number in numbers)
