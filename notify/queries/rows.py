"""Messages and deliveries as screens show them."""

import re
from typing import Any

from notify.kinds import SMTP, text_of
from notify.models import Delivery, Message

_MIDDLE = re.compile(r"(?<=.{3}).(?=.{4})")


def masked(address: str) -> str:
    """138****0000, w***@example.org."""
    if "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    return _MIDDLE.sub("*", address) if len(address) > 7 else "*" * len(address)


def message_row(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "kind": message.kind,
        "is_urgent": message.is_urgent,
        "zh": text_of(message.kind, message.values, "zh"),
        "en": text_of(message.kind, message.values, "en"),
        "subject_kind": message.subject_kind,
        "subject_id": message.subject_id,
        "created_at": message.created_at,
        "read_at": message.read_at,
    }


def address_of(message: Message, channel: str) -> str:
    """Where a channel reaches the recipient; empty where it cannot. `message.user` is joined by the caller."""
    if message.user is None:
        return message.address if ("@" in message.address) == (channel == SMTP) else ""
    return message.user.email if channel == SMTP else message.user.phone


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """`message` and its `user` are joined by the caller."""
    message = delivery.message
    return {
        "id": delivery.pk,
        "kind": message.kind,
        "zh": text_of(message.kind, message.values, "zh"),
        "en": text_of(message.kind, message.values, "en"),
        "recipient": message.recipient,
        "to": masked(address_of(message, delivery.channel)),
        "channel": delivery.channel,
        "state": delivery.state,
        "reason": delivery.reason,
        "attempts": delivery.attempts,
        "error": delivery.error,
        "created_at": message.created_at,
        "send_after": delivery.send_after,
        "sent_at": delivery.sent_at,
        "delivered_at": delivery.delivered_at,
    }
