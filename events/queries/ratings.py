"""What citizens say of how an event was settled."""

from django.db.models import Avg, Q

from events.models import Event, Reporter


def satisfaction_of(event: Event) -> int | None:
    """The mean rating 1 to 5 of this run, rounded half up, by its own reporters and those of merged events; None
    where nobody rated.
    """
    theirs = Reporter.objects.filter(Q(event=event) | Q(event__main_event=event), rated_run=event.run)
    mean = theirs.aggregate(mean=Avg("rating"))["mean"]
    return int(mean + 0.5) if mean is not None else None
