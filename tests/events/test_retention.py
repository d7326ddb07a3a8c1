"""Recordings go by the days of their kind: those of open, undecided and held matters stay, and the rest is counted."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from core.clock import now
from core.errors import Forbidden, Invalid, StaleVersion
from core.models import HistoryRow
from events.actions.alert_decisions import confirm_alert, dismiss_alert
from events.actions.alerts import AlertEvidence
from events.actions.perform import perform
from events.actions.retention import (
    erase_past_their_time,
    hold_evidence,
    load_retention,
    release_evidence,
    set_retention,
)
from events.errors import AlreadyHeld
from events.models import Alert, Attachment, Event, EvidenceHold, RetentionRule
from events.moves import Move
from events.queries.retention import due_now
from tests.events.stage import Stage, picture
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def recorded(stage: Stage, subject_id: int = 7) -> Alert:
    """An alert with a still and a clip."""
    folder = Path(django_settings.MEDIA_ROOT) / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / f"{subject_id}.jpg").write_bytes(picture(subject_id + 1))
    (folder / f"{subject_id}.mp4").write_bytes(b"moving")
    evidence = AlertEvidence(still_path=f"evidence/{subject_id}.jpg", clip_path=f"evidence/{subject_id}.mp4")
    alert = stage.alert(subject_id=subject_id, evidence=evidence)
    assert alert is not None
    return alert


def dismissed(stage: Stage, subject_id: int = 7) -> Alert:
    return dismiss_alert(alert_id=recorded(stage, subject_id).pk, actor=stage.operator.as_actor(), reason="树影")


def confirmed(stage: Stage) -> Event:
    event = confirm_alert(alert_id=recorded(stage).pk, actor=stage.acceptor.as_actor(), note="").event
    assert event is not None
    return event


def ended(event: Event) -> Event:
    Event.objects.filter(pk=event.pk).update(state="cancelled", ended_at=now())
    event.refresh_from_db()
    return event


def erased_after(**length: float) -> int:
    with time_machine.travel(now() + timedelta(**length), tick=False):
        return erase_past_their_time()


def rule(code: str) -> RetentionRule:
    load_retention()
    return RetentionRule.objects.get(code=code)


def days(stage: Stage, code: str, days: int) -> None:
    row = rule(code)
    admin = stage.seat(Role.SYSTEM_ADMIN).as_actor()
    set_retention(rule_id=row.pk, days=days, version=row.version, actor=admin)


def kinds() -> set[str]:
    return set(Attachment.objects.values_list("kind", flat=True))


def test_evidence_of_a_dismissed_alert_goes_after_thirty_days_with_its_files(stage, media):
    alert = dismissed(stage)
    assert erased_after(days=29) == 0
    assert erased_after(days=31) == 2
    alert.refresh_from_db()
    assert (alert.still, alert.clip, list(media.glob("evidence/*"))) == (None, None, [])


def test_each_kind_has_its_own_days_which_an_administrator_sets(stage):
    dismissed(stage)
    days(stage, "clip_of_alert", 5)
    assert (erased_after(days=6), kinds()) == (1, {"still"})
    days(stage, "still_of_alert", 90)
    assert (erased_after(days=89), erased_after(days=91)) == (0, 1)


def test_evidence_of_an_alert_that_nobody_decided_stays(stage):
    recorded(stage)
    assert erased_after(days=400) == 0


def test_evidence_of_an_open_event_stays_and_of_an_ended_one_goes_by_kind(stage):
    event = confirmed(stage)
    assert erased_after(days=4000) == 0
    ended(event)
    assert (erased_after(days=364), erased_after(days=366), kinds()) == (0, 1, {"still"})
    assert (erased_after(days=1094), erased_after(days=1096)) == (0, 1)


def test_what_was_merged_into_an_open_event_stays(stage):
    event, main = confirmed(stage), stage.report()
    perform(event.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一事项")
    assert erased_after(days=4000) == 0
    ended(main)
    assert erased_after(days=4000) == 2


def test_photos_of_citizens_go_before_those_of_staff(stage):
    event = stage.report(attachment_ids=[stage.photo(stage.acceptor)])
    photo = Attachment.objects.get()
    Attachment.objects.create(
        event=event, kind="photo", purpose="report", path="attachments/c.jpg", sha256="c", created_at=photo.created_at
    )
    ended(event)
    assert (erased_after(days=366), Attachment.objects.get().pk) == (1, photo.pk)
    assert erased_after(days=1096) == 1


def test_held_evidence_stays_until_it_is_let_go(stage):
    alert, event = dismissed(stage, 8), ended(confirmed(stage))
    admin = stage.seat(Role.SYSTEM_ADMIN).as_actor()
    holds = [
        hold_evidence(reason="公安机关调取", actor=admin, alert_id=alert.pk),
        hold_evidence(reason="复议", actor=admin, event_id=event.pk),
    ]
    assert erased_after(days=4000) == 0
    for hold in holds:
        release_evidence(hold_id=hold.pk, actor=admin)
    assert erased_after(days=4000) == 4
    assert HistoryRow.objects.filter(subject_kind="evidence_hold", move="release").count() == 2


def test_holding_is_for_administrators_once_at_a_time_and_of_something(stage):
    event, admin = stage.report(), stage.seat(Role.SYSTEM_ADMIN).as_actor()
    with pytest.raises(Forbidden):
        hold_evidence(reason="调取", actor=stage.chief.as_actor(), event_id=event.pk)
    hold = hold_evidence(reason="调取", actor=admin, event_id=event.pk)
    with pytest.raises(AlreadyHeld):
        hold_evidence(reason="再次", actor=admin, event_id=event.pk)
    with pytest.raises(Forbidden):
        release_evidence(hold_id=hold.pk, actor=stage.chief.as_actor())


def test_only_an_administrator_who_saw_the_present_days_sets_others(stage):
    row, admin = rule("still_of_alert"), stage.seat(Role.SYSTEM_ADMIN).as_actor()
    with pytest.raises(Forbidden):
        set_retention(rule_id=row.pk, days=5, version=row.version, actor=stage.chief.as_actor())
    with pytest.raises(Invalid):
        set_retention(rule_id=row.pk, days=0, version=row.version, actor=admin)
    set_retention(rule_id=row.pk, days=5, version=row.version, actor=admin)
    with pytest.raises(StaleVersion):
        set_retention(rule_id=row.pk, days=6, version=row.version, actor=admin)
    told = HistoryRow.objects.filter(subject_kind="retention_rule", subject_id=row.pk).latest("seq").facts
    assert (told["before"], told["after"]) == ({"days": 30}, {"days": 5})


def test_loading_again_keeps_an_administrators_days(stage):
    assert load_retention() == 8
    days(stage, "clip_of_alert", 5)
    assert (load_retention(), rule("clip_of_alert").days) == (0, 5)


def test_what_was_erased_is_in_the_history_as_a_count(stage):
    dismissed(stage)
    erased_after(days=31)
    told = HistoryRow.objects.filter(move="erase").order_by("facts__kind")
    assert [(row.facts["kind"], row.facts["erased"], row.facts["days"]) for row in told] == [
        ("clip_of_alert", 1, 30),
        ("still_of_alert", 1, 30),
    ]


def test_many_are_erased_in_batches(stage):
    for subject in range(5):
        dismissed(stage, subject)
    with time_machine.travel(now() + timedelta(days=31)):
        assert erase_past_their_time(batch=2) == 10
    assert sorted(HistoryRow.objects.filter(move="erase").values_list("facts__erased", flat=True)) == [1, 1, 2, 2, 2, 2]


def test_a_dry_run_says_what_would_go_and_erases_nothing(stage):
    dismissed(stage)
    said = StringIO()
    with time_machine.travel(now() + timedelta(days=31)):
        call_command("erase_recordings", "--dry-run", stdout=said)
        found = {due.rule.code: (due.count, due.bytes) for due in due_now()}
    assert "clip_of_alert" in said.getvalue()
    assert found["clip_of_alert"] == (1, 6)
    assert (found["still_of_event"], Attachment.objects.count()) == ((0, 0), 2)


def test_days_are_set_and_evidence_is_held_in_the_admin(stage):
    office, row, event = Client(), rule("still_of_alert"), stage.report()
    user = stage.seat(Role.SYSTEM_ADMIN)
    user.is_staff = user.is_superuser = True
    user.save()
    office.force_login(user)
    page = reverse("admin:events_retentionrule_change", args=[row.pk])
    assert "现在会清除" in office.get(page).content.decode()
    office.post(page, {"days": 12, "seen": row.version})
    office.post(reverse("admin:events_evidencehold_add"), {"event": event.pk, "alert": "", "reason": "调取"})
    assert rule("still_of_alert").days == 12
    hold = EvidenceHold.objects.get()
    assert (hold.event, hold.held_by) == (event, user)
    office.post(reverse("admin:events_evidencehold_changelist"), {"action": "release", "_selected_action": [hold.pk]})
    hold.refresh_from_db()
    assert hold.released_by == user


def test_whoever_may_not_set_days_is_told_so_in_the_admin(db):
    office, row = Client(), rule("still_of_alert")
    office.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    page = reverse("admin:events_retentionrule_change", args=[row.pk])
    answer = office.post(page, {"days": 12, "seen": row.version}, follow=True)
    assert (answer.status_code, rule("still_of_alert").days) == (200, 30)
    assert "系统管理员" in answer.content.decode()
