"""Appending to a subject's history, in the transaction of the change itself."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.actor import Actor
from core.clock import now
from core.history.chain import GENESIS, personal_digest, row_hash
from core.insert import insert, new
from core.lifecycle import Change
from core.models import HistoryRow
from core.prepared import prepared

_TAIL = prepared(
    "SELECT seq, hash FROM core_history WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT 1",
    count=2,
    types=("varchar", "bigint"),
)


def covered_values(row: HistoryRow) -> dict[str, Any]:
    """What the row's hash covers; the time in UTC, as the database gives it back."""
    return {
        "subject": [row.subject_kind, row.subject_id],
        "seq": row.seq,
        "at": row.at.astimezone(UTC).isoformat(),
        "actor": row.actor_id,
        "role": row.role,
        "move": row.move,
        "from": row.from_state,
        "to": row.to_state,
        "facts": row.facts,
        "personal": row.personal_digest,
    }


def append(
    *,
    subject_kind: str,
    subject_id: int,
    actor: Actor,
    change: Change,
    at: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
    first: bool = False,
    tail: tuple[int, str] | None = None,
) -> HistoryRow:
    """Append one row for `change`. The caller holds the subject's row lock (`first`: the subject was just created), and
    may have read the number and hash of its last row (`tail`).

    `facts` are plain JSON values that stay for ever (clock readings, attachment ids); `personal` may be erased one day
    (reason, note, position). The actor's name is personal.
    """
    if not first and tail is None:
        tail = _TAIL.fetch_one([subject_kind, subject_id])
    salt = secrets.token_hex(16)
    erasable = {"actor_name": actor.name, **(personal or {})}
    row = new(
        HistoryRow,
        subject_kind=subject_kind,
        subject_id=subject_id,
        seq=tail[0] + 1 if tail else 1,
        at=at or now(),
        actor_id=actor.user_id,
        role=change.role,
        move=change.move,
        from_state=change.from_state,
        to_state=change.to_state,
        facts=dict(facts or {}),
        personal=erasable,
        personal_salt=salt,
        personal_digest=personal_digest(erasable, salt),
        previous_hash=tail[1] if tail else GENESIS,
    )
    row.hash = row_hash(row.previous_hash, covered_values(row))
    insert(row)
    return row


def of_subject(subject_kind: str, subject_id: int) -> list[HistoryRow]:
    """The subject's history, oldest first."""
    return list(HistoryRow.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("seq"))
