"""The same matter told twice: merging, following, and coming back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.errors import Forbidden, MoveNotAllowed
from core.history.record import of_subject
from core.models import Deadline, OutboxMessage
from dispatch.models import FieldTask
from events.actions.perform import perform
from events.errors import MainEventIsMerged, MainEventNotOpen, MergeIntoItself, UnknownMainEvent
from events.models import Event, Request, WorkOrder
from events.moves import Move
from events.queries.followers import public_state_of
from events.shapes import EventDetail
from events.signals import event_ended, event_merged
from tests.events.stage import GRID, OTHER_STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with


def merge(stage: Stage, event: Event, main: Event) -> Event:
    return perform(event.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一事项")


def unmerge(stage: Stage, event: Event) -> Event:
    return perform(event.pk, Move.UNMERGE, stage.acceptor.as_actor(), None, reason="并错")


def clocks(event: Event) -> dict[str, str]:
    rows = Deadline.objects.filter(subject_kind="event", subject_id=event.pk).order_by("id")
    return {row.kind: row.state for row in rows}


@pytest.mark.parametrize("state", ["reported", "verifying", "filed", "dispatched", "returned"])
def test_an_event_merges_out_of_every_early_state_and_comes_back_to_it(stage: Stage, state: str) -> None:
    main = stage.report()
    event = stage.event_in("dispatched" if state == "returned" else state)
    if state == "returned":
        event = perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非职责", basis="三定")
    running = {kind for kind, its in clocks(event).items() if its == "running"}
    shown = event.due_kind
    event = merge(stage, event, main)
    assert (event.state, event.merged_from, event.main_event, event.due_kind) == ("merged", state, main, "")
    assert event.ended_at is not None
    assert "running" not in clocks(event).values()
    assert not FieldTask.objects.open().filter(subject_id=event.pk).exists()
    assert not WorkOrder.objects.open().filter(event=event).exists()
    event = unmerge(stage, event)
    assert (event.state, event.merged_from, event.main_event, event.ended_at) == (state, "", None, None)
    assert {kind for kind, its in clocks(event).items() if its == "running"} == running
    assert event.due_kind == shown


@pytest.mark.parametrize("state", ["handling", "handled", "checking", "checked", "closed"])
def test_what_is_being_handled_is_not_merged_any_more(stage: Stage, state: str) -> None:
    main, event = stage.report(), stage.event_in(state)
    with pytest.raises(MoveNotAllowed):
        merge(stage, event, main)


def test_the_time_an_event_followed_another_does_not_count(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        main, event = stage.report(), stage.report()
        due = event.due_at
        merge(stage, event, main)
        machine.move_to(begun + timedelta(hours=5))
        event = unmerge(stage, event)
    assert event.due_at == due + timedelta(hours=5)


def test_a_department_that_had_not_signed_gets_its_leg_again(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("dispatched")
    event = unmerge(stage, merge(stage, event, main))
    legs = WorkOrder.objects.filter(event=event).order_by("id")
    assert [(leg.unit, leg.state, leg.due_kind) for leg in legs] == [
        (stage.department, "withdrawn", ""),
        (stage.department, "issued", "sign"),
    ]
    assert perform(event.pk, Move.SIGN, stage.desk.as_actor(), None).state == "handling"


def test_helpers_get_their_legs_again_too(stage: Stage) -> None:
    helper, main, event = OrgUnitFactory.create(), stage.report(), stage.event_in("filed")
    helpers = [{"unit_id": helper.pk, "mandatory": False, "note": "配合"}]
    event = perform(
        event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk, co_units=helpers
    )
    event = unmerge(stage, merge(stage, event, main))
    leg = WorkOrder.objects.open().get(event=event, role="co")
    assert (leg.unit, leg.is_mandatory, leg.note) == (helper, False, "配合")


def test_who_was_asked_to_verify_is_asked_again(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("verifying")
    event = unmerge(stage, merge(stage, event, main))
    tasks = FieldTask.objects.filter(subject_id=event.pk).order_by("id")
    assert [(task.assignee, task.state) for task in tasks] == [(stage.worker, "withdrawn"), (stage.worker, "issued")]


def test_where_nobody_can_be_sent_any_more_it_comes_back_to_the_desk_that_asks_anew(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("verifying")
    merge(stage, event, main)
    stage.worker.is_active = False
    stage.worker.save()
    event = unmerge(stage, event)
    assert (event.state, event.due_kind) == ("reported", "accept")
    assert clocks(event) == {"accept": "running", "verify": "withdrawn"}
    last = of_subject("event", event.pk)[-1]
    assert (last.move, last.facts["from"], "无人可派" in (last.personal or {})["note"]) == (
        "unmerge",
        "verifying",
        True,
    )
    other = stage.responder(Role.GRID_WORKER, stage.town[GRID], "grid_worker", "吴网格")
    asked = perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), None, assignee_id=other.pk)
    assert asked.state == "verifying"


def test_where_the_department_is_closed_it_comes_back_to_be_dispatched_elsewhere(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("dispatched")
    merge(stage, event, main)
    stage.department.is_active = False
    stage.department.save()
    event = unmerge(stage, event)
    assert (event.state, event.due_kind, event.lead_unit) == ("filed", "dispatch", None)
    assert not WorkOrder.objects.open().filter(event=event).exists()
    other = OrgUnitFactory.create()
    dispatched = perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=other.pk)
    assert dispatched.lead_unit == other


def test_an_office_that_was_asked_to_verify_is_asked_again(stage: Stage) -> None:
    office, main, event = OrgUnitFactory.create(kind="office"), stage.report(), stage.report()
    event = perform(event.pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), None, unit_id=office.pk)
    event = merge(stage, event, main)
    assert event.asked_unit is None
    assert unmerge(stage, event).asked_unit == office


def test_a_returned_event_that_comes_back_still_waits_for_the_decision(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("handling")
    event = perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非职责", basis="三定")
    event = unmerge(stage, merge(stage, event, main))
    event = perform(event.pk, Move.REFUSE_RETURN, stage.dispatcher.as_actor(), None, reason="职责明确")
    assert (event.state, WorkOrder.objects.get(event=event).state) == ("dispatched", "issued")


def test_helpers_of_a_returned_event_get_their_legs_again_and_wait(stage: Stage) -> None:
    helper, main, event = OrgUnitFactory.create(), stage.report(), stage.event_in("filed")
    helpers = [{"unit_id": helper.pk}]
    dispatcher = stage.dispatcher.as_actor()
    perform(event.pk, Move.DISPATCH, dispatcher, None, unit_id=stage.department.pk, co_units=helpers)
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非职责", basis="三定")
    unmerge(stage, merge(stage, event, main))
    leg = WorkOrder.objects.open().get(event=event, role="co")
    stands = Deadline.objects.filter(subject_kind="order", subject_id=leg.pk).values_list("state", flat=True)
    assert (leg.unit, set(stands)) == (helper, {"paused"})
    perform(event.pk, Move.REFUSE_RETURN, dispatcher, None, reason="职责明确")
    assert set(stands.all()) == {"running"}


def test_what_was_asked_about_a_merged_event_lapses(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("dispatched")
    perform(event.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), None, reason="误报")
    merge(stage, event, main)
    assert Request.objects.get().state == "lapsed"


def test_followers_move_along_when_their_main_event_is_merged(stage: Stage) -> None:
    main, middle, first, second = (stage.report() for _ in range(4))
    merge(stage, first, middle)
    merge(stage, second, middle)
    merge(stage, middle, main)
    assert set(main.followers.values_list("pk", flat=True)) == {middle.pk, first.pk, second.pk}
    assert [row.move for row in of_subject("event", first.pk)][-2:] == ["merge", "follow"]
    last = of_subject("event", main.pk)[-1]
    assert (last.move, last.facts["followers"]) == ("gain_follower", [middle.pk, first.pk, second.pk])


def test_there_is_no_chain_and_no_cycle(stage: Stage) -> None:
    first, second, third = (stage.report() for _ in range(3))
    merge(stage, first, second)
    with pytest.raises(MainEventIsMerged) as refusal:
        merge(stage, third, first)
    assert refusal.value.extra["main_number"] == second.number
    with pytest.raises(MainEventIsMerged):
        merge(stage, second, first)
    with pytest.raises(MergeIntoItself):
        merge(stage, second, second)


def test_an_ended_event_is_not_followed(stage: Stage) -> None:
    with pytest.raises(MainEventNotOpen):
        merge(stage, stage.report(), stage.event_in("closed"))


def test_a_main_event_that_is_not_seen_is_not_known(stage: Stage) -> None:
    with pytest.raises(UnknownMainEvent):
        perform(
            stage.report().pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=999_999, reason="同一事项"
        )


def test_a_department_does_not_merge(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("dispatched")
    with pytest.raises(Forbidden):
        perform(event.pk, Move.MERGE, stage.desk.as_actor(), None, main_event_id=main.pk, reason="同一事项")


def test_a_follower_tells_the_public_how_far_its_main_event_is(stage: Stage) -> None:
    main, event = stage.event_in("handling"), stage.report()
    event = merge(stage, event, main)
    told = public_state_of(event)
    assert (told.state, told.stage, told.follows) == ("handling", "处置中", main.number)
    perform(main.pk, Move.FINISH, stage.desk.as_actor(), None, note="已清理")
    event.refresh_from_db()
    assert public_state_of(event).stage == "已处置"


def test_an_ending_is_told_once_with_everybody_whom_it_concerns(stage: Stage) -> None:
    heard: list[dict[str, Any]] = []

    def hear(**said: Any) -> None:
        heard.append(said)

    main, first, second = (stage.report() for _ in range(3))
    event_ended.connect(hear)
    event_merged.connect(hear)
    merge(stage, first, main)
    merge(stage, second, main)
    perform(main.pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="不属实")
    event_ended.disconnect(hear)
    event_merged.disconnect(hear)
    assert [said["event_ids"] for said in heard] == [[first.pk], [second.pk], [main.pk, first.pk, second.pk]]


def test_the_detail_names_the_main_event_and_the_followers(stage: Stage) -> None:
    main, event = stage.event_in("filed"), stage.report()
    client = browser(stage.acceptor)
    body = {"version": event.version, "main_event_id": main.pk, "reason": "同一事项"}
    answer = client.post(f"/api/v1/events/{event.pk}/moves/merge", body, format="json")
    shown = EventDetail.model_validate(answer.json())
    assert shown.main_event is not None
    assert (shown.state, shown.main_event.number, shown.public_stage) == ("merged", main.number, "已立案")
    assert [row.move for row in shown.allowed_moves] == ["unmerge"]
    shown = EventDetail.model_validate(client.get(f"/api/v1/events/{main.pk}").json())
    assert [brief.number for brief in shown.followers] == [event.number]


def test_a_reader_who_does_not_see_the_main_event_is_not_told_of_it(stage: Stage) -> None:
    elsewhere = stage.town[OTHER_STREET]
    watcher = person_with(Role.LEADER, area=elsewhere)
    main, event = stage.report(), stage.report(lng=118.005, lat=32.005)
    merge(stage, event, main)
    shown = EventDetail.model_validate(browser(watcher).get(f"/api/v1/events/{event.pk}").json())
    assert (shown.state, shown.main_event) == ("merged", None)


def test_a_merge_is_refused_in_words_over_http(stage: Stage) -> None:
    event = stage.report()

    def post(who: User, **body: Any) -> Any:
        values = {"version": event.version, "reason": "同一事项"} | body
        return browser(who).post(f"/api/v1/events/{event.pk}/moves/merge", values, format="json")

    assert post(stage.acceptor, main_event_id=event.pk).json()["code"] == "merge_into_itself"
    assert post(stage.acceptor).json()["code"] == "invalid"
    assert post(stage.operator, main_event_id=stage.report().pk).json()["code"] == "forbidden"
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert post(stranger, main_event_id=stage.report().pk).status_code == 404


def test_the_department_is_told_that_its_leg_is_gone(stage: Stage) -> None:
    main, event = stage.report(), stage.event_in("dispatched")
    OutboxMessage.objects.all().delete()
    merge(stage, event, main)
    unit = f"unit:{stage.department.pk}"
    told = OutboxMessage.objects.filter(type__in=["event.changed", "order.changed"], before__contains=[unit])
    assert {message.type for message in told} == {"event.changed", "order.changed"}
    assert all(unit not in message.after for message in told)


def test_an_event_nobody_of_the_public_reported_waits_for_no_rating_after_an_unmerge(stage: Stage) -> None:
    main, follower = stage.report(), stage.report(source="snapshot")
    merge(stage, follower, main)
    assert Event.objects.get(pk=main.pk).has_citizen
    perform(follower.pk, Move.UNMERGE, stage.acceptor.as_actor(), None, reason="并错")
    assert not Event.objects.get(pk=main.pk).has_citizen
    assert Event.objects.get(pk=follower.pk).has_citizen


def test_a_main_event_keeps_the_citizens_of_who_still_follows_or_joined_it(stage: Stage) -> None:
    main, first, second = stage.report(), stage.report(source="snapshot"), stage.report(source="hotline_12345")
    for follower in (first, second):
        merge(stage, follower, main)
    perform(first.pk, Move.UNMERGE, stage.acceptor.as_actor(), None, reason="并错")
    assert Event.objects.get(pk=main.pk).has_citizen
