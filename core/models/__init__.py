from core.models.deadline import Deadline, DeadlineFiring, DeadlineInterval, DeadlineState
from core.models.history import HistoryAnchor, HistoryRow
from core.models.idempotency import IdempotencyRecord
from core.models.outbox import OutboxMessage
from core.models.relay import RelayPosition

__all__ = [
    "Deadline",
    "DeadlineFiring",
    "DeadlineInterval",
    "DeadlineState",
    "HistoryAnchor",
    "HistoryRow",
    "IdempotencyRecord",
    "OutboxMessage",
    "RelayPosition",
]
