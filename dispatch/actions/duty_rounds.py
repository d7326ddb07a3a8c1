"""Patrols made from the lists of duties: when a line is due in a grid, somebody of the grid is asked to go."""

import logging
from datetime import datetime

from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import local
from dispatch.actions.tasks import issue_task, withdraw_tasks
from dispatch.lifecycle import ENDED_STATES, OPEN_STATES
from dispatch.models import DutyEntry, DutyRound, FieldTask
from dispatch.models.duty_round import ROUND_KIND
from dispatch.queries.round_people import candidates
from dispatch.rules.rounds import LEAST_LEFT, Round, may_send, period_of, round_at
from grids.models import Area
from grids.queries.tree import labels_of

logger = logging.getLogger(__name__)


def make_due_rounds(*, at: datetime) -> int:
    """A patrol for every grid in which a line that makes tasks is due and nobody was asked yet; the number made.

    Where nobody of the post is on duty it is tried again until too little of the round's time is left. One that fails
    is logged and does not hold up the others.
    """
    moment = local(at)
    if not may_send(moment):
        return 0
    made = 0
    for entry in DutyEntry.objects.filter(makes_tasks=True).order_by("pk"):
        due = round_at(entry.per, entry.times, moment)
        if due is not None and due.ends - moment >= LEAST_LEFT:
            made += _send(entry, due, at)
    return made


def _send(entry: DutyEntry, due: Round, at: datetime) -> int:
    this = {"entry": entry, "starts_on": due.starts_on, "nth": due.nth}
    asked = set(DutyRound.objects.filter(**this).values_list("grid_path", flat=True))
    grids = {
        grid.path: grid
        for grid in Area.objects.current().under(entry.area_path).filter(level=entry.level)
        if grid.path not in asked
    }
    people = candidates(grids.keys(), entry.post, at)
    labels = labels_of(list(people))
    made = 0
    for path, responders in people.items():
        try:
            made += _ask(entry, due, grids[path], labels.get(path, ""), responders[0])
        except Exception:
            logger.exception("the round of line %s in %s could not be made and is tried again", entry.pk, path)
    return made


@transaction.atomic
def _ask(entry: DutyEntry, due: Round, grid: Area, label: str, responder: int) -> int:
    """Once, however many ask at the same time: the row is there before the task is. Nobody is asked for a line that
    was changed, switched off or removed since it was read: whoever changes it waits for this, or this for them.
    """
    unchanged = DutyEntry.objects.filter(pk=entry.pk, version=entry.version, makes_tasks=True)
    if not unchanged.select_for_update().exists():
        return 0
    this, is_new = DutyRound.objects.get_or_create(
        entry=entry, starts_on=due.starts_on, nth=due.nth, grid_path=grid.path
    )
    if not is_new:
        return 0
    this.task = issue_task(
        kind=FieldTask.Kind.PATROL,
        subject_kind=ROUND_KIND,
        subject_id=this.pk,
        assignee_id=responder,
        title=entry.title,
        area_path=grid.path,
        lng=grid.label_point.x,
        lat=grid.label_point.y,
        district_id=grid.district_id,
        street_id=grid.street_id,
        community_id=grid.community_id,
        grid_id=grid.grid_id,
        area_label=label,
        due_at=due.ends,
        actor=SYSTEM,
    )
    this.save(update_fields=["task"])
    return 1


def call_off(entry: DutyEntry, actor: Actor) -> None:
    """What the line has people out for is not wanted any more."""
    open_rounds = DutyRound.objects.filter(entry=entry, task__state__in=OPEN_STATES)
    for round_id in open_rounds.order_by("pk").values_list("pk", flat=True):
        withdraw_tasks(subject_kind=ROUND_KIND, subject_id=round_id, actor=actor, reason=f"“{entry.title}”已调整")


def ask_anew(entry: DutyEntry, at: datetime) -> None:
    """The line was changed: what was asked for in the present periods and not done is asked for again, if it is due."""
    today = local(at).date()
    begins = {period[0] for per in DutyEntry.Per.values if (period := period_of(per, today))}
    not_done = [state for state in (*OPEN_STATES, *ENDED_STATES) if state != "done"]
    DutyRound.objects.filter(entry=entry, starts_on__in=begins, task__state__in=not_done).delete()
