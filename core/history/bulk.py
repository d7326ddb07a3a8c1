"""The same change of many subjects, appended to the history of each: two statements however many there are."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from core.actor import Actor
from core.clock import now
from core.history.chain import GENESIS, personal_digest, row_hash
from core.history.record import covered_values
from core.lifecycle import Change
from core.models import HistoryRow

_TAILS = """
SELECT DISTINCT ON (subject_id) subject_id, seq, hash FROM core_history
WHERE subject_kind = %s AND subject_id = ANY(%s) ORDER BY subject_id, seq DESC
"""


def append_to_each(
    *, subject_kind: str, changes: Sequence[tuple[int, Change, Mapping[str, Any]]], actor: Actor
) -> list[HistoryRow]:
    """One row for each (subject, change, facts). The caller holds the lock of every subject, as with `append`."""
    with connection.cursor() as cursor:
        cursor.execute(_TAILS, [subject_kind, [subject_id for subject_id, _, _ in changes]])
        tails = {subject_id: (seq, last) for subject_id, seq, last in cursor.fetchall()}
    moment, rows = now(), []
    for subject_id, change, facts in changes:
        seq, previous = tails.get(subject_id, (0, GENESIS))
        salt, erasable = secrets.token_hex(16), {"actor_name": actor.name}
        row = HistoryRow(
            subject_kind=subject_kind,
            subject_id=subject_id,
            seq=seq + 1,
            at=moment,
            actor_id=actor.user_id,
            role=change.role,
            move=change.move,
            from_state=change.from_state,
            to_state=change.to_state,
            facts=dict(facts),
            personal=erasable,
            personal_salt=salt,
            personal_digest=personal_digest(erasable, salt),
            previous_hash=previous,
        )
        row.hash = row_hash(previous, covered_values(row))
        tails[subject_id] = (row.seq, row.hash)
        rows.append(row)
    return HistoryRow.objects.bulk_create(rows, batch_size=1000)
