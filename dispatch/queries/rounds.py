"""How the rounds of a grid's lists stand in the present period."""

from collections.abc import Iterable
from datetime import datetime

from core.clock import local
from dispatch.lifecycle import OPEN_STATES
from dispatch.models import DutyEntry, DutyRound
from dispatch.responsibility_shapes import RoundCount
from dispatch.rules.rounds import round_at


def rounds_of(grid_path: str, entries: Iterable[DutyEntry], at: datetime) -> dict[int, RoundCount]:
    """Number of each line that makes tasks → how it stands in this grid; one statement, none where no line does."""
    due = {entry.pk: round_at(entry.per, entry.times, local(at)) for entry in entries if entry.makes_tasks}
    present = {key: one for key, one in due.items() if one is not None}
    if not present:
        return {}
    found = {key: RoundCount(done=0, open=0, so_far=one.nth) for key, one in present.items()}
    begins = {one.starts_on for one in present.values()}
    rows = DutyRound.objects.filter(entry__in=present, grid_path=grid_path, starts_on__in=begins)
    for entry, starts_on, state, result in rows.values_list("entry_id", "starts_on", "task__state", "task__result"):
        if starts_on == present[entry].starts_on:
            found[entry].done += state == "done" and bool(result and result.get("passed"))
            found[entry].open += state in OPEN_STATES
    return found
