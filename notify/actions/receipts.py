"""What gateways report back, and what time takes away."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from core.clock import now
from notify.models import Delivery, Message

KEPT_READ = timedelta(days=30)
KEPT = timedelta(days=180)


@transaction.atomic
def note_receipt(*, reference: str, state: str, error: str = "") -> bool:
    """A gateway says that something it took has arrived or failed; False for a number it was never given."""
    sent = Delivery.objects.filter(reference=reference, state=Delivery.State.SENT)
    at = now()
    arrived = state == Delivery.State.DELIVERED
    return bool(sent.update(state=state, error=error[:200], delivered_at=at if arrived else None))


@transaction.atomic
def forget_addresses(recipients: Collection[str]) -> int:
    """Erase how these people outside were reached; the messages stay, without an address. The number erased."""
    reached = Message.objects.filter(recipient__in=recipients, user=None).exclude(address="")
    return reached.update(address="")


@transaction.atomic
def erase_old_messages(*, batch: int = 2000) -> int:
    """Erase messages read a month ago, and all after half a year. The number erased."""
    at = now()
    old = Message.objects.filter(created_at__lt=at - KEPT) | Message.objects.filter(
        created_at__lt=at - KEPT_READ, read_at__isnull=False
    )
    ids = list(old.values_list("pk", flat=True)[:batch])
    Message.objects.filter(pk__in=ids).delete()
    return len(ids)
