"""封存 from the event itself: what it shows stays, whoever looks at the page of keeping."""

from django.db import transaction

from accounts.roles import ROLE_NAMES, Role
from accounts.site_policies import may_set, setter_role
from core.actor import Actor
from core.errors import Forbidden, NotFound
from events.actions.retention import place_hold
from events.models import Event, EvidenceHold
from events.queries.evidence_holds import may_hold


@transaction.atomic
def hold_event(*, event_id: int, actor: Actor, reason: str) -> EvidenceHold:
    """The duty chief of the centre that owns the event, or who sets the days of keeping, holds what it shows.

    An inquiry does not wait for an administrator; letting go is done on the page of keeping, by who answers for it.
    Raises NotFound where the event is hidden, Forbidden, AlreadyHeld.
    """
    event = Event.objects.visible_to(actor).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    if not may_hold(actor, event):
        raise Forbidden(roles=f"{ROLE_NAMES[Role.DUTY_CHIEF]}、{ROLE_NAMES[Role.SYSTEM_ADMIN]}")
    role = setter_role(actor) if actor.is_system or may_set(actor) else Role.DUTY_CHIEF.value
    return place_hold(reason=reason, actor=actor, role=role, event=event)
