"""Calling the handlers of crossed thresholds: each once, however many workers look."""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction

from core.deadlines.actions import schedule_next
from core.deadlines.registry import Crossing, watch_of
from core.models import Deadline, DeadlineFiring, DeadlineState

logger = logging.getLogger(__name__)

FIRING_LOCK = 7_120_002
RETRY_AFTER = timedelta(seconds=30)
BATCH = 200


def fire_crossed(*, at: datetime, batch: int = BATCH) -> int:
    """Fire up to `batch` thresholds that were crossed by `at`, oldest first; the number fired.

    A handler that fails is rolled back alone, logged, and tried again half a minute later.
    """
    waiting = list(
        Deadline.objects.filter(state=DeadlineState.RUNNING, fire_at__lte=at)
        .order_by("fire_at")
        .values_list("id", "subject_kind", "subject_id", "kind")[:batch]
    )
    fired = 0
    for deadline_id, subject_kind, subject_id, kind in waiting:
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
    if not _claimed(deadline_id):
        return 0
    if watch is not None and watch.lock_subject is not None:
        watch.lock_subject(subject_id)
    deadline = (
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(id=deadline_id, state=DeadlineState.RUNNING, fire_at__lte=at)
        .first()
    )
    if deadline is None:
        return 0
    threshold, crossed_at = deadline.next_threshold, deadline.fire_at
    fired = 0
    if watch is not None and threshold is not None and crossed_at is not None:
        _firing, is_new = DeadlineFiring.objects.get_or_create(
            deadline=deadline, threshold=threshold, defaults={"crossed_at": crossed_at, "fired_at": at}
        )
        if is_new:
            watch.handler(Crossing(deadline=deadline, threshold=threshold, crossed_at=crossed_at, at=at))
            fired = 1
    deadline.refresh_from_db()
    if deadline.state == DeadlineState.RUNNING:
        schedule_next(deadline, above=threshold or 0)
        deadline.save(update_fields=["next_threshold", "fire_at"])
    return fired


def _claimed(deadline_id: int) -> bool:
    """Take this deadline for the transaction, or pass it over where another worker has it: nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [FIRING_LOCK, deadline_id % 2**31])
        return bool(cursor.fetchone()[0])
