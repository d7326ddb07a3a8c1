"""A second run of an ended event, and one person saying "I am on it"."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from accounts.roles import Role
from core.actor import CITIZEN, SYSTEM
from core.clock import now
from core.errors import AlreadyTaken, Forbidden, MoveNotAllowed
from core.history.record import of_subject
from core.models import Deadline
from events.actions.perform import perform
from events.actions.request_moves import grant_request
from events.errors import ReopenTooLate
from events.models import Event, Request, WorkOrder
from events.moves import Move
from events.queries.followers import public_state_of
from events.shapes import EventDetail, EventPage
from events.signals import event_reopened
from tests.events.stage import Stage, browser


def reopen(event: Event, who: Any) -> Event:
    return perform(event.pk, Move.REOPEN, who, None, reason="问题复发")


def again_to_the_end(stage: Stage, event: Event) -> Event:
    for move, who, inputs in stage.way_to("closed")[1:]:
        event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
    return event


def test_a_closed_event_is_dispatched_anew_under_new_limits(stage: Stage) -> None:
    event = stage.event_in("closed", source="snapshot")
    event = reopen(event, stage.chief.as_actor())
    assert (event.state, event.run, event.due_kind, event.lead_unit) == ("filed", 2, "dispatch", None)
    assert (event.ended_at, event.ending) == (None, "")
    running = Deadline.objects.filter(subject_kind="event", subject_id=event.pk, state="running")
    assert [clock.kind for clock in running] == ["dispatch"]
    assert Deadline.objects.get(subject_kind="event", subject_id=event.pk, kind="rating").state == "withdrawn"


def test_an_upheld_appeal_exempts_the_run_it_was_about(stage: Stage) -> None:
    event = stage.event_in("closed")
    perform(event.pk, Move.APPEAL, stage.desk.as_actor(), None, reason="时限内无法完成")
    grant_request(request_id=Request.objects.get().pk, actor=stage.seat(Role.ASSESSOR).as_actor())
    assert Event.objects.get(pk=event.pk).is_exempt
    assert not reopen(event, stage.chief.as_actor()).is_exempt


def test_a_rejected_event_that_was_never_filed_is_accepted_anew(stage: Stage) -> None:
    event = stage.report()
    event = perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="不属实")
    event = reopen(event, stage.chief.as_actor())
    assert (event.state, event.due_kind, event.run) == ("reported", "accept", 2)


def test_each_run_has_its_own_legs_clocks_and_evaluation(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        event = stage.event_in("handling")
        machine.move_to(begun + timedelta(hours=3))
        for move, who, inputs in stage.way_to("closed")[3:]:
            event = perform(event.pk, move, who.as_actor(), event.version, **inputs)
        assert event.state == "evaluated"
        machine.move_to(begun + timedelta(days=2))
        event = again_to_the_end(stage, reopen(event, stage.chief.as_actor()))
    points = event.evaluations.order_by("run")
    assert [(one.run, one.timeliness, one.overdue_seconds) for one in points] == [(1, 50, 3600), (2, 100, 0)]
    legs = WorkOrder.objects.filter(event=event).order_by("run")
    assert [(leg.run, leg.state, leg.unit) for leg in legs] == [
        (1, "done", stage.department),
        (2, "done", stage.department),
    ]
    handling = Deadline.objects.filter(subject_kind="event", subject_id=event.pk, kind="handling").order_by("id")
    assert [clock.overdue_seconds for clock in handling] == [3600, 0]


def test_what_is_counted_for_a_run_begins_anew(stage: Stage) -> None:
    event = stage.event_in("checking", source="snapshot")
    seat = stage.acceptor.as_actor()
    event = perform(event.pk, Move.CHECK_FAIL, seat, None, reason="未清理")
    assert event.rework_count == 1
    for move, who, inputs in stage.way_to("closed")[3:]:
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    event = reopen(event, stage.chief.as_actor())
    assert (event.rework_count, event.return_count, event.extension_count, event.supervision) == (0, 0, 0, "")


def test_the_first_runs_department_does_not_lead_the_second_run(stage: Stage) -> None:
    event = reopen(stage.event_in("closed", source="snapshot"), stage.chief.as_actor())
    with pytest.raises(Forbidden):
        perform(event.pk, Move.DISPATCH, stage.desk.as_actor(), None, unit_id=stage.department.pk)
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk)
    assert perform(event.pk, Move.SIGN, stage.desk.as_actor(), None).state == "handling"


def test_the_first_runs_leg_stays_among_the_closed_ones_of_its_department(stage: Stage) -> None:
    reopen(stage.event_in("closed", source="snapshot"), stage.chief.as_actor())
    counts = browser(stage.desk).get("/api/v1/orders/counts").json()
    assert (counts["done"], counts["closed"]) == (0, 1)


def test_a_citizen_reopens_within_the_window_and_is_named_as_one(stage: Stage) -> None:
    event = reopen(stage.event_in("closed", source="snapshot"), CITIZEN)
    last = of_subject("event", event.pk)[-1]
    assert (event.state, last.role, last.actor_id) == ("filed", "citizen", None)


def test_after_the_window_a_citizen_reports_anew(stage: Stage) -> None:
    event = stage.report()
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="不属实")
    with time_machine.travel(now() + timedelta(days=14, minutes=1)), pytest.raises(ReopenTooLate):
        reopen(event, CITIZEN)
    with time_machine.travel(now() + timedelta(days=13)):
        assert reopen(event, CITIZEN).state == "reported"


def test_an_evaluated_event_is_reopened_by_the_duty_chief_only(stage: Stage) -> None:
    event = stage.event_in("closed")
    assert event.state == "evaluated"
    with pytest.raises(Forbidden):
        reopen(event, CITIZEN)
    assert reopen(event, stage.chief.as_actor()).state == "filed"


@pytest.mark.parametrize("who", ["acceptor", "dispatcher", "desk"])
def test_others_do_not_reopen(stage: Stage, who: str) -> None:
    event = stage.event_in("closed", source="snapshot")
    with pytest.raises(Forbidden):
        reopen(event, getattr(stage, who).as_actor())


def test_an_open_or_cancelled_event_is_not_reopened(stage: Stage) -> None:
    with pytest.raises(MoveNotAllowed):
        reopen(stage.report(), stage.chief.as_actor())


def test_followers_are_open_again_with_their_main_event(stage: Stage) -> None:
    heard: list[list[int]] = []

    def hear(*, event_ids: list[int], **_: Any) -> None:
        heard.append(event_ids)

    main, follower = stage.report(), stage.report()
    seat = stage.acceptor.as_actor()
    perform(follower.pk, Move.MERGE, seat, None, main_event_id=main.pk, reason="同一事项")
    perform(main.pk, Move.REJECT, seat, None, reason="不属实")
    follower.refresh_from_db()
    assert public_state_of(follower).state == "rejected"
    event_reopened.connect(hear)
    reopen(main, stage.chief.as_actor())
    event_reopened.disconnect(hear)
    follower.refresh_from_db()
    assert (public_state_of(follower).state, heard) == ("reported", [[main.pk, follower.pk]])


def test_a_second_run_is_evaluated_when_its_own_window_ends(stage: Stage) -> None:
    event = again_to_the_end(stage, reopen(stage.event_in("closed", source="snapshot"), stage.chief.as_actor()))
    assert event.state == "closed"
    assert perform(event.pk, Move.EVALUATE, SYSTEM).evaluations.get().run == 2


def test_the_detail_of_a_second_run_shows_no_points_of_the_first(stage: Stage) -> None:
    event = reopen(stage.event_in("closed"), stage.chief.as_actor())
    client = browser(stage.chief)
    shown = EventDetail.model_validate(client.get(f"/api/v1/events/{event.pk}").json())
    assert (shown.run, shown.evaluation) == (2, None)


def test_reopening_over_http_asks_for_a_reason(stage: Stage) -> None:
    event = stage.event_in("closed")
    client = browser(stage.chief)
    path = f"/api/v1/events/{event.pk}/moves/reopen"
    assert client.post(path, {"version": event.version}, format="json").json()["code"] == "invalid"
    answer = client.post(path, {"version": event.version, "reason": "复发"}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "filed")
    answer = client.post(path, {"version": event.version, "reason": "复发"}, format="json")
    assert answer.status_code == 409


# taking


def take(event: Event, who: User, **inputs: Any) -> Any:
    body = {"version": event.version} | inputs
    return browser(who).post(f"/api/v1/events/{event.pk}/moves/take", body, format="json")


def test_the_first_one_has_it_and_the_second_is_told_who(stage: Stage) -> None:
    event = stage.report()
    shown = EventDetail.model_validate(take(event, stage.acceptor).json())
    assert shown.taken_by is not None
    assert (shown.taken_by.name, shown.state) == ("李受理", "reported")
    answer = take(event, stage.chief)
    assert (answer.status_code, answer.json()["code"], answer.json()["by"]) == (409, "already_taken", "李受理")
    assert answer.json()["at"]


def test_a_colleague_takes_it_over_by_one_click(stage: Stage) -> None:
    event = stage.report()
    take(event, stage.acceptor)
    answer = take(event, stage.chief, take_over=True)
    assert answer.json()["taken_by"]["name"] == "陈值班"
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.facts["from"]) == ("take", stage.acceptor.pk)


def test_taking_it_twice_changes_nothing(stage: Stage) -> None:
    event = stage.report()
    take(event, stage.acceptor)
    assert take(event, stage.acceptor).status_code == 200
    assert [row.move for row in of_subject("event", event.pk)] == ["report", "take"]


def test_taking_makes_nobodys_click_stale(stage: Stage) -> None:
    event = stage.report()
    take(event, stage.chief)
    seen = event.version
    filed = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), seen, condition_id=stage.condition.pk)
    assert filed.state == "filed"


def test_the_board_shows_who_is_on_it(stage: Stage) -> None:
    take(stage.report(), stage.acceptor)
    page = EventPage.model_validate(browser(stage.dispatcher).get("/api/v1/events").json())
    assert page.items[0].taken_by is not None
    assert page.items[0].taken_by.id == stage.acceptor.pk


def test_a_department_does_not_take_the_centres_work(stage: Stage) -> None:
    event = stage.event_in("dispatched")
    with pytest.raises(AlreadyTaken):
        perform(event.pk, Move.TAKE, stage.acceptor.as_actor(), None)
        perform(event.pk, Move.TAKE, stage.dispatcher.as_actor(), None)
    assert take(event, stage.seat(Role.LEADER)).status_code == 403
