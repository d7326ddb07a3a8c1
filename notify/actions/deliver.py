"""Sending what is due, again and again with longer pauses until it goes or has failed for good."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from time import monotonic

from django.db import transaction
from django.db.models import F

from core.clock import now
from notify.channels import channel_named, open_channels
from notify.channels.protocol import ChannelFailed, Envelope, Receipt
from notify.kinds import kind_of, text_of
from notify.models import Delivery
from notify.queries.rows import address_of
from notify.rules.backoff import wait_after

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=2)
"""How long a claimed delivery is left alone; one whose worker died is tried again after that."""
TURN_SECONDS = 30.0
"""How long one claim is worked on: a far side may take a minute and a half for each, and the last one has to be over
before another worker may think that this one died.
"""


def send_due(*, at: datetime | None = None, batch: int = BATCH) -> int:
    """Send deliveries whose time has come; the number claimed. Bundled ones go together, one envelope per person.

    What a slow channel leaves no time for is given back, for whoever comes next.
    """
    at = at or now()
    claimed = _claim(at, batch)
    claimed.sort(key=_bundle)
    ends = monotonic() + TURN_SECONDS
    left: list[Delivery] = []
    for _, group in groupby(claimed, key=_bundle):
        if monotonic() < ends:
            _send(list(group))
        else:
            left += group
    _give_back(left, at)
    return len(claimed)


def _bundle(delivery: Delivery) -> tuple[str, str, str, int]:
    """Deliveries with the same value go in one envelope."""
    alone = 0 if delivery.is_bundled else delivery.pk
    return (delivery.channel, delivery.message.recipient, delivery.message.address, alone)


@transaction.atomic
def _claim(at: datetime, batch: int) -> list[Delivery]:
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, send_after__lte=at).order_by("send_after", "pk")
    ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch])
    Delivery.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, send_after=at + LEASE)
    return list(Delivery.objects.filter(pk__in=ids).select_related("message", "message__user").order_by("pk"))


def _give_back(claimed: Sequence[Delivery], at: datetime) -> None:
    """They were not tried: they are due as before, with no try counted."""
    if claimed:
        Delivery.objects.filter(pk__in=_ids(claimed)).update(attempts=F("attempts") - 1, send_after=at)


def _send(group: Sequence[Delivery]) -> None:
    first = group[0]
    to = address_of(first.message, first.channel)
    if first.channel not in open_channels() or not to:
        reason = "no_address" if not to else "channel_off"
        Delivery.objects.filter(pk__in=_ids(group)).update(state=Delivery.State.SUPPRESSED, reason=reason)
        return
    try:
        receipt = channel_named(first.channel).send(_envelope(group, to))
    except ChannelFailed as failure:
        _note_failure(group, failure)
    else:
        _note_success(group, receipt)


def _ids(group: Sequence[Delivery]) -> list[int]:
    return [delivery.pk for delivery in group]


def _envelope(group: Sequence[Delivery], to: str) -> Envelope:
    """People read Chinese first; mails carry both languages, a text message the first one alone."""
    messages = [delivery.message for delivery in group]
    first = messages[0]
    lines = [text_of(message.kind, message.values, "zh") for message in messages]
    if group[0].channel == "smtp" and first.user_id is not None:
        lines += ["", *(text_of(message.kind, message.values, "en") for message in messages)]
    subject = kind_of(first.kind).zh if len(group) == 1 else f"{len(group)} 条消息"
    return Envelope(
        id=f"yw-{group[0].pk}",
        to=to,
        subject=f"【一网】{subject}",
        text="\n".join(lines),
        kind=first.kind if len(group) == 1 else "digest",
        is_urgent=any(message.is_urgent for message in messages),
    )


def _note_success(group: Sequence[Delivery], receipt: Receipt) -> None:
    at = now()
    Delivery.objects.filter(pk__in=_ids(group)).update(
        state=receipt.state,
        reference=receipt.reference,
        error="",
        sent_at=at,
        delivered_at=at if receipt.state == Delivery.State.DELIVERED else None,
    )


def _note_failure(group: Sequence[Delivery], failure: ChannelFailed) -> None:
    for delivery in group:
        pause = None if failure.is_final else wait_after(delivery.attempts)
        delivery.state = Delivery.State.QUEUED if pause else Delivery.State.FAILED
        delivery.error = str(failure)[:200]
        delivery.send_after = now() + pause if pause else delivery.send_after
        delivery.save(update_fields=["state", "error", "send_after"])
    logger.warning("%s did not take %d message(s): %s", group[0].channel, len(group), failure)
