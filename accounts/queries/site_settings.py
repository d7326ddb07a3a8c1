"""Who set what for the whole site, from what to what."""

from typing import Any

from accounts.rules.site_settings import differences
from core.models import HistoryRow, SiteSetting

SHOWN = 100


def who_set(row: SiteSetting | None) -> dict[str, Any]:
    """Version, moment and name beside every setting; 0 where nobody has set it. The caller joins `set_by`."""
    if row is None or row.pk is None:
        return {"version": 0, "set_at": None, "set_by": ""}
    return {"version": row.version, "set_at": row.set_at, "set_by": row.set_by.name if row.set_by else ""}


def setting_history(kind: str, **which: str) -> dict[str, Any]:
    """The newest changes of one kind of setting: one statement. `which`: of those lines of its history only."""
    rows = HistoryRow.objects.filter(subject_kind=kind, **which).order_by("-at", "-id")[:SHOWN]
    return {
        "items": [
            {
                "at": row.at,
                "by": (row.personal or {}).get("actor_name", ""),
                "name": row.facts["name"],
                "fields": [
                    {"field": field, "before": before, "after": after}
                    for field, (before, after) in differences(row.facts["before"], row.facts["after"]).items()
                ],
            }
            for row in rows
        ]
    }
