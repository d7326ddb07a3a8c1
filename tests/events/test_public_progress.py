"""The progress page: six stages, ratings, second openings, followers; and how many statements pages take."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import as_of, now
from core.models import HistoryRow
from events.actions.evaluate import evaluate_event
from events.actions.perform import perform
from events.actions.request_moves import perform_on_request
from events.models import Evaluation, Event, Reporter, Request
from events.moves import Move, RequestMove
from events.public_shapes import PublicProgress
from notify.actions.deliver import send_due
from notify.actions.expand import expand_notices
from notify.models import Delivery, Message
from tests.events.public import PUBLIC, held, me_too, move_on, near, progress, receipt_of, report
from tests.events.stage import HERE, Stage, browser

pytestmark = pytest.mark.usefixtures("public_rules")


def test_the_six_stages_come_with_their_times_and_without_names(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "handling")
    answer = browser(None).get(f"{PUBLIC}/track/{receipt.lower()}")
    shown = PublicProgress.model_validate(answer.json())
    assert shown.stage == "handling"
    assert [row.code for row in shown.stages if row.at] == ["reported", "filed", "dispatched", "handling"]
    for person in (stage.acceptor, stage.dispatcher, stage.desk):
        assert person.name not in answer.content.decode()
    assert shown.number == event.number


@pytest.mark.parametrize("written", ["", "AAAA-AAAA-AAAA", "O0O0", "a" * 200, "%2e%2e"])
def test_a_receipt_that_is_none_is_not_found(stage: Stage, written: str) -> None:
    assert browser(None).get(f"{PUBLIC}/track/{written or 'x'}").status_code == 404


def test_nobody_finds_a_receipt_by_trying(stage: Stage) -> None:
    answers = [browser(None).get(f"{PUBLIC}/track/AAAA-AAAA-{n:04d}").status_code for n in range(61)]
    assert answers[-1] == 429


def test_a_closed_event_shows_the_answer_is_rated_and_the_rating_is_kept_at_evaluation(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "closed")
    shown = progress(receipt)
    assert (shown.stage, shown.answer, shown.may_rate, shown.may_reopen) == ("closed", "已处理", True, True)
    body = {"rating": 4, "note": "来得快"}
    rated = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", body, format="json").json()
    assert rated["rating"] == 4
    evaluate_event(event_id=event.pk)
    assert Evaluation.objects.get(event=event).satisfaction == 4
    late = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 1}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "not_to_be_rated")


@pytest.mark.parametrize("rating", [0, 6, "good"])
def test_a_rating_is_one_to_five(stage: Stage, rating: Any) -> None:
    receipt = receipt_of(report(stage))
    answer = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": rating}, format="json")
    assert answer.status_code == 422


def test_an_open_event_is_not_rated_and_not_reopened(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    for way, body in (("rating", {"rating": 5}), ("reopen", {"reason": "没修好"})):
        assert browser(None).post(f"{PUBLIC}/track/{receipt}/{way}", body, format="json").status_code == 409


def test_the_citizen_has_it_taken_up_again_within_the_window(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "closed")
    browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 1}, format="json")
    again = browser(None).post(f"{PUBLIC}/track/{receipt}/reopen", {"reason": "又坏了"}, format="json")
    assert again.status_code == 200, again.json()
    shown = PublicProgress.model_validate(again.json())
    assert (shown.stage, shown.run, shown.rating, shown.may_rate) == ("filed", 2, None, False)
    row = HistoryRow.objects.filter(subject_kind="event", subject_id=event.pk, move="reopen").get()
    assert (row.role, row.actor_id) == ("citizen", None)


def test_the_answer_of_a_run_before_is_not_shown_for_this_one(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "closed")
    browser(None).post(f"{PUBLIC}/track/{receipt}/reopen", {"reason": "又坏了"}, format="json")
    perform(event.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), None, reason="重复")
    perform_on_request(Request.objects.get().pk, RequestMove.GRANT, stage.chief.as_actor())
    shown = progress(receipt)
    assert (shown.stage, shown.answer) == ("cancelled", "")


def test_whose_report_is_voided_is_told_with_everybody_who_follows_it(stage: Stage, settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": ""}
    main = stage.report()
    receipt_of(report(stage, contact_phone="138-0000-0001"))
    follower = Event.objects.exclude(pk=main.pk).get()
    perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    expand_notices()
    Message.objects.all().delete()
    perform(main.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), None, reason="查无此事")
    perform_on_request(Request.objects.get().pk, RequestMove.GRANT, stage.chief.as_actor())
    expand_notices()
    told = Message.objects.filter(user=None)
    assert [(row.kind, row.address) for row in told] == [("report_cancelled", "13800000001")]
    assert "查无此事" not in str(told.get().values)  # what the centre says among itself stays there


def test_after_the_window_it_is_reported_anew(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    move_on(stage, Event.objects.get(), "closed")
    with as_of(now() + timedelta(days=15)):
        answer = browser(None).post(f"{PUBLIC}/track/{receipt}/reopen", {"reason": "又坏了"}, format="json")
        rated = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 1}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_to_be_reopened")
    assert (rated.status_code, rated.json()["code"]) == (409, "not_to_be_rated")


def test_a_merged_report_follows_its_main_event_and_rates_its_way(stage: Stage) -> None:
    main = stage.report()
    receipt = receipt_of(report(stage))
    follower = Event.objects.exclude(pk=main.pk).get()
    perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    move_on(stage, main, "closed")
    shown = progress(receipt)
    assert (shown.stage, shown.is_merged, shown.number) == ("closed", True, follower.number)
    browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 2}, format="json")
    evaluate_event(event_id=main.pk)
    assert Evaluation.objects.get(event=main).satisfaction == 2


def test_every_reporter_of_a_merged_matter_gets_one_message_at_its_end(stage: Stage, settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": ""}
    main = stage.report()
    receipt_of(me_too(near()[0].token, contact_phone="13800000001"))
    receipt_of(report(stage, contact_phone="13800000001"))
    receipt_of(report(stage, contact_phone="13800000002"))
    for follower in Event.objects.exclude(pk=main.pk):
        perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    expand_notices()
    Message.objects.all().delete()
    move_on(stage, main, "closed")
    expand_notices()
    told = Message.objects.filter(kind="report_closed")
    assert sorted(told.values_list("address", flat=True)) == ["13800000001", "13800000002"]
    assert send_due() == 2
    assert set(Delivery.objects.filter(message__in=told).values_list("state", flat=True)) == {"delivered"}


def statements(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_take_the_same_few_statements_whatever_the_rows(stage: Stage) -> None:
    receipt = receipt_of(report(stage, contact_phone="13800000000"))
    held(stage, website="x")
    event = Reporter.objects.get(receipt=receipt).event
    public, desk = browser(None), browser(stage.acceptor)
    asked = {
        f"{PUBLIC}/near?lng={HERE[0]}&lat={HERE[1]}": (public, 4),
        f"{PUBLIC}/track/{receipt}": (public, 4),
        "/api/v1/held-reports": (desk, 5),
        f"/api/v1/events/{event.pk}/reporters": (desk, 9),
    }
    few = {address: statements(client, address) for address, (client, _) in asked.items()}
    for _ in range(4):
        held(stage, website="x")
        receipt_of(me_too(near()[0].token, contact_phone="13800000001"))
    assert {address: statements(client, address) for address, (client, _) in asked.items()} == few
    assert {address: count for address, count in few.items() if count > asked[address][1]} == {}
