"""What is held (封存) of what an actor may see."""

from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.roles import Role
from accounts.site_policies import READERS, may_set
from core.actor import Actor
from core.errors import NotFound
from events.models import Alert, Event, EvidenceHold
from events.policies import roles_over_event

SHOWN = 200


def visible_holds(actor: Actor) -> QuerySet[EvidenceHold]:
    """A hold is seen by who sees the event or alert that it is of."""
    events, alerts = Event.objects.visible_to(actor), Alert.objects.visible_to(actor)
    return EvidenceHold.objects.filter(Q(event__in=events) | Q(alert__in=alerts))


def hold_book(actor: Actor, *, may_edit: bool) -> dict[str, Any]:
    """Those in force first, the newest first: one statement."""
    holds = visible_holds(actor).select_related("event", "alert", "held_by", "released_by")
    rows = holds.order_by(F("released_at").desc(nulls_first=True), "-held_at", "-pk")[:SHOWN]
    return {"items": [_row(hold) for hold in rows], "may_edit": may_edit}


def may_hold(actor: Actor, event: Event) -> bool:
    """Who sets the days of keeping, and the duty chief of the centre that owns the event."""
    return actor.is_system or may_set(actor) or Role.DUTY_CHIEF in roles_over_event(actor, event)


def hold_of(event: Event, actor: Actor) -> dict[str, Any] | None:
    """What holds the event now, its own hold or that of the one it was merged into: one statement, None where nothing
    does. Why is told to who answers for cases and to who may hold: an inquiry is nobody else's business.
    """
    of = [pk for pk in (event.pk, event.main_event_id) if pk is not None]
    hold = EvidenceHold.objects.filter(event__in=of, released_at=None).select_related("held_by").order_by("pk").first()
    if hold is None:
        return None
    told = actor.is_system or actor.has_role(*READERS)
    return {
        "held_at": hold.held_at,
        "held_by": hold.held_by.name if hold.held_by else "",
        "reason": hold.reason if told else "",
        "of_main": hold.event_id != event.pk,
    }


def to_be_held(actor: Actor, *, event_number: str, alert_id: int | None) -> dict[str, int]:
    """The event of this number, or the alert, as `hold_evidence` takes it. Raises NotFound."""
    if event_number:
        found = Event.objects.visible_to(actor).filter(number=event_number).values_list("pk", flat=True).first()
        kind = "event_id"
    else:
        found = Alert.objects.visible_to(actor).filter(pk=alert_id or 0).values_list("pk", flat=True).first()
        kind = "alert_id"
    if found is None:
        raise NotFound()
    return {kind: found}


def _row(hold: EvidenceHold) -> dict[str, Any]:
    of = hold.event or hold.alert
    return {
        "id": hold.pk,
        "event_id": hold.event_id,
        "event_number": hold.event.number if hold.event else "",
        "alert_id": hold.alert_id,
        "title": of.title if of else "",
        "reason": hold.reason,
        "held_at": hold.held_at,
        "held_by": hold.held_by.name if hold.held_by else "",
        "released_at": hold.released_at,
        "released_by": hold.released_by.name if hold.released_by else "",
    }
