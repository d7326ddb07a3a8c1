"""Reporting: an event begins."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import OrgUnit
from accounts.scope import covers
from core.actor import SYSTEM_ROLE, Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.deadlines.readings import short_readings
from core.history.record import append
from core.insert import insert, new, together
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.clocks import show
from events.actions.promises import planned_promises
from events.actions.route import note_problems
from events.actions.texts import text_of
from events.errors import NoOwningCentre
from events.lifecycle import EVENT, NEW
from events.live import event_audience, publish_event
from events.models import Attachment, Event
from events.models.event import SUBJECT_KIND
from events.models.located import point_at
from events.moves import Clock, Move
from events.queries.catalogue import catalogue, limit_of, owning_centre, scenario_of, type_of
from events.queries.components import component_for_report
from events.queries.routing import facts_of, kept_decision, route
from events.queries.similar import similar_events
from events.rules.routing import Decision
from events.sources import CITIZEN_SOURCES, MACHINE_SOURCES, usual_source
from grids.queries.locate import Location, locate


@dataclass(frozen=True)
class Reported:
    """What a report made, and what it found already there."""

    event: Event
    similar: list[dict[str, Any]]


@transaction.atomic(savepoint=False)
def report_event(
    *,
    actor: Actor,
    type_code: str,
    lng: float,
    lat: float,
    description: str = "",
    address: str = "",
    title: str = "",
    level: int | None = None,
    source: str | None = None,
    attachment_ids: Collection[int] = (),
    owner: OrgUnit | None = None,
    at: datetime | None = None,
    component_id: int | None = None,
) -> Reported:
    """Open a case at a point (degrees): located, compared with its neighbours, owned by one centre, its accept clock
    running. `owner` is that centre where something else than the place decides; it answers for the place all the same.

    `component_id` names the part it is about, which the reporter sees standing near.

    Raises UnknownEventType, OutsideDivisionTree, NoOwningCentre, UnknownAttachment, UnknownComponent. Nothing is joined
    by itself: similar open events are only told.
    """
    at = at or now()
    event_type = type_of(type_code)
    location = locate(lng, lat, at)
    if owner is not None and not covers(owner.area_path, location.path):
        raise NoOwningCentre(area_path=location.path)
    component = component_for_report(component_id, actor, lng=lng, lat=lat) if component_id is not None else None
    channel = source or usual_source(actor)
    event = new(
        Event,
        version=0,
        state=NEW,
        type=event_type,
        type_code=event_type.code,
        scenario=scenario_of(event_type),
        level=level or event_type.default_level,
        title=(title or event_type.name)[:120],
        description=description,
        source=channel,
        has_citizen=channel in CITIZEN_SOURCES,
        reporter_id=actor.user_id if channel not in MACHINE_SOURCES else None,
        address=address,
        check_mode=event_type.check_mode,
        point=point_at(lng, lat),
        reported_at=at,
        component_id=component.pk if component else None,
        **place_of(location),
    )
    decision = route(facts_of(event, event_type))
    event.owner_unit = owner or _routed_owner(decision) or owning_centre(location.path)
    event.level = level or decision.level or event.level
    event.routing = kept_decision(decision, move=Move.REPORT, at=at)
    roles = {SYSTEM_ROLE} if actor.is_system else actor.roles
    change = EVENT.apply(Move.REPORT, event, actor=actor, roles=roles)
    event.settled_version = event.version
    similar = similar_events(event, actor)
    accept = clocks.new(Clock.ACCEPT, limit_of(Clock.ACCEPT))
    clock = deadlines.planned(subject_kind=SUBJECT_KIND, clock=accept, at=at, district_id=event.district_id)
    promises = planned_promises(event, at)
    show(event, clock)
    insert(event, at_once=True)
    attachments = attach(attachment_ids, event=event, purpose=Attachment.Purpose.REPORT, actor=actor)
    with together():
        for started in (clock, *promises):
            deadlines.start_planned(started, subject_id=event.pk)
        insert(text_of(event))
        append(
            subject_kind=SUBJECT_KIND,
            subject_id=event.pk,
            actor=actor,
            change=change,
            at=at,
            facts={
                "version": event.version,
                "type": event.type_code,
                "source": event.source,
                "area": event.area_path,
                **({"component": event.component_id} if event.component_id else {}),
                "routing": decision.in_short,
                "attachment_ids": [row.pk for row in attachments],
                "readings": short_readings([clock, *promises], at=at),
            },
            personal={"note": description, "position": {"lng": lng, "lat": lat}},
            first=True,
        )
        publish_event(event, Move.REPORT, before=frozenset(), after=event_audience(event), at=at)
    if decision.skipped:
        transaction.on_commit(partial(note_problems, decision.skipped, at))
    return Reported(event, similar)


def _routed_owner(decision: Decision) -> OrgUnit | None:
    return catalogue().units.get(decision.owner.code) if decision.owner else None


def place_of(location: Location) -> dict[str, Any]:
    """The columns of `Located` but for the point."""
    return {
        "area_path": location.path,
        "area_label": location.label,
        "street_path": location.street.path if location.street else "",
        **location.keys,
    }
