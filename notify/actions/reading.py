"""What people do with their messages."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from core.actor import Actor
from core.clock import now
from notify.kinds import IN_APP
from notify.live import publish_read
from notify.models import Delivery, Message, Preference
from notify.queries.messages import unread_count


@transaction.atomic
def mark_read(*, actor: Actor, ids: Collection[int] | None = None) -> int:
    """The actor has read these messages (or all); others' are passed over. How many are left unread."""
    at = now()
    unread = Message.objects.of(actor).unread()
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    read = list(unread.order_by("pk").select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=read).update(read_at=at)
    shown = Delivery.objects.filter(message_id__in=read, channel=IN_APP, state=Delivery.State.SENT)
    shown.update(state=Delivery.State.DELIVERED, delivered_at=at)
    left = unread_count(actor)["unread"]
    if read and actor.user_id is not None:
        publish_read(actor.user_id, left)
    return left


@transaction.atomic
def wish(*, actor: Actor, wishes: Sequence[Mapping[str, str]]) -> None:
    """Set the actor's own wishes {kind, channel, mode}; a kind and channel that is not named keeps what it has."""
    Preference.objects.bulk_create(
        [Preference(user_id=actor.user_id, **one) for one in wishes],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["mode"],
    )
