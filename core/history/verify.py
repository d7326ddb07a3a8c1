"""Checking that nothing in the history was changed, removed or slipped in."""

from collections.abc import Iterator

from core.history.chain import GENESIS, personal_digest, row_hash, rows_digest
from core.history.record import covered_values
from core.history.seal import anchor_values
from core.models import HistoryAnchor, HistoryRow


def broken_chains() -> Iterator[str]:
    """One sentence for each row that does not fit its chain."""
    subject: tuple[str, int] | None = None
    seq, previous = 0, GENESIS
    rows = HistoryRow.objects.order_by("subject_kind", "subject_id", "seq")
    for row in rows.iterator(chunk_size=2000):
        if (row.subject_kind, row.subject_id) != subject:
            subject, seq, previous = (row.subject_kind, row.subject_id), 0, GENESIS
        name = f"{row.subject_kind} {row.subject_id} row {row.seq}"
        if row.seq != seq + 1:
            yield f"{name}: row {seq + 1} is missing"
        if row.previous_hash != previous:
            yield f"{name}: does not follow the row before it"
        if row.hash != row_hash(row.previous_hash, covered_values(row)):
            yield f"{name}: was changed after it was written"
        if row.personal is not None and row.personal_digest != personal_digest(row.personal, row.personal_salt):
            yield f"{name}: its text was changed after it was written"
        seq, previous = row.seq, row.hash


def broken_anchors() -> Iterator[str]:
    """One sentence for each anchor that its rows or its predecessor no longer match."""
    previous, reached = GENESIS, 0
    for anchor in HistoryAnchor.objects.order_by("from_transaction"):
        rows = list(
            HistoryRow.objects.filter(
                transaction__gte=anchor.from_transaction, transaction__lt=anchor.to_transaction
            ).values_list("id", "hash")
        )
        name = f"anchor {anchor.pk} of {anchor.at:%Y-%m-%d %H:%M}"
        if anchor.from_transaction != reached or anchor.previous_hash != previous:
            yield f"{name}: an anchor before it is missing"
        if anchor.hash != row_hash(anchor.previous_hash, anchor_values(anchor)):
            yield f"{name}: was changed"
        if len(rows) != anchor.row_count or rows_digest(rows) != anchor.rows_digest:
            yield f"{name}: sealed {anchor.row_count} rows, which no longer match"
        previous, reached = anchor.hash, anchor.to_transaction
