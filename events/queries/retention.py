"""What is past its time: attachments by kind, and what an erasing would take now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from core.clock import now
from events.models import Alert, Attachment, EvidenceHold, RetentionRule
from events.retention_kinds import RetentionKind, registered_kinds


@dataclass(frozen=True)
class Amount:
    """What would go. `bytes` is None where the rows do not know."""

    count: int
    bytes: int | None


@dataclass(frozen=True)
class Due:
    """What would go now, of one kind."""

    rule: RetentionRule
    count: int
    bytes: int | None


def due_now(at: datetime | None = None) -> list[Due]:
    """Kind by kind, in their order; nothing is changed."""
    at = at or now()
    kinds = registered_kinds()
    rules = [rule for rule in RetentionRule.objects.all() if rule.code in kinds]
    amounts = [(rule, due_of(kinds[rule.code], at - timedelta(days=rule.days))) for rule in rules]
    return [Due(rule, amount.count, amount.bytes) for rule, amount in amounts]


def due_of(kind: RetentionKind, before: datetime) -> Amount:
    """What of a kind is older and held by nothing: one statement."""
    asked: dict[str, Any] = {"found": Count("pk")}
    if kind.size_field:
        asked["size"] = Sum(kind.size_field)
    told = kind.due(before).order_by().aggregate(**asked)
    return Amount(told["found"], (told["size"] or 0) if kind.size_field else None)


def kept_for(code: str, otherwise: timedelta) -> timedelta:
    """For how long a kind is kept; `otherwise` while its row is not there yet."""
    days = RetentionRule.objects.filter(code=code).values_list("days", flat=True).first()
    return timedelta(days=days) if days is not None else otherwise


def of_alerts(kind: str, before: datetime) -> QuerySet[Attachment]:
    """Evidence of alerts that led to no event. What nobody has decided yet stays."""
    alerts = _alerts_of(kind)
    return _kept_by_nothing(
        Attachment.objects.filter(Exists(alerts), kind=kind, event=None, created_at__lt=before).exclude(
            Exists(alerts.filter(Q(state="open") | Q(event__isnull=False)))
        )
    )


def of_ended_events(before: datetime, **which: Any) -> QuerySet[Attachment]:
    """Attachments of events that ended before; of a merged one, when the matter it belongs to has ended too."""
    ended = Q(event__ended_at__lt=before) & (Q(event__main_event=None) | Q(event__main_event__ended_at__lt=before))
    return _kept_by_nothing(Attachment.objects.filter(ended, created_at__lt=before, **which))


def of_nobody(at: datetime) -> QuerySet[Attachment]:
    """Uploads that no event took and recordings that no alert has, past the moment that they say themselves."""
    return Attachment.objects.filter(erase_after__lt=at, event=None).exclude(
        Exists(_alerts_of(Attachment.Kind.STILL)) | Exists(_alerts_of(Attachment.Kind.CLIP))
    )


def _alerts_of(kind: str) -> QuerySet[Alert]:
    column = "clip" if kind == Attachment.Kind.CLIP else "still"
    return Alert.objects.filter(**{column: OuterRef("pk")})


def _kept_by_nothing(attachments: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Without those that are held (封存), by their event, the one it follows, or their alert."""
    holds = EvidenceHold.objects.filter(released_at=None)
    return attachments.exclude(
        Exists(holds.filter(event=OuterRef("event")))
        | Exists(holds.filter(event=OuterRef("event__main_event")))
        | Exists(holds.filter(alert__still=OuterRef("pk")))
        | Exists(holds.filter(alert__clip=OuterRef("pk")))
    )
