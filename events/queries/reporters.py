"""Who waits for an answer about an event: with masked names and phones."""

from typing import Any

from core.actor import Actor
from core.errors import NotFound
from events.models import Event, Reporter
from events.models.reporter import SUBJECT_KIND
from events.receipts import shown_receipt
from notify.queries.messages import deliveries_to
from notify.queries.rows import masked


def masked_name(name: str) -> str:
    """王**."""
    return name[:1] + "*" * (len(name) - 1) if name else ""


def reporter_row(reporter: Reporter) -> dict[str, Any]:
    return {
        "id": reporter.pk,
        "channel": reporter.channel,
        "is_first": reporter.is_first,
        "created_at": reporter.created_at,
        "name": masked_name(reporter.contact_name),
        "phone": masked(reporter.contact_phone) if reporter.contact_phone else "",
        "erased": reporter.contact_erased_at is not None,
        "rating": reporter.rating,
        "rating_note": reporter.rating_note,
        "rated_at": reporter.rated_at,
    }


def recipient_of(reporter: Reporter) -> str:
    """The reporter's name for the messages."""
    return f"{SUBJECT_KIND}:{reporter.pk}"


def reporters_of(event_id: int, actor: Actor) -> list[dict[str, Any]]:
    """Everybody who reported the visible event, the first one first, with how messages to them fared: three
    statements.
    """
    if not Event.objects.visible_to(actor).filter(pk=event_id).exists():
        raise NotFound()
    reporters = list(Reporter.objects.filter(event_id=event_id).order_by("-is_first", "pk"))
    told = deliveries_to([recipient_of(reporter) for reporter in reporters])
    return [{**reporter_row(reporter), "deliveries": told.get(recipient_of(reporter), [])} for reporter in reporters]


def own_row(reporter: Reporter) -> dict[str, Any]:
    """For the seat that has just noted a caller: with the receipt, to be read out."""
    return {**reporter_row(reporter), "deliveries": [], "receipt": shown_receipt(reporter.receipt)}
