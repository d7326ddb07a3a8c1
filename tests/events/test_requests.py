"""申请单: what is asked, who decides, and what the event does when it is granted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import CITY_ZONE, local, now
from core.errors import AlreadyTaken, Forbidden, MoveNotAllowed, NotFound, StaleVersion
from core.history.record import of_subject
from core.models import Deadline
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.actions.suspension import resume_due
from events.errors import (
    AppealedAlready,
    AppealTooLate,
    AskerMayNotDecide,
    ExtensionOverdue,
    ExtensionsUsedUp,
    OnlyByRequest,
    RequestOpenAlready,
    SuspendedOnce,
    SuspensionInPast,
    SuspensionTooLong,
)
from events.models import ClockLimit, Event, Request, WorkOrder
from events.moves import Move
from events.queries.catalogue import forget
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory, person_with


def ask(event: Event, move: str, by: User, **inputs: Any) -> Request:
    perform(event.pk, move, by.as_actor(), event.version, **{"reason": "需要等待材料", **inputs})
    event.refresh_from_db()
    return Request.objects.latest("id")


def step(request: Request, move: str, by: User, **inputs: Any) -> Request:
    return perform_on_request(request.pk, move, by.as_actor(), request.version, **inputs)


def grant(request: Request, by: User) -> Event:
    step(request, "grant", by, note="同意")
    return Event.objects.get(pk=request.event_id)


def clock(event: Event, kind: str = "handling") -> Deadline:
    return Deadline.objects.filter(subject_kind="event", subject_id=event.pk, kind=kind).latest("id")


def today() -> date:
    return local(now()).date()


@pytest.fixture
def handler(stage: Stage) -> User:
    return person_with(Role.HANDLER, unit=stage.department, name="郑处置")


@pytest.fixture
def leader(stage: Stage) -> User:
    return stage.seat(Role.LEADER, name="王领导")


@pytest.fixture
def assessor(stage: Stage) -> User:
    return stage.seat(Role.ASSESSOR, name="冯考核")


def test_an_extension_climbs_from_the_handler_over_the_desk_to_the_dispatcher(stage: Stage, handler: User) -> None:
    event = stage.event_in("handling")
    due_at = event.due_at
    request = ask(event, Move.ASK_EXTENSION, handler)
    assert (request.state, request.unit, event.due_at) == ("requested", stage.department, due_at)
    request = step(request, "endorse", stage.desk, note="情况属实")
    assert (request.state, request.endorsed_by) == ("endorsed", stage.desk)
    event = grant(request, stage.dispatcher)
    order = WorkOrder.objects.get()
    assert (event.state, event.extension_count) == ("handling", 1)
    assert event.due_at == order.due_at == clock(event).due_at == due_at + timedelta(hours=2)
    steps = [(row.move, row.facts.get("step")) for row in of_subject("event", event.pk)][-3:]
    assert steps == [("ask_extension", None), ("request_step", "endorse"), ("grant_extension", "grant")]


def test_a_request_of_the_desk_starts_as_endorsed(stage: Stage) -> None:
    request = ask(stage.event_in("handling"), Move.ASK_EXTENSION, stage.desk)
    assert (request.state, request.endorsed_by) == ("endorsed", stage.desk)


def test_nobody_but_the_desk_of_the_asking_department_endorses(stage: Stage, handler: User) -> None:
    request = ask(stage.event_in("handling"), Move.ASK_EXTENSION, handler)
    with pytest.raises(Forbidden):
        step(request, "endorse", stage.dispatcher)
    with pytest.raises(Forbidden):
        step(request, "endorse", handler)
    with pytest.raises(NotFound):
        step(request, "endorse", person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create()))


def test_only_the_post_of_its_kind_grants_and_only_what_is_endorsed(stage: Stage, handler: User, leader: User) -> None:
    request = ask(stage.event_in("handling"), Move.ASK_EXTENSION, handler)
    with pytest.raises(MoveNotAllowed):
        step(request, "grant", stage.dispatcher)
    request = step(request, "endorse", stage.desk)
    for somebody in (stage.acceptor, stage.chief, leader, stage.desk):
        with pytest.raises(Forbidden):
            step(request, "grant", somebody)


def test_an_event_is_extended_twice_at_most_and_refusals_do_not_count(stage: Stage) -> None:
    event = stage.event_in("handling")
    step(ask(event, Move.ASK_EXTENSION, stage.desk), "refuse", stage.dispatcher, reason="可按时完成")
    for _ in range(2):
        event = grant(ask(event, Move.ASK_EXTENSION, stage.desk), stage.dispatcher)
    assert clock(event).due_at - clock(event).started_at == timedelta(hours=6)
    with pytest.raises(ExtensionsUsedUp):
        ask(event, Move.ASK_EXTENSION, stage.desk)


def test_an_extension_is_asked_and_granted_only_while_there_is_time_left(stage: Stage) -> None:
    event = stage.event_in("handling")
    asked = ask(event, Move.ASK_EXTENSION, stage.desk)
    late = stage.event_in("handling")
    with time_machine.travel(now() + timedelta(hours=2, minutes=1), tick=False):
        with pytest.raises(ExtensionOverdue):
            ask(late, Move.ASK_EXTENSION, stage.desk)
        with pytest.raises(ExtensionOverdue):
            grant(asked, stage.dispatcher)
    asked.refresh_from_db()
    assert (asked.state, Event.objects.get(pk=event.pk).extension_count) == ("endorsed", 0)


def test_one_request_of_a_kind_is_open_at_a_time(stage: Stage, handler: User) -> None:
    event = stage.event_in("handling")
    ask(event, Move.ASK_EXTENSION, handler)
    with pytest.raises(RequestOpenAlready):
        ask(event, Move.ASK_EXTENSION, stage.desk)
    assert ask(event, Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=9)).kind == "suspension"


def test_asking_makes_nobodys_click_stale(stage: Stage) -> None:
    event = stage.event_in("handling")
    seen = event.version
    ask(event, Move.ASK_EXTENSION, stage.desk)
    event = perform(event.pk, Move.FINISH, stage.desk.as_actor(), seen, note="已处理")
    assert event.state == "handled"


def test_who_asked_or_endorsed_may_not_grant(stage: Stage, handler: User) -> None:
    for person in (handler, stage.desk):
        person.grants.create(
            role=Role.DISPATCHER, unit=stage.centre, area_path=stage.district.path, area_level="district",
            area_key=stage.district.pk,
        )  # fmt: skip
    request = ask(stage.event_in("handling"), Move.ASK_EXTENSION, User.objects.get(pk=handler.pk))
    request = step(request, "endorse", User.objects.get(pk=stage.desk.pk))
    for person in (handler, stage.desk):
        for move, inputs in (("grant", {}), ("refuse", {"reason": "不必"})):
            with pytest.raises(AskerMayNotDecide):
                step(request, move, User.objects.get(pk=person.pk), **inputs)


def test_only_who_asked_withdraws(stage: Stage, handler: User) -> None:
    event = stage.event_in("handling")
    request = ask(event, Move.ASK_EXTENSION, handler)
    with pytest.raises(Forbidden):
        step(request, "withdraw", stage.desk)
    request = step(request, "withdraw", handler)
    assert (request.state, request.decided_by) == ("withdrawn", None)
    assert ask(event, Move.ASK_EXTENSION, handler).state == "requested"


def test_the_second_of_two_is_told_who_decided(stage: Stage) -> None:
    request = ask(stage.event_in("handling"), Move.ASK_EXTENSION, stage.desk)
    grant(request, stage.dispatcher)
    with pytest.raises(AlreadyTaken) as refusal:
        step(request, "refuse", stage.seat(Role.DISPATCHER), reason="不必")
    assert refusal.value.extra["by"] == "张派遣"
    with pytest.raises(StaleVersion):
        step(request, "grant", stage.dispatcher)


def test_a_suspension_holds_the_clock_and_ends_by_itself_on_its_day(stage: Stage) -> None:
    begun = datetime(2027, 3, 2, 10, tzinfo=CITY_ZONE)
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("handling")
        machine.move_to(begun + timedelta(hours=1))
        event = grant(ask(event, Move.ASK_SUSPENSION, stage.desk, until=date(2027, 3, 9)), stage.dispatcher)
        day = datetime(2027, 3, 9, tzinfo=CITY_ZONE)
        assert (event.state, event.suspended_until, event.due_kind, event.due_at) == (
            "suspended", date(2027, 3, 9), "", day,
        )  # fmt: skip
        assert clock(event).state == "paused"
        assert clock(event).intervals.get(ended_at=None).reason == "suspended"
        machine.move_to(day - timedelta(seconds=1))
        assert resume_due() == 0
        machine.move_to(day + timedelta(minutes=30))
        assert (resume_due(), resume_due()) == (1, 0)
        event.refresh_from_db()
        assert (event.state, event.suspended_until, event.due_kind) == ("handling", None, "handling")
        assert event.due_at == clock(event).due_at == WorkOrder.objects.get().due_at == day + timedelta(hours=1)
        last = of_subject("event", event.pk)[-1]
        assert (last.move, last.role, last.facts["until"]) == ("resume", "system", "2027-03-09")


def test_the_dispatcher_resumes_earlier_and_the_clock_runs_from_then(stage: Stage) -> None:
    with time_machine.travel(now(), tick=False) as machine:
        event = stage.event_in("handling")
        until = today() + timedelta(days=30)
        event = grant(ask(event, Move.ASK_SUSPENSION, stage.desk, until=until), stage.dispatcher)
        machine.shift(timedelta(days=3))
        event = perform(event.pk, Move.RESUME, stage.dispatcher.as_actor(), event.version, reason="材料已到")
        assert (event.state, event.due_at) == ("handling", now() + timedelta(hours=2))
        with pytest.raises(SuspendedOnce):
            ask(event, Move.ASK_SUSPENSION, stage.desk, until=until)


@pytest.mark.parametrize(("days", "error"), [(-1, SuspensionInPast), (0, SuspensionInPast), (366, SuspensionTooLong)])
def test_a_suspension_ends_after_today_and_within_a_year(stage: Stage, days: int, error: type[Exception]) -> None:
    event = stage.event_in("handling")
    with pytest.raises(error):
        ask(event, Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=days))
    assert ask(event, Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=365)).state == "endorsed"


def test_a_suspension_whose_day_came_before_the_grant_is_refused(stage: Stage) -> None:
    request = ask(stage.event_in("handling"), Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=1))
    with time_machine.travel(now() + timedelta(days=2), tick=False), pytest.raises(SuspensionInPast):
        grant(request, stage.dispatcher)


def test_an_administrator_sets_how_long_a_suspension_may_be(stage: Stage) -> None:
    ClockLimit.objects.create(kind="suspension", limit_type="calendar_days", limit_amount=30)
    forget()
    with pytest.raises(SuspensionTooLong):
        ask(stage.event_in("handling"), Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=31))


@pytest.mark.parametrize("state", ["reported", "filed", "dispatched"])
def test_cancelling_is_asked_by_the_dispatcher_and_granted_by_the_chief(stage: Stage, state: str) -> None:
    event = stage.event_in(state)
    request = ask(event, Move.ASK_CANCEL, stage.dispatcher)
    assert (request.state, request.unit, Event.objects.get(pk=event.pk).state) == ("endorsed", None, state)
    event = grant(request, stage.chief)
    assert event.state == "cancelled"
    assert not WorkOrder.objects.open().exists()


def test_nobody_cancels_without_a_request(stage: Stage) -> None:
    event = stage.report()
    with pytest.raises(OnlyByRequest) as refusal:
        perform(event.pk, Move.CANCEL, stage.chief.as_actor(), event.version, reason="测试")
    assert "作废" in refusal.value.detail("zh")
    with pytest.raises(Forbidden):
        ask(event, Move.ASK_CANCEL, stage.chief)


@pytest.mark.parametrize("state", ["reported", "verifying", "dispatched", "handling", "handled", "checking", "checked"])
def test_the_chief_asks_and_the_leader_forces_an_event_to_its_end(stage: Stage, leader: User, state: str) -> None:
    event = grant(ask(stage.event_in(state), Move.ASK_FORCE_CLOSE, stage.chief), leader)
    assert (event.state, event.ending, event.evaluations.count()) == ("evaluated", "forced", 1)
    assert not WorkOrder.objects.open().exists()
    assert not Deadline.objects.filter(subject_id=event.pk, state__in=("running", "paused")).exists()


def test_with_a_citizen_a_forced_ending_waits_for_the_rating(stage: Stage, leader: User) -> None:
    event = stage.event_in("handling", source="hotline_12345")
    event = grant(ask(event, Move.ASK_FORCE_CLOSE, stage.chief), leader)
    assert (event.state, clock(event, "rating").state) == ("closed", "running")


def test_a_suspended_and_a_returned_event_can_be_forced_to_their_end(stage: Stage, leader: User) -> None:
    suspended = stage.event_in("handling")
    request = ask(suspended, Move.ASK_SUSPENSION, stage.desk, until=today() + timedelta(days=9))
    suspended = grant(request, stage.dispatcher)
    returned = stage.event_in("handling")
    returned = perform(returned.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非本部门", basis="职责清单")
    for event in (suspended, returned):
        assert grant(ask(event, Move.ASK_FORCE_CLOSE, stage.chief), leader).state == "evaluated"


def test_an_upheld_appeal_exempts_and_changes_no_fact(stage: Stage, assessor: User) -> None:
    event = stage.event_in("closed")
    points = event.evaluations.values().get()
    request = ask(event, Move.APPEAL, stage.desk, attachment_ids=[stage.photo(stage.desk)])
    event = grant(request, assessor)
    assert (event.state, event.is_exempt) == ("evaluated", True)
    assert event.evaluations.values().get() == points
    assert [row.move for row in of_subject("event", event.pk)][-2:] == ["appeal", "decide"]


def test_a_refused_appeal_is_a_verdict_too(stage: Stage, assessor: User) -> None:
    event = stage.event_in("closed")
    step(ask(event, Move.APPEAL, stage.desk), "refuse", assessor, reason="依据不足")
    event.refresh_from_db()
    last = of_subject("event", event.pk)[-1]
    assert (event.is_exempt, last.move, last.facts["step"]) == (False, "decide", "refuse")
    with pytest.raises(AppealedAlready):
        ask(event, Move.APPEAL, stage.desk)


def test_an_appeal_comes_within_five_working_days(stage: Stage) -> None:
    closed = datetime(2027, 3, 2, 10, tzinfo=CITY_ZONE)  # a Tuesday
    with time_machine.travel(closed, tick=False) as machine:
        event = stage.event_in("closed")
        machine.move_to(datetime(2027, 3, 9, 10, 1, tzinfo=CITY_ZONE))
        with pytest.raises(AppealTooLate):
            ask(event, Move.APPEAL, stage.desk)
        machine.move_to(datetime(2027, 3, 9, 9, 59, tzinfo=CITY_ZONE))
        assert ask(event, Move.APPEAL, stage.desk).state == "endorsed"


def test_requests_lapse_when_their_event_leaves_the_state_they_are_about(stage: Stage) -> None:
    event = stage.event_in("handling")
    extension = ask(event, Move.ASK_EXTENSION, stage.desk)
    forced = ask(event, Move.ASK_FORCE_CLOSE, stage.chief)
    event = perform(event.pk, Move.FINISH, stage.desk.as_actor(), None, note="已处理")
    extension.refresh_from_db()
    forced.refresh_from_db()
    assert (extension.state, forced.state) == ("lapsed", "endorsed")
    assert of_subject("event", event.pk)[-1].facts["lapsed"] == [extension.pk]
    with pytest.raises(StaleVersion):
        step(Request(pk=extension.pk, version=1), "grant", stage.dispatcher)


def test_an_ending_takes_every_open_request_with_it(stage: Stage) -> None:
    event = stage.event_in("filed")
    cancel, forced = (
        ask(event, Move.ASK_CANCEL, stage.dispatcher),
        ask(event, Move.ASK_FORCE_CLOSE, stage.chief),
    )
    event = grant(cancel, stage.chief)
    forced.refresh_from_db()
    assert (event.state, forced.state) == ("cancelled", "lapsed")


def test_a_cancel_stays_open_while_the_event_may_still_be_cancelled(stage: Stage) -> None:
    event = stage.event_in("filed")
    request = ask(event, Move.ASK_CANCEL, stage.dispatcher)
    event = perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk)
    request.refresh_from_db()
    assert request.state == "endorsed"
    perform(event.pk, Move.SIGN, stage.desk.as_actor(), None)
    request.refresh_from_db()
    assert request.state == "lapsed"


def test_what_was_asked_at_one_centre_is_void_at_the_next(stage: Stage) -> None:
    event = stage.report()
    request = ask(event, Move.ASK_FORCE_CLOSE, stage.chief)
    city = OrgUnitFactory.create(kind="centre", area_path="3299", area_level="city", area_key=stage.town["3299"].pk)
    OrgUnit.objects.filter(pk=stage.centre.pk).update(parent=city)
    forget()
    event = perform(event.pk, Move.ESCALATE_UP, stage.chief.as_actor(), None, reason="需市级协调")
    request.refresh_from_db()
    assert (event.state, event.owner_unit, request.state) == ("reported", city, "lapsed")


def test_a_merged_event_takes_its_requests_along_into_nothing(stage: Stage) -> None:
    main, follower = stage.event_in("filed"), stage.event_in("filed")
    request = ask(follower, Move.ASK_CANCEL, stage.dispatcher)
    perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    request.refresh_from_db()
    assert request.state == "lapsed"


def test_an_event_closed_while_it_was_suspended_has_no_day_to_come_back_on(stage: Stage, leader: User) -> None:
    event = stage.event_in("handling")
    grant(ask(event, Move.ASK_SUSPENSION, stage.desk, until=local(now()).date() + timedelta(days=9)), stage.dispatcher)
    event = grant(ask(Event.objects.get(pk=event.pk), Move.ASK_FORCE_CLOSE, stage.chief), leader)
    assert (event.state, event.suspended_until) == ("evaluated", None)


def test_an_appeal_that_lapses_with_a_reopening_was_never_judged_and_may_be_made_again(
    stage: Stage, assessor: User
) -> None:
    event = stage.event_in("closed")
    request = ask(event, Move.APPEAL, stage.desk)
    perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="问题复发")
    request.refresh_from_db()
    assert request.state == "lapsed"
    with pytest.raises(StaleVersion):
        step(Request(pk=request.pk, version=1), "grant", assessor)
    for move, who, inputs in stage.way_to("closed")[1:]:
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    event = grant(ask(event, Move.APPEAL, stage.desk), assessor)
    assert event.is_exempt
    with pytest.raises(AppealedAlready):
        ask(event, Move.APPEAL, stage.desk)


def test_a_run_after_a_reopening_is_appealed_for_itself_and_an_exemption_is_of_its_run(
    stage: Stage, assessor: User
) -> None:
    event = stage.event_in("closed")
    event = grant(ask(event, Move.APPEAL, stage.desk), assessor)
    assert event.is_exempt
    event = perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="问题复发")
    assert not event.is_exempt, "what was exempted is the run before"
    for move, who, inputs in stage.way_to("closed")[1:]:
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    step(ask(event, Move.APPEAL, stage.desk), "refuse", assessor, reason="依据不足")
    event.refresh_from_db()
    assert [(one.run, one.state) for one in Request.objects.order_by("id")] == [(1, "granted"), (2, "refused")]
    assert not event.is_exempt
    assert [row.facts["run"] for row in of_subject("event", event.pk) if row.move in ("appeal", "decide")] == [
        1,
        1,
        2,
        2,
    ]
    with pytest.raises(AppealedAlready):
        ask(event, Move.APPEAL, stage.desk)


def test_an_appeal_of_the_run_before_is_void_and_exempts_no_run(stage: Stage, assessor: User) -> None:
    event = stage.event_in("closed")
    request = ask(event, Move.APPEAL, stage.desk)
    perform(event.pk, Move.REOPEN, stage.chief.as_actor(), None, reason="问题复发")
    with pytest.raises(MoveNotAllowed):
        perform_on_request(request.pk, "grant", assessor.as_actor())
    event.refresh_from_db()
    assert (event.run, event.is_exempt) == (2, False)
