"""Registers the store of attachments with the health registry, where the site has one."""

from typing import Any

from core.clock import now
from core.files import store
from core.health import register_provider
from events.models import Attachment

_LATE_SECONDS = 300.0


def store_health() -> dict[str, Any]:
    """How much waits in media folders, and for how long the oldest has. It is shown from there meanwhile."""
    waiting = Attachment.objects.filter(in_store=False)
    oldest = waiting.order_by("pk").values_list("created_at", flat=True).first()
    age = (now() - oldest).total_seconds() if oldest else 0.0
    return {"waiting": waiting.count(), "oldest_seconds": round(age), "is_late": age > _LATE_SECONDS}


def register() -> None:
    if store() is not None:
        register_provider("attachments", store_health, is_degraded=lambda found: bool(found["is_late"]))
