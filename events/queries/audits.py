"""Self-handled events that somebody else is to look at."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from core.models import HistoryRow
from dispatch.models import FieldTask
from events.models import Event
from events.models.event import SUBJECT_KIND, Audit
from events.moves import Move

AT_ONCE = 200


def waiting_for_audit(among: Collection[int] | None = None) -> list[int]:
    """Events whose audit is due and that nobody holds a task about, the oldest first."""
    held = FieldTask.objects.open().filter(subject_kind=SUBJECT_KIND, subject_id=OuterRef("pk"))
    due = Event.objects.filter(~Exists(held), audit=Audit.DUE)
    if among is not None:
        due = due.filter(pk__in=among)
    return list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def handler_of(event_id: int) -> int | None:
    """Who handled the event on the spot."""
    rows = HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, subject_id=event_id, move=Move.SELF_HANDLE)
    return rows.order_by("-seq").values_list("actor_id", flat=True).first()


def refused_by(event_id: int) -> set[int]:
    """Users who were asked to look at the event and did not go."""
    tasks = FieldTask.objects.filter(subject_kind=SUBJECT_KIND, subject_id=event_id, kind=FieldTask.Kind.CHECK)
    refused = tasks.filter(state__in=("refused", "timed_out"), assignee_user__isnull=False)
    return set(refused.values_list("assignee_user_id", flat=True))
