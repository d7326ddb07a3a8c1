from core.models.deadline import Deadline, DeadlineExtension, DeadlineFiring, DeadlineInterval, DeadlineState
from core.models.history import HistoryAnchor, HistoryRow
from core.models.idempotency import IdempotencyRecord
from core.models.outbox import OutboxMessage
from core.models.relay import RelayPosition
from core.models.site_setting import SiteSetting

__all__ = [
    "Deadline",
    "DeadlineExtension",
    "DeadlineFiring",
    "DeadlineInterval",
    "DeadlineState",
    "HistoryAnchor",
    "HistoryRow",
    "IdempotencyRecord",
    "OutboxMessage",
    "RelayPosition",
    "SiteSetting",
]
