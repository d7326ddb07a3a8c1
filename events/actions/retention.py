"""Erasing what is past its time, setting for how long that is, and holding what must stay (封存)."""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.site_policies import setter_role
from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.alone import alone
from core.clock import now
from core.errors import NotFound
from core.files import StoreUnavailable
from core.history.record import append
from core.lifecycle import Change
from events.actions.file_store import erase_file
from events.errors import AlreadyHeld
from events.models import Alert, Attachment, Event, EvidenceHold, RetentionRule
from events.models.retention import LONGEST_DAYS
from events.queries.retention import of_nobody
from events.retention_kinds import RetentionKind, entries_of_kinds, registered_kinds

log = logging.getLogger(__name__)

RULE_KIND, HOLD_KIND = "retention_rule", "evidence_hold"
BATCH = 200
_LOCK = 7_120_918
"""Of each small transaction that erases, and of who holds."""
_SWEEP = 7_120_919


@transaction.atomic
def load_retention(files: Sequence[Path] | None = None) -> int:
    """Adds kinds that are missing with their starting days, and follows the files in names; the number added. Days are
    the administrator's once a row is there."""
    lock_settings()
    entries = entries_of_kinds(files)
    rows = {row.code: row for row in RetentionRule.objects.all()}
    added = 0
    for rank, entry in enumerate(entries):
        names = entry.model_dump(exclude={"code", "days"}) | {"rank": rank}
        row = rows.get(entry.code)
        if row is None:
            row = RetentionRule(code=entry.code, days=entry.days, **names)
            after = {"days": entry.days}
            keep(row, kind=RULE_KIND, name=entry.code, actor=SYSTEM, role=SYSTEM_ROLE, before=None, after=after)
            added += 1
        elif any(getattr(row, name) != value for name, value in names.items()):
            RetentionRule.objects.filter(pk=row.pk).update(**names)
    return added


@transaction.atomic
def set_retention(*, rule_id: int, days: int, version: int, actor: Actor) -> RetentionRule:
    """From the next erasing on, recordings of this kind are kept for so many days. Raises Forbidden, NotFound,
    StaleVersion, Invalid."""
    role = setter_role(actor)
    lock_settings()
    rule = RetentionRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound()
    require_seen(version, rule)
    refuse([] if 1 <= days <= LONGEST_DAYS else [_out_of_range()])
    before, rule.days = {"days": rule.days}, days
    keep(rule, kind=RULE_KIND, name=rule.code, actor=actor, role=role, before=before, after={"days": days})
    if kind := registered_kinds().get(rule.code):
        kind.changed(timedelta(days=days))
    return rule


@transaction.atomic
def hold_evidence(
    *, reason: str, actor: Actor, event_id: int | None = None, alert_id: int | None = None
) -> EvidenceHold:
    """封存: the recordings of an event (and of what was merged into it) or of an alert stay until they are let go.

    Waits for an erasing that runs: what is there when this returns, stays. Raises Forbidden, NotFound, AlreadyHeld.
    """
    role = setter_role(actor)
    event = Event.objects.filter(pk=event_id).first() if event_id else None
    alert = Alert.objects.filter(pk=alert_id).first() if alert_id and not event_id else None
    if event is None and alert is None:
        raise NotFound()
    return place_hold(reason=reason, actor=actor, role=role, event=event, alert=alert)


def place_hold(
    *, reason: str, actor: Actor, role: str, event: Event | None = None, alert: Alert | None = None
) -> EvidenceHold:
    """The hold itself, in the caller's transaction, for who was found to be allowed to. Raises AlreadyHeld."""
    _lock_erasing()
    if EvidenceHold.objects.filter(event=event, alert=alert, released_at=None).exists():
        raise AlreadyHeld()
    hold = EvidenceHold.objects.create(
        event=event, alert=alert, reason=reason.strip()[:200], held_at=now(), held_by_id=actor.user_id
    )
    facts = {"event": hold.event_id, "alert": hold.alert_id}
    change = Change("hold", "", "held", role)
    append(
        subject_kind=HOLD_KIND,
        subject_id=hold.pk,
        actor=actor,
        change=change,
        facts=facts,
        personal={"reason": hold.reason},
        first=True,
    )
    return hold


@transaction.atomic
def release_evidence(*, hold_id: int, actor: Actor) -> EvidenceHold:
    """From now on the days of its kind count again. Raises Forbidden, NotFound."""
    role = setter_role(actor)
    hold = EvidenceHold.objects.select_for_update().filter(pk=hold_id, released_at=None).first()
    if hold is None:
        raise NotFound()
    hold.released_at, hold.released_by_id = now(), actor.user_id
    hold.save(update_fields=["released_at", "released_by"])
    append(subject_kind=HOLD_KIND, subject_id=hold.pk, actor=actor, change=Change("release", "held", "released", role))
    return hold


def erase_past_their_time(*, seconds: float = 30.0, batch: int = BATCH) -> int:
    """Everything of every kind that is past its days, in small transactions; the number erased, 0 where another worker
    is at it. Where the store does not answer, rows and files stay for the next time."""
    load_retention()
    deadline, total = time.monotonic() + seconds, 0
    steps = [partial(_erase_unowned, batch)]
    steps += [partial(_erase_some, kind, batch) for kind in registered_kinds().values()]
    with alone(_SWEEP) as is_mine:
        try:
            for step in steps if is_mine else ():
                while time.monotonic() < deadline and (erased := step()):
                    total += erased
        except StoreUnavailable as problem:
            log.warning("recordings past their time stay: the store of attachments is %s", problem.extra["reason"])
    return total


@transaction.atomic
def _erase_unowned(batch: int) -> int:
    _lock_erasing()
    return erase_attachments(of_nobody(now()), batch)


@transaction.atomic
def _erase_some(kind: RetentionKind, batch: int) -> int:
    _lock_erasing()
    rule = RetentionRule.objects.select_for_update().get(code=kind.code)
    before = now() - timedelta(days=rule.days)
    erased = kind.erase(kind.due(before), batch)
    if erased:
        facts = {"kind": kind.code, "days": rule.days, "before": before.isoformat(), "erased": erased}
        change = Change("erase", "", "", SYSTEM_ROLE)
        append(subject_kind=RULE_KIND, subject_id=rule.pk, actor=SYSTEM, change=change, facts=facts)
    return erased


def erase_attachments(due: QuerySet[Attachment], batch: int) -> int:
    """Some of them, with their files where nothing else has the same content. The caller holds the lock of erasing.

    The files go before the rows, so that a failure leaves a row to try again by, and never a file that nobody knows.
    """
    old = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("created_at")[:batch])
    keys = [row.pk for row in old]
    files = {path: row.in_store for row in old for path in (row.path, row.thumb_path) if path}
    others = Attachment.objects.exclude(pk__in=keys).filter(Q(path__in=files) | Q(thumb_path__in=files))
    used = {path for pair in others.values_list("path", "thumb_path") for path in pair}
    for path in set(files) - used:
        erase_file(path, in_store=any(row.in_store for row in old if path in (row.path, row.thumb_path)))
    Attachment.objects.filter(pk__in=keys).delete()
    return len(old)


def _lock_erasing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _out_of_range() -> dict[str, str]:
    return {
        "field": "days",
        "code": "out_of_range",
        "message_zh": f"天数应在 1 到 {LONGEST_DAYS} 之间。",
        "message_en": f"Between 1 and {LONGEST_DAYS} days are possible.",
    }
