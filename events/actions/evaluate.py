"""Evaluating an ended event."""

from django.db import transaction

from core.actor import SYSTEM, Actor
from core.insert import insert
from core.models import Deadline, DeadlineState, HistoryRow
from core.rows import Rows
from events.actions import clocks
from events.actions.moving import begin
from events.models import Evaluation, Event, Reminder
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move
from events.queries.catalogue import number_of
from events.queries.ratings import satisfaction_of
from events.rules import limits
from events.rules.evaluation import ClockResult, QualityCosts, evaluate

_JUDGED = Rows(
    Deadline,
    f"WHERE own.subject_kind = '{SUBJECT_KIND}' AND own.subject_id = $1 AND own.state = '{DeadlineState.STOPPED}' "
    f"AND own.started_at >= $2 AND own.kind <> '{Clock.RATING}'",
    count=2,
    types=("bigint", "timestamptz"),
)


@transaction.atomic(savepoint=False)
def evaluate_event(*, event_id: int, actor: Actor = SYSTEM, version: int | None = None) -> Event:
    """评价: the platform judges the closed event when the rating window ends, or at once where no citizen waits.

    Only this run counts: a reopening begins anew.
    """
    moving = begin(event_id, Move.EVALUATE, actor, version)
    moving.apply()
    clocks.stop(moving, [Clock.RATING])
    event = moving.event
    judged = [
        ClockResult(limit_seconds=clock.limit.seconds, overdue_seconds=clock.overdue_seconds)
        for clock in _JUDGED.all(event_id, event.reopened_at or event.reported_at)
    ]
    reminders = Reminder.objects.filter(event=event, run=event.run, kind=Reminder.Kind.SUPERVISE)
    points = evaluate(
        judged,
        rework_count=event.rework_count,
        return_count=_accepted_returns(event),
        supervisions=reminders.values_list("colour", flat=True) if event.supervision else (),
        costs=_costs(),
    )
    evaluation = Evaluation(
        event=event,
        run=event.run,
        timeliness=points.timeliness,
        quality=points.quality,
        satisfaction=satisfaction_of(event),
        overdue_seconds=sum(clock.overdue_seconds for clock in judged),
        evaluated_at=moving.at,
    )
    insert(evaluation, at_once=True)
    return moving.finish(facts={"timeliness": points.timeliness, "quality": points.quality})


def _costs() -> QualityCosts:
    """What quality loses by what went wrong, as it is set now."""
    return QualityCosts(
        failed_check=number_of(limits.COST_CHECK),
        accepted_return=number_of(limits.COST_RETURN),
        supervision={"ordinary": 0, "yellow": number_of(limits.COST_YELLOW), "red": number_of(limits.COST_RED)},
    )


def _accepted_returns(event: Event) -> int:
    """Returns of this run that the centre took back; one it refused costs nothing here."""
    if not event.return_count:
        return 0
    since = event.reopened_at or event.reported_at
    rows = HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, subject_id=event.pk, move=Move.REFUSE_RETURN)
    return event.return_count - rows.filter(at__gte=since).count()
