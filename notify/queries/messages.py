"""Reading messages: one's own, and how those about a subject fared."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from core.actor import Actor
from notify.models import Delivery, Message
from notify.queries.rows import delivery_row

NEWEST = ("-id",)


def my_messages(actor: Actor, *, unread: bool = False) -> QuerySet[Message]:
    mine = Message.objects.of(actor)
    return mine.unread() if unread else mine


def unread_count(actor: Actor) -> dict[str, int]:
    """How many are unread, and how many of those are urgent: one statement."""
    counted = Message.objects.of(actor).unread().aggregate(unread=Count("pk"), urgent=Count("pk", Q(is_urgent=True)))
    return {"unread": counted["unread"], "urgent": counted["urgent"]}


def deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("message", "message__user")


def deliveries_to(recipients: list[str]) -> dict[str, list[dict[str, Any]]]:
    """How messages to people outside fared, by recipient: one statement. Oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for delivery in deliveries().filter(message__user=None, message__recipient__in=recipients).order_by("pk"):
        found.setdefault(delivery.message.recipient, []).append(delivery_row(delivery))
    return found
