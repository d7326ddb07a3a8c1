"""The review queue: open findings of cameras as cards, the most urgent first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.scope import roles_over
from core.actor import Actor
from core.clock import now
from core.errors import Language
from core.live.snapshot import Position
from events.lifecycle import ALERT_SEATS
from events.models import Alert
from events.queries.alerts import alert_list
from events.queries.automation import measure_pairs
from events.queries.rows import media_url
from events.rules.automation import Figure
from video.actions.review_holds import holders_of
from video.review_shapes import ReviewAlert, ReviewCard, ReviewPast, ReviewQueue, ReviewReason
from video.rules.algorithms import read_algorithms
from video.rules.bursts import BURST, Found, bursts

SOURCE, SUBJECT_KIND = "video", "zone"
MOST_ALERTS, MOST_CARDS, DAYS = 300, 40, 90
_REASONS: Mapping[str, str] = {
    "nothing_there": "Nothing of the kind in the picture",
    "allowed": "Normal, or permitted",
    "wrong_object": "Another kind of thing",
    "bad_picture": "Blurred, covered or reflecting picture",
    "test": "Test or exercise",
    "other": "Other",
}


def review_queue(
    actor: Actor, stream: Position, *, language: Language, area: str = "", algorithm: str = ""
) -> ReviewQueue:
    """Four statements and one question to Redis, however many cards there are."""
    waiting = alert_list(actor, state="open", area=area, shelf="without")
    waiting = waiting.filter(source=SOURCE, subject_kind=SUBJECT_KIND)
    if algorithm:
        waiting = waiting.filter(rule=algorithm)
    alerts = {alert.pk: alert for alert in waiting.order_by("level", "found_at", "id")[:MOST_ALERTS]}
    left = len(alerts) if len(alerts) < MOST_ALERTS else waiting.count()
    groups = bursts(_found(alert) for alert in alerts.values())[:MOST_CARDS]
    shown = [[alerts[one.id] for one in group] for group in groups]
    past = measure_pairs(SOURCE, {(row[0].camera_id or 0, row[0].rule) for row in shown}, now() - timedelta(days=DAYS))
    held = holders_of([alert.pk for row in shown for alert in row], but=actor)
    return ReviewQueue(
        cards=[_card(row, actor, language, past, held) for row in shown],
        left=left,
        burst_seconds=int(BURST.total_seconds()),
        reasons=reasons(language),
        as_of=stream.as_of,
        epoch=stream.epoch,
    )


def reasons(language: Language) -> list[ReviewReason]:
    return [
        ReviewReason(code=reason.value, name=str(reason.label) if language == "zh" else _REASONS[reason.value])
        for reason in Alert.Dismissal
    ]


def _found(alert: Alert) -> Found:
    # A zone that was drawn anew is another subject, but for whoever judges it is the same place by its name.
    place = (alert.camera_id, alert.detail.get("zone") or alert.subject_id, alert.rule)
    return Found(alert.pk, place, alert.level, alert.found_at, max(alert.found_at, alert.last_seen_at))


def _card(
    alerts: list[Alert],
    actor: Actor,
    language: Language,
    past: Mapping[tuple[int, str], Figure],
    held: Mapping[int, list[str]],
) -> ReviewCard:
    first = alerts[0]
    algorithm = read_algorithms().get(first.rule)
    figure = past.get((first.camera_id or 0, first.rule), Figure())
    return ReviewCard(
        key=f"{first.camera_id}:{first.subject_id}:{first.rule}:{first.pk}",
        camera_id=first.camera_id or 0,
        camera_name=first.camera_name,
        zone=str(first.detail.get("zone", "")),
        algorithm=first.rule,
        algorithm_name=algorithm.name[language] if algorithm else first.rule,
        suspected=algorithm.suspected if algorithm else False,
        limits=algorithm.limits[language] if algorithm else "",
        title=first.title,
        type_name=first.type_name,
        level=min(alert.level for alert in alerts),
        area_label=first.area_label,
        address=first.address,
        alerts=[_alert(alert) for alert in alerts],
        past=ReviewPast(
            days=DAYS,
            confirmed=figure.confirmed,
            dismissed=figure.dismissed,
            ratio=round(figure.ratio, 4) if figure.ratio is not None else None,
        ),
        may_judge=bool(roles_over(actor, first.area_path) & set(ALERT_SEATS)),
        held_by=sorted({name for alert in alerts for name in held.get(alert.pk, ())}),
    )


def _alert(alert: Alert) -> ReviewAlert:
    lasted: Any = alert.detail.get("lasted_seconds")
    return ReviewAlert(
        id=alert.pk,
        version=alert.version,
        level=alert.level,
        found_at=alert.found_at,
        last_seen_at=alert.last_seen_at,
        seen_count=alert.seen_count,
        confidence=alert.confidence,
        still_url=media_url(alert.still_id),
        clip_url=media_url(alert.clip_id),
        boxes=alert.boxes,
        zone_polygon=alert.zone_polygon,
        lasted_seconds=float(lasted) if isinstance(lasted, int | float) else None,
        acknowledged_by=alert.acknowledged_by.name if alert.acknowledged_by else None,
    )
