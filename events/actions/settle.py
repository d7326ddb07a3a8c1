"""自动判定与自动立案: what stands above its measured precision is confirmed and filed without a person.

One sweep measures every automation in force, stops those that fell below, and then takes the alerts and the events that
wait, each in a transaction of its own. Any number of workers may sweep at once: each locks what it decides about and
looks again, a row that a person has locked is theirs, and one verdict an alert is all that the database takes. What a
crash interrupts is found again by the next sweep.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import SYSTEM
from core.clock import now
from core.errors import DomainError
from events.actions.accept import file_event
from events.actions.alert_decisions import confirm_alert
from events.actions.alert_moving import finish
from events.actions.automation import figures_of, stop_automation
from events.live import publish_alert
from events.models import Alert, AutomaticVerdict, Automation, Condition, Event
from events.moves import AlertMove
from events.queries.automation import (
    Procedure,
    filing_precision,
    measure,
    pair_of,
    procedures,
    why_not,
    why_not_filed,
    windows_of,
)
from events.queries.settling import (
    figures_of_cameras,
    is_due,
    routing_figure,
    waiting_alerts,
    waiting_events,
    was_restored,
    weak_among,
)
from events.rules.automation import Figure, Why, draw_of_alert, draw_of_event, shortfall
from events.rules.routing import Decision
from events.rules.sampling import is_sampled

logger = logging.getLogger(__name__)
Kind = AutomaticVerdict.Kind
STOPPING = frozenset({Why.BELOW, Why.ABOUT_PERSON, Why.SUSPECTED, Why.NO_SCENARIO})
"""What switches an automation off. Too small a sample only lets people decide until there is enough of it again."""


def settle_automatically(alert_id: int | None = None) -> Counter[str]:
    """One sweep, or a look at one alert alone; how many alerts were confirmed, sampled or left, events filed, and
    automations stopped.
    """
    done: Counter[str] = Counter()
    at = now()
    automations = [one for one in Automation.objects.in_force() if is_due(one, at)]
    if not automations:
        return done
    figures, known = measure(windows_of(automations, at)), procedures()
    for automation in automations:
        figure, procedure = figures[pair_of(automation)], known.get(pair_of(automation))
        lacks = why_not(automation, figure, procedure)
        if lacks in STOPPING:
            done["stopped"] += stop_automation(automation_id=automation.pk, why=lacks, figure=figure)
        elif lacks is None and procedure is not None:
            done += _settle_alerts(automation, figure, procedure, at, alert_id)
            done += _file_events(automation, figure, procedure, at, alert_id)
    return done


# --- alerts


def _settle_alerts(
    automation: Automation, figure: Figure, procedure: Procedure, at: datetime, only: int | None
) -> Counter[str]:
    done: Counter[str] = Counter()
    if not automation.confirms:
        return done
    waiting = waiting_alerts(automation, procedure, only)
    weak = weak_among(automation, {one.subject for one in waiting}, at)
    cameras = figures_of_cameras(automation, {one.camera_id for one in waiting if one.camera_id is not None}, at)
    for one in waiting:
        own = cameras.get(one.camera_id) if one.camera_id is not None else None
        try:
            verdict = _settle(one.id, automation.pk, Measured(figure, own, weak.get(one.subject)))
        except DomainError as refused:
            logger.warning("alert %s is left to a person: %s", one.id, refused)
            verdict = _leave(one.id, automation.pk, {"refused": refused.code})
        except Exception:
            logger.exception("alert %s could not be settled and is tried again", one.id)
            verdict = ""
        done[verdict] += bool(verdict)
    return done


@dataclass(frozen=True)
class Measured:
    """How often people found the rule right: as a whole, by the camera that found this (None where none did), and at
    its subject where that is measurably worse than asked.
    """

    whole: Figure
    camera: Figure | None
    weak: Figure | None

    @property
    def deciding(self) -> Figure:
        """The pair of camera and rule is what decides; without a camera the rule does."""
        return self.whole if self.camera is None else self.camera


@transaction.atomic
def _settle(alert_id: int, automation_id: int, measured: Measured) -> str:
    """One alert, if it still waits and the automation is still in force: the row of each is held until the end."""
    alert = _still_waiting(alert_id)
    automation = Automation.objects.select_for_update().filter(pk=automation_id, state="on").first() if alert else None
    if alert is None or automation is None:
        return ""
    figures = _told(automation, measured.whole)
    if measured.camera is not None:
        figures["camera"] = figures_of(measured.camera)
    lacks = shortfall(measured.deciding, precision=automation.min_precision, sample=automation.min_sample)
    if lacks is not None:
        return _verdict(alert, automation, Kind.LEFT, {**figures, "lacks": lacks.value})
    if measured.weak is not None:
        return _verdict(alert, automation, Kind.LEFT, {**figures, "subject": figures_of(measured.weak)})
    if was_restored(alert.pk):
        return _verdict(alert, automation, Kind.LEFT, {**figures, "restored": True})
    if is_sampled(draw_of_alert(alert.pk), percent=automation.audit_percent):
        finish(alert, AlertMove.SAMPLE, SYSTEM, facts={"automatic": figures}, note=SAMPLED_NOTE, settles=False)
        publish_alert(alert, "sampled")
        return _verdict(alert, automation, Kind.SAMPLED, figures)
    verdict = _verdict(alert, automation, Kind.CONFIRMED, figures)
    confirm_alert(
        alert_id=alert.pk, actor=SYSTEM, figures=figures, note=_in_words(automation, measured.deciding, "自动判定属实")
    )
    return verdict


def _still_waiting(alert_id: int) -> Alert | None:
    """The open alert with its row locked; None where it was decided, or where somebody is deciding about it now."""
    waiting = Alert.objects.off_shelf().select_for_update(of=("self",), skip_locked=True)
    alert = waiting.select_related("acknowledged_by", "shelved_by").filter(pk=alert_id).first()
    if alert is None or AutomaticVerdict.objects.filter(pk=alert_id).exists():
        return None
    return alert


def _verdict(alert: Alert, automation: Automation, kind: str, figures: dict[str, Any]) -> str:
    AutomaticVerdict.objects.create(alert=alert, automation=automation, kind=kind, at=now(), figures=figures)
    return kind


@transaction.atomic
def _leave(alert_id: int, automation_id: int, figures: dict[str, Any]) -> str:
    """What cannot become an event by itself is not tried again every few seconds."""
    alert = _still_waiting(alert_id)
    if alert is None:
        return ""
    AutomaticVerdict.objects.create(alert=alert, automation_id=automation_id, kind=Kind.LEFT, at=now(), figures=figures)
    return Kind.LEFT


# --- events


def _file_events(
    automation: Automation, figure: Figure, procedure: Procedure, at: datetime, only: int | None
) -> Counter[str]:
    done: Counter[str] = Counter()
    if why_not_filed(automation, figure, procedure) is not None:
        return done
    for event in waiting_events(automation, procedure, at, only):
        if is_sampled(draw_of_event(event.number), percent=automation.audit_percent):
            continue
        try:
            done["filed"] += _file(event, automation.pk, figure, procedure)
        except DomainError as refused:
            logger.warning("event %s is left to a person: %s", event.number, refused)
        except Exception:
            logger.exception("event %s could not be filed and is tried again", event.number)
    return done


@transaction.atomic
def _file(event: Event, automation_id: int, figure: Figure, procedure: Procedure) -> bool:
    """立案 under the scenario's condition, unless the automation went off or a person decided something meanwhile: a
    decision since it was read makes this click as stale as anybody's.
    """
    automation = Automation.objects.select_for_update().filter(pk=automation_id, state="on", files=True).first()
    condition = Condition.objects.filter(type_id=event.type_id, code=procedure.condition).first()
    if automation is None or condition is None:
        return False

    def may_dispatch(decision: Decision) -> bool:
        return _rule_is_measured(decision, automation)

    figures = {**_told(automation, figure), "asked": filing_precision(automation, procedure)}
    file_event(
        event_id=event.pk,
        actor=SYSTEM,
        version=event.version,
        condition_id=condition.pk,
        note=_in_words(automation, figure, f"按场景“{procedure.name}”自动立案"),
        figures=figures,
        may_dispatch=may_dispatch,
    )
    return True


def _rule_is_measured(decision: Decision, automation: Automation) -> bool:
    """May a rule dispatch what no person has looked at? Only one that stands above the same limits as the findings."""
    if not decision.automatic or decision.lead_by.by != "rule" or decision.lead_by.id is None:
        return False
    figure = routing_figure(decision.lead_by.id, automation.window_days, now())
    return shortfall(figure, precision=automation.min_precision, sample=automation.min_sample) is None


# --- words

SAMPLED_NOTE = "自动判定的抽样：由人核实"


def _told(automation: Automation, figure: Figure) -> dict[str, Any]:
    return {
        "automation": automation.pk,
        **figures_of(figure),
        "asked": automation.min_precision,
        "days": automation.window_days,
    }


def _in_words(automation: Automation, figure: Figure, what: str) -> str:
    lower = f"{figure.lower:.1%}" if figure.lower is not None else "—"
    return (
        f"{what}：近 {automation.window_days} 天由人判定 {figure.sample} 条，属实 {figure.confirmed} 条，"
        f"属实率下限 {lower}（要求 {automation.min_precision:.1%}）"
    )
