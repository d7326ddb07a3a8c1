"""Reports that wait for a person's look, as the acceptor's list shows them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.roles import Role
from accounts.scope import area_grants, covers
from core.actor import Actor
from core.errors import NotFound
from events.models import Attachment, HeldReport
from events.queries.catalogue import catalogue
from events.queries.reporters import masked_name
from events.queries.rows import attachment_shape
from notify.queries.rows import masked

OLDEST = ("id",)
DECIDERS = (Role.ACCEPTOR, Role.DUTY_CHIEF)


def waiting_reports(actor: Actor) -> QuerySet[HeldReport]:
    return HeldReport.objects.visible_to(actor).waiting()


def held_rows(reports: Sequence[HeldReport], actor: Actor) -> list[dict[str, Any]]:
    """One statement more, for the photos of all of them."""
    wanted = [pk for report in reports for pk in report.attachment_ids]
    photos = {photo.pk: photo for photo in Attachment.objects.filter(pk__in=wanted)}
    return [_row(report, [photos[pk] for pk in report.attachment_ids if pk in photos], actor) for report in reports]


def may_decide(actor: Actor, held: HeldReport) -> bool:
    return any(covers(grant.area_path, held.area_path) for grant in area_grants(actor, DECIDERS))


def _row(report: HeldReport, photos: Sequence[Attachment], actor: Actor) -> dict[str, Any]:
    kind = catalogue().types.get(report.type_code)
    has_contact = bool(report.contact_name or report.contact_phone)
    may_see = has_contact and may_decide(actor, report)
    return {
        "id": report.pk,
        "state": report.state,
        "reasons": report.reasons,
        "type_code": report.type_code,
        "type_name": kind.name if kind else "",
        "description": report.description,
        "address": report.address,
        "area_path": report.area_path,
        "area_label": report.area_label,
        "lng": report.point.x if report.point else None,
        "lat": report.point.y if report.point else None,
        "has_contact": has_contact,
        "contact_name": masked_name(report.contact_name) if may_see else "",
        "contact_phone": masked(report.contact_phone) if may_see and report.contact_phone else "",
        "may_see_contact": may_see,
        "photos": [_photo(report, photo) for photo in photos],
        "created_at": report.created_at,
    }


def _photo(report: HeldReport, photo: Attachment) -> dict[str, Any]:
    """Served through the held report's scope, since there is no event yet."""
    url = f"/media/held/{report.pk}/{photo.pk}"
    return {**attachment_shape(photo), "url": url, "thumb_url": f"{url}/thumb"}


def photo_of(actor: Actor, held_id: int, attachment_id: int) -> Attachment:
    """A photo of a held report the actor sees; NotFound else."""
    held = HeldReport.objects.visible_to(actor).filter(pk=held_id).first()
    found = (
        Attachment.objects.filter(pk=attachment_id).first() if held and attachment_id in held.attachment_ids else None
    )
    if found is None:
        raise NotFound()
    return found
