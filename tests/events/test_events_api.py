"""Events over HTTP: success, forbidden, hidden, invalid, stale, and how many statements."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.models import HistoryRow, OutboxMessage
from events.actions.perform import perform
from events.models import Event
from events.moves import Move
from events.queries.catalogue import catalogue
from events.shapes import EventDetail, EventPage, EventTypeList, ReportedEvent
from tests.events.stage import HERE, OTHER_STREET, STREET, Stage, browser
from tests.factories import person_with

REPORT_STATEMENTS = 15
BOARD_STATEMENTS = 8
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def body_of(stage: Stage, **fields: Any) -> dict[str, Any]:
    return {"type_code": stage.kind.code, "description": "占道摆摊", "lng": HERE[0], "lat": HERE[1]} | fields


def report(stage: Stage, who: User, key: str = "", **fields: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return browser(who).post("/api/v1/events", body_of(stage, **fields), format="json", headers=headers)


def move(who: User, event: Event, name: str, **body: Any) -> Any:
    values = {"version": event.version} | body
    return browser(who).post(f"/api/v1/events/{event.pk}/moves/{name}", values, format="json")


def statements(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if not query["sql"].startswith(CONTROL)]


def test_reporting_answers_with_the_row_that_lists_show(stage: Stage) -> None:
    answer = report(stage, stage.acceptor, address="湖滨路 12 号")
    assert answer.status_code == 201
    shown = ReportedEvent.model_validate(answer.json())
    assert (shown.state, shown.number[-6:], shown.due_kind) == ("reported", "000001", "accept")
    told = {name: value for name, value in answer.json().items() if name not in ("similar", "receipt")}
    listed = browser(stage.acceptor).get("/api/v1/events").json()["items"]
    assert listed == [{name: value for name, value in told.items() if name not in ("as_of", "epoch")}]


def test_reporting_stays_within_its_statements(stage: Stage) -> None:
    person, key = stage.acceptor, str(uuid.uuid4())
    client = browser(person)
    catalogue()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post("/api/v1/events", body_of(stage), format="json", headers={"Idempotency-Key": key})
    assert answer.status_code == 201
    assert len(statements(queries)) <= REPORT_STATEMENTS, "\n".join(statements(queries))


def test_a_repeated_report_is_answered_again_and_not_made_twice(stage: Stage) -> None:
    key = str(uuid.uuid4())
    first = report(stage, stage.acceptor, key)
    again = report(stage, stage.acceptor, key)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Event.objects.count() == 1


def test_similar_open_events_nearby_are_told(stage: Stage) -> None:
    earlier = stage.report()
    stage.report(lng=HERE[0] + 0.002)
    similar = report(stage, stage.acceptor).json()["similar"]
    assert [row["id"] for row in similar] == [earlier.pk]
    assert similar[0]["distance_m"] == 0


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"lng": 100.0}, 422, "outside_division_tree"),
        ({"type_code": "no_such_type"}, 422, "unknown_event_type"),
        ({"description": ""}, 422, "invalid"),
        ({"lng": "east"}, 422, "invalid"),
        ({"attachment_ids": [999]}, 422, "unknown_attachment"),
        ({"source": "video"}, 422, "invalid"),
        ({"level": 9}, 422, "invalid"),
    ],
)
def test_a_bad_report_is_refused_in_words_and_leaves_nothing(
    stage: Stage, fields: dict[str, Any], status: int, code: str
) -> None:
    answer = report(stage, stage.acceptor, str(uuid.uuid4()), **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert not Event.objects.exists()
    assert not HistoryRow.objects.filter(subject_kind="event").exists()


def test_a_refusal_speaks_the_readers_language(stage: Stage) -> None:
    client, body = browser(stage.acceptor), body_of(stage, lng=100.0)
    zh = client.post("/api/v1/events", body, format="json", headers={"Accept-Language": "zh-CN"}).json()["detail"]
    en = client.post("/api/v1/events", body, format="json", headers={"Accept-Language": "en"}).json()["detail"]
    assert "重新选点" in zh
    assert "Choose another point" in en


def test_malformed_json_is_named(stage: Stage) -> None:
    answer = browser(stage.acceptor).post("/api/v1/events", "{", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


def test_a_stranger_to_the_area_does_not_find_the_event(stage: Stage) -> None:
    event = stage.report()
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert browser(stranger).get(f"/api/v1/events/{event.pk}").status_code == 404
    assert move(stranger, event, "reject", reason="无").status_code == 404
    assert browser(stranger).get("/api/v1/events").json()["items"] == []


def test_nobody_reads_without_signing_in(stage: Stage) -> None:
    answer = browser(None).get("/api/v1/events")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_the_wrong_post_is_told_which_one_it_takes(stage: Stage) -> None:
    answer = move(stage.dispatcher, stage.report(), "file", condition_id=stage.condition.pk)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "受理员" in answer.json()["detail"]


def test_a_move_out_of_turn_names_state_and_move(stage: Stage) -> None:
    answer = move(stage.acceptor, stage.report(), "close", reply="已处理")
    body = answer.json()
    assert (answer.status_code, body["code"]) == (409, "move_not_allowed")
    assert (body["state"], body["move"]) == ("reported", "close")


def test_a_move_that_nobody_knows_is_not_found(stage: Stage) -> None:
    assert move(stage.acceptor, stage.report(), "teleport").status_code == 404


@pytest.mark.parametrize("name", ["audit", "team_report", "follow", "gain_follower"])
def test_a_move_that_only_the_platform_makes_is_not_made_over_http(stage: Stage, name: str) -> None:
    event = stage.report()
    assert move(stage.acceptor, event, name).status_code in (403, 404, 409)
    event.refresh_from_db()
    assert event.version == 1


def test_a_stale_click_is_told_the_current_version(stage: Stage) -> None:
    event = stage.event_in("filed")
    answer = move(stage.acceptor, event, "reject", version=1, reason="重复")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_version")
    assert answer.json()["current_version"] == event.version


def test_the_second_of_two_is_told_who_was_first(stage: Stage) -> None:
    event, other = stage.event_in("filed"), stage.seat(Role.DISPATCHER)
    seen = event.version
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), seen, unit_id=stage.department.pk)
    answer = move(other, event, "dispatch", version=seen, unit_id=stage.department.pk)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_taken")
    assert answer.json()["by"] == "张派遣"


def test_a_move_without_version_is_invalid(stage: Stage) -> None:
    event = stage.report()
    answer = browser(stage.acceptor).post(f"/api/v1/events/{event.pk}/moves/reject", {"reason": "重复"}, format="json")
    assert [error["field"] for error in answer.json()["errors"]] == ["version"]


def test_the_board_lists_what_is_due_first_and_pages_on(stage: Stage) -> None:
    made = [stage.report() for _ in range(5)]
    client = browser(stage.acceptor)
    first = client.get("/api/v1/events?order=due&open=1&limit=3").json()
    EventPage.model_validate(first)
    rest = client.get(f"/api/v1/events?order=due&open=1&limit=3&cursor={first['next']}").json()
    assert [row["id"] for row in first["items"] + rest["items"]] == [event.pk for event in made]
    assert rest["next"] is None


def test_the_board_is_filtered_by_state_street_number_and_reporter(stage: Stage) -> None:
    mine = stage.report(by=stage.operator)
    stage.event_in("filed")
    client = browser(stage.operator)

    def ids(query: str) -> list[int]:
        return [row["id"] for row in client.get(f"/api/v1/events?{query}").json()["items"]]

    assert ids("state=reported") == ids("mine=1") == ids(f"q={mine.number}") == ids("stage=discover") == [mine.pk]
    assert len(ids(f"street={STREET}")) == 2
    assert ids(f"street={OTHER_STREET}") == []
    assert client.get("/api/v1/events?state=asleep").status_code == 422


@pytest.mark.parametrize("rows", [1, 12])
def test_the_board_takes_the_same_few_statements_whatever_the_rows(stage: Stage, rows: int) -> None:
    for _ in range(rows):
        stage.report()
    client = browser(stage.acceptor)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/api/v1/events?order=due&open=1")
    assert len(answer.json()["items"]) == rows
    assert len(statements(queries)) <= BOARD_STATEMENTS, "\n".join(statements(queries))


def test_the_detail_of_an_ended_event_is_complete(stage: Stage) -> None:
    event = stage.event_in("closed")
    detail = EventDetail.model_validate(browser(stage.chief).get(f"/api/v1/events/{event.pk}").json())
    assert detail.evaluation is not None
    assert detail.public_stage == "已结案"
    assert [clock.kind for clock in detail.deadlines] == ["accept", "dispatch", "sign", "handling", "check", "close"]
    assert detail.work_orders[0].state == "done"
    assert detail.due_at is None


def test_a_department_sees_the_event_while_it_holds_a_leg(stage: Stage) -> None:
    event = stage.event_in("filed")
    client = browser(stage.desk)
    assert client.get(f"/api/v1/events/{event.pk}").status_code == 404
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=stage.department.pk)
    assert "sign" in [
        row["move"] for row in client.get(f"/api/v1/events/{event.pk}").json()["allowed_moves"] if row["available"]
    ]
    perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), None, reason="派错")
    assert client.get(f"/api/v1/events/{event.pk}").status_code == 404
    assert (
        OutboxMessage.objects.filter(type="order.changed", after__contains=[f"unit:{stage.department.pk}"]).count() == 1
    )


def test_the_catalogue_is_listed_for_choosing(stage: Stage) -> None:
    listed = EventTypeList.model_validate(browser(stage.desk).get("/api/v1/event-types").json())
    assert listed.items[0].conditions[0].handling_limit.amount == 2
    assert listed.items[0].default_unit is not None
    assert browser(stage.desk).get("/api/v1/scenarios").json() == {"items": []}
