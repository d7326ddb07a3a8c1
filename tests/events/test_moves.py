"""What each move means beyond its state: guards, clocks, legs, tasks, and who may."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.roles import Role
from core.clock import now
from core.deadlines.firing import fire_crossed
from core.errors import Forbidden, NotFound
from core.models import Deadline
from dispatch.actions.task_moves import refuse, time_out_due
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.errors import (
    CheckerIsHandler,
    CheckNeedsPhoto,
    CheckOnSite,
    HandlingRecordIncomplete,
    UnknownCondition,
    UnknownUnit,
    VerificationIncomplete,
)
from events.models import Event, EventType, WorkOrder
from events.moves import Move
from events.queries.catalogue import forget
from tests.events.stage import Stage, browser, new_version_of
from tests.factories import ConditionFactory, OrgUnitFactory, person_with


def clock(event: Event, kind: str) -> Deadline:
    return Deadline.objects.filter(subject_kind="event", subject_id=event.pk, kind=kind).latest("id")


def test_asking_for_verification_goes_to_the_grids_worker_and_holds_the_accept_clock(stage: Stage) -> None:
    worker = stage.worker
    event = stage.report()
    event = perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), event.version)
    task = FieldTask.objects.get()
    assert (task.assignee, task.kind, task.due_at) == (worker, "verify", event.due_at)
    assert clock(event, "accept").state == "paused"


def test_a_verification_needs_a_photo_or_a_written_finding(stage: Stage) -> None:
    event = stage.event_in("verifying")
    with pytest.raises(VerificationIncomplete):
        perform(event.pk, Move.REPORT_VERIFICATION, stage.acceptor.as_actor(), event.version, finding=True, note=" ")


def test_an_office_that_was_asked_sees_the_event_until_it_has_answered(stage: Stage) -> None:
    office = OrgUnitFactory.create(kind="office")
    clerk = person_with(Role.DEPARTMENT_DESK, unit=office)
    event = stage.report()
    event = perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), event.version, unit_id=office.pk)
    assert Event.objects.visible_to(clerk.as_actor()).get() == event
    answer = browser(clerk).post(
        f"/api/v1/events/{event.pk}/moves/report_verification",
        {"version": event.version, "finding": False, "note": "现场未见"},
        format="json",
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "reported")
    assert not Event.objects.visible_to(clerk.as_actor()).exists()


def test_a_refused_task_brings_the_event_back_to_who_sent_it(stage: Stage) -> None:
    event = stage.event_in("verifying")
    task, worker = FieldTask.objects.get(), stage.worker
    assert worker.user is not None
    refuse(task_id=task.pk, version=task.version, actor=worker.user.as_actor(), reason="在医院")
    event.refresh_from_db()
    assert (event.state, event.due_kind) == ("reported", "accept")
    assert clock(event, "verify").state == "withdrawn"


def test_a_task_that_times_out_brings_the_event_back(stage: Stage) -> None:
    event = stage.event_in("verifying")
    assert time_out_due(at=now() + timedelta(minutes=31)) == 1
    event.refresh_from_db()
    assert event.state == "reported"


def test_filing_takes_a_condition_of_the_type_only(stage: Stage) -> None:
    event = stage.report()
    foreign = ConditionFactory.create()
    with pytest.raises(UnknownCondition):
        perform(event.pk, Move.FILE, stage.acceptor.as_actor(), event.version, condition_id=foreign.pk)


def test_the_condition_fixes_the_handling_limit_and_signing_takes_a_quarter_at_most(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    handling, sign = clock(event, "handling"), clock(event, "sign")
    assert handling.due_at - handling.started_at == timedelta(hours=2)
    assert sign.due_at - sign.started_at == timedelta(minutes=15)
    assert (event.due_kind, event.due_at) == ("sign", sign.due_at)


def test_only_a_department_or_office_is_asked_to_verify(stage: Stage) -> None:
    event = stage.report()
    with pytest.raises(UnknownUnit):
        perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), event.version, unit_id=stage.centre.pk)


def test_only_a_department_or_office_can_lead(stage: Stage) -> None:
    event = stage.event_in("filed")
    with pytest.raises(UnknownUnit):
        perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), event.version, unit_id=stage.centre.pk)


def test_a_recalled_dispatch_takes_leg_and_clocks_back_without_judging_them(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    event = perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), event.version, reason="派错部门")
    assert (event.state, event.lead_unit, event.due_kind) == ("filed", None, "dispatch")
    assert WorkOrder.objects.get().state == "withdrawn"
    assert {clock(event, "sign").state, clock(event, "handling").state} == {"withdrawn"}
    event = perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), event.version, unit_id=stage.department.pk)
    assert sorted(WorkOrder.objects.values_list("state", flat=True)) == ["issued", "withdrawn"]


def test_another_department_cannot_sign(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    stranger = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    with pytest.raises(NotFound):
        perform(event.pk, Move.SIGN, stranger.as_actor(), event.version)


def test_finishing_without_the_photo_the_type_needs_is_refused_with_what_is_missing(stage: Stage) -> None:
    EventType.objects.filter(pk=stage.kind.pk).update(needs_after_photo=True)
    event = stage.event_in("handling")
    with pytest.raises(HandlingRecordIncomplete) as refusal:
        perform(event.pk, Move.FINISH, stage.desk.as_actor(), event.version, note="已清理")
    assert refusal.value.extra["missing_zh"] == "处置后照片"


def test_who_handled_it_cannot_check_it(stage: Stage) -> None:
    both = person_with(Role.DEPARTMENT_DESK, unit=stage.department)
    stage.desk.grants.create(
        role=Role.ACCEPTOR, unit=stage.centre, area_path=stage.district.path, area_level="district",
        area_key=stage.district.pk,
    )  # fmt: skip
    event = stage.event_in("checking")
    with pytest.raises(CheckerIsHandler):
        perform(event.pk, Move.CHECK_PASS, stage.desk.as_actor(), event.version)
    assert both.pk


def test_a_responder_of_the_handling_department_cannot_be_named_as_checker(stage: Stage) -> None:
    event = stage.event_in("handled")
    insider = stage.responder(Role.COLLECTOR, stage.district, "collector", "内部人", unit=stage.department)
    with pytest.raises(CheckerIsHandler):
        perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), event.version, assignee_id=insider.pk)


def test_an_event_that_is_checked_on_the_spot_is_not_passed_from_a_desk(stage: Stage) -> None:
    assert stage.collector.pk
    event = stage.event_in("handled")
    event = perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), event.version, mode="on_site")
    with pytest.raises(CheckOnSite):
        perform(event.pk, Move.CHECK_PASS, stage.acceptor.as_actor(), event.version)


def test_a_check_on_the_spot_has_the_photo_that_its_type_asks_for(stage: Stage) -> None:
    EventType.objects.filter(pk=stage.kind.pk).update(needs_check_photo=True)
    forget()
    collector = stage.collector.user
    assert collector is not None
    event = stage.event_in("handled")
    event = perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), event.version, mode="on_site")
    with pytest.raises(CheckNeedsPhoto):
        perform(event.pk, Move.CHECK_PASS, collector.as_actor(), event.version, note="已清理")
    photo = stage.photo(collector)
    passed = perform(event.pk, Move.CHECK_PASS, collector.as_actor(), event.version, attachment_ids=[photo])
    assert passed.state == "checked"
    assert stage.event_in("checked").state == "checked"  # by telephone there is nothing to photograph


def test_a_failed_check_lets_the_handling_clock_run_on_with_its_overrun_kept(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("handling")
        machine.move_to(begun + timedelta(hours=3))
        desk, seat = stage.desk.as_actor(), stage.acceptor.as_actor()
        event = perform(event.pk, Move.FINISH, desk, event.version, note="已清理")
        assert clock(event, "handling").overdue_seconds == 3600
        machine.move_to(begun + timedelta(hours=10))
        event = perform(event.pk, Move.ASK_CHECK, seat, event.version, mode="call_back")
        event = perform(event.pk, Move.CHECK_FAIL, seat, event.version, reason="未清理干净")
        machine.move_to(begun + timedelta(hours=11))
        event = perform(event.pk, Move.FINISH, desk, event.version, note="再次清理")
    assert clock(event, "handling").overdue_seconds == 7200
    order = WorkOrder.objects.get()
    assert (event.rework_count, order.is_rework, order.state) == (1, True, "done")


def test_closing_evaluates_at_once_where_no_citizen_waits(stage: Stage) -> None:
    event = stage.event_in("closed")
    points = event.evaluations.get()
    assert (event.state, points.timeliness, points.quality) == ("evaluated", 100, 100)


def test_with_a_citizen_the_evaluation_waits_for_the_end_of_the_window(stage: Stage) -> None:
    event = stage.event_in("closed", source="hotline_12345")
    assert event.state == "closed"
    fire_crossed(at=now() + timedelta(days=13, hours=23))
    event.refresh_from_db()
    assert event.state == "closed"
    fire_crossed(at=now() + timedelta(days=14, minutes=1))
    event.refresh_from_db()
    assert event.state == "evaluated"


def test_a_crossed_threshold_is_noted_and_makes_nobodys_click_stale(stage: Stage) -> None:
    event = stage.report()
    seen = event.version
    assert fire_crossed(at=now() + timedelta(minutes=13)) == 1
    event.refresh_from_db()
    assert (event.escalation, event.version) == (80, seen + 1)
    event = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), seen, condition_id=stage.condition.pk)
    assert (event.state, event.escalation) == ("filed", 0)


def test_a_seat_of_another_centre_may_look_but_not_act(stage: Stage) -> None:
    street = stage.town["3299.05.002"]
    centre = OrgUnitFactory.create(kind="centre", area_path=street.path)
    neighbour = person_with(Role.ACCEPTOR, area=street, unit=centre)
    event = stage.report()
    with pytest.raises(Forbidden):
        perform(event.pk, Move.FILE, neighbour.as_actor(), event.version, condition_id=stage.condition.pk)


@pytest.mark.parametrize(
    ("state", "move", "inputs"),
    [
        ("reported", Move.REJECT, {"reason": "不属实"}),
        ("filed", Move.DISPATCH, {"unit_id": 1}),
        ("dispatched", Move.CANCEL, {"reason": "误报"}),
    ],
)
def test_a_post_without_the_role_is_told_which_one_is_needed(
    stage: Stage, state: str, move: str, inputs: dict[str, Any]
) -> None:
    event = stage.event_in(state)
    leader = stage.seat(Role.LEADER)
    with pytest.raises(Forbidden):
        perform(event.pk, move, leader.as_actor(), event.version, **inputs)


def test_a_check_that_is_asked_for_late_still_leaves_its_checker_the_whole_limit(stage: Stage) -> None:
    event = stage.event_in("handled")
    checker = stage.collector
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        perform(event.pk, Move.ASK_CHECK, stage.dispatcher.as_actor(), event.version, mode="on_site")
        task = FieldTask.objects.get()
        assert (task.assignee, task.due_at) == (checker, now() + timedelta(minutes=30))
        assert time_out_due(at=now() + timedelta(seconds=10)) == 0


def test_an_event_is_filed_under_its_own_version_though_the_desk_chose_from_the_one_in_force(stage: Stage) -> None:
    event = stage.report()
    born_with = stage.condition
    in_force = new_version_of(stage.kind).conditions.get()
    forget()
    event = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), event.version, condition_id=in_force.pk)
    assert (event.condition, in_force == born_with) == (born_with, False)
