"""Calling the handlers of crossed thresholds: each once, however many workers look."""

import logging
import random
from datetime import datetime, timedelta

from django.db import transaction

from core.deadlines.actions import schedule_next
from core.deadlines.registry import Crossing, watch_of
from core.models import Deadline, DeadlineState
from core.prepared import prepared
from core.rows import Rows

logger = logging.getLogger(__name__)

FIRING_LOCK = 7_120_002
RETRY_AFTER = timedelta(seconds=30)
BATCH = 200

_CLAIM = prepared(
    "SELECT 1 WHERE pg_try_advisory_xact_lock($1, $2) AND EXISTS "
    "(SELECT FROM core_deadline WHERE id = $3 AND state = 'running' AND fire_at <= $4)",
    count=4,
    types=("int", "int", "bigint", "timestamptz"),
)
_DUE = Rows(
    Deadline,
    "WHERE id = $1 AND state = 'running' AND fire_at <= $2 FOR UPDATE SKIP LOCKED",
    count=2,
    types=("bigint", "timestamptz"),
)
_NOTE = prepared(
    "INSERT INTO core_deadline_firing (deadline_id, threshold, crossed_at, fired_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (deadline_id, threshold) DO NOTHING RETURNING id",
    count=4,
    types=("bigint", "smallint", "timestamptz", "timestamptz"),
)
_GO_ON = prepared(
    "UPDATE core_deadline SET next_threshold = $1, fire_at = $2 "
    "WHERE id = $3 AND state = 'running' AND running_since = $4 AND due_at = $5 RETURNING id",
    count=5,
    types=("smallint", "timestamptz", "bigint", "timestamptz", "timestamptz"),
)
"""Composed and planned once: a storm asks them thousands of times."""


def fire_crossed(*, at: datetime, batch: int = BATCH) -> int:
    """Fire up to `batch` thresholds that were crossed by `at`, oldest first; the number fired.

    A handler that fails is rolled back alone, logged, and tried again half a minute later. Workers that look at the
    same moment begin at different places of the batch, so that they seldom ask for what another has.
    """
    found = Deadline.objects.filter(state=DeadlineState.RUNNING, fire_at__lte=at).order_by("fire_at")
    waiting = list(found.values_list("id", "subject_kind", "subject_id", "kind")[:batch])
    begin = random.randrange(len(waiting)) if waiting else 0
    fired = 0
    for deadline_id, subject_kind, subject_id, kind in waiting[begin:] + waiting[:begin]:
        try:
            fired += _fire(deadline_id, subject_kind, subject_id, kind, at)
        except Exception:
            logger.exception("threshold of %s %s (%s) failed and is tried again", subject_kind, subject_id, kind)
            Deadline.objects.filter(id=deadline_id, fire_at__lte=at).update(fire_at=at + RETRY_AFTER)
    return fired


@transaction.atomic
def _fire(deadline_id: int, subject_kind: str, subject_id: int, kind: str, at: datetime) -> int:
    """One threshold, with the locks in the order every action takes them: subject first, then its clock."""
    watch = watch_of(subject_kind, kind)
    if not _claimed(deadline_id, at):
        return 0
    if watch is not None and watch.lock_subject is not None:
        watch.lock_subject(subject_id)
    deadline = _DUE.first(deadline_id, at)
    if deadline is None:
        return 0
    threshold, crossed_at = deadline.next_threshold, deadline.fire_at
    fired = 0
    if watch is not None and threshold is not None and crossed_at is not None and _is_new(deadline, at):
        watch.handler(Crossing(deadline=deadline, threshold=threshold, crossed_at=crossed_at, at=at))
        fired = 1
    _go_on(deadline, threshold or 0)
    return fired


def _claimed(deadline_id: int, at: datetime) -> bool:
    """Take this deadline for the transaction, or pass it over where another worker has it or had it: nobody waits."""
    return _CLAIM.fetch_one([FIRING_LOCK, deadline_id % 2**31, deadline_id, at]) is not None


def _is_new(deadline: Deadline, at: datetime) -> bool:
    """Write down that the threshold fires now; False where it has fired before."""
    return _NOTE.fetch_one([deadline.pk, deadline.next_threshold, deadline.fire_at, at]) is not None


def _go_on(deadline: Deadline, threshold: int) -> None:
    """Wait for the next threshold. Where the handler changed the clock itself, it is looked at again."""
    schedule_next(deadline, above=threshold)
    clock = [deadline.pk, deadline.running_since, deadline.due_at]
    if _GO_ON.fetch_one([deadline.next_threshold, deadline.fire_at, *clock]) is not None:
        return
    deadline.refresh_from_db()
    if deadline.state == DeadlineState.RUNNING:
        schedule_next(deadline, above=threshold)
        deadline.save(update_fields=["next_threshold", "fire_at"])
