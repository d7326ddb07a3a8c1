"""What waits for the platform: alerts it may confirm, events it may file, and how well rules of routing chose."""

from collections.abc import Collection
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Count, F, Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from core.models import HistoryRow
from events.models import Alert, Automation, Event
from events.moves import AlertMove
from events.queries.automation import Procedure, measure_subjects, pair_of
from events.rules.automation import Figure, is_weaker

Subject = tuple[str, int]
AT_ONCE = 200
FILED_WITHIN = timedelta(hours=1)
"""An event that nobody has touched an hour after its alert was confirmed is left to people: it waited for a reason."""
SIGNED_STATES = ("handling", "suspended", "handled", "checking", "checked", "closed", "evaluated")
KEPT_SECONDS = 60.0
_kept: dict[tuple[int, int], tuple[float, Figure]] = {}


def waiting_alerts(automation: Automation, procedure: Procedure, only: int | None = None) -> list[tuple[int, Subject]]:
    """Open alerts of the scenario's types that the platform has not looked at, the oldest first, with their subjects.
    What somebody has put aside, or what is over already, is left alone. `only` one alert, where it is named.
    """
    alerts = Alert.objects.off_shelf().filter(
        source=automation.source, rule=automation.rule, type_code__in=procedure.types, recovered_at=None, automatic=None
    )
    if only is not None:
        alerts = alerts.filter(pk=only)
    rows = alerts.order_by("id").values_list("pk", "subject_kind", "subject_id")[:AT_ONCE]
    return [(pk, (kind, subject_id)) for pk, kind, subject_id in rows]


def weak_among(automation: Automation, subjects: Collection[Subject], at: datetime) -> dict[Subject, Figure]:
    """Cameras and devices that are measurably worse than the automation asks, with their figures."""
    if not subjects:
        return {}
    since = at - timedelta(days=automation.window_days)
    figures = measure_subjects(pair_of(automation), subjects, since)
    return {key: figure for key, figure in figures.items() if is_weaker(figure, precision=automation.min_precision)}


def was_restored(alert_id: int) -> bool:
    """Has a person taken back a dismissal of it? Then a person has it in hand."""
    rows = HistoryRow.objects.filter(subject_kind="alert", subject_id=alert_id, move=AlertMove.RESTORE)
    return rows.exists()


def waiting_events(automation: Automation, procedure: Procedure, at: datetime, only: int | None = None) -> list[Event]:
    """Events born from confirmed alerts of this pair that nobody has decided about or taken on since."""
    born = Alert.objects.filter(
        source=automation.source,
        rule=automation.rule,
        state="confirmed",
        type_code__in=procedure.types,
        decided_at__gte=at - FILED_WITHIN,
        found_at__gte=at - timedelta(days=automation.window_days),
    )
    if only is not None:
        born = born.filter(pk=only)
    untouched = Event.objects.filter(
        pk__in=born.values("event_id"),
        state="reported",
        settled_version=1,
        taken_at=None,
        source=automation.source,
        type_code=procedure.event_type,
    )
    return list(untouched.order_by("pk")[:AT_ONCE])


def measure_routing(rules: Collection[int], since: datetime) -> dict[int, Figure]:
    """How often the department that a rule named was the one that took the event on: by the events whose lead it named
    and that a department has signed since. One statement.
    """
    if not rules:
        return {}
    led = Event.objects.filter(reported_at__gte=since, state__in=SIGNED_STATES, routing__lead__by="rule")
    named = led.filter(routing__lead__id__in=list(rules)).annotate(
        rule_id=KT("routing__lead__id"), named=KT("routing__lead__unit_id"), led_by=Cast("lead_unit_id", TextField())
    )
    rows = named.values("rule_id").annotate(right=Count("id", filter=Q(named=F("led_by"))), signed=Count("id"))
    found = {int(row["rule_id"]): Figure(row["right"], row["signed"] - row["right"]) for row in rows}
    return {rule_id: found.get(rule_id, Figure()) for rule_id in rules}


def routing_figure(rule_id: int, window_days: int, at: datetime) -> Figure:
    """The same of one rule, at most a minute old: looking through the events of a quarter takes a while."""
    key = (rule_id, window_days)
    if key not in _kept or _kept[key][0] < monotonic():
        figure = measure_routing([rule_id], at - timedelta(days=window_days))[rule_id]
        _kept[key] = (monotonic() + KEPT_SECONDS, figure)
    return _kept[key][1]


def forget_routing_figures() -> None:
    _kept.clear()
