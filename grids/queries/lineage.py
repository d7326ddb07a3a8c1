"""Which area stands today where another one was."""

from grids.models import Area, AreaSuccession

STEPS = 20
"""So often can an area have been merged on before nobody asks any more."""


def heir_of(path: str) -> str | None:
    """Path of the present area that took most of a closed area's ground, however often it was merged on.

    None for an area that stands, for one nobody took over, and for an unknown path. One query where the area stands.
    """
    area = Area.objects.filter(path=path).only("pk", "closed_at").first()
    if area is None or area.closed_at is None:
        return None
    for _ in range(STEPS):
        step = AreaSuccession.objects.filter(old=area).select_related("new").order_by("-at", "-share").first()
        if step is None or step.new_id == area.pk:
            return None
        area = step.new
        if area.closed_at is None:
            return area.path
    return None


def present_keys() -> dict[int, int]:
    """Number of every closed area → number of the present one that took most of its ground; one query.

    Areas that nobody took over are left out.
    """
    steps: dict[int, tuple[int, bool]] = {}
    rows = AreaSuccession.objects.filter(old__closed_at__isnull=False).order_by("at", "share")
    for old, new, ended in rows.values_list("old_id", "new_id", "new__closed_at"):
        steps[old] = (new, ended is None)
    found = {}
    for closed in steps:
        at = closed
        for _ in range(STEPS):
            step = steps.get(at)
            if step is None:
                break
            at = step[0]
            if step[1]:
                found[closed] = at
                break
    return found
