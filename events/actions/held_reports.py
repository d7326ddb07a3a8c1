"""The acceptor looks at reports that were held, and decides."""

from django.contrib.gis.geos import Point
from django.db import transaction

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import area_grants, covers
from core.actor import Actor
from core.clock import now
from core.errors import Forbidden, NotFound
from core.history.record import append
from core.lifecycle import Change
from events.actions.public_reports import Contact, PublicReport, add_first, open_event
from events.actions.uploads import KEPT_UNATTACHED
from events.errors import PlaceOrAddressNeeded, ReportDecided, UnknownEventType
from events.models import Attachment, Event, HeldReport
from events.notices import tell_reporter_of_refusal
from events.queries.held_reports import DECIDERS, may_decide

SUBJECT_KIND = "held_report"


def _locked(held_id: int, actor: Actor) -> HeldReport:
    held = HeldReport.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=held_id).first()
    if held is None:
        raise NotFound()
    if not may_decide(actor, held):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in DECIDERS))
    if held.state != HeldReport.State.WAITING:
        raise ReportDecided()
    return held


@transaction.atomic
def accept_report(
    *, held_id: int, actor: Actor, type_code: str = "", lng: float | None = None, lat: float | None = None
) -> Event:
    """It is genuine: it becomes an event now, at the place and of the kind that the acceptor gives or leaves as told.

    The accept clock starts with the decision, since nobody could accept it before; the receipt stays the same.
    """
    held = _locked(held_id, actor)
    place = Point(lng, lat, srid=4326) if lng is not None and lat is not None else held.point
    kind = type_code or held.type_code
    if place is None:
        raise PlaceOrAddressNeeded()
    if not kind:
        raise UnknownEventType(type_code="")
    report = PublicReport(held.description, kind, held.address, place.x, place.y, _photos_left(held))
    event = open_event(report, place)
    contact = Contact(held.contact_name, held.contact_phone)
    add_first(event, held.channel, contact, held.created_at, receipt=held.receipt)
    held.event = event
    held.contact_name = held.contact_phone = ""
    _decide(held, HeldReport.State.ACCEPTED, actor)
    return event


def _photos_left(held: HeldReport) -> list[int]:
    """Who sends a report a second time sends its photos again; what another event has taken meanwhile stays there, and
    this report is taken without.
    """
    free = Attachment.objects.filter(pk__in=held.attachment_ids, event=None).order_by("pk")
    return list(free.values_list("pk", flat=True))


@transaction.atomic
def reject_report(*, held_id: int, actor: Actor, reason: str) -> HeldReport:
    """It is none: the sender reads the reason under the receipt, and is told where a phone was left."""
    held = _locked(held_id, actor)
    held.decision = reason
    _decide(held, HeldReport.State.REJECTED, actor)
    photos = Attachment.objects.filter(pk__in=held.attachment_ids, event=None)
    photos.update(erase_after=now() + KEPT_UNATTACHED)
    tell_reporter_of_refusal(held)
    return held


@transaction.atomic
def see_held_contact(*, held_id: int, actor: Actor, purpose: str) -> HeldReport:
    """Name and phone in clear before the report is taken, for who judges it: to ask where it is, or what is meant.

    Who looked, when and why goes into the report's own history.
    """
    held = _locked(held_id, actor)
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=held.pk,
        actor=actor,
        change=Change(move="see_contact", from_state="", to_state="", role=_role(actor, held)),
        at=now(),
        personal={"reason": purpose},
    )
    return held


def _role(actor: Actor, held: HeldReport) -> str:
    return min(grant.role for grant in area_grants(actor, DECIDERS) if covers(grant.area_path, held.area_path))


def _decide(held: HeldReport, state: str, actor: Actor) -> None:
    held.state, held.decided_at, held.decided_by_id = state, now(), actor.user_id
    held.save()
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=held.pk,
        actor=actor,
        change=Change(move=state, from_state=HeldReport.State.WAITING, to_state=state, role=Role.ACCEPTOR),
        at=held.decided_at,
        facts={"reasons": held.reasons, "event": held.event_id},
        personal={"reason": held.decision} if held.decision else {},
    )
