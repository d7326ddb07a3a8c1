"""What waits for the platform: alerts it may confirm, events it may file, and how well rules of routing chose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Count, F, Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from core.models import HistoryRow
from events.models import Alert, Automation, Event
from events.models.alert import AlertQuerySet
from events.moves import AlertMove
from events.queries.automation import Procedure, measure_cameras, measure_subjects, pair_of
from events.rules.automation import Figure, is_weaker

Subject = tuple[str, int]
AT_ONCE = 200
FILED_WITHIN = timedelta(hours=1)
"""An event that nobody has touched an hour after its alert was confirmed is left to people: it waited for a reason."""
FOUND_WITHIN = timedelta(days=2)
"""Nor is what was open for days before somebody confirmed it."""
MEASURED_EVERY = 60.0
"""Seconds after which an automation for which nothing waits is measured again: it may have fallen below meanwhile."""
SIGNED_STATES = ("handling", "suspended", "handled", "checking", "checked", "closed", "evaluated")
KEPT_SECONDS = 60.0
_kept: dict[tuple[int, int], tuple[float, Figure]] = {}
_measured: dict[int, float] = {}


def is_due(automation: Automation, at: datetime) -> bool:
    """Is there anything for it to do, or was it not measured for a minute? Going through the findings of a quarter
    costs a city tens of milliseconds: not every few seconds for nothing.
    """
    alerts = _open_alerts(automation) if automation.confirms else Alert.objects.none()
    filed = _confirmed_alerts(automation, at) if automation.files else Alert.objects.none()
    if alerts.exists() or filed.filter(event__state="reported").exists():
        return True
    if _measured.get(automation.pk, float("-inf")) > monotonic() - MEASURED_EVERY:
        return False
    _measured[automation.pk] = monotonic()
    return True


def _open_alerts(automation: Automation) -> AlertQuerySet:
    """What the platform has not looked at, unless somebody has put it aside or it is over already."""
    alerts = Alert.objects.off_shelf().filter(source=automation.source, rule=automation.rule)
    return alerts.filter(recovered_at=None, automatic=None)


def _confirmed_alerts(automation: Automation, at: datetime) -> AlertQuerySet:
    alerts = Alert.objects.filter(source=automation.source, rule=automation.rule, state="confirmed")
    return alerts.filter(decided_at__gte=at - FILED_WITHIN, found_at__gte=at - FOUND_WITHIN)


@dataclass(frozen=True)
class Waiting:
    """An open alert that the platform may look at."""

    id: int
    subject: Subject
    camera_id: int | None


def waiting_alerts(automation: Automation, procedure: Procedure, only: int | None = None) -> list[Waiting]:
    """Open alerts of the scenario's types that the platform has not looked at, the oldest first.
    `only` one alert, where it is named.
    """
    alerts = _open_alerts(automation).filter(type_code__in=procedure.types)
    if only is not None:
        alerts = alerts.filter(pk=only)
    rows = alerts.order_by("id").values_list("pk", "subject_kind", "subject_id", "camera_id")[:AT_ONCE]
    return [Waiting(pk, (kind, subject_id), camera_id) for pk, kind, subject_id, camera_id in rows]


def weak_among(automation: Automation, subjects: Collection[Subject], at: datetime) -> dict[Subject, Figure]:
    """Cameras and devices that are measurably worse than the automation asks, with their figures."""
    if not subjects:
        return {}
    since = at - timedelta(days=automation.window_days)
    figures = measure_subjects(pair_of(automation), subjects, since)
    return {key: figure for key, figure in figures.items() if is_weaker(figure, precision=automation.min_precision)}


def figures_of_cameras(automation: Automation, cameras: Collection[int], at: datetime) -> dict[int, Figure]:
    """What decides about what a camera found: how often people found this camera right by this rule."""
    return measure_cameras(pair_of(automation), cameras, at - timedelta(days=automation.window_days))


def was_restored(alert_id: int) -> bool:
    """Has a person taken back a dismissal of it? Then a person has it in hand."""
    rows = HistoryRow.objects.filter(subject_kind="alert", subject_id=alert_id, move=AlertMove.RESTORE)
    return rows.exists()


def waiting_events(automation: Automation, procedure: Procedure, at: datetime, only: int | None = None) -> list[Event]:
    """Events born from confirmed alerts of this pair that nobody has decided about or taken on since."""
    born = _confirmed_alerts(automation, at).filter(type_code__in=procedure.types)
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
