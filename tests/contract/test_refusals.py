"""Refusals that no view makes itself: numbers that are none, cut lines, unknown addresses, stores that are away."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from core import health
from events.actions.alert_decisions import dismiss_alert, restore_alert
from events.actions.uploads import store_photo
from events.errors import AlertOpenAgain, NotAnImage
from events.models import Event
from events.models.alert import AlertQuerySet
from tests.events.stage import Stage, browser, picture, upload_of
from tests.factories import UserFactory, person_with

PROBLEM = "application/problem+json"


def patient(user: Any) -> APIClient:
    """A browser that is told of a fault instead of the test."""
    client = browser(user)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", 10**400], ids=["nan", "infinity", "minus infinity", "beyond"]
)
def test_a_coordinate_that_is_no_number_is_invalid(stage: Stage, number: Any) -> None:
    body = {"type_code": stage.kind.code, "description": "x", "lng": number, "lat": 30.0}
    answer = patient(stage.acceptor).post("/api/v1/events", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "lng")
    assert patient(stage.acceptor).get(f"/api/v1/areas/locate?lng={str(number)[:400]}&lat=30").status_code == 422
    assert not Event.objects.exists()


def test_a_number_no_row_can_have_is_invalid(stage: Stage) -> None:
    event = stage.event_in("handling")
    body = {"version": event.version, "note": "x", "attachment_ids": [2**63]}
    answer = patient(stage.desk).post(f"/api/v1/events/{event.pk}/moves/finish", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{", b"\xff", b'{"version": NaN}'])
def test_text_that_is_no_json_is_called_so(stage: Stage, body: bytes) -> None:
    answer = patient(stage.acceptor).post("/api/v1/events", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


def test_a_broken_form_is_a_malformed_request(stage: Stage) -> None:
    answer = patient(stage.acceptor).post("/api/v1/uploads", b"--x", content_type="multipart/form-data")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")


def test_an_unknown_address_is_a_problem_in_the_readers_language(db: None) -> None:
    client = patient(UserFactory.create())
    answer = client.get("/api/v1/nothing-here", headers={"accept-language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    assert "Go back to the list" in answer.json()["detail"]


def test_a_database_that_is_away_is_a_503_that_says_nothing_was_written(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    client = patient(stage.acceptor)
    monkeypatch.setattr("events.api.events.event_list", away)
    answer = client.get("/api/v1/events")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (503, PROBLEM, "unavailable")
    monkeypatch.setattr("accounts.sessions.SessionStore._get_session_from_db", away)
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/api/v1/events")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (503, PROBLEM, "unavailable")


def test_a_fault_of_ours_is_a_problem_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.api.events.event_list", lambda *_, **__: 1 / 0)
    answer = patient(stage.acceptor).get("/api/v1/events")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (500, PROBLEM, "server_error")


@pytest.mark.parametrize("query", ["kind=%00", "kind=castle"])
def test_an_unknown_kind_of_unit_is_invalid(db: None, query: str) -> None:
    assert patient(UserFactory.create()).get(f"/api/v1/units?{query}").status_code == 422


def test_the_cursor_of_another_list_is_refused(stage: Stage) -> None:
    stage.report(), stage.report()
    client = patient(stage.acceptor)
    cursor = client.get("/api/v1/events?limit=1").json()["next"]
    assert client.get("/api/v1/events", {"limit": 1, "cursor": cursor}).status_code == 200
    assert client.get("/api/v1/events", {"order": "due", "cursor": cursor}).json()["code"] == "invalid_cursor"
    assert client.get("/api/v1/cameras", {"cursor": cursor}).json()["code"] == "invalid_cursor"


@pytest.mark.parametrize("boundary", [{}, {"type": "Polygon"}, {"type": "Polygon", "coordinates": [[[0, 0]]]}, [], "x"])
def test_an_outline_that_is_no_geojson_is_invalid(stage: Stage, boundary: Any) -> None:
    admin = person_with("grid_admin", area=stage.district)
    answer = patient(admin).put(
        f"/api/v1/areas/{stage.district.pk}/boundary", {"version": 1, "boundary": boundary}, format="json"
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "boundary")


@pytest.mark.parametrize("cut", [30, 150, 400])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_not_an_image(stage: Stage, form: str, cut: int) -> None:
    whole = picture(200, form)
    damaged = whole[: len(whole) // 3] + b"\x00" * 9 + whole[cut : len(whole) // 2]
    with pytest.raises(NotAnImage):
        store_photo(file=BytesIO(damaged), size=len(damaged), actor=stage.acceptor.as_actor())


def test_a_text_named_as_a_photo_is_told_in_english_too(stage: Stage) -> None:
    client = patient(stage.acceptor)
    answer = client.post("/api/v1/uploads", {"file": upload_of(b"hello")}, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_an_image")
    assert "JPEG, PNG or WebP" in answer.json()["detail"]


def test_a_dismissal_is_not_undone_beside_a_finding_of_the_same_moment(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operator = stage.operator.as_actor()
    alert = stage.alert()
    assert alert is not None
    dismiss_alert(alert_id=alert.pk, actor=operator, reason="树影")
    monkeypatch.setattr("events.actions.alerts.outcome_of_finding", lambda **_: "raise")
    stage.alert()
    monkeypatch.setattr(AlertQuerySet, "exists", lambda _: False)
    with pytest.raises(AlertOpenAgain):
        restore_alert(alert_id=alert.pk, actor=operator)


def test_the_public_is_not_told_the_addresses_of_cameras() -> None:
    health.register_provider("test_devices", dict)
    body = {
        "stores": [],
        "processes": [],
        "test_devices": {"online": 1, "failing": [{"code": "c", "detail": "rtsp://10.0.0.9"}]},
    }
    assert "10.0.0.9" not in json.dumps(health.public(body))
    del health._providers["test_devices"]
