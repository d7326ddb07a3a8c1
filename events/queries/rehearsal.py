"""What would have been automatic in the past: the findings of one source × rule, gone through again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.errors import DecidesAboutPerson, OnlySuspected, PairOfNoScenario
from events.models import Alert, AutomaticVerdict
from events.models.event import Ending
from events.queries.automation import Procedure, procedures
from events.rules.automation import Limits, Past, Rehearsal, rehearse

MOST_FINDINGS = 50_000
SHOWN = 200
COLUMNS = (
    "pk", "camera_id", "found_at", "decided_at", "state", "automatic__kind", "event__state", "event__ending",
    "event__ended_at",
)  # fmt: skip


def preview(
    *,
    source: str,
    rule: str,
    actor: Actor,
    days: int,
    min_precision: float,
    min_sample: int,
    window_days: int,
    audit_percent: int,
) -> dict[str, Any]:
    """The last `days` as if the switch had been on with these limits. Nothing is kept. Three statements at most."""
    procedure = _procedure(source, rule)
    at = now()
    since = at - timedelta(days=days)
    limits = Limits(min_precision, min_sample, timedelta(days=window_days))
    rows = Alert.objects.filter(
        source=source, rule=rule, type_code__in=procedure.types, found_at__gte=since - limits.window
    )
    newest = list(rows.order_by("-found_at", "-id").values_list(*COLUMNS)[: MOST_FINDINGS + 1])
    told = rehearse(_past(newest[:MOST_FINDINGS]), limits, audit_percent=audit_percent, since=since)
    return {
        "days": days,
        **{name: getattr(told, name) for name in COUNTS},
        "truncated": len(newest) > MOST_FINDINGS,
        "wrong": _wrong(told, actor),
    }


COUNTS = ("examined", "automatic", "sampled", "confirmed", "dismissed", "undecided")


def _procedure(source: str, rule: str) -> Procedure:
    procedure = procedures().get((source, rule))
    if procedure is None:
        if not Alert.objects.filter(source=source, rule=rule).exists():
            raise NotFound()
        raise PairOfNoScenario(source=Alert.Source(source).label, rule=rule)
    if procedure.about_person:
        raise DecidesAboutPerson(scenario=procedure.name)
    if procedure.suspected:
        raise OnlySuspected(rule=rule)
    return procedure


def _past(rows: list[tuple[Any, ...]]) -> Iterator[Past]:
    """Judged by the same words as the measure: a person's own, or what people made of the event."""
    for pk, camera, found_at, decided_at, state, kind, event_state, ending, ended_at in rows:
        if kind == AutomaticVerdict.Kind.CONFIRMED:
            if event_state in ("rejected", "cancelled"):
                yield Past(pk, found_at, ended_at, False, camera)
            elif event_state in ("closed", "evaluated") and ending == Ending.CHECKED:
                yield Past(pk, found_at, ended_at, True, camera)
            else:
                yield Past(pk, found_at, camera=camera)
        elif state in ("confirmed", "dismissed"):
            yield Past(pk, found_at, decided_at, state == "confirmed", camera)
        else:
            yield Past(pk, found_at, camera=camera)


def _wrong(told: Rehearsal, actor: Actor) -> list[dict[str, Any]]:
    wrong = Alert.objects.visible_to(actor).filter(pk__in=told.wrong[-SHOWN:]).order_by("-found_at", "-id")
    return [
        {
            "id": alert.pk,
            "title": alert.title,
            "found_at": alert.found_at,
            "area_label": alert.area_label,
            "decision_reason": alert.decision_reason,
        }
        for alert in wrong.only("title", "found_at", "area_label", "decision_reason")
    ]
