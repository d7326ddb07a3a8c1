"""Sources out of service: no alerts from them, every finding counted, looked at every month."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.errors import AlreadyTaken, MoveNotAllowed
from core.history.record import of_subject
from core.models import OutboxMessage
from events.actions.alert_decisions import dismiss_alert
from events.actions.alerts import AlertEvidence
from events.actions.out_of_service import put_back, review_out_of_service, take_out_of_service
from events.errors import AlreadyOutOfService
from events.models import Alert, OutOfService
from events.shapes import OutOfServiceDetail, OutOfServicePage
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with

CAMERA = AlertEvidence(camera_id=3, camera_name="江滩 1 号")


@pytest.fixture
def admin(stage: Stage) -> User:
    return stage.seat(Role.SYSTEM_ADMIN, name="吴管理")


def raised(stage: Stage, **fields: Any) -> Alert:
    alert = stage.alert(**{"evidence": CAMERA, **fields})
    assert alert is not None
    return alert


def taken_out(stage: Stage, admin: User, **fields: Any) -> OutOfService:
    alert = raised(stage, **fields)
    return take_out_of_service(alert_id=alert.pk, actor=admin.as_actor(), reason="镜头起雾，待清洗")


def test_a_camera_and_algorithm_are_taken_out_with_their_open_alerts(stage: Stage, admin: User) -> None:
    alert, neighbour = raised(stage), raised(stage, subject_id=8)
    other = raised(stage, subject_id=9, rule="dwell")
    OutboxMessage.objects.all().delete()
    body = {"version": alert.version, "reason": "镜头起雾，待清洗"}
    answer = browser(admin).post(f"/api/v1/alerts/{alert.pk}/take_out", body, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "expired")
    assert list(Alert.objects.open()) == [other]
    out = OutOfService.objects.get()
    assert (out.rule, out.subject_kind, out.subject_id, out.label) == ("presence", "camera", 3, "江滩 1 号")
    assert [row.move for row in of_subject("alert", neighbour.pk)] == ["raise", "take_out"]
    assert [row.move for row in of_subject("out_of_service", out.pk)] == ["take_out"]
    types = list(OutboxMessage.objects.order_by("id").values_list("type", flat=True))
    assert types == ["out_of_service.changed", "alert.changed", "alert.changed"]


def test_its_findings_raise_nothing_and_are_counted(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin)
    assert [stage.alert(evidence=CAMERA), stage.alert(evidence=CAMERA, subject_id=8)] == [None, None]
    assert stage.alert(evidence=CAMERA, rule="dwell") is not None
    assert stage.alert(evidence=AlertEvidence(camera_id=4)) is not None
    out.refresh_from_db()
    assert (out.finding_count, out.last_finding_at is not None) == (2, True)


def test_findings_are_counted_while_a_dismissal_cools_down_too(stage: Stage, admin: User) -> None:
    alert = raised(stage)
    dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="test")
    out = take_out_of_service(alert_id=alert.pk, actor=admin.as_actor(), reason="误报过多")
    assert stage.alert(evidence=CAMERA) is None
    out.refresh_from_db()
    alert.refresh_from_db()
    assert (out.finding_count, alert.state) == (1, "dismissed")


def test_a_source_without_a_camera_is_its_subject(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin, evidence=AlertEvidence(), source="data", subject_kind="row", subject_id=5)
    assert (out.source, out.subject_kind, out.subject_id) == ("data", "row", 5)
    assert stage.alert(source="data", subject_kind="row", subject_id=5) is None
    assert stage.alert(source="data", subject_kind="row", subject_id=6) is not None


def test_put_back_it_raises_alerts_again(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin)
    stage.alert(evidence=CAMERA)
    body = {"version": out.version, "note": "镜头已清洗"}
    answer = browser(admin).post(f"/api/v1/out-of-service/{out.pk}/put_back", body, format="json")
    detail = OutOfServiceDetail.model_validate(answer.json())
    assert (detail.state, detail.put_back_by, detail.finding_count) == ("back", "吴管理", 1)
    assert [entry.move for entry in detail.history] == ["take_out", "put_back"]
    assert detail.allowed_moves == []
    assert stage.alert(evidence=CAMERA) is not None


def test_what_is_not_out_is_not_put_back(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin)
    other = stage.seat(Role.GRID_ADMIN, name="郑管理")
    put_back(out_id=out.pk, actor=admin.as_actor(), version=out.version)
    with pytest.raises(AlreadyTaken) as taken:
        put_back(out_id=out.pk, actor=other.as_actor(), version=out.version)
    assert taken.value.extra["by"] == "吴管理"
    with pytest.raises(MoveNotAllowed):
        put_back(out_id=out.pk, actor=admin.as_actor())
    assert [row.move for row in of_subject("out_of_service", out.pk)] == ["take_out", "put_back"]


def test_what_is_out_is_not_taken_out_twice(stage: Stage, admin: User) -> None:
    alert, neighbour = raised(stage), raised(stage, subject_id=8)
    take_out_of_service(alert_id=alert.pk, actor=admin.as_actor(), reason="起雾", version=alert.version)
    with pytest.raises(AlreadyOutOfService) as refusal:
        take_out_of_service(alert_id=neighbour.pk, actor=admin.as_actor(), reason="起雾")
    assert refusal.value.extra["by"] == "吴管理"
    assert OutOfService.objects.count() == 1


def test_a_review_is_due_every_month_and_overdue_ones_stand_out(stage: Stage, admin: User) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        out = taken_out(stage, admin)
        machine.move_to(begun + timedelta(days=29))
        assert read(stage).overdue == 0
        machine.move_to(begun + timedelta(days=31))
        page = read(stage, "?overdue=1")
        assert (page.overdue, [row.id for row in page.items]) == (1, [out.pk])
        assert page.items[0].review_due_at == begun + timedelta(days=30)
        reviewed = review_out_of_service(out_id=out.pk, actor=admin.as_actor(), version=out.version, note="仍未修好")
        assert read(stage, "?overdue=1").overdue == 0
    assert (reviewed.reviewed_by_id, reviewed.review_note, reviewed.state) == (admin.pk, "仍未修好", "out")


def read(stage: Stage, query: str = "") -> OutOfServicePage:
    """The list as the duty chief sees it who has just signed in."""
    return OutOfServicePage.model_validate(browser(stage.chief).get(f"/api/v1/out-of-service{query}").json())


def test_only_administrators_take_out_review_and_put_back(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin)
    alert = raised(stage, rule="dwell")
    for address in (f"alerts/{alert.pk}/take_out", f"out-of-service/{out.pk}/review"):
        body = {"version": 1, "reason": "试", "note": "试"}
        answer = browser(stage.dispatcher).post(f"/api/v1/{address}", body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    shown = browser(stage.dispatcher).get("/api/v1/out-of-service").json()["items"][0]
    assert shown["allowed_moves"] == []


def test_those_of_another_area_are_hidden(stage: Stage, admin: User) -> None:
    out = taken_out(stage, admin)
    client = browser(person_with(Role.SYSTEM_ADMIN, area=stage.town[OTHER_STREET]))
    assert client.get("/api/v1/out-of-service").json()["items"] == []
    assert client.get(f"/api/v1/out-of-service/{out.pk}").status_code == 404
    answer = client.post(f"/api/v1/out-of-service/{out.pk}/put_back", {"version": 1}, format="json")
    assert answer.status_code == 404


def test_an_input_without_a_reason_or_version_is_invalid(stage: Stage, admin: User) -> None:
    alert = raised(stage)
    client = browser(admin)
    for body in ({"version": 1}, {"reason": "起雾"}, {"version": 1, "reason": "x" * 201}):
        answer = client.post(f"/api/v1/alerts/{alert.pk}/take_out", body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert client.get("/api/v1/out-of-service?state=gone").status_code == 422


def test_the_list_costs_the_same_however_long_it_is(
    stage: Stage, admin: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        taken_out(stage, admin, evidence=AlertEvidence(camera_id=50 + number), subject_id=50 + number)
    client = browser(admin)
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/out-of-service").json()["items"]) == 12
