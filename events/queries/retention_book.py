"""For how long recordings are kept, as the page shows it, and what an erasing would take."""

from datetime import timedelta
from typing import Any

from accounts.queries.site_settings import setting_history, who_set
from core.clock import now
from core.errors import NotFound
from events.actions.retention import RULE_KIND
from events.models import RetentionRule
from events.models.retention import LONGEST_DAYS
from events.queries.retention import due_of
from events.retention_kinds import entries_of_kinds, registered_kinds

FIELD = "days"


def retention_book(*, english: bool, may_edit: bool) -> dict[str, Any]:
    """Kind by kind, in their order: one statement."""
    usual = {entry.code: entry.days for entry in entries_of_kinds()}
    kinds = registered_kinds()
    rows = [row for row in RetentionRule.objects.select_related("set_by") if row.code in kinds]
    return {
        "items": [
            {
                "code": row.code,
                "name": row.name_en if english else row.name,
                "counted": row.counted_en if english else row.counted,
                "days": row.days,
                "usual_days": usual.get(row.code, row.days),
                **who_set(row),
            }
            for row in rows
        ],
        "bound": {"field": FIELD, "usual": 0, "least": 1, "most": LONGEST_DAYS},
        "may_edit": may_edit,
    }


def rule_of(code: str) -> RetentionRule:
    """Raises NotFound where there is no such kind, or nobody loaded it."""
    rule = RetentionRule.objects.filter(code=code).first() if code in registered_kinds() else None
    if rule is None:
        raise NotFound()
    return rule


def retention_trial(code: str, days: int) -> dict[str, Any]:
    """What would go at this moment, by the days in force and by others. Raises NotFound."""
    rule, kind = rule_of(code), registered_kinds()[code]
    at = now()
    in_force, asked = (due_of(kind, at - timedelta(days=one)) for one in (rule.days, days))
    return {"days": days, "now": vars(in_force), "then": vars(asked)}


def retention_history(*, english: bool) -> dict[str, Any]:
    """Who set which days, newest first: two statements. What was erased is in the history too, and not shown here."""
    names = {row.code: row.name_en if english else row.name for row in RetentionRule.objects.all()}
    told = setting_history(RULE_KIND, move="set")
    return {"items": [one | {"name": names.get(one["name"], one["name"])} for one in told["items"]]}
