"""Requests over HTTP: success, forbidden, hidden, invalid, stale, repeated, and how many statements."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import local, now
from events.actions.perform import perform
from events.models import Event, Request
from events.moves import Move
from events.shapes import EventDetail, RequestDetail, RequestPage
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with

LIST_STATEMENTS = 7


def ask(stage: Stage, event: Event, by: User, move: str = "ask_extension", **body: Any) -> Any:
    values = {"version": event.version, "reason": "等待配件"} | body
    return browser(by).post(f"/api/v1/events/{event.pk}/moves/{move}", values, format="json")


def step(request: Request, by: User, move: str, key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    values = {"version": request.version} | body
    return browser(by).post(f"/api/v1/requests/{request.pk}/moves/{move}", values, format="json", headers=headers)


def asked(stage: Stage) -> Request:
    """An extension that waits for the dispatcher."""
    event = stage.event_in("handling")
    perform(event.pk, Move.ASK_EXTENSION, stage.desk.as_actor(), reason="等待配件")
    return Request.objects.latest("id")


def buttons(rows: list[dict[str, Any]], *names: str) -> dict[str, str | None]:
    return {row["move"]: row["refusal_code"] for row in rows if row["move"] in names}


def test_a_request_is_asked_shown_and_granted(stage: Stage) -> None:
    event = stage.event_in("handling")
    detail = EventDetail.model_validate(ask(stage, event, stage.desk).json())
    (shown,) = detail.requests
    assert (shown.kind, shown.state, shown.asked_by, shown.unit) == (
        "extension",
        "endorsed",
        "周部门",
        detail.lead_unit,
    )
    assert [row.move for row in shown.allowed_moves] == ["withdraw"]
    read = browser(stage.dispatcher).get(f"/api/v1/requests/{shown.id}").json()
    assert buttons(RequestDetail.model_validate(read).model_dump()["allowed_moves"], "grant", "refuse") == {
        "grant": None,
        "refuse": None,
    }
    answer = step(Request.objects.get(), stage.dispatcher, "grant", note="同意")
    decided = RequestDetail.model_validate(answer.json())
    assert (answer.status_code, decided.state, decided.decided_by, decided.decision) == (
        200,
        "granted",
        "张派遣",
        "同意",
    )
    event.refresh_from_db()
    assert event.extension_count == 1


def test_buttons_of_the_event_say_what_may_be_asked_and_why_not(stage: Stage) -> None:
    event = stage.event_in("handling")
    url, desk = f"/api/v1/events/{event.pk}", browser(stage.desk)
    names = ("ask_extension", "ask_suspension", "grant_extension", "suspend", "request_step")
    assert buttons(desk.get(url).json()["allowed_moves"], *names) == {"ask_extension": None, "ask_suspension": None}
    ask(stage, event, stage.desk)
    assert buttons(desk.get(url).json()["allowed_moves"], "ask_extension") == {"ask_extension": "request_open_already"}
    Request.objects.update(state="refused")
    Event.objects.update(extension_count=2, suspension_count=1)
    assert buttons(desk.get(url).json()["allowed_moves"], "ask_extension", "ask_suspension") == {
        "ask_extension": "extensions_used_up",
        "ask_suspension": "suspended_once",
    }
    Event.objects.update(extension_count=1, due_at=now() - timedelta(minutes=1))
    assert buttons(desk.get(url).json()["allowed_moves"], "ask_extension") == {"ask_extension": "extension_overdue"}
    assert buttons(browser(stage.dispatcher).get(url).json()["allowed_moves"], *names) == {}


def test_the_grant_button_says_when_it_would_be_refused(stage: Stage) -> None:
    request = asked(stage)
    Event.objects.update(due_at=now() - timedelta(minutes=1))
    shown = browser(stage.dispatcher).get(f"/api/v1/requests/{request.pk}").json()["allowed_moves"]
    assert buttons(shown, "grant", "refuse") == {"grant": "extension_overdue", "refuse": None}


@pytest.mark.parametrize(
    ("move", "body", "status", "code"),
    [
        ("ask_suspension", {}, 422, "invalid"),
        ("ask_suspension", {"until": "2026-13-40"}, 422, "invalid"),
        ("ask_suspension", {"until": "2026-01-01"}, 422, "suspension_in_past"),
        ("ask_suspension", {"until": "9999-12-31"}, 422, "suspension_too_long"),
        ("ask_extension", {"reason": ""}, 422, "invalid"),
        ("ask_cancel", {}, 409, "move_not_allowed"),
        ("cancel", {}, 409, "move_not_allowed"),
        ("grant_extension", {}, 403, "forbidden"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    stage: Stage, move: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = ask(stage, stage.event_in("handling"), stage.desk, move, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Request.objects.exists()


def test_no_address_lets_an_event_do_what_takes_a_request(stage: Stage) -> None:
    answer = ask(stage, stage.event_in("handling"), stage.dispatcher, "grant_extension")
    assert (answer.status_code, answer.json()["code"]) == (409, "only_by_request")
    answer = ask(stage, stage.report(), stage.chief, "cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "only_by_request")


def test_the_wrong_post_and_who_asked_are_refused(stage: Stage) -> None:
    request = asked(stage)
    assert (step(request, stage.chief, "grant").status_code, step(request, stage.desk, "grant").status_code) == (
        403,
        403,
    )
    own = person_with(Role.DISPATCHER, area=stage.district, unit=stage.centre)
    Request.objects.update(asked_by=own)
    answer = step(request, own, "grant")
    assert (answer.status_code, answer.json()["code"]) == (403, "asker_may_not_decide")


def test_a_stranger_finds_no_request(stage: Stage) -> None:
    request = asked(stage)
    department = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    for stranger in (department, person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])):
        client = browser(stranger)
        assert client.get(f"/api/v1/requests/{request.pk}").status_code == 404
        assert client.get("/api/v1/requests").json()["items"] == []
        assert step(request, stranger, "grant").status_code == 404
    assert browser(None).get("/api/v1/requests").status_code == 401


def test_a_co_handler_sees_the_event_but_not_what_the_lead_asks(stage: Stage) -> None:
    helper = person_with(Role.DEPARTMENT_DESK, unit=OrgUnitFactory.create())
    unit = helper.grants.get().unit
    event = stage.event_in("handling")
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), unit_id=unit.pk if unit else 0)
    perform(event.pk, Move.ASK_EXTENSION, stage.desk.as_actor(), reason="等待配件")
    assert len(browser(stage.desk).get(f"/api/v1/events/{event.pk}").json()["requests"]) == 1
    assert browser(helper).get(f"/api/v1/events/{event.pk}").json()["requests"] == []


def test_a_stale_step_is_told_and_the_first_is_named(stage: Stage) -> None:
    request = asked(stage)
    assert step(request, stage.dispatcher, "refuse", reason="可按时完成").status_code == 200
    answer = step(request, stage.seat(Role.DISPATCHER), "grant")
    assert (answer.status_code, answer.json()["code"], answer.json()["by"]) == (409, "already_taken", "张派遣")


def test_a_repeated_grant_is_answered_again_and_not_made_twice(stage: Stage) -> None:
    request, key = asked(stage), str(uuid.uuid4())
    first, again = step(request, stage.dispatcher, "grant", key), step(request, stage.dispatcher, "grant", key)
    assert (first.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    assert Event.objects.get().extension_count == 1


def test_an_unknown_step_is_not_found(stage: Stage) -> None:
    assert step(asked(stage), stage.dispatcher, "lapse").status_code == 404


def test_the_list_is_filtered_by_state_kind_and_asker(stage: Stage) -> None:
    first = asked(stage)
    event = stage.event_in("filed")
    perform(event.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), reason="误报")
    second = Request.objects.latest("id")
    step(first, stage.dispatcher, "refuse", reason="可按时完成")
    client = browser(stage.dispatcher)

    def ids(query: str) -> list[int]:
        page = RequestPage.model_validate(client.get(f"/api/v1/requests?{query}").json())
        return [row.id for row in page.items]

    assert ids("") == [second.pk, first.pk]
    assert ids("state=refused,withdrawn") == ids("kind=extension") == [first.pk]
    assert ids("mine=1") == ids("state=endorsed") == [second.pk]
    assert client.get("/api/v1/requests?state=asleep").status_code == 422
    page = client.get("/api/v1/requests?limit=1").json()
    assert [row["id"] for row in client.get(f"/api/v1/requests?cursor={page['next']}").json()["items"]] == [first.pk]


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_takes_the_same_few_statements_whatever_the_rows(stage: Stage, rows: int) -> None:
    until = local(now()).date() + timedelta(days=9)
    for _ in range(rows):
        event = stage.event_in("handling")
        perform(event.pk, Move.ASK_SUSPENSION, stage.desk.as_actor(), reason="等待配件", until=until)
    client = browser(stage.dispatcher)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/api/v1/requests?state=requested,endorsed")
    assert len(answer.json()["items"]) == rows
    assert len(queries.captured_queries) <= LIST_STATEMENTS, [query["sql"] for query in queries.captured_queries]
