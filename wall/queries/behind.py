"""The events behind a number of the wall: the list is as long as the number."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.rules.site_settings import fault
from analytics.queries.event_figures import ASSESSED, assessed, events_of, late_at
from analytics.queries.scope import WallScope
from analytics.rules.days import today_of
from core.clock import local, now
from core.errors import Invalid
from core.masking import without_numbers
from events.lifecycle import OPEN_STATES, STAGES
from events.models import Event
from wall.rules.view import FIGURES, KEYED
from wall.shapes import Behind, BehindEvent

SHOWN = 50


def behind(scope: WallScope, figure: str, key: str = "") -> Behind:
    """`figure` is one of wall.rules.view.FIGURES; `key` the source, street path or stage."""
    if figure not in FIGURES or (figure in KEYED) != bool(key):
        raise Invalid(errors=[fault("figure", "unknown", "请选择大屏上的一个数字。", "Choose a number of the wall.")])
    at = now()
    rows = counted(scope, figure, key, at)
    order = ("due_at", "id") if figure in ("overdue", "near_due") else ("level", "-reported_at", "-id")
    return Behind(
        figure=figure,
        key=key,
        total=rows.count(),
        at=at,
        items=[
            BehindEvent(
                id=event.pk,
                number=event.number,
                level=event.level,
                title=without_numbers(event.title),
                area_label=event.area_label,
                state=event.state,
                reported_at=event.reported_at,
                due_at=event.due_at if event.due_kind else None,
                is_overdue=bool(event.due_kind) and event.due_at < at and event.state in OPEN_STATES,
            )
            for event in rows.order_by(*order)[:SHOWN]
        ],
    )


def counted(scope: WallScope, figure: str, key: str, at: datetime) -> QuerySet[Event]:
    """The same conditions as the figures of the snapshot."""
    events, today = events_of(scope), today_of(local(at))
    runs, is_open = ~Q(due_kind=""), Q(state__in=OPEN_STATES)
    conditions = {
        "received": Q(reported_at__gte=today.start),
        "source": Q(reported_at__gte=today.start, source=key),
        "open": is_open,
        "near_due": is_open & runs & Q(warn_at__lte=at, due_at__gte=at),
        "overdue": is_open & runs & Q(due_at__lt=at),
        "street": is_open & (Q(area_path=key) | Q(area_path__startswith=f"{key}.")),
        "stage": _in_stage(key),
    }
    if figure in conditions:
        return events.filter(conditions[figure])
    return assessed(events, at).filter(late_at(at), is_exempt=False)


def _in_stage(stage: str) -> Q:
    """What waits in a stage; in the last one, what is closed and not yet judged."""
    if stage == "evaluate":
        return Q(state="closed", reported_at__gte=now() - ASSESSED)
    return Q(state__in=[state for state, name in STAGES.items() if name == stage and state in OPEN_STATES])
