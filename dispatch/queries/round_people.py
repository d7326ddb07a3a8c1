"""Who may be sent on the rounds of a list: of the post that the list names, in the grid, and on duty now."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q

from dispatch.lifecycle import OPEN_STATES
from dispatch.models import GridTeamMember, Responder

Candidates = dict[str, list[int]]
"""Grid path → responders, whoever has least to do first."""


def candidates(paths: Collection[str], post: str, at: datetime) -> Candidates:
    """For each grid, who holds the post there and is on duty; a grid worker whose own area it is holds the post of
    the full-time worker. Three statements, whatever the number of grids.
    """
    ready = Responder.objects.active().on_duty(at)
    named = GridTeamMember.objects.filter(grid_path__in=paths, post=post, responder__in=ready)
    pairs = set(named.values_list("grid_path", "responder_id"))
    if post == GridTeamMember.Post.FULL_TIME:
        own = ready.filter(kind=Responder.Kind.GRID_WORKER, area_path__in=paths)
        pairs |= set(own.values_list("area_path", "pk"))
    ids = {responder for _, responder in pairs}
    load = dict(
        Responder.objects.filter(pk__in=ids)
        .annotate(open_tasks=Count("tasks", filter=Q(tasks__state__in=OPEN_STATES)))
        .values_list("pk", "open_tasks")
    )
    found: defaultdict[str, list[int]] = defaultdict(list)
    for path, responder in pairs:
        found[path].append(responder)
    return {path: sorted(people, key=lambda one: (load[one], one)) for path, people in found.items()}
