"""Turning notices into messages: who is meant, by which channels, and when."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from core.clock import now
from notify.addressees import Recipient, people_of
from notify.channels import open_channels
from notify.duty import off_duty
from notify.kinds import CHANNELS, IN_APP, PHONE, SMS, SMTP, Kind, kind_of
from notify.live import publish_message
from notify.models import Delivery, Message, Mode, Notice
from notify.queries.preferences import Wishes, mode_for, wishes_of
from notify.rules.schedule import plan

BATCH = 200


@transaction.atomic
def expand_notices(*, batch: int = BATCH) -> int:
    """Make the messages of waiting notices, oldest first; the number of notices. Safe with many workers."""
    notices = list(Notice.objects.select_for_update(skip_locked=True).order_by("pk")[:batch])
    if not notices:
        return 0
    at = now()
    known: dict[str, list[Recipient]] = {}
    told = [(notice, people) for notice in notices if (people := _people(notice, known))]
    _store(told, at)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()
    return len(notices)


def _people(notice: Notice, known: dict[str, list[Recipient]]) -> list[Recipient]:
    """Each person once, also where several words or several reports mean the same one; never the actor."""
    found: dict[str, Recipient] = {}
    for word in notice.addressees:
        name = repr(word)
        if name not in known:
            known[name] = people_of(word)
        for person in known[name]:
            found.setdefault(person.address or person.key, person)
    return [p for p in found.values() if p.user_id is None or p.user_id != notice.actor_id]


def _store(told: list[tuple[Notice, list[Recipient]]], at: datetime) -> None:
    users = {person.user_id for _, people in told for person in people if person.user_id is not None}
    wishes, absent, usable = wishes_of(users), off_duty(users, at), open_channels()
    pairs = [
        (_message(notice, person), _deliveries(notice, person, wishes, person.user_id in absent, usable, at))
        for notice, people in told
        for person in people
    ]
    for message, deliveries in pairs:
        if any(d.channel == IN_APP and d.state == Delivery.State.SUPPRESSED for d in deliveries):
            message.read_at = at  # not wished in the app: kept, but never counted
    Message.objects.bulk_create([message for message, _ in pairs])
    for message, deliveries in pairs:
        for delivery in deliveries:
            delivery.message = message
        publish_message(message)
    Delivery.objects.bulk_create([delivery for _, deliveries in pairs for delivery in deliveries])


def _message(notice: Notice, person: Recipient) -> Message:
    return Message(
        user_id=person.user_id,
        recipient=person.key,
        address=person.address,
        kind=notice.kind,
        values={**notice.values, **person.values},
        is_urgent=notice.is_urgent,
        subject_kind=notice.subject_kind,
        subject_id=notice.subject_id,
        created_at=notice.created_at,
    )


def _deliveries(
    notice: Notice, person: Recipient, wishes: Wishes, is_off_duty: bool, usable: Iterable[str], at: datetime
) -> list[Delivery]:
    """One for each channel that the kind or the person's wish names."""
    kind = kind_of(notice.kind)
    rows = []
    for channel in _channels(kind, person):
        mode = mode_for(wishes, person.user_id, kind, channel)
        if mode == Mode.OFF and channel not in kind.channels:
            continue
        planned = plan(
            channel=channel,
            mode=mode,
            is_urgent=notice.is_urgent,
            is_off_duty=is_off_duty,
            has_address=bool(person.email if channel == SMTP else person.phone),
            is_open=channel in usable,
            at=at,
        )
        rows.append(
            Delivery(
                channel=channel,
                state=planned.state,
                reason=planned.reason,
                is_bundled=planned.is_bundled,
                send_after=planned.send_after,
                sent_at=at if planned.state == Delivery.State.SENT else None,
            )
        )
    return rows


def _channels(kind: Kind, person: Recipient) -> list[str]:
    """People outside have no app and choose nothing: they are reached where they left an address."""
    if person.user_id is None:
        reached = {SMTP: person.email, SMS: person.phone, PHONE: person.phone}
        return [channel for channel in kind.channels if reached.get(channel)]
    return list(CHANNELS)
