"""催办, 督办 and the reply: somebody above asks why an event is not done, and waits."""

from decimal import Decimal

from django.db import transaction

from accounts.models import OrgUnit
from core.actor import SYSTEM, Actor
from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.errors import NotFound
from core.live.publish import NOBODY
from events.actions import clocks
from events.actions.moving import Moving, begin
from events.errors import NotAddressed, ReminderSettled
from events.live import publish_reminder, reminder_audience
from events.models import Event, Reminder
from events.models.reminder import SUBJECT_KIND
from events.moves import Clock, Move
from events.policies import is_addressed
from events.queries.catalogue import limit_of
from events.rules.escalation import Addressed
from events.rules.reminders import addressed_at, higher
from events.signals import reminded, reminder_replied


@transaction.atomic
def urge_event(
    *, event_id: int, actor: Actor, version: int | None = None, note: str = "", reply_hours: int | None = None
) -> Event:
    """催办: whoever has the event now is asked, and has to reply within the limit."""
    moving = begin(event_id, Move.URGE, actor, version)
    moving.apply()
    moving.event.urge_count += 1
    return _remind(moving, Reminder.Kind.URGE, "", note, reply_hours, None)


@transaction.atomic
def supervise_event(
    *,
    event_id: int,
    actor: Actor,
    version: int | None = None,
    colour: str = Reminder.Colour.ORDINARY,
    note: str = "",
    reply_hours: int | None = None,
    unit: OrgUnit | None = None,
) -> Event:
    """督办: as urging, on record with a colour that costs quality points. The event keeps its highest colour.

    `unit` names another addressee than who has the event: a co-handling department whose own limit ran out.
    """
    moving = begin(event_id, Move.SUPERVISE, actor, version)
    moving.apply()
    moving.event.supervision = higher(moving.event.supervision, colour)
    return _remind(moving, Reminder.Kind.SUPERVISE, colour, note, reply_hours, unit)


def supervise_automatically(*, event_id: int, note: str, unit: OrgUnit | None = None) -> Event | None:
    """An ordinary supervision by the platform; None where its last one is still waiting for the reply."""
    waiting = Reminder.objects.waiting().filter(event_id=event_id, kind=Reminder.Kind.SUPERVISE, issued_by=None)
    if (waiting.filter(unit=unit) if unit else waiting).exists():
        return None
    return supervise_event(event_id=event_id, actor=SYSTEM, note=note, unit=unit)


def _remind(moving: Moving, kind: str, colour: str, note: str, reply_hours: int | None, unit: OrgUnit | None) -> Event:
    event, lead = moving.event, moving.lead
    to = unit or (lead.unit if lead is not None and lead.is_open else event.owner_unit)
    limit = Limit(LimitType.WORKING_HOURS, Decimal(reply_hours)) if reply_hours else limit_of(f"reply_{colour or kind}")
    clock = deadlines.planned(
        subject_kind=SUBJECT_KIND, clock=clocks.new(Clock.REPLY, limit), at=moving.at, district_id=event.district_id
    )
    reminder = Reminder.objects.create(
        event=event,
        run=event.run,
        kind=kind,
        colour=colour,
        unit=to,
        note=note,
        issued_by_id=moving.actor.user_id,
        issued_at=moving.at,
        reply_due_at=clock.due_at,
        warn_at=clock.warn_at,
    )
    deadlines.start_planned(clock, subject_id=reminder.pk)
    facts = {"reminder": reminder.pk, "colour": colour, "unit": to.pk, "reply_due_at": clock.due_at.isoformat()}
    finished = moving.finish(facts=facts, personal={"note": note})
    publish_reminder(reminder, event, "sent", before=NOBODY, at=moving.at)
    told = [Addressed(role=role, unit_id=to.pk) for role in addressed_at(to.kind)]
    reminded.send(Reminder, reminder=reminder, event=event, addressees=told, at=moving.at)
    return finished


@transaction.atomic
def reply_to_reminder(*, event_id: int, actor: Actor, reminder_id: int, note: str, version: int | None = None) -> Event:
    """回复催督办, by the unit it is addressed to: its clock stops, and who asked is told."""
    moving = begin(event_id, Move.REPLY, actor, version)
    found = Reminder.objects.select_for_update(of=("self",)).select_related("unit", "issued_by", "replied_by")
    reminder = found.filter(pk=reminder_id, event_id=event_id).first()
    if reminder is None:
        raise NotFound()
    if reminder.settled_at is not None:
        raise ReminderSettled(by=reminder.replied_by.name if reminder.replied_by else "")
    if not is_addressed(actor, reminder):
        raise NotAddressed(unit=reminder.unit.name)
    moving.apply()
    deadlines.stop(subject=Subject(SUBJECT_KIND, reminder.pk), kinds=[Clock.REPLY], at=moving.at)
    reminder.reply, reminder.replied_at, reminder.settled_at = note, moving.at, moving.at
    reminder.replied_by_id = actor.user_id
    reminder.version += 1
    reminder.save()
    event = moving.finish(facts={"reminder": reminder.pk}, personal={"note": note})
    publish_reminder(reminder, event, "replied", before=reminder_audience(reminder, event), at=moving.at)
    told = [Addressed(role="", user_id=reminder.issued_by_id)] if reminder.issued_by_id else []
    reminder_replied.send(Reminder, reminder=reminder, event=event, addressees=told, at=moving.at)
    return event
