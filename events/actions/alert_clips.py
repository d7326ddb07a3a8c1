"""The moving pictures of an alert: they are there some seconds after it was raised, when the moment has passed."""

from datetime import datetime

from django.db import transaction

from events.actions.alerts import last_of
from events.actions.evidence import keep_evidence
from events.live import publish_alert
from events.models import Alert


@transaction.atomic
def add_clip(
    *, source: str, rule: str, subject_kind: str, subject_id: int, found_at: datetime, clip_path: str
) -> Alert | None:
    """The clip (below the media folder) joins the alert that this finding opened, and its event if it has one by now.

    None where the finding opened no alert, where that has its clip already, or where there is no such file.
    """
    key = {"source": source, "rule": rule, "subject_kind": subject_kind, "subject_id": subject_id}
    alert = last_of(key)
    if alert is None or alert.found_at != found_at or alert.clip_id is not None:
        return None
    _, clip = keep_evidence(None, clip_path, at=found_at)
    if clip is None:
        return None
    if alert.event_id is not None:
        clip.event_id, clip.erase_after = alert.event_id, None
        clip.save(update_fields=["event", "erase_after"])
    alert.clip = clip
    alert.version += 1
    alert.save(update_fields=["clip", "version"])
    publish_alert(alert, "filmed")
    return alert
