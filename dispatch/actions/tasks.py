"""Issuing and calling off field tasks: what the owners of subjects call. They hold their subject's lock."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction

from accounts.scope import roles_over
from core.actor import SYSTEM_ROLE, Actor
from core.clock import now
from core.history.record import append
from core.lifecycle import Change
from dispatch.actions.endings import end
from dispatch.errors import ResponderNotAvailable
from dispatch.lifecycle import OPEN_STATES, SUBJECT, Move
from dispatch.live import publish_task
from dispatch.models import FieldTask, Responder
from dispatch.notices import ISSUED, WITHDRAWN, tell_assignee
from grids.queries.tree import labels_of


@transaction.atomic
def issue_task(
    *,
    kind: str,
    subject_kind: str,
    subject_id: int,
    assignee_id: int,
    title: str,
    area_path: str,
    lng: float,
    lat: float,
    actor: Actor,
    note: str = "",
    level: int = 4,
    district_id: int | None = None,
    street_id: int | None = None,
    community_id: int | None = None,
    grid_id: int | None = None,
    address: str = "",
    area_label: str | None = None,
    due_at: datetime | None = None,
    on_site: bool = True,
    payload: Mapping[str, Any] | None = None,
) -> FieldTask:
    """Ask one responder (`assignee_id` is a Responder) to do something; it appears on the responder's phone.

    `on_site` tasks need a sign-in at the place before they are done; a check by video or call-back does not.
    """
    assignee = Responder.objects.active().filter(pk=assignee_id).first()
    if assignee is None:
        raise ResponderNotAvailable()
    task = FieldTask(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        assignee=assignee,
        assignee_user_id=assignee.user_id,
        title=title[:120],
        note=note,
        level=level,
        area_path=area_path,
        district_id=district_id,
        street_id=street_id,
        community_id=community_id,
        grid_id=grid_id,
        area_label=labels_of([area_path]).get(area_path, "") if area_label is None else area_label,
        address=address,
        point=Point(lng, lat, srid=4326),
        on_site=on_site,
        payload=dict(payload or {}),
        issued_by_id=actor.user_id,
        issued_at=now(),
        due_at=due_at,
    )
    task.save(force_insert=True)
    roles = {SYSTEM_ROLE} if actor.is_system else roles_over(actor, area_path) or actor.roles
    append(
        subject_kind="task",
        subject_id=task.pk,
        actor=actor,
        change=Change(move="issue", from_state="", to_state=task.state, role=min(roles, default="")),
        at=task.issued_at,
        facts={"kind": kind, "subject": [subject_kind, subject_id], "assignee": assignee.pk},
        personal={"note": note},
        first=True,
    )
    publish_task(task, "issue")
    tell_assignee(ISSUED, task, actor)
    return task


@transaction.atomic
def withdraw_tasks(
    *,
    subject_kind: str,
    subject_id: int,
    actor: Actor,
    reason: str,
    kinds: Collection[str] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> list[FieldTask]:
    """Call off the subject's open tasks (of these kinds and with this payload, or all); their assignees' screens are
    told why.
    """
    open_tasks = FieldTask.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, state__in=OPEN_STATES
    ).select_related("assignee")
    if kinds is not None:
        open_tasks = open_tasks.filter(kind__in=kinds)
    if payload is not None:
        open_tasks = open_tasks.filter(payload__contains=payload)
    tasks = list(open_tasks.order_by("id").select_for_update(of=("self",)))
    for task in tasks:
        end(task, Move.WITHDRAW, actor=actor, roles={SUBJECT}, result={"reason": reason})
        tell_assignee(WITHDRAWN, task, actor, reason=reason)
    return tasks


@transaction.atomic
def prolong_tasks(
    *,
    subject_kind: str,
    subject_id: int,
    actor: Actor,
    until: datetime,
    kinds: Collection[str],
    payload: Mapping[str, Any],
) -> list[FieldTask]:
    """Whoever holds these open tasks has until `until`; none is made shorter by it. The version stays: what somebody
    on the spot has in hand is not refused because there is more time for it.
    """
    found = FieldTask.objects.filter(subject_kind=subject_kind, subject_id=subject_id, state__in=OPEN_STATES)
    found = found.filter(kind__in=kinds, payload__contains=payload, due_at__lt=until).select_related("assignee")
    tasks = list(found.order_by("id").select_for_update(of=("self",)))
    for task in tasks:
        task.due_at = until
        task.save(update_fields=["due_at"])
        append(
            subject_kind="task",
            subject_id=task.pk,
            actor=actor,
            change=Change(move="prolong", from_state=task.state, to_state=task.state, role=SUBJECT),
            facts={"due_at": until.isoformat()},
        )
        publish_task(task, "prolong")
    return tasks
