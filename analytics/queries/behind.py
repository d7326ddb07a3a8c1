"""What a number counts: its rows one by one, each with its event, so that the list is as long as the number."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from accounts.scope import unit_ids
from analytics.errors import UnknownMeasure
from analytics.models import EventLife
from analytics.queries.asked import Asked, heirs_of, key_of, within
from analytics.queries.handling import STEPS
from analytics.queries.measures import MEASURES, Measure
from analytics.queries.running import AGES, ages_at, open_at
from core.actor import Actor
from core.clock import now
from events.models import Event, WorkOrder
from events.queries.rows import event_row

ORDER = ("-event_id", "-id")
TOTALS = {"received": "reported", "closed": "closed", "on_time": "closed_on_time"}
OPEN = "open"
OPEN_FOR = {f"{OPEN}_{name}": name for _, name in AGES}
"""Open events by their age."""
FIGURES = (*TOTALS, OPEN, *OPEN_FOR, *STEPS)
"""Every number of the two pages."""


def rows_behind(asked: Asked, actor: Actor, measure: str, key: int | None) -> QuerySet[Any]:
    """The runs or stints that a number counts, for one subject or for the whole."""
    chosen = MEASURES.get(measure)
    field = key_of(asked, actor, chosen.table) if chosen is not None else None
    if chosen is None or field is None:
        raise UnknownMeasure(measure=measure)
    counted = chosen.rows(asked.period.begins, asked.period.counted_until)
    rows = chosen.table._default_manager.filter(within(asked, actor, chosen.table), counted).exclude(**{field: None})
    if key is None:
        return rows
    merged = [old for old, heir in heirs_of(asked).items() if heir == key]
    return rows.filter(**{f"{field}__in": [key, *merged]} if merged else {field: key})


def rows_of_figure(asked: Asked, actor: Actor, figure: str) -> tuple[QuerySet[Any], str]:
    """The runs or stints that a number of the pages 运行 and 处置 counts, and the measure that says what each adds."""
    until = asked.period.counted_until
    if figure == OPEN or figure in OPEN_FOR:
        old = ages_at(until)[OPEN_FOR[figure]] if figure in OPEN_FOR else Q()
        return EventLife.objects.filter(within(asked, actor, EventLife), open_at(until), old), "reported"
    chosen = MEASURES[STEPS.get(figure) or TOTALS[figure]]
    rows = chosen.table._default_manager.filter(
        within(asked, actor, chosen.table), chosen.rows(asked.period.begins, until)
    )
    return (rows.exclude(**{chosen.between[0]: None}) if chosen.between else rows), chosen.name


def counted_rows(rows: Sequence[Any], actor: Actor, measure: str) -> list[dict[str, Any]]:
    """Each row with its event, as far as the reader may see it: what a department gave back keeps its number alone, and
    what it has comes with its work order.
    """
    at, ids = now(), {row.event_id for row in rows}
    shown = Event.objects.visible_to(actor).filter(pk__in=ids).select_related("type", "lead_unit", "taken_by")
    events = {event.pk: event_row(event, at) for event in shown}
    tickets = tickets_of(actor, ids)
    numbers = dict(Event.objects.filter(pk__in=ids).values_list("pk", "number"))
    return [
        {
            "event_id": row.event_id,
            "number": numbers.get(row.event_id, ""),
            "run": row.run,
            "minutes": _minutes(row, MEASURES[measure]),
            "event": events.get(row.event_id),
            "order_id": tickets.get((row.event_id, row.run)),
        }
        for row in rows
    ]


def tickets_of(actor: Actor, event_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """The work order of the reader's own department for each event and run, its leg as lead before one as helper. One
    statement; none for who belongs to no department.
    """
    units = unit_ids(actor)
    if not units or not event_ids:
        return {}
    own = WorkOrder.objects.visible_to(actor).filter(event_id__in=event_ids, unit_id__in=units)
    legs = own.order_by("role", "id").values_list("event_id", "run", "id", "role")
    found: dict[tuple[int, int], int] = {}
    for event_id, run, order_id, role in legs:
        if role == WorkOrder.Role.LEAD or (event_id, run) not in found:
            found[event_id, run] = order_id
    return found


def _minutes(row: Any, measure: Measure) -> float | None:
    """What this row adds to a sum of minutes; None of a count, and of a row that lacks one of the two moments."""
    if measure.between is None:
        return None
    since, until = (getattr(row, name) for name in measure.between)
    return round((until - since).total_seconds() / 60, 1) if since and until else None
