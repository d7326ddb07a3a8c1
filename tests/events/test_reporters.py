"""What the desks see of reporters: masked, in clear for a purpose, and erased in time."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.roles import Role
from core.clock import as_of, now
from core.models import HistoryRow
from events.actions.contacts import erase_contacts
from events.actions.evaluate import evaluate_event
from events.actions.perform import perform
from events.models import Event, Reporter
from events.moves import Move
from events.public_shapes import ReporterList
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.public import move_on, progress, receipt_of, report
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with

pytestmark = pytest.mark.usefixtures("public_rules")


def reporters(who: Any, event: Event) -> ReporterList:
    return ReporterList.model_validate(browser(who).get(f"/api/v1/events/{event.pk}/reporters").json())


def see(who: Any, event: Event, reporter: Reporter, **body: Any) -> Any:
    address = f"/api/v1/events/{event.pk}/reporters/{reporter.pk}/contact"
    return browser(who).post(address, {"purpose": "电话回访"} | body, format="json")


def test_contacts_are_masked_and_shown_to_the_acceptor_who_says_why(stage: Stage) -> None:
    receipt_of(report(stage, contact_name="王小芳", contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    shown = reporters(stage.dispatcher, reporter.event)
    assert [(row.name, row.phone) for row in shown.items] == [("王**", "138****0000")]
    assert not shown.may_see_contact
    assert see(stage.dispatcher, reporter.event, reporter).status_code == 403
    assert see(stage.acceptor, reporter.event, reporter, purpose="").status_code == 422
    assert see(stage.acceptor, reporter.event, reporter).json()["phone"] == "13800000000"
    assert see(stage.chief, reporter.event, reporter).status_code == 200
    looked = HistoryRow.objects.filter(subject_kind="reporter", subject_id=reporter.pk).order_by("seq")
    assert [(row.actor_id, (row.personal or {})["reason"]) for row in looked] == [
        (stage.acceptor.pk, "电话回访"),
        (stage.chief.pk, "电话回访"),
    ]


def test_who_calls_back_sees_the_number_while_the_check_is_due(stage: Stage) -> None:
    receipt_of(report(stage, contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    move_on(stage, reporter.event, "checking")
    assert see(stage.dispatcher, reporter.event, reporter).status_code == 200
    assert see(stage.desk, reporter.event, reporter).status_code == 403


def test_reporters_of_a_hidden_event_are_hidden(stage: Stage) -> None:
    receipt_of(report(stage, contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert browser(stranger).get(f"/api/v1/events/{reporter.event_id}/reporters").status_code == 404
    assert see(stranger, reporter.event, reporter).status_code == 404
    assert browser(None).get(f"/api/v1/events/{reporter.event_id}/reporters").status_code == 401


def test_a_caller_about_an_open_event_is_noted_by_a_seat_and_gets_a_receipt(stage: Stage) -> None:
    event = stage.report(source="hotline_12345")
    body = {"channel": "hotline_12345", "contact_phone": "13800000000"}
    client = browser(stage.acceptor)
    first, second = (client.post(f"/api/v1/events/{event.pk}/reporters", body, format="json") for _ in range(2))
    assert (first.status_code, first.json()["is_first"], second.json()["is_first"]) == (201, True, False)
    assert progress(first.json()["receipt"]).number == event.number
    refused = browser(stage.operator).post(f"/api/v1/events/{event.pk}/reporters", body, format="json")
    assert refused.status_code == 403


def test_a_caller_about_an_event_that_follows_another_is_noted_with_it_and_waits_for_the_main_one(stage: Stage) -> None:
    event, main = stage.report(), stage.report()
    acceptor = stage.acceptor.as_actor()
    perform(event.pk, Move.MERGE, acceptor, None, main_event_id=main.pk, reason="同一事项")
    body = {"channel": "hotline_12345", "contact_phone": "13800000000"}
    noted = browser(stage.acceptor).post(f"/api/v1/events/{event.pk}/reporters", body, format="json")
    assert noted.status_code == 201, noted.json()
    assert progress(noted.json()["receipt"]).stage == "reported"
    main.refresh_from_db()
    assert main.has_citizen
    perform(event.pk, Move.UNMERGE, acceptor, None, reason="并错")
    main.refresh_from_db()
    assert (main.has_citizen, Reporter.objects.get().event_id) == (False, event.pk)


def test_contacts_are_erased_when_their_time_is_over(stage: Stage) -> None:
    receipt_of(report(stage, contact_name="王芳", contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    event = move_on(stage, reporter.event, "closed")
    expand_notices()
    evaluate_event(event_id=event.pk)
    assert erase_contacts() == 0
    with as_of(now() + timedelta(days=181)):
        assert erase_contacts() == 1
    reporter.refresh_from_db()
    assert (reporter.contact_name, reporter.contact_phone, reporter.contact_erased_at is None) == ("", "", False)
    assert not Message.objects.filter(address="13800000000").exists()
    assert reporters(stage.acceptor, event).items[0].erased
