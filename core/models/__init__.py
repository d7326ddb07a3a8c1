from core.models.history import HistoryAnchor, HistoryRow
from core.models.idempotency import IdempotencyRecord
from core.models.outbox import OutboxMessage

__all__ = ["HistoryAnchor", "HistoryRow", "IdempotencyRecord", "OutboxMessage"]
