"""Sources out of service as lists and live updates show them; no statement of their own."""

from datetime import timedelta
from typing import Any

from events.models import AlarmRules, OutOfService


def out_of_service_row(out: OutOfService, rules: AlarmRules) -> dict[str, Any]:
    """`taken_out_by`, `reviewed_by` and `put_back_by` are joined by the caller."""
    looked_at = out.reviewed_at or out.taken_out_at
    return {
        "id": out.pk,
        "version": out.version,
        "state": out.state,
        "source": out.source,
        "rule": out.rule,
        "rule_name": out.rule_name,
        "subject_kind": out.subject_kind,
        "subject_id": out.subject_id,
        "label": out.label,
        "area_path": out.area_path,
        "area_label": out.area_label,
        "reason": out.reason,
        "taken_out_at": out.taken_out_at,
        "taken_out_by": out.taken_out_by.name,
        "reviewed_at": out.reviewed_at,
        "reviewed_by": out.reviewed_by.name if out.reviewed_by else None,
        "review_note": out.review_note,
        "review_due_at": looked_at + timedelta(days=rules.review_days) if out.state == "out" else None,
        "put_back_at": out.put_back_at,
        "put_back_by": out.put_back_by.name if out.put_back_by else None,
        "put_back_note": out.put_back_note,
        "finding_count": out.finding_count,
        "last_finding_at": out.last_finding_at,
    }
