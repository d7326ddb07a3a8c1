"""The shapes of messages, the same in API answers and in live updates."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

ChannelName = Literal["in_app", "smtp", "sms", "phone"]
DeliveryState = Literal["queued", "sent", "delivered", "failed", "suppressed"]
ModeName = Literal["at_once", "digest", "daily", "off"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MessageRow(Shape):
    """`zh` and `en` are the text; `subject_kind` and `subject_id` say what it is about."""

    id: int
    kind: str
    is_urgent: bool
    zh: str
    en: str
    subject_kind: str
    subject_id: int
    created_at: datetime
    read_at: datetime | None


class MessagePage(Shape):
    items: list[MessageRow]
    next: str | None
    as_of: str
    epoch: str


class UnreadCount(Shape):
    unread: int
    urgent: int


class DeliveryRow(Shape):
    """How one message fared on one channel; `to` is masked."""

    id: int
    kind: str
    zh: str
    en: str
    recipient: str
    to: str
    channel: ChannelName
    state: DeliveryState
    reason: str
    attempts: int
    error: str
    created_at: datetime
    send_after: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None


class DeliveryPage(Shape):
    items: list[DeliveryRow]
    next: str | None


class PreferenceRow(Shape):
    """What holds for one kind on one channel: the person's own wish, else the default."""

    kind: str
    zh: str
    en: str
    channel: ChannelName
    mode: ModeName
    is_own: bool


class PreferenceList(Shape):
    items: list[PreferenceRow]
    channels: list[ChannelName]
