"""The hidden-danger points of an event's procedure, and what was found at them."""

from events.models import DangerFinding, Event


def points_of(event: Event) -> frozenset[int]:
    """The numbers of the points in the version of the procedure that the event was born with."""
    pack = event.scenario.definition if event.scenario else {}
    links = (link for scene in pack.get("scenes", ()) for link in scene["links"])
    return frozenset(point["number"] for link in links for point in link["points"])


def findings_of(event: Event) -> list[DangerFinding]:
    """What was found in the present run: one statement, none where the procedure has no points."""
    if not points_of(event):
        return []
    found = DangerFinding.objects.filter(event=event, run=event.run).select_related("marked_by")
    return list(found.order_by("number"))
