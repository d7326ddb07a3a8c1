"""Alerts: one open per subject, counted up, decided by people, joined to their event."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.roles import Role
from core.clock import now
from core.errors import AlreadyTaken, Forbidden, NotFound
from core.history.record import of_subject
from core.models import OutboxMessage
from events.actions.alert_clips import add_clip
from events.actions.alert_decisions import (
    acknowledge_alert,
    confirm_alert,
    dismiss_alert,
    restore_alert,
)
from events.actions.alert_recovery import expire_alerts
from events.actions.alerts import AlertEvidence
from events.actions.perform import perform
from events.errors import AlertOpenAgain, RestoreTooLate
from events.models import Alert, Attachment, Event
from events.moves import Move
from events.shapes import AlertDetail, AlertPage
from tests.events.stage import OTHER_STREET, Stage, browser, picture
from tests.factories import person_with


def raised(stage: Stage, **fields: Any) -> Alert:
    alert = stage.alert(**fields)
    assert alert is not None
    return alert


def test_a_repeated_finding_counts_up_the_open_alert(stage: Stage) -> None:
    first = raised(stage)
    again = raised(stage, confidence=0.9)
    assert (again.pk, again.seen_count, again.confidence) == (first.pk, 2, 0.9)
    assert list(OutboxMessage.objects.order_by("id").values_list("payload__change", flat=True)) == ["raised", "seen"]


def test_the_database_refuses_a_second_open_alert_of_the_same_subject(stage: Stage) -> None:
    alert = raised(stage)
    alert.pk = None
    with pytest.raises(IntegrityError, match="one_open_alert_per_source_rule_and_subject"), transaction.atomic():
        alert.save(force_insert=True)


def test_another_rule_or_subject_is_another_alert(stage: Stage) -> None:
    assert len({raised(stage).pk, raised(stage, rule="dwell").pk, raised(stage, subject_id=8).pk}) == 3


def test_a_red_alert_is_due_in_a_minute_and_others_in_five(stage: Stage) -> None:
    red, other = raised(stage, level=1), raised(stage, rule="dwell", level=3)
    assert red.due_at - red.found_at == timedelta(minutes=1)
    assert other.due_at - other.found_at == timedelta(minutes=5)


def test_confirming_begins_an_event_that_nobody_reported(stage: Stage) -> None:
    alert = raised(stage)
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), version=alert.version)
    event = Event.objects.get()
    assert (event.state, event.source, event.reporter, event.title) == ("reported", "video", None, "水域边有人滞留")
    assert event.alerts.get().state == "confirmed"
    assert [row.move for row in of_subject("alert", alert.pk)] == ["raise", "confirm"]


def test_further_findings_join_the_open_event(stage: Stage) -> None:
    alert = raised(stage)
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    joined = raised(stage)
    assert (joined.pk, joined.state, joined.seen_count) == (alert.pk, "confirmed", 2)
    assert Event.objects.count() == 1


def test_a_new_alert_of_the_same_subject_is_taken_into_the_open_event(stage: Stage) -> None:
    first = raised(stage)
    confirm_alert(alert_id=first.pk, actor=stage.operator.as_actor())
    Alert.objects.create(
        **{f.attname: getattr(first, f.attname) for f in Alert._meta.concrete_fields if not f.primary_key}
        | {"state": "open", "event_id": None, "rule": first.rule}
    )
    second = Alert.objects.open().get()
    confirm_alert(alert_id=second.pk, actor=stage.operator.as_actor())
    event = Event.objects.get()
    assert event.alerts.count() == 2
    assert [row.move for row in of_subject("event", event.pk)] == ["report", "join_alert"]


def test_after_a_dismissal_the_cool_down_passes_findings_over(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        alert = raised(stage)
        dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="树影")
        machine.move_to(begun + timedelta(minutes=9))
        assert stage.alert() is None
        machine.move_to(begun + timedelta(minutes=11))
        assert raised(stage).pk != alert.pk


def test_after_the_end_of_its_event_the_cool_down_holds_too(stage: Stage) -> None:
    alert = raised(stage)
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    event = Event.objects.get()
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), event.version, reason="演习")
    assert stage.alert() is None


def test_counting_up_makes_nobodys_click_stale_but_a_decision_does(stage: Stage) -> None:
    seen = raised(stage).version
    raised(stage)
    alert = acknowledge_alert(alert_id=Alert.objects.get().pk, actor=stage.operator.as_actor(), version=seen)
    assert (alert.acknowledged_by, alert.state) == (stage.operator, "open")
    with pytest.raises(AlreadyTaken) as refusal:
        acknowledge_alert(alert_id=alert.pk, actor=stage.acceptor.as_actor(), version=seen)
    assert refusal.value.extra["by"] == "赵大屏"


def test_who_saw_it_first_stays_named(stage: Stage) -> None:
    first = acknowledge_alert(alert_id=raised(stage).pk, actor=stage.operator.as_actor())
    second = acknowledge_alert(alert_id=first.pk, actor=stage.acceptor.as_actor(), version=first.version)
    assert (second.acknowledged_by, second.version) == (stage.operator, first.version)


def test_a_dismissal_is_undone_for_a_day(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        operator = stage.operator.as_actor()
        alert = raised(stage)
        dismiss_alert(alert_id=alert.pk, actor=operator, reason="树影")
        machine.move_to(begun + timedelta(hours=23))
        assert restore_alert(alert_id=alert.pk, actor=operator).state == "open"
        dismiss_alert(alert_id=alert.pk, actor=operator, reason="树影")
        machine.move_to(begun + timedelta(hours=48))
        with pytest.raises(RestoreTooLate):
            restore_alert(alert_id=alert.pk, actor=operator)


def test_a_dismissal_is_not_undone_beside_a_newer_open_alert(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        alert = raised(stage)
        dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="树影")
        machine.move_to(begun + timedelta(minutes=30))
        raised(stage)
        with pytest.raises(AlertOpenAgain):
            restore_alert(alert_id=alert.pk, actor=stage.operator.as_actor())


def test_what_nobody_decides_expires_after_a_day(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        alert = raised(stage)
        machine.move_to(begun + timedelta(hours=23))
        assert expire_alerts() == 0
        machine.move_to(begun + timedelta(hours=25))
        assert expire_alerts() == 1
    alert.refresh_from_db()
    assert alert.state == "expired"


def test_a_grid_worker_sees_the_alert_but_does_not_decide(stage: Stage) -> None:
    alert, user = raised(stage), stage.worker.user
    assert user is not None
    with pytest.raises(Forbidden):
        confirm_alert(alert_id=alert.pk, actor=user.as_actor())
    stranger = person_with(Role.WALL_OPERATOR, area=stage.town[OTHER_STREET])
    with pytest.raises(NotFound):
        dismiss_alert(alert_id=alert.pk, actor=stranger.as_actor(), reason="树影")


def test_alerts_over_http(stage: Stage) -> None:
    client = browser(stage.operator)
    still = Path(settings.MEDIA_ROOT) / "alerts" / "still.jpg"
    still.parent.mkdir(parents=True, exist_ok=True)
    still.write_bytes(picture())
    evidence = AlertEvidence(still_path="alerts/still.jpg", camera_id=3, camera_name="江滩 1 号", boxes=[[0, 0, 1, 1]])
    alert = raised(stage, evidence=evidence)
    page = AlertPage.model_validate(client.get("/api/v1/alerts?state=open").json())
    assert page.items[0].still_url is not None
    assert client.get(page.items[0].still_url).status_code == 200
    detail = AlertDetail.model_validate(client.get(f"/api/v1/alerts/{alert.pk}").json())
    assert {row.move for row in detail.allowed_moves} == {"acknowledge", "confirm", "dismiss", "shelve"}
    for step, body, state in (("acknowledge", {}, "open"), ("confirm", {"note": "有人翻越护栏"}, "confirmed")):
        alert.refresh_from_db()
        answer = client.post(f"/api/v1/alerts/{alert.pk}/{step}", {"version": alert.version, **body}, format="json")
        assert AlertDetail.model_validate(answer.json()).state == state
    event = client.get(f"/api/v1/events/{answer.json()['event_id']}").json()
    assert [photo["kind"] for photo in event["attachments"]] == ["still"]
    assert event["description"] == "有人翻越护栏"
    assert Attachment.objects.get().blurred


def test_evidence_outside_the_media_folder_is_not_taken(stage: Stage) -> None:
    alert = raised(stage, evidence=AlertEvidence(still_path="../../etc/hostname", clip_path="missing.mp4"))
    assert (alert.still, alert.clip) == (None, None)


def filmed(alert: Alert, name: str = "moment.mp4") -> Alert | None:
    """The clip of what was found when the alert was raised."""
    file = Path(settings.MEDIA_ROOT) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"moving pictures")
    return add_clip(
        source=alert.source,
        rule=alert.rule,
        subject_kind=alert.subject_kind,
        subject_id=alert.subject_id,
        found_at=alert.found_at,
        clip_path=name,
    )


def test_the_clip_joins_the_alert_that_its_finding_opened_once(stage: Stage) -> None:
    alert = raised(stage)
    assert filmed(alert) is not None
    assert filmed(alert) is None
    alert.refresh_from_db()
    shown = browser(stage.acceptor).get(f"/api/v1/alerts/{alert.pk}").json()
    assert shown["clip_url"] == f"/media/attachments/{alert.clip_id}"


def test_a_clip_that_comes_after_the_confirming_is_kept_with_the_event(stage: Stage) -> None:
    alert = raised(stage)
    event = confirm_alert(alert_id=alert.pk, actor=stage.acceptor.as_actor(), note="").event
    assert filmed(alert) is not None
    clip = Alert.objects.get(pk=alert.pk).clip
    assert clip is not None and (clip.event, clip.erase_after) == (event, None)


def test_the_clip_of_a_repetition_joins_nothing(stage: Stage) -> None:
    alert = raised(stage)
    alert.found_at += timedelta(seconds=60)
    assert filmed(alert) is None


def test_a_dismissal_lowers_the_precision_of_its_rule(stage: Stage) -> None:
    alert = raised(stage)
    client = browser(stage.operator)
    body = {"version": alert.version, "reason": "树影"}
    answer = client.post(f"/api/v1/alerts/{alert.pk}/dismiss", body, format="json").json()
    assert answer["precision"] == {"confirmed": 0, "dismissed": 1, "ratio": 0.0}
    assert [row["move"] for row in answer["allowed_moves"]] == ["restore"]
    missing = client.post(f"/api/v1/alerts/{alert.pk}/dismiss", {"version": 1}, format="json")
    assert (missing.status_code, missing.json()["code"]) == (422, "invalid")


def merged_away(stage: Stage, alert: Alert) -> Event:
    """The event the alert led to has been merged into another, which is the answer."""
    event, main = Event.objects.get(alerts=alert), stage.report()
    perform(event.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一事项")
    return main


def test_findings_go_on_joining_an_event_that_follows_an_open_one(stage: Stage) -> None:
    with time_machine.travel(now(), tick=False) as machine:
        alert = confirm_alert(alert_id=raised(stage).pk, actor=stage.operator.as_actor())
        merged_away(stage, alert)
        machine.shift(timedelta(minutes=20))
        assert raised(stage).pk == alert.pk


def test_an_alert_of_a_subject_whose_event_was_merged_joins_the_main_event(stage: Stage) -> None:
    first = confirm_alert(alert_id=raised(stage).pk, actor=stage.operator.as_actor())
    main = merged_away(stage, first)
    Alert.objects.create(
        **{f.attname: getattr(first, f.attname) for f in Alert._meta.concrete_fields if not f.primary_key}
        | {"state": "open", "event_id": None, "decided_at": None}
    )
    second = confirm_alert(alert_id=Alert.objects.open().get().pk, actor=stage.operator.as_actor())
    assert second.event_id == main.pk
    assert [row.move for row in of_subject("event", main.pk)][-1] == "join_alert"
