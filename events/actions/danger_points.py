"""隐患点核查: whoever verifies, handles or checks an event ticks off the points of its procedure one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.actor import Actor
from events.actions.moving import Moving, begin
from events.errors import CheckerIsHandler, PointMarkedMeanwhile, UnknownPoint
from events.models import DangerFinding, Event
from events.moves import Move
from events.queries.danger_points import is_own_work, points_of

Mark = Mapping[str, Any]


@transaction.atomic
def mark_points(*, event_id: int, actor: Actor, points: Sequence[Mark], version: int | None = None) -> Event:
    """What was found at these points: {number, finding, remark, version}; all of them are kept or none.

    `version` of a point is what its person saw (0 where nobody had marked it): PointMarkedMeanwhile where somebody else
    said something of the same point since. Points of others are no hindrance, and nobody's click on the event becomes
    stale. UnknownPoint for a number that the event's procedure has not, CheckerIsHandler where the own work would be
    checked.
    """
    moving = begin(event_id, Move.MARK_POINTS, actor, version)
    if is_own_work(moving.event, moving.orders, actor):
        raise CheckerIsHandler()
    by = actor.user_id
    if by is None:
        raise ValueError("only a person looks at a point")
    unknown = sorted({mark["number"] for mark in points} - points_of(moving.event))
    if unknown:
        raise UnknownPoint(numbers="、".join(str(number) for number in unknown))
    before = _held(moving, points)
    changed = [row for mark in points if (row := _marked(moving, mark, before.get(mark["number"]), by)) is not None]
    if not changed:
        return moving.event
    for row in changed:
        row.save()
    moving.apply()
    said = [{"number": row.number, "finding": row.finding} for row in changed]
    return moving.finish(facts={"points": said}, personal={"note": "；".join(_in_words(row) for row in changed)})


def _in_words(row: DangerFinding) -> str:
    """As the log of the event tells it."""
    return f"{row.number} {row.get_finding_display()}{f'：{row.remark}' if row.remark else ''}"


def _held(moving: Moving, points: Sequence[Mark]) -> dict[int, DangerFinding]:
    """What was said of these points in this run; the event is locked, so nobody changes it meanwhile."""
    rows = DangerFinding.objects.filter(event=moving.event, run=moving.event.run).select_related("marked_by")
    return {row.number: row for row in rows.filter(number__in=[mark["number"] for mark in points])}


def _marked(moving: Moving, mark: Mark, row: DangerFinding | None, by: int) -> DangerFinding | None:
    """The point as it is marked now; None where it says so already."""
    finding, remark = mark["finding"], mark.get("remark", "").strip()
    if row is not None and (row.finding, row.remark) == (finding, remark):
        return None
    if row is not None and row.version != mark["version"]:
        raise PointMarkedMeanwhile(
            number=row.number, by=row.marked_by.name, finding=row.get_finding_display(), current_version=row.version
        )
    row = row or DangerFinding(event=moving.event, run=moving.event.run, number=mark["number"], version=0)
    row.finding, row.remark = finding, remark
    row.marked_by_id, row.marked_at, row.version = by, moving.at, row.version + 1
    return row
