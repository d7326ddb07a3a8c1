"""Telephoning a responder about an event: the number in whole, the exchange, and the line in the event."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from accounts.roles import Role
from core.history.record import of_subject
from core.models import OutboxMessage
from events.actions.perform import perform
from events.models import Event
from events.moves import Move
from notify.signatures import SIGNATURE, TIMESTAMP, signature
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with

NUMBER = "13800001234"


def call(who: Any, event: Event, responder_id: int, **headers: Any) -> Any:
    return browser(who).post(
        f"/api/v1/events/{event.pk}/calls", {"responder_id": responder_id}, format="json", **headers
    )


@pytest.fixture
def event(stage: Stage) -> Event:
    stage.worker.phone = NUMBER
    stage.worker.save()
    return stage.report()


@pytest.fixture
def no_exchange(settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "", "phone": ""}


@pytest.mark.usefixtures("no_exchange")
def test_the_caller_gets_the_whole_number_and_the_event_a_line(stage: Stage, event: Event) -> None:
    answer = call(stage.dispatcher, event, stage.worker.pk)
    assert (answer.status_code, answer.json()) == (201, {"name": "孙网格", "number": NUMBER, "outcome": "by_hand"})
    row = of_subject("event", event.pk)[-1]
    assert (row.move, row.actor_id, row.facts["call"]) == ("call_responder", stage.dispatcher.pk, "by_hand")
    assert NUMBER not in json.dumps([row.facts, row.personal])
    shown = browser(stage.dispatcher).get(f"/api/v1/events/{event.pk}").json()["history"][-1]
    assert (shown["called"], shown["call"]) == ("孙网格", "by_hand")
    assert OutboxMessage.objects.filter(type="event.changed", subject_id=event.pk).latest("pk").payload["change"] == (
        "call_responder"
    )


@pytest.mark.usefixtures("no_exchange")
def test_a_call_makes_nobodys_click_stale(stage: Stage, event: Event) -> None:
    call(stage.dispatcher, event, stage.worker.pk)
    filed = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), event.version, condition_id=stage.condition.pk)
    assert filed.state == "filed"


def test_a_file_stands_for_the_exchange_in_a_demonstration(
    stage: Stage, event: Event, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR, settings.NOTIFY_CHANNELS = tmp_path, {"smtp": "", "sms": "", "phone": "file"}
    assert call(stage.dispatcher, event, stage.worker.pk).json()["outcome"] == "connecting"
    line = json.loads((tmp_path / "outbox" / "phone.jsonl").read_text())
    assert (line["action"], line["to"], line["subject"]) == ("connect", NUMBER, event.number)
    assert line["seat"] == stage.dispatcher.username


def test_the_exchange_is_asked_with_a_signature(
    stage: Stage, event: Event, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "", "phone": "https://exchange.example/call"}
    settings.GATEWAY_SECRET = "told to both"
    asked: list[tuple[bytes, dict[str, str]]] = []

    def post(url: str, *, content: bytes, headers: dict[str, str], **_: Any) -> httpx.Response:
        asked.append((content, headers))
        return httpx.Response(202)

    monkeypatch.setattr(httpx, "post", post)
    assert call(stage.dispatcher, event, stage.worker.pk).json()["outcome"] == "connecting"
    [(content, headers)] = asked
    assert headers[SIGNATURE] == signature("told to both", headers[TIMESTAMP], content)
    assert json.loads(content)["action"] == "connect"


def test_an_exchange_that_is_away_leaves_the_number_to_dial(
    stage: Stage, event: Event, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "", "phone": "https://exchange.example/call"}

    def post(url: str, **_: Any) -> httpx.Response:
        raise httpx.ConnectError("no")

    monkeypatch.setattr(httpx, "post", post)
    answer = call(stage.dispatcher, event, stage.worker.pk).json()
    assert (answer["number"], answer["outcome"]) == (NUMBER, "not_connected")
    assert of_subject("event", event.pk)[-1].facts["call"] == "not_connected"


@pytest.mark.usefixtures("no_exchange")
def test_the_same_press_again_is_one_call(stage: Stage, event: Event) -> None:
    for _ in range(2):
        assert call(stage.dispatcher, event, stage.worker.pk, HTTP_IDEMPOTENCY_KEY="5b1c9d77").status_code == 201
    assert [row.move for row in of_subject("event", event.pk)].count("call_responder") == 1


@pytest.mark.usefixtures("no_exchange")
def test_without_a_number_nothing_is_written_and_it_is_said_so(stage: Stage, event: Event) -> None:
    stage.worker.phone = ""
    stage.worker.save()
    answer = call(stage.dispatcher, event, stage.worker.pk)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_telephone")
    assert "孙网格" in answer.json()["detail"]
    assert of_subject("event", event.pk)[-1].move == "report"


@pytest.mark.usefixtures("no_exchange")
def test_who_only_watches_is_told_who_may_call(stage: Stage, event: Event) -> None:
    answer = call(stage.operator, event, stage.worker.pk)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.usefixtures("no_exchange")
def test_a_hidden_event_or_responder_is_not_there_to_be_called(stage: Stage, event: Event) -> None:
    stranger = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET], unit=stage.centre)
    assert call(stranger, event, stage.worker.pk).status_code == 404
    assert call(stage.dispatcher, event, 987_654_321).status_code == 404


def test_a_call_needs_somebody_to_call(stage: Stage, event: Event) -> None:
    answer = browser(stage.dispatcher).post(f"/api/v1/events/{event.pk}/calls", {}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "responder_id")


def test_how_the_call_went_is_said_by_who_made_it(stage: Stage, event: Event) -> None:
    said = {"version": event.version, "responder_id": stage.worker.pk, "outcome": "reached", "note": "十分钟到"}
    answer = browser(stage.dispatcher).post(f"/api/v1/events/{event.pk}/moves/call_responder", said, format="json")
    last = answer.json()["history"][-1]
    assert (answer.status_code, last["call"], last["note"]) == (200, "reached", "十分钟到")


@pytest.mark.usefixtures("no_exchange")
def test_an_ended_event_is_not_called_about(stage: Stage, event: Event) -> None:
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="不属实")
    assert call(stage.dispatcher, event, stage.worker.pk).json()["code"] == "move_not_allowed"


def test_the_bar_of_the_event_has_no_button_for_it(stage: Stage, event: Event) -> None:
    moves = browser(stage.dispatcher).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
    assert "call_responder" not in [move["move"] for move in moves]


@pytest.mark.usefixtures("no_exchange")
def test_a_call_costs_a_known_number_of_statements(
    stage: Stage, event: Event, django_assert_max_num_queries: Any
) -> None:
    person, client = stage.worker.pk, browser(stage.dispatcher)
    with django_assert_max_num_queries(22):
        client.post(f"/api/v1/events/{event.pk}/calls", {"responder_id": person}, format="json")
