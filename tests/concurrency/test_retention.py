"""Somebody holds evidence while it is being erased, and workers erase at once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from accounts.roles import Role
from core.clock import now
from core.models import HistoryRow
from events.actions.alert_decisions import dismiss_alert
from events.actions.alerts import AlertEvidence
from events.actions.retention import erase_past_their_time, hold_evidence, load_retention
from events.models import Alert, Attachment, EvidenceHold
from events.queries.catalogue import forget
from events.retention_kinds import RetentionKind, registered_kinds
from tests.concurrency.test_reminders_and_thresholds import at_once
from tests.events.stage import Stage, build_stage, picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Stage]:
    settings.MEDIA_ROOT = tmp_path
    yield build_stage()
    forget()


def old_alert(stage: Stage, media: Path, subject_id: int = 7) -> Alert:
    """Dismissed, and two months old."""
    (media / f"{subject_id}.jpg").write_bytes(picture(subject_id + 1))
    alert = stage.alert(subject_id=subject_id, evidence=AlertEvidence(still_path=f"{subject_id}.jpg"))
    assert alert is not None
    dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="树影")
    Attachment.objects.update(created_at=now() - timedelta(days=60))
    return alert


def slowly(kind: RetentionKind, begun: Event, go_on: Event) -> RetentionKind:
    """Erases only when told to, after it has looked what is due."""

    def erase(due: Any, batch: int) -> int:
        keys = list(due.values_list("pk", flat=True))
        begun.set()
        go_on.wait(1.5)
        return kind.erase(Attachment.objects.filter(pk__in=keys), batch)

    return RetentionKind(kind.code, kind.due, erase)


@pytest.fixture
def erasing(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Stage, Alert, Event]:
    """A worker that has looked what is due and erases a moment later."""
    alert, begun, go_on = old_alert(stage, tmp_path), Event(), Event()
    load_retention()
    kind = slowly(registered_kinds()["still_of_alert"], begun, go_on)
    monkeypatch.setattr("events.actions.retention.registered_kinds", lambda: {kind.code: kind})
    return stage, alert, begun


def erase(barrier: Barrier) -> str:
    barrier.wait()
    return f"erased {erase_past_their_time()}"


def test_without_the_lock_a_hold_is_given_and_the_evidence_goes_all_the_same(erasing) -> None:
    _, alert, begun = erasing

    def hold_unlocked(barrier: Barrier) -> str:
        barrier.wait()
        begun.wait(10)
        EvidenceHold.objects.create(alert=alert, reason="调取", held_at=now())
        return f"held with {Attachment.objects.count()}"

    assert at_once(erase, hold_unlocked) == ["erased 1", "held with 1"]
    assert Attachment.objects.count() == 0


def test_with_the_lock_who_holds_is_told_after_the_erasing(erasing) -> None:
    stage, alert, begun = erasing
    admin = stage.seat(Role.SYSTEM_ADMIN).as_actor()

    def hold(barrier: Barrier) -> str:
        barrier.wait()
        begun.wait(10)
        hold_evidence(reason="调取", actor=admin, alert_id=alert.pk)
        return f"held with {Attachment.objects.count()}"

    assert at_once(erase, hold) == ["erased 1", "held with 0"]


def test_however_many_workers_erase_each_goes_once(stage: Stage, tmp_path: Path) -> None:
    for subject in range(6):
        old_alert(stage, tmp_path, subject)
    load_retention()

    def sweep(barrier: Barrier) -> int:
        barrier.wait()
        return erase_past_their_time(batch=2)

    assert sum(at_once(sweep, sweep, sweep)) == 6
    assert sum(HistoryRow.objects.filter(move="erase").values_list("facts__erased", flat=True)) == 6
