"""Holding evidence (封存) on the page of keeping: by the number of an event or an alert, until it is let go."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.roles import Role
from core.history.record import of_subject
from events.actions.perform import perform
from events.models import EvidenceHold
from events.moves import Move
from events.shapes import EventDetail
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with
from tests.grids.town import DISTRICT

HOLDS = "/api/v1/evidence-holds"


@pytest.fixture
def admin(stage: Stage) -> APIClient:
    return browser(person_with(Role.SYSTEM_ADMIN, area=stage.town[DISTRICT]))


def hold(client: APIClient, **given: Any) -> Any:
    return client.post(HOLDS, {"reason": "公安机关调取", **given}, format="json")


def test_an_event_is_held_by_its_number_and_let_go(admin: APIClient, stage: Stage) -> None:
    event = stage.report()
    event.refresh_from_db()
    made = hold(admin, event_number=event.number)
    row = made.json()["items"][0]
    assert (made.status_code, row["event_number"], row["title"], row["released_at"]) == (
        201, event.number, event.title, None,
    )  # fmt: skip
    let_go = admin.post(f"{HOLDS}/{row['id']}/release").json()["items"][0]
    assert (let_go["id"], let_go["released_at"] is not None) == (row["id"], True)
    assert admin.post(f"{HOLDS}/{row['id']}/release").status_code == 404


def test_an_alert_is_held_once_at_a_time(admin: APIClient, stage: Stage) -> None:
    alert = stage.alert()
    assert alert is not None
    first, second = hold(admin, alert_id=alert.pk), hold(admin, alert_id=alert.pk)
    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "already_held")


def test_who_answers_for_cases_reads_and_does_not_hold(admin: APIClient, stage: Stage) -> None:
    event = stage.report()
    event.refresh_from_db()
    hold(admin, event_number=event.number)
    reader = browser(person_with(Role.LEADER, area=stage.town[DISTRICT]))
    told = reader.get(HOLDS).json()
    assert (len(told["items"]), told["may_edit"]) == (1, False)
    key = told["items"][0]["id"]
    assert [hold(reader, event_number=event.number).status_code, reader.post(f"{HOLDS}/{key}/release").status_code] == [
        403, 403,
    ]  # fmt: skip
    assert browser(stage.acceptor).get(HOLDS).status_code == 403


def test_what_lies_elsewhere_is_neither_held_nor_seen_nor_let_go(admin: APIClient, stage: Stage) -> None:
    event = stage.report()
    event.refresh_from_db()
    elsewhere = browser(person_with(Role.SYSTEM_ADMIN, area=stage.town[OTHER_STREET]))
    refused = hold(elsewhere, event_number=event.number)
    hold(admin, event_number=event.number)
    key = EvidenceHold.objects.get().pk
    assert [refused.status_code, elsewhere.post(f"{HOLDS}/{key}/release").status_code] == [404, 404]
    assert elsewhere.get(HOLDS).json()["items"] == []


@pytest.mark.parametrize("given", [{"reason": ""}, {"reason": " "}, {"reason": "长" * 201}, {"alert_id": 0}])
def test_a_hold_without_a_reason_or_of_nothing_is_refused(admin: APIClient, given: dict[str, Any]) -> None:
    assert hold(admin, **given).status_code == 422
    assert hold(admin).status_code == 404


def test_reading_takes_few_statements(admin: APIClient, stage: Stage, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        event = stage.report()
        event.refresh_from_db()
        hold(admin, event_number=event.number)
    with django_assert_max_num_queries(6):
        admin.get(HOLDS)


def of_event(client: APIClient, event_id: int, **body: Any) -> Any:
    return client.post(f"/api/v1/events/{event_id}/hold", {"reason": "行政复议", **body}, format="json")


def test_the_duty_chief_holds_an_event_from_itself_and_it_says_so(stage: Stage, admin: APIClient) -> None:
    event = stage.event_in("handling")
    chief, url = browser(stage.chief), f"/api/v1/events/{event.pk}"
    before = chief.get(url).json()
    assert (before["held"], before["may_hold"]) == (None, True)
    made = of_event(chief, event.pk)
    EventDetail.model_validate(made.json())
    assert (made.status_code, made.json()["held"]["held_by"], made.json()["held"]["reason"]) == (
        201, stage.chief.name, "行政复议",
    )  # fmt: skip
    assert (of_event(chief, event.pk).status_code, of_event(chief, event.pk).json()["code"]) == (409, "already_held")
    hold = EvidenceHold.objects.get()
    row = of_subject("evidence_hold", hold.pk)[-1]
    assert (row.move, row.role, row.facts["event"]) == ("hold", "duty_chief", event.pk)
    assert [one["event_id"] for one in admin.get(HOLDS).json()["items"]] == [event.pk]


def test_that_it_is_held_is_told_to_who_sees_the_event_and_why_to_who_answers_for_it(stage: Stage) -> None:
    event = stage.event_in("handling")
    of_event(browser(stage.chief), event.pk)
    seen = browser(stage.desk).get(f"/api/v1/events/{event.pk}").json()
    assert (seen["held"]["held_by"], seen["held"]["reason"], seen["may_hold"]) == (stage.chief.name, "", False)


def test_a_hold_is_let_go_on_the_page_of_keeping_only(stage: Stage, admin: APIClient) -> None:
    event = stage.event_in("handling")
    of_event(browser(stage.chief), event.pk)
    hold = EvidenceHold.objects.get()
    assert browser(stage.chief).post(f"{HOLDS}/{hold.pk}/release").status_code == 403
    assert admin.post(f"{HOLDS}/{hold.pk}/release").status_code == 200
    assert browser(stage.chief).get(f"/api/v1/events/{event.pk}").json()["held"] is None


def test_nobody_else_holds_an_event_and_what_is_hidden_is_not_found(stage: Stage, admin: APIClient) -> None:
    event = stage.event_in("handling")
    for person in (stage.dispatcher, stage.desk, stage.seat(Role.LEADER)):
        assert of_event(browser(person), event.pk).json()["code"] == "forbidden"
    another_centre = OrgUnitFactory.create(kind="centre", parent=stage.centre)
    seeing = person_with(Role.DUTY_CHIEF, area=stage.town[DISTRICT], unit=another_centre)
    assert of_event(browser(seeing), event.pk).status_code == 403
    elsewhere = person_with(Role.DUTY_CHIEF, area=stage.town[OTHER_STREET])
    assert of_event(browser(elsewhere), event.pk).status_code == 404
    assert of_event(browser(stage.chief), event.pk, reason=" ").status_code == 422
    assert of_event(admin, event.pk).status_code == 201


def test_what_was_merged_into_a_held_event_is_held_with_it(stage: Stage) -> None:
    main, follower = stage.report(), stage.report()
    perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一事项")
    of_event(browser(stage.chief), main.pk)
    held = browser(stage.chief).get(f"/api/v1/events/{follower.pk}").json()["held"]
    assert (held["of_main"], held["held_by"]) == (True, stage.chief.name)
