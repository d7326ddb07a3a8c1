"""Keeping what the assessment counts in step with history."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, transaction

from analytics.models import DepartmentStint, EventLife, LivesMark
from analytics.rules.lives import MOVES_LOOKED_AT, Life, Step, Stint, lives_of
from core.clock import now
from core.models import HistoryRow
from events.models import Evaluation, Event
from events.models.event import SUBJECT_KIND

READ_LOCK = 7_120_310
BATCH = 500
RULES = 2
"""Grows when `rules.lives` or what is kept of it changes: everything is then derived anew by itself."""
LOOKED_AT = (*MOVES_LOOKED_AT, "evaluate")


@transaction.atomic
def read_new_history() -> int:
    """Derive anew every event whose history has grown since the last reading; how many events.

    The mark is the oldest transaction that still runs, so that none is passed over; what is newer is read again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [READ_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = int(cursor.fetchone()[0])
    mark, _ = LivesMark.objects.get_or_create(pk=1, defaults={"rules": RULES})
    if mark.rules != RULES:
        _forget_all()
        mark.transaction, mark.rules = 0, RULES
    grown = HistoryRow.objects.filter(transaction__gte=mark.transaction, subject_kind=SUBJECT_KIND, move__in=LOOKED_AT)
    ids = sorted(set(grown.values_list("subject_id", flat=True)))
    for first in range(0, len(ids), BATCH):
        derive(ids[first : first + BATCH])
    mark.transaction, mark.read_at = horizon, now()
    mark.save()
    return len(ids)


@transaction.atomic
def derive_all() -> int:
    """Derive everything anew from the whole history: for the first time, or after the rules have changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [READ_LOCK])
    LivesMark.objects.all().delete()
    _forget_all()
    return read_new_history()


def _forget_all() -> None:
    EventLife.objects.all().delete()
    DepartmentStint.objects.all().delete()


def derive(event_ids: Collection[int]) -> None:
    """Write the lives and stints of these events as their history tells them: six statements."""
    events = Event.objects.in_bulk(list(event_ids))
    steps: dict[int, list[Step]] = {event_id: [] for event_id in events}
    rows = HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, subject_id__in=events, move__in=MOVES_LOOKED_AT)
    for subject_id, at, actor_id, move, facts in rows.order_by("subject_id", "seq").values_list(
        "subject_id", "at", "actor_id", "move", "facts"
    ):
        steps[subject_id].append(Step(at, actor_id, move, facts))
    ratings = {
        (event_id, run): satisfaction
        for event_id, run, satisfaction in Evaluation.objects.filter(event_id__in=events).values_list(
            "event_id", "run", "satisfaction"
        )
    }
    lives = [(events[event_id], life) for event_id, found in steps.items() for life in lives_of(found)]
    EventLife.objects.filter(event_id__in=events).delete()
    DepartmentStint.objects.filter(event_id__in=events).delete()
    EventLife.objects.bulk_create(_life_row(e, life, ratings.get((e.pk, life.run))) for e, life in lives)
    DepartmentStint.objects.bulk_create(
        _stint_row(event, life, place, stint) for event, life in lives for place, stint in enumerate(life.stints)
    )


def _place_of(event: Event, life: Life) -> dict[str, Any]:
    return {
        "event_id": event.pk,
        "run": life.run,
        "area_path": event.area_path,
        "district_id": event.district_id,
        "street_id": event.street_id,
        "community_id": event.community_id,
        "grid_id": event.grid_id,
        "type_code": event.type_code,
        "source": event.source,
        "is_exempt": life.is_exempt,
    }


def _life_row(event: Event, life: Life, satisfaction: int | None) -> EventLife:
    late = life.late
    own = _fields(life, leave_out=("late", "stints", "run", "is_exempt"))
    return EventLife(
        **_place_of(event, life),
        **own,
        unit_id=life.stint.unit_id if life.stint is not None else None,
        has_citizen=event.has_citizen,
        satisfaction=satisfaction,
        accept_late=late.get("accept"),
        dispatch_late=late.get("dispatch"),
        handling_late=late.get("handling"),
        check_late=late.get("check"),
        close_late=late.get("close"),
        contact_late=late.get("first_contact"),
        answer_late=late.get("answer"),
        call_back_late=late.get("call_back"),
    )


def _stint_row(event: Event, life: Life, place: int, stint: Stint) -> DepartmentStint:
    is_last = stint is life.stint
    closed_at = life.closed_at if is_last else None
    return DepartmentStint(**_place_of(event, life), **_fields(stint), place=place, closed_at=closed_at)


def _fields(row: Life | Stint, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name not in set(leave_out)}
