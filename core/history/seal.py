"""Sealing: every minute the rows of finished transactions go into an anchor that later tampering cannot match."""

from django.db import connection, transaction

from core.clock import now
from core.history.chain import GENESIS, row_hash, rows_digest
from core.models import HistoryAnchor, HistoryRow

SEAL_LOCK = 7_120_001


def anchor_values(anchor: HistoryAnchor) -> dict[str, object]:
    return {
        "at": anchor.at.isoformat(),
        "from": anchor.from_transaction,
        "to": anchor.to_transaction,
        "count": anchor.row_count,
        "rows": anchor.rows_digest,
    }


@transaction.atomic
def seal_finished_rows() -> HistoryAnchor | None:
    """Seal every row of transactions older than the oldest one still running; None where there is nothing to seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = int(cursor.fetchone()[0])
    last = HistoryAnchor.objects.order_by("-to_transaction").first()
    start = last.to_transaction if last else 0
    rows = list(HistoryRow.objects.filter(transaction__gte=start, transaction__lt=horizon).values_list("id", "hash"))
    if not rows:
        return None
    anchor = HistoryAnchor(
        at=now(),
        from_transaction=start,
        to_transaction=horizon,
        row_count=len(rows),
        rows_digest=rows_digest(rows),
        previous_hash=last.hash if last else GENESIS,
    )
    anchor.hash = row_hash(anchor.previous_hash, anchor_values(anchor))
    anchor.save(force_insert=True)
    return anchor
