"""What people's screens are told about their messages: nobody else's."""

from typing import ClassVar

from core.live.publish import LiveUpdate, publish, user_audience
from notify.models import Message
from notify.queries.rows import message_row
from notify.shapes import MessageRow


class MessageCreated(LiveUpdate):
    """A message has come."""

    type: ClassVar[str] = "message.created"
    subject_kind: ClassVar[str] = "message"

    row: MessageRow


class MessagesRead(LiveUpdate):
    """The person has read messages, here or elsewhere; `id` is the person's, `unread` what is left."""

    type: ClassVar[str] = "message.read"
    subject_kind: ClassVar[str] = "user"

    unread: int


def publish_message(message: Message) -> None:
    if message.user_id is not None and message.read_at is None:
        row = MessageRow(**message_row(message))
        publish(MessageCreated(id=message.pk, version=1, row=row), after=user_audience(message.user_id))


def publish_read(user_id: int, unread: int) -> None:
    publish(MessagesRead(id=user_id, version=1, unread=unread), after=user_audience(user_id))
