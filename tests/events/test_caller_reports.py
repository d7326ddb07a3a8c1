"""What a caller reports at a desk is kept with who that is: masked, in clear for a purpose, and told how it ends."""

from typing import Any

import pytest

from core.models import HistoryRow, IdempotencyRecord, OutboxMessage
from events.models import Event, Reporter
from events.public_shapes import HeldReportPage
from events.shapes import ReportedEvent
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.public import held, progress
from tests.events.stage import HERE, Stage, browser
from tests.events.test_reporters import reporters, see

pytestmark = pytest.mark.usefixtures("public_rules")
CALLER = {"contact_name": "王小芳", "contact_phone": "13800000000"}


def take_down(stage: Stage, who: Any, **fields: Any) -> Any:
    body = {
        "type_code": stage.kind.code,
        "description": "路灯不亮",
        "lng": HERE[0],
        "lat": HERE[1],
        "source": "hotline_12345",
    }
    return browser(who).post("/api/v1/events", body | fields, format="json", HTTP_IDEMPOTENCY_KEY="call-1")


def test_a_caller_is_kept_as_the_first_reporter_and_has_a_receipt(stage: Stage) -> None:
    answer = take_down(stage, stage.acceptor, **CALLER)
    made = ReportedEvent.model_validate(answer.json())
    reporter = Reporter.objects.get(event_id=made.id)
    assert (reporter.is_first, reporter.channel, reporter.user_id) == (True, "hotline_12345", stage.acceptor.pk)
    assert (made.receipt.replace("-", ""), progress(reporter.receipt).stage) == (reporter.receipt, "reported")
    shown = reporters(stage.dispatcher, reporter.event)
    assert [(row.name, row.phone) for row in shown.items] == [("王**", "138****0000")]


def test_the_contact_is_in_clear_for_who_says_why(stage: Stage) -> None:
    take_down(stage, stage.acceptor, **CALLER)
    reporter = Reporter.objects.get()
    assert see(stage.dispatcher, reporter.event, reporter).status_code == 403
    assert see(stage.acceptor, reporter.event, reporter).json()["phone"] == "13800000000"
    assert HistoryRow.objects.get(subject_kind="reporter", move="see_contact").actor_id == stage.acceptor.pk


def test_name_and_phone_are_in_no_history_no_live_update_and_no_kept_answer(stage: Stage) -> None:
    take_down(stage, stage.acceptor, **CALLER)
    kept = [
        *HistoryRow.objects.values_list("facts", "personal"),
        *OutboxMessage.objects.values_list("payload"),
        *IdempotencyRecord.objects.values_list("response"),
    ]
    assert not any("13800000000" in str(row) or "王小芳" in str(row) for row in kept)


def test_a_report_that_was_sent_twice_is_one_with_one_reporter(stage: Stage) -> None:
    first, second = (take_down(stage, stage.acceptor, **CALLER).json() for _ in range(2))
    assert (first["id"], first["receipt"]) == (second["id"], second["receipt"])
    assert (Event.objects.count(), Reporter.objects.count()) == (1, 1)


def test_without_a_contact_it_is_a_plain_report(stage: Stage) -> None:
    assert take_down(stage, stage.acceptor).json()["receipt"] == ""
    assert not Reporter.objects.exists()


def test_the_caller_is_told_how_it_ends(stage: Stage) -> None:
    take_down(stage, stage.acceptor, **CALLER)
    event = Event.objects.get()
    answer = browser(stage.acceptor).post(
        f"/api/v1/events/{event.pk}/moves/reject", {"version": event.version, "reason": "不属本区"}, format="json"
    )
    assert answer.status_code == 200
    expand_notices()
    assert Message.objects.get(address="13800000000").recipient == f"reporter:{Reporter.objects.get().pk}"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"source": "inspection"}, "contact_phone"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"contact_name": "王" * 41}, "contact_name"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_at_its_field(stage: Stage, fields: dict[str, Any], field: str) -> None:
    answer = take_down(stage, stage.acceptor, **(CALLER | fields))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert not Event.objects.exists()


def test_who_takes_no_calls_keeps_no_contact(stage: Stage) -> None:
    assert take_down(stage, stage.worker.user, **CALLER).status_code == 403
    assert not Event.objects.exists()


# --- reports that wait


def waiting(who: Any) -> HeldReportPage:
    return HeldReportPage.model_validate(browser(who).get("/api/v1/held-reports").json())


def see_held(who: Any, held_id: int, purpose: str = "问清地点") -> Any:
    return browser(who).post(f"/api/v1/held-reports/{held_id}/contact", {"purpose": purpose}, format="json")


def test_who_judges_a_waiting_report_sees_its_contact_masked_and_in_clear_for_a_purpose(stage: Stage) -> None:
    kept = held(stage, type_code="", **CALLER)
    row = waiting(stage.acceptor).items[0]
    assert (row.contact_name, row.contact_phone, row.may_see_contact) == ("王**", "138****0000", True)
    assert see_held(stage.acceptor, kept.pk).json() == {"id": kept.pk, "name": "王小芳", "phone": "13800000000"}
    looked = HistoryRow.objects.get(subject_kind="held_report", subject_id=kept.pk)
    assert (looked.move, looked.actor_id, (looked.personal or {})["reason"]) == (
        "see_contact",
        stage.acceptor.pk,
        "问清地点",
    )


def test_a_report_whose_contact_was_seen_is_decided_all_the_same(stage: Stage) -> None:
    kept = held(stage, type_code="", **CALLER)
    see_held(stage.acceptor, kept.pk)
    body = {"type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}
    answer = browser(stage.acceptor).post(f"/api/v1/held-reports/{kept.pk}/accept", body, format="json")
    assert answer.status_code == 200
    moves = HistoryRow.objects.filter(subject_kind="held_report", subject_id=kept.pk).order_by("seq")
    assert list(moves.values_list("move", flat=True)) == ["see_contact", "accepted"]
    assert see_held(stage.acceptor, kept.pk).status_code == 409


def test_who_does_not_judge_it_sees_no_contact(stage: Stage) -> None:
    kept = held(stage, type_code="", **CALLER)
    row = waiting(stage.dispatcher).items[0]
    assert (row.has_contact, row.contact_name, row.contact_phone, row.may_see_contact) == (True, "", "", False)
    assert see_held(stage.dispatcher, kept.pk).status_code == 403
    assert see_held(stage.desk, kept.pk).status_code == 404
    assert see_held(stage.acceptor, kept.pk, purpose="").status_code == 422
    assert see_held(None, kept.pk).status_code in (401, 403)
    assert not HistoryRow.objects.filter(move="see_contact").exists()


def test_seeing_a_contact_takes_a_fixed_number_of_statements(stage: Stage, django_assert_max_num_queries: Any) -> None:
    kept = held(stage, type_code="", **CALLER)
    client = browser(stage.acceptor)
    with django_assert_max_num_queries(10):
        client.post(f"/api/v1/held-reports/{kept.pk}/contact", {"purpose": "问清地点"}, format="json")
