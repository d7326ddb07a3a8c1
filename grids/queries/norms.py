"""What governance grids are measured by, and how those in force stand to it."""

from typing import Any

from accounts.queries.site_settings import who_set
from grids.models import Area, AreaLevel, GridNorms
from grids.queries.staff import workers_of
from grids.rules.norms import HOUSEHOLDS, is_over


def households_per_worker() -> int:
    """The norm in force: one statement."""
    held = GridNorms.objects.order_by("pk").values_list("households_per_worker", flat=True).first()
    return HOUSEHOLDS.usual if held is None else held


def norms_shape(*, may_edit: bool) -> dict[str, Any]:
    row = GridNorms.objects.select_related("set_by").order_by("pk").first()
    return {
        "households_per_worker": row.households_per_worker if row else HOUSEHOLDS.usual,
        "bound": vars(HOUSEHOLDS),
        "may_edit": may_edit,
        **who_set(row),
    }


def grids_over(norm: int) -> dict[str, int]:
    """How many of the grids in force are too large by a norm: two statements."""
    grids = dict(Area.objects.current().filter(level=AreaLevel.GRID).values_list("path", "households"))
    workers = workers_of(list(grids)) or {}
    over = [path for path, households in grids.items() if is_over(households, workers.get(path, 0), norm)]
    return {"grids": len(grids), "over": len(over), "largest": max(grids.values(), default=0)}
