"""隐患点: the points of a procedure are ticked off one by one, by whoever verifies, handles or checks the event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from core.errors import Forbidden, MoveNotAllowed, NotFound
from core.history.record import of_subject
from core.models import OutboxMessage
from events.actions.perform import perform
from events.errors import CheckerIsHandler, PointMarkedMeanwhile, UnknownPoint
from events.models import DangerFinding, Event
from events.moves import Move
from events.rules.progress import STEP_OF_STATE, Stay, step_spans
from events.shapes import EventDetail
from tests.events.plays import procedure
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with


def event_in(stage: Stage, state: str) -> Event:
    event = stage.event_in(state)
    Event.objects.filter(pk=event.pk).update(scenario=procedure())
    return Event.objects.get(pk=event.pk)


def mark(event: Event, who: User, *points: tuple[int, str, int], remark: str = "") -> Event:
    marks = [{"number": n, "finding": finding, "version": version, "remark": remark} for n, finding, version in points]
    return perform(event.pk, Move.MARK_POINTS, who.as_actor(), None, points=marks)


def progress(event: Event, who: User) -> dict[str, Any]:
    body = browser(who).get(f"/api/v1/events/{event.pk}").json()
    EventDetail.model_validate(body)
    shown: dict[str, Any] = body["progress"]
    return shown


def test_a_point_that_was_looked_at_says_what_was_found_by_whom_and_when(stage: Stage) -> None:
    event = event_in(stage, "handling")
    mark(event, stage.desk, (2, "found", 0), remark="酒精超量存放")
    shown = progress(event, stage.dispatcher)
    point = shown["scenes"][0]["links"][0]["points"][1]
    assert (point["finding"], point["remark"], point["marked_by"], point["version"]) == (
        "found", "酒精超量存放", "周部门", 1,
    )  # fmt: skip
    assert point["marked_at"] is not None
    assert shown["points"] == {"total": 3, "marked": 1, "found": 1, "may_mark": False}
    assert progress(event, stage.desk)["points"]["may_mark"] is True


def test_every_mark_is_appended_to_the_history_and_makes_nobodys_click_stale(stage: Stage) -> None:
    event = event_in(stage, "handling")
    seen = event.version
    mark(event, stage.desk, (1, "not_found", 0), (2, "not_applicable", 0), remark="已看")
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.facts["points"]) == (
        "mark_points", [{"number": 1, "finding": "not_found"}, {"number": 2, "finding": "not_applicable"}],
    )  # fmt: skip
    assert last.personal is not None and last.personal["note"] == "1 未发现：已看；2 不适用：已看"
    assert OutboxMessage.objects.filter(type="event.changed").latest("id").payload["change"] == "mark_points"
    assert perform(event.pk, Move.FINISH, stage.desk.as_actor(), seen, note="已处置").state == "handled"


def test_two_people_tick_different_points_without_a_conflict(stage: Stage) -> None:
    event = event_in(stage, "handling")
    handler = person_with(Role.HANDLER, unit=stage.department, name="郑处置")
    mark(event, stage.desk, (1, "found", 0))
    mark(event, handler, (3, "not_found", 0))
    assert progress(event, stage.desk)["points"]["marked"] == 2


def test_who_changes_a_point_that_somebody_marked_meanwhile_is_told_who_and_what(stage: Stage) -> None:
    event = event_in(stage, "handling")
    handler = person_with(Role.HANDLER, unit=stage.department, name="郑处置")
    mark(event, stage.desk, (1, "found", 0))
    with pytest.raises(PointMarkedMeanwhile) as refusal:
        mark(event, handler, (2, "not_found", 0), (1, "not_found", 0))
    assert (refusal.value.extra["by"], refusal.value.extra["finding"]) == ("周部门", "发现隐患")
    assert DangerFinding.objects.count() == 1, "all of them are kept or none"
    mark(event, handler, (1, "not_found", 1))
    row = DangerFinding.objects.get()
    assert (row.finding, row.marked_by, row.version) == ("not_found", handler, 2)


def test_saying_the_same_again_is_no_second_mark(stage: Stage) -> None:
    event = event_in(stage, "handling")
    mark(event, stage.desk, (1, "found", 0))
    rows = len(of_subject("event", event.pk))
    mark(event, stage.desk, (1, "found", 0))
    assert (DangerFinding.objects.get().version, len(of_subject("event", event.pk))) == (1, rows)


def test_a_mark_made_by_mistake_is_taken_back_and_the_point_counts_as_open(stage: Stage) -> None:
    event = event_in(stage, "handling")
    mark(event, stage.desk, (1, "found", 0))
    mark(event, stage.desk, (1, "", 1))
    assert progress(event, stage.desk)["points"] == {"total": 3, "marked": 0, "found": 0, "may_mark": True}


def test_whoever_goes_to_verify_or_was_given_the_leg_ticks_off_and_others_do_not(stage: Stage) -> None:
    asked = event_in(stage, "verifying")
    worker = stage.worker.user
    assert worker is not None
    mark(asked, worker, (1, "found", 0))
    mark(asked, stage.acceptor, (2, "not_found", 0))
    handled = event_in(stage, "handling")
    for person in (stage.acceptor, stage.dispatcher, stage.seat(Role.LEADER)):
        with pytest.raises(Forbidden):
            mark(handled, person, (1, "found", 0))
    with pytest.raises(NotFound):
        mark(handled, person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create()), (1, "found", 0))


def test_a_helping_department_ticks_off_its_points(stage: Stage) -> None:
    event, helper = event_in(stage, "filed"), OrgUnitFactory.create()
    desk = person_with(Role.DEPARTMENT_DESK, unit=helper)
    units = {"unit_id": stage.department.pk, "co_units": [{"unit_id": helper.pk}]}
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, **units)
    mark(event, desk, (3, "not_found", 0))
    assert progress(event, desk)["points"]["marked"] == 1


def goes_to_check(stage: Stage, event: Event) -> User:
    """Somebody is sent to the spot to check it."""
    responder = stage.worker
    ask = {"mode": "on_site", "assignee_id": responder.pk}
    perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), None, **ask)
    assert responder.user is not None
    return responder.user


def test_who_checks_ticks_off_beside_the_acceptor_and_corrects_what_the_handlers_said(stage: Stage) -> None:
    event = event_in(stage, "handling")
    mark(event, stage.desk, (1, "not_found", 0))
    perform(event.pk, Move.FINISH, stage.desk.as_actor(), None, note="已处置")
    worker = goes_to_check(stage, event)
    assert progress(event, worker)["points"]["may_mark"] is True
    with pytest.raises(PointMarkedMeanwhile):
        mark(event, worker, (1, "found", 0))
    mark(event, worker, (1, "found", 1), (2, "not_found", 0))
    mark(event, stage.acceptor, (3, "not_applicable", 0))
    assert (event_of(event).state, progress(event, stage.acceptor)["points"]["marked"]) == ("checking", 3)


def test_while_it_is_checked_nobody_who_handled_it_ticks_off_and_no_other_seat(stage: Stage) -> None:
    event = event_in(stage, "handled")
    goes_to_check(stage, event)
    for person in (stage.desk, stage.dispatcher, stage.chief, stage.seat(Role.LEADER)):
        assert progress(event, person)["points"]["may_mark"] is False
        with pytest.raises(Forbidden):
            mark(event, person, (1, "found", 0))
    with pytest.raises(NotFound):
        mark(event, person_with(Role.HANDLER, unit=OrgUnitFactory.create()), (1, "found", 0))


def test_an_acceptor_who_belongs_to_the_department_that_handled_it_does_not_check_its_points(stage: Stage) -> None:
    event = event_in(stage, "handled")
    goes_to_check(stage, event)
    stage.acceptor.grants.create(role=Role.HANDLER, unit=stage.department)
    both = User.objects.get(pk=stage.acceptor.pk)
    with pytest.raises(CheckerIsHandler):
        mark(event, both, (1, "found", 0))
    assert progress(event, both)["points"]["may_mark"] is False


def test_after_the_verdict_nothing_is_ticked_off_any_more(stage: Stage) -> None:
    event = event_in(stage, "checking")
    perform(event.pk, Move.CHECK_PASS, stage.acceptor.as_actor(), None, note="满意")
    with pytest.raises(MoveNotAllowed):
        mark(event, stage.acceptor, (1, "found", 0))
    perform(event.pk, Move.CLOSE, stage.acceptor.as_actor(), None, reply="已处理")
    with pytest.raises(MoveNotAllowed):
        mark(event, stage.acceptor, (1, "found", 0))
    assert progress(event, stage.acceptor)["points"]["may_mark"] is False


def event_of(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


@pytest.mark.parametrize("state", ["reported", "filed", "handled", "checked", "closed"])
def test_nothing_is_ticked_off_where_nobody_verifies_handles_or_checks(stage: Stage, state: str) -> None:
    by_department = state in ("handled", "checked", "closed")
    with pytest.raises(MoveNotAllowed):
        mark(event_in(stage, state), stage.desk if by_department else stage.acceptor, (1, "found", 0))


def test_a_point_that_the_procedure_has_not_is_refused(stage: Stage) -> None:
    with pytest.raises(UnknownPoint) as refusal:
        mark(event_in(stage, "handling"), stage.desk, (1, "found", 0), (44, "found", 0))
    assert refusal.value.extra["numbers"] == "44"
    with pytest.raises(UnknownPoint):
        mark(stage.event_in("handling"), stage.desk, (1, "found", 0))


def test_a_reopened_event_is_looked_at_anew_and_the_first_run_is_kept(stage: Stage) -> None:
    event = event_in(stage, "handling")
    mark(event, stage.desk, (1, "found", 0))
    for move, who, inputs in stage.way_to("closed")[3:]:
        perform(event.pk, move, who.as_actor(), None, **inputs)
    perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="复发")
    for move, who, inputs in stage.way_to("handling")[1:]:
        perform(event.pk, move, who.as_actor(), None, **inputs)
    assert progress(event, stage.desk)["points"]["marked"] == 0
    mark(event, stage.desk, (1, "not_found", 0))
    assert [(row.run, row.finding) for row in DangerFinding.objects.order_by("run")] == [(1, "found"), (2, "not_found")]


def test_points_are_marked_over_http(stage: Stage) -> None:
    event = event_in(stage, "handling")
    url = f"/api/v1/events/{event.pk}/moves/mark_points"
    body = {"points": [{"number": 1, "finding": "found", "version": 0, "remark": "见照片"}]}
    desk = browser(stage.desk)
    answer = desk.post(url, body, format="json")
    assert (answer.status_code, answer.json()["progress"]["points"]["found"]) == (200, 1)
    assert "mark_points" not in [one["move"] for one in answer.json()["allowed_moves"]], "it stands in the book"
    assert browser(stage.dispatcher).post(url, body, format="json").json()["code"] == "forbidden"
    stranger = person_with(Role.HANDLER, unit=OrgUnitFactory.create())
    assert browser(stranger).post(url, body, format="json").status_code == 404
    point = body["points"][0]
    wrong: list[list[dict[str, Any]]] = [
        [],
        [point, point],
        [{**point, "finding": "maybe"}],
        [{**point, "version": -1}],
    ]
    assert {desk.post(url, {"points": points}, format="json").status_code for points in wrong} == {422}
    late = desk.post(url, {"points": [{**point, "finding": "not_found"}]}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "point_marked_meanwhile")


def test_a_step_says_when_its_limit_ends_and_a_done_one_when_it_was_done(stage: Stage) -> None:
    event = event_in(stage, "handling")
    steps = {step["code"]: step for step in progress(event, stage.desk)["steps"]}
    moments = {row.to_state: row.at for row in of_subject("event", event.pk)}
    at = {key: datetime.fromisoformat(steps["handle"][key]) for key in ("began_at", "due_at")}
    assert at["began_at"] == moments["dispatched"].replace(microsecond=at["began_at"].microsecond)
    assert at["due_at"] - at["began_at"] == timedelta(hours=1)
    assert (steps["handle"]["ended_at"], steps["check"]["due_at"]) == (None, None)
    assert steps["dispatch"]["ended_at"] is not None


START = datetime(2027, 3, 2, tzinfo=UTC)
CODES = ["verify", "file", "dispatch", "handle", "check", "close"]
passages = st.lists(st.sampled_from(sorted(STEP_OF_STATE)), min_size=1, max_size=12)


@given(passages)
def test_only_the_step_at_hand_is_open_and_it_began_when_it_was_last_reached(states: list[str]) -> None:
    passage = [Stay(state, START + timedelta(hours=hour)) for hour, state in enumerate(states)]
    spans = step_spans(CODES, passage)
    still = [span for span in spans if span is not None and span.ended is None]
    assert len(still) == 1
    assert all(span is None or span.ended is None or span.began < span.ended for span in spans)


def test_while_it_is_suspended_a_step_stands() -> None:
    states = ["dispatched", "handling", "suspended", "handling"]
    passage = [Stay(state, START + timedelta(hours=hour)) for hour, state in enumerate(states)]
    span = step_spans(CODES, passage)[3]
    assert span is not None
    assert (span.began, span.stood) == (START, ((START + timedelta(hours=2), START + timedelta(hours=3)),))
