"""What citizens say of how an event was settled."""

from core.prepared import prepared
from events.models import Event

_MEAN = prepared(
    "SELECT avg(rating) FROM events_reporter WHERE rated_run = $2 "
    "AND event_id IN (SELECT $1 UNION ALL SELECT id FROM events_event WHERE main_event_id = $1)",
    count=2,
    types=("bigint", "integer"),
)
"""Every evaluation asks this."""


def satisfaction_of(event: Event) -> int | None:
    """The mean rating 1 to 5 of this run, rounded half up, by its own reporters and those of merged events; None
    where nobody rated.
    """
    (mean,) = _MEAN.fetch_one([event.pk, event.run]) or (None,)
    return int(float(mean) + 0.5) if mean is not None else None
