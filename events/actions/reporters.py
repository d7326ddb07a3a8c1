"""What reporters do: join an event, rate how it was settled, ask for it to be taken up again."""

from django.db import transaction

from accounts.roles import ROLE_NAMES, Role
from core.actor import CITIZEN, Actor
from core.clock import now
from core.errors import Forbidden, NotFound
from events.actions.merge_locks import lock_leading
from events.actions.moving import lock_event
from events.actions.perform import perform
from events.actions.public_reports import Contact, add_first
from events.errors import NoLongerOpen, NotToBeRated, NotToBeReopened
from events.models import Event, Reporter
from events.moves import Move
from events.policies import roles_over_event
from events.queries.catalogue import limit_of
from events.queries.followers import leading
from events.queries.public_track import may_reopen_until, window_ends
from events.receipts import Proof, new_receipt
from events.rules.limits import REOPENING
from events.sources import CITIZEN_SOURCES, Source

REGISTRARS = (Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF)


def _join(
    event: Event, main: Event, *, channel: str, contact: Contact, user_id: int | None, submission: str | None
) -> Reporter:
    """One more who waits for the answer; from now on a citizen's rating is waited for. Both events are locked.

    Of a merged event it is the way of its main event that counts: while that is open, who joins is taken in, follows
    it, and comes back with the event that they meant where the merging is undone.
    """
    if not main.is_open:
        raise NoLongerOpen()
    if channel in CITIZEN_SOURCES:
        Event.objects.filter(pk__in={event.pk, main.pk}, has_citizen=False).update(has_citizen=True)
    return Reporter.objects.create(
        event=event,
        user_id=user_id,
        channel=channel,
        receipt=new_receipt(),
        submission=submission,
        contact_name=contact.name,
        contact_phone=contact.phone,
        created_at=now(),
    )


@transaction.atomic
def me_too(*, event_id: int, contact: Contact, proof: Proof) -> str:
    """我也遇到: somebody nearby has the same trouble; the receipt, which tells how far the main event is where theirs
    was merged a moment ago. Sent again it is the same one.
    """
    event, main = lock_leading(event_id)
    given = Reporter.objects.filter(submission=proof.submission).values_list("receipt", flat=True).first()
    if given is not None:
        return given
    joined = _join(event, main, channel=Source.SNAPSHOT, contact=contact, user_id=None, submission=proof.submission)
    return joined.receipt


@transaction.atomic
def register_reporter(*, event_id: int, actor: Actor, channel: str, contact: Contact) -> Reporter:
    """A caller or visitor about an event that is open already, or follows one, noted by a seat of its centre."""
    if not Event.objects.visible_to(actor).filter(pk=event_id).exists():
        raise NotFound()
    event, main = lock_leading(event_id)
    if roles_over_event(actor, event).isdisjoint(REGISTRARS):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in REGISTRARS))
    is_theirs = event.source == channel and channel in CITIZEN_SOURCES
    if main.is_open and is_theirs and not Reporter.objects.filter(event=event).exists():
        # The event came by this channel: this is the person it came from.
        return add_first(event, channel, contact, now())
    return _join(event, main, channel=channel, contact=contact, user_id=actor.user_id, submission=None)


def _reporter(receipt: str) -> Reporter:
    reporter = Reporter.objects.select_related("event", "event__main_event").filter(receipt=receipt).first()
    if reporter is None:
        raise NotFound()
    return reporter


def _days() -> int:
    return limit_of("rating").length.days


@transaction.atomic
def rate(*, receipt: str, rating: int, note: str = "") -> Reporter:
    """One to five for the way it was settled, once per run while the window is open; rating again corrects it."""
    reporter = _reporter(receipt)
    event = lock_event(leading(reporter.event).pk)
    ends = window_ends(event)
    if event.state != "closed" or ends is None or ends <= now():
        raise NotToBeRated(days=_days())
    reporter.rating, reporter.rating_note, reporter.rated_at, reporter.rated_run = rating, note, now(), event.run
    reporter.save(update_fields=["rating", "rating_note", "rated_at", "rated_run"])
    return reporter


@transaction.atomic
def ask_again(*, receipt: str, reason: str) -> Event:
    """重开 by the citizen, within the window: the case is taken up again, with what was done kept."""
    event = leading(_reporter(receipt).event)
    ends = may_reopen_until(event)
    if ends is None or ends <= now():
        raise NotToBeReopened(days=limit_of(REOPENING).length.days)
    return perform(event.pk, Move.REOPEN, CITIZEN, None, reason=reason)
