"""The sources that are out of service, for the monthly review."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.models import AlarmRules, OutOfService
from events.models.out_of_service import SUBJECT_KIND, OutOfServiceQuerySet
from events.queries.alarm_rules import alarm_rules
from events.queries.allowed import moves_of_out_of_service
from events.queries.history import history_of
from events.queries.out_of_service_rows import out_of_service_row

NEWEST = ("-taken_out_at", "-id")
WITH_PEOPLE = ("taken_out_by", "reviewed_by", "put_back_by")


def out_of_service_list(actor: Actor, *, state: str = "", overdue: bool = False) -> OutOfServiceQuerySet:
    """Visible ones with everybody a row names; `overdue`: only those whose review is due."""
    found = OutOfService.objects.visible_to(actor).select_related(*WITH_PEOPLE)
    if overdue:
        return _overdue(found, alarm_rules())
    return found.filter(state=state) if state else found


def _overdue(found: OutOfServiceQuerySet, rules: AlarmRules) -> OutOfServiceQuerySet:
    looked_at = Coalesce(F("reviewed_at"), F("taken_out_at"))
    return found.out().annotate(looked_at=looked_at).filter(looked_at__lt=now() - timedelta(days=rules.review_days))


def overdue_count(actor: Actor) -> int:
    return _overdue(OutOfService.objects.visible_to(actor), alarm_rules()).count()


def entries_of(found: Collection[OutOfService], actor: Actor, *, english: bool = False) -> list[dict[str, Any]]:
    """Rows with their buttons: one statement, for the rules."""
    rules = alarm_rules()
    return [
        {**out_of_service_row(out, rules), "allowed_moves": moves_of_out_of_service(out, actor, english=english)}
        for out in found
    ]


def out_of_service_detail(out_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """One of them with its history: three statements."""
    out = out_of_service_list(actor).filter(pk=out_id).first()
    if out is None:
        raise NotFound()
    return {**entries_of([out], actor, english=english)[0], "history": history_of(SUBJECT_KIND, out.pk)}
