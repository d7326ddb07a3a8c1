"""Days of keeping on their page: looked at, tried on what is kept at this moment, set by an administrator."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.roles import Role
from core.clock import now
from events.actions.alert_decisions import dismiss_alert
from events.actions.retention import erase_past_their_time, load_retention
from events.models import Attachment, RetentionRule
from tests.events.stage import Stage, browser

RETENTION = "/api/v1/retention"
CLIPS = f"{RETENTION}/clip_of_alert"


@pytest.fixture
def admin(stage: Stage) -> APIClient:
    load_retention()
    return browser(stage.seat(Role.SYSTEM_ADMIN))


def put(client: APIClient, days: Any, version: int = 1, address: str = CLIPS) -> Any:
    return client.put(address, {"version": version, "days": days}, format="json")


def dismissed(stage: Stage, clip_bytes: int) -> None:
    """An alert that led to nothing, with a clip of so many bytes."""
    alert = stage.alert()
    assert alert is not None
    clip = Attachment.objects.create(
        kind="clip", purpose="evidence", path="evidence/c.mp4", sha256="c", size=clip_bytes, created_at=now()
    )
    type(alert).objects.filter(pk=alert.pk).update(clip=clip)
    dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="树影")


def test_every_kind_is_shown_with_its_days_in_the_language_of_who_asks(admin: APIClient) -> None:
    told = admin.get(RETENTION).json()
    english = admin.get(RETENTION, headers={"accept-language": "en"}).json()["items"][1]
    assert (len(told["items"]), told["may_edit"], told["bound"]["most"]) == (8, True, 36_500)
    assert told["items"][1] == {
        "code": "clip_of_alert", "name": "告警片段（未立案）", "counted": "自告警时起", "days": 30, "usual_days": 30,
        "version": 1, "set_at": told["items"][1]["set_at"], "set_by": "",
    }  # fmt: skip
    assert (english["name"], english["counted"]) == ("Clips of alerts that led to no event", "since the alert")


def test_days_that_were_set_hold_and_are_written_down(admin: APIClient) -> None:
    answer = put(admin, 12).json()["items"][1]
    assert (answer["days"], answer["version"], RetentionRule.objects.get(code="clip_of_alert").days) == (12, 2, 12)
    newest = admin.get(f"{RETENTION}/history").json()["items"][0]
    assert (newest["name"], newest["fields"]) == (
        "告警片段（未立案）", [{"field": "days", "before": 30, "after": 12}],
    )  # fmt: skip


def test_days_are_tried_on_what_is_kept_at_this_moment_and_nothing_goes(admin: APIClient, stage: Stage) -> None:
    dismissed(stage, 6)
    Attachment.objects.update(created_at=now() - timedelta(days=20))
    told = admin.get(f"{CLIPS}/trial", {"days": 10}).json()
    assert told == {"days": 10, "now": {"count": 0, "bytes": 0}, "then": {"count": 1, "bytes": 6}}
    assert Attachment.objects.count() == 1


def test_history_shows_what_was_set_and_not_what_was_erased(admin: APIClient, stage: Stage) -> None:
    dismissed(stage, 6)
    with time_machine.travel(now() + timedelta(days=40), tick=False):
        assert erase_past_their_time() == 1
    assert len(admin.get(f"{RETENTION}/history").json()["items"]) == 8


def test_the_second_of_two_administrators_is_told(admin: APIClient) -> None:
    put(admin, 12)
    late = put(admin, 13)
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")


@pytest.mark.parametrize("days", [0, -5, 36_501])
def test_days_have_bounds(admin: APIClient, days: int) -> None:
    answer = put(admin, days)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "days")
    assert admin.get(f"{CLIPS}/trial", {"days": days}).status_code == 422
    assert RetentionRule.objects.get(code="clip_of_alert").days == 30


@pytest.mark.parametrize("role", [Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER])
def test_who_answers_for_cases_reads_and_does_not_set(admin: APIClient, stage: Stage, role: str) -> None:
    reader = browser(stage.seat(role))
    assert reader.get(RETENTION).json()["may_edit"] is False
    assert [put(reader, 12).status_code, reader.get(f"{CLIPS}/trial", {"days": 12}).status_code] == [403, 403]


def test_others_do_not_see_it(admin: APIClient, stage: Stage) -> None:
    worker = browser(stage.acceptor)
    assert [worker.get(one).status_code for one in (RETENTION, f"{RETENTION}/history")] == [403, 403]


@pytest.mark.parametrize("code", ["films", "%00"])
def test_a_kind_that_is_not_kept_is_not_there(admin: APIClient, code: str) -> None:
    address = f"{RETENTION}/{code}"
    assert [put(admin, 12, address=address).status_code, admin.get(f"{address}/trial", {"days": 5}).status_code] == [
        404, 404,
    ]  # fmt: skip


def test_reading_takes_few_statements(admin: APIClient, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        admin.get(RETENTION)
    with django_assert_max_num_queries(6):
        admin.get(f"{CLIPS}/trial", {"days": 12})
