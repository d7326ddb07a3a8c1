"""Names and phones of reporters: shown to who says why, and erased when nobody needs them any more."""

from datetime import timedelta

from django.db import transaction

from accounts.roles import ROLE_NAMES, Role
from core.actor import Actor
from core.clock import now
from core.errors import Forbidden, NotFound
from core.history.record import append
from core.lifecycle import Change
from events.actions.loading import task_holders
from events.lifecycle import ASSIGNEE
from events.models import CheckMode, Event, Reporter
from events.models.reporter import SUBJECT_KIND
from events.policies import roles_over_event
from events.queries.ended_contacts import contacts_over_since, held_contacts_over_since
from events.queries.public_rules import public_rules
from events.queries.reporters import recipient_of
from notify.actions.receipts import forget_addresses

ALWAYS = frozenset({Role.ACCEPTOR, Role.DUTY_CHIEF})
CALLING_BACK = frozenset({Role.DISPATCHER, ASSIGNEE})
"""Whoever checks by telephone needs the number while the check is due."""


def role_to_see_contact(actor: Actor, event: Event) -> str | None:
    """In which role the actor may see it; None where in none. One statement."""
    roles = roles_over_event(actor, event, (), task_holders(event.pk))
    calls_back = event.state == "checking" and event.check_mode == CheckMode.CALL_BACK
    return min(roles & (ALWAYS | CALLING_BACK if calls_back else ALWAYS), default=None)


@transaction.atomic
def see_contact(*, event_id: int, reporter_id: int, actor: Actor, purpose: str) -> Reporter:
    """Name and phone in clear, for the owning centre's acceptor, its duty chief and whoever calls back.

    Who looked, when and why goes into the reporter's own history.
    """
    event = Event.objects.visible_to(actor).filter(pk=event_id).first()
    reporters = Reporter.objects.select_for_update().filter(pk=reporter_id, event_id=event_id)
    reporter = reporters.first() if event is not None else None
    if event is None or reporter is None:
        raise NotFound()
    role = role_to_see_contact(actor, event)
    if role is None:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(ALWAYS)))
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=reporter.pk,
        actor=actor,
        change=Change(
            move="see_contact", from_state="", to_state="", role=min(roles_over_event(actor, event), default="")
        ),
        at=now(),
        facts={"event": event_id},
        personal={"reason": purpose},
    )
    return reporter


@transaction.atomic
def erase_contacts(*, batch: int = 500) -> int:
    """Erase names and phones some time after the event was evaluated or refused; the number erased.

    The report itself stays, and so does its rating. A merged event's reporters go with its main event's.
    """
    at = now()
    before = at - timedelta(days=public_rules().contact_kept_days)
    ids = list(contacts_over_since(before).order_by("pk").values_list("pk", flat=True)[:batch])
    gone = list(Reporter.objects.select_for_update(skip_locked=True).filter(pk__in=ids))
    Reporter.objects.filter(pk__in=[row.pk for row in gone]).update(
        contact_name="", contact_phone="", contact_erased_at=at
    )
    forget_addresses([recipient_of(row) for row in gone])
    forgotten = held_contacts_over_since(before).update(contact_name="", contact_phone="", contact_erased_at=at)
    return len(gone) + forgotten
