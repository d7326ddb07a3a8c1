"""A type that needs a picture of how it was found is filed with one, or with the reason why there is none."""

from typing import Any

import pytest

from accounts.models import User
from core.actor import SYSTEM
from core.history.record import of_subject
from dispatch.actions import task_moves
from dispatch.models import FieldTask
from dispatch.rules.geofence import Fix
from events.actions.perform import perform
from events.errors import PictureNeededToFile, VerificationNeedsPhoto
from events.models import Attachment, Event, EventType
from events.moves import Move
from events.queries.catalogue import forget
from events.shapes import EventDetail
from tests.events.stage import HERE, Stage, browser
from tests.factories import EventTypeFactory


@pytest.fixture
def kind(stage: Stage) -> EventType:
    EventType.objects.filter(pk=stage.kind.pk).update(needs_before_photo=True)
    forget()
    return stage.kind


def file(stage: Stage, event: Event, **inputs: Any) -> Event:
    values = {"condition_id": stage.condition.pk, **inputs}
    return perform(event.pk, Move.FILE, stage.acceptor.as_actor(), None, **values)


def hand_in(event: Event, who: User, *, passed: bool, photos: list[int]) -> None:
    task, actor, here = FieldTask.objects.open().get(subject_id=event.pk), who.as_actor(), Fix(*HERE, 5)
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    task = task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=here)
    outcome = task_moves.Outcome(passed=passed, note="已到场", fix=here, attachment_ids=photos)
    task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=outcome)


def test_a_report_with_its_picture_is_filed_as_ever(stage: Stage, kind: EventType) -> None:
    event = stage.report(attachment_ids=[stage.photo(stage.acceptor)])
    assert file(stage, event).state == "filed"


def test_a_call_without_a_picture_is_not_filed_until_somebody_says_why(stage: Stage, kind: EventType) -> None:
    event = stage.report(source="hotline_12345")
    with pytest.raises(PictureNeededToFile) as refusal:
        file(stage, event, no_photo_reason="  ")
    assert kind.name in refusal.value.detail("zh")
    event = file(stage, event, no_photo_reason="电话反映，井盖已丢失，等不及核实")
    last = of_subject("event", event.pk)[-1]
    assert (event.state, last.facts["without_photo"]) == ("filed", True)
    assert last.personal is not None and last.personal["reason"].startswith("电话反映")


def test_with_a_picture_no_reason_is_kept_that_nobody_asked_for(stage: Stage, kind: EventType) -> None:
    event = stage.report(attachment_ids=[stage.photo(stage.acceptor)])
    last = of_subject("event", file(stage, event, no_photo_reason="没有").pk)[-1]
    assert "without_photo" not in last.facts
    assert last.personal is not None and "reason" not in last.personal


def test_a_verification_brings_the_picture_that_the_report_lacked(stage: Stage, kind: EventType) -> None:
    event = stage.event_in("verifying")
    worker = stage.worker.user
    assert worker is not None
    hand_in(event, worker, passed=True, photos=[stage.photo(worker)])
    assert file(stage, event).state == "filed"


def test_who_went_there_and_found_it_so_brings_a_picture(stage: Stage, kind: EventType) -> None:
    event = stage.event_in("verifying")
    worker = stage.worker.user
    assert worker is not None
    with pytest.raises(VerificationNeedsPhoto):
        hand_in(event, worker, passed=True, photos=[])


def test_what_was_not_so_has_nothing_to_show(stage: Stage, kind: EventType) -> None:
    event = stage.event_in("verifying")
    worker = stage.worker.user
    assert worker is not None
    hand_in(event, worker, passed=False, photos=[])
    event.refresh_from_db()
    assert event.state == "reported"


def test_an_office_answers_in_writing_and_the_acceptor_says_why_there_is_no_picture(
    stage: Stage, kind: EventType
) -> None:
    event = stage.report()
    perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), None, unit_id=stage.department.pk)
    perform(event.pk, Move.REPORT_VERIFICATION, stage.desk.as_actor(), None, finding=True, note="档案中有记录")
    with pytest.raises(PictureNeededToFile):
        file(stage, event)
    assert file(stage, event, no_photo_reason="部门书面核实").state == "filed"


def test_the_picture_of_an_alert_counts_and_a_document_does_not(stage: Stage, kind: EventType) -> None:
    event, other = stage.report(), stage.report()
    rows = [stage.photo(stage.acceptor), stage.photo(stage.acceptor)]
    Attachment.objects.filter(pk=rows[0]).update(event=event, kind="still", purpose="evidence")
    Attachment.objects.filter(pk=rows[1]).update(event=other, kind="document", purpose="report")
    assert file(stage, event).state == "filed"
    with pytest.raises(PictureNeededToFile):
        file(stage, other)


def test_the_type_that_it_is_filed_as_decides_and_not_the_one_it_was_reported_as(stage: Stage) -> None:
    strict = EventTypeFactory.create(needs_before_photo=True)
    forget()
    condition = strict.conditions.get()
    event = stage.report()
    with pytest.raises(PictureNeededToFile):
        file(stage, event, type_code=strict.code, condition_id=condition.pk)
    event.refresh_from_db()
    assert (event.state, event.type_code) == ("reported", stage.kind.code), "a refusal changes nothing"


def test_the_platform_files_nothing_without_a_picture_by_itself(stage: Stage, kind: EventType) -> None:
    event = stage.report()
    with pytest.raises(PictureNeededToFile):
        perform(event.pk, Move.FILE, SYSTEM, None, condition_id=stage.condition.pk)


def test_the_desk_is_told_before_it_files(stage: Stage, kind: EventType) -> None:
    event = stage.report()
    desk = browser(stage.acceptor)
    shown = desk.get(f"/api/v1/events/{event.pk}").json()
    EventDetail.model_validate(shown)
    assert (shown["needs_before_photo"], shown["has_before_photo"]) == (True, False)
    types = {one["code"]: one for one in desk.get("/api/v1/event-types").json()["items"]}
    assert types[kind.code]["needs_before_photo"] is True
    url, body = f"/api/v1/events/{event.pk}/moves/file", {"version": 1, "condition_id": stage.condition.pk}
    refused = desk.post(url, body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "picture_needed_to_file")
    filed = desk.post(url, {**body, "no_photo_reason": "电话反映"}, format="json")
    assert (filed.status_code, filed.json()["state"]) == (200, "filed")
