"""How near to the place each kind of task has to be signed in, and how near people were lately."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, Max, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.queries.site_settings import who_set
from core.clock import now
from core.errors import NotFound
from core.models import HistoryRow
from dispatch.lifecycle import Move
from dispatch.models import FieldTask, TaskRule
from dispatch.rules.geofence import GEOFENCE

LOOKED_BACK = timedelta(days=30)


def task_rules(*, may_edit: bool) -> dict[str, Any]:
    """Every kind of task: one statement."""
    rows = {row.kind: row for row in TaskRule.objects.select_related("set_by")}
    return {
        "items": [
            {
                "kind": kind,
                "geofence_metres": rows[kind].geofence_metres if kind in rows else GEOFENCE.usual,
                **who_set(rows.get(kind)),
            }
            for kind in FieldTask.Kind.values
        ],
        "bound": vars(GEOFENCE),
        "may_edit": may_edit,
    }


def sign_ins(kind: str, metres: int) -> dict[str, Any]:
    """How many of the last month's sign-ins were farther away than so many metres: one statement.

    What was refused for being too far is not kept, so a wider range cannot be tried on the past.
    """
    if kind not in FieldTask.Kind.values:
        raise NotFound()
    arrivals = HistoryRow.objects.filter(
        at__gte=now() - LOOKED_BACK,
        subject_kind="task",
        move__in=(Move.ARRIVE, Move.REPORT_ARRIVAL),
        facts__has_key="distance_m",
        subject_id__in=FieldTask.objects.filter(kind=kind).values("pk"),
    ).annotate(metres=Cast(KT("facts__distance_m"), IntegerField()))
    told = arrivals.aggregate(
        signed_in=Count("id"), beyond=Count("id", filter=Q(metres__gt=metres)), farthest=Max("metres")
    )
    return {"days": LOOKED_BACK.days, **told}
