"""Asking for verification and reporting it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from dispatch.actions.tasks import issue_task, withdraw_tasks
from dispatch.queries.responders import choose_verifier
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.moving import Moving, begin
from events.errors import NobodyToSend, VerificationIncomplete, VerificationNeedsPhoto
from events.models import Attachment, Event
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move, PauseReason
from events.queries.catalogue import limit_of
from events.queries.photos import shows_before
from events.queries.units import unit_that_can_lead


@transaction.atomic
def ask_verification(
    *,
    event_id: int,
    actor: Actor,
    version: int | None = None,
    assignee_id: int | None = None,
    unit_id: int | None = None,
    note: str = "",
) -> Event:
    """Somebody goes and looks: the one named, else the grid's responsible worker or the nearest on duty; or an office
    or department answers in writing. UnknownUnit for any other unit.

    The accept clock stands while the verify clock runs.
    """
    moving = begin(event_id, Move.ASK_VERIFICATION, actor, version)
    moving.apply()
    clocks.pause(moving, Clock.ACCEPT, reason=PauseReason.VERIFYING)
    (clock,) = clocks.start(moving, (Clock.VERIFY, limit_of(Clock.VERIFY)))
    event = moving.event
    if unit_id is not None:
        event.asked_unit, assignee_id = unit_that_can_lead(unit_id), None
    else:
        assignee_id = assignee_id or choose(event)
        issue(moving, kind="verify", assignee_id=assignee_id, note=note, due_at=clock.due_at)
    return moving.finish(facts={"assignee": assignee_id, "unit": unit_id}, personal={"note": note})


def choose(event: Event) -> int:
    """Who verifies here, where nobody is named: a responder's id."""
    chosen = choose_verifier(area_path=event.area_path, lng=event.lng, lat=event.lat)
    if chosen is None:
        raise NobodyToSend()
    return chosen.pk


def issue(moving: Moving, **task: Any) -> None:
    """Ask a responder, about the event of this move: `issue_about`."""
    issue_about(moving.event, actor=moving.actor, **task)


def issue_about(
    event: Event,
    *,
    actor: Actor,
    kind: str,
    assignee_id: int,
    note: str,
    due_at: datetime | None,
    on_site: bool = True,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Ask a responder about an event; `payload` says more for when the task ends."""
    issue_task(
        kind=kind,
        subject_kind=SUBJECT_KIND,
        subject_id=event.pk,
        assignee_id=assignee_id,
        title=event.title,
        note=note or event.description,
        level=event.level,
        area_path=event.area_path,
        area_label=event.area_label,
        district_id=event.district_id,
        street_id=event.street_id,
        community_id=event.community_id,
        grid_id=event.grid_id,
        address=event.address,
        lng=event.lng,
        lat=event.lat,
        due_at=due_at,
        on_site=on_site,
        actor=actor,
        payload={"number": event.number, **(payload or {})},
    )


@transaction.atomic
def report_verification(
    *,
    event_id: int,
    actor: Actor,
    finding: bool,
    version: int | None = None,
    note: str = "",
    attachment_ids: Collection[int] = (),
    position: dict[str, Any] | None = None,
    as_assignee: bool = False,
) -> Event:
    """What was found on the spot, or an office's written finding.

    The event is the acceptor's again, and the accept clock runs on. Who went there and found it so brings the picture
    that a type asks for and nobody has sent yet; what is not so has nothing to show, and an office answers in writing.
    """
    moving = begin(event_id, Move.REPORT_VERIFICATION, actor, version, as_assignee=as_assignee)
    event = moving.event
    if not attachment_ids and not note.strip():
        raise VerificationIncomplete()
    if as_assignee and finding and not attachment_ids and event.type.needs_before_photo and not shows_before(event):
        raise VerificationNeedsPhoto(type_name=event.type.name)
    moving.apply()
    clocks.stop(moving, [Clock.VERIFY])
    clocks.resume(moving, Clock.ACCEPT)
    photos = attach(attachment_ids, event=event, purpose=Attachment.Purpose.VERIFICATION, actor=actor)
    event.asked_unit = None
    withdraw_tasks(subject_kind=SUBJECT_KIND, subject_id=event_id, actor=actor, reason="已有核实结论", kinds=["verify"])
    return moving.finish(
        facts={"finding": finding, "attachment_ids": [photo.pk for photo in photos]},
        personal={"note": note, "position": position},
    )
