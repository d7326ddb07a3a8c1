"""Which cameras of a list are asked for."""

from django.db.models import Q, QuerySet

from core.clock import now
from video.models import Camera
from video.rules.health import read_reasons

_WELL = ("online", "connecting")


def chosen(
    cameras: QuerySet[Camera],
    *,
    area: str = "",
    q: str = "",
    group: int | None = None,
    source_kind: str = "",
    state: str = "",
    high: bool | None = None,
) -> QuerySet[Camera]:
    """Of these cameras, those that all of what is given holds for; `group` 0 means in no group.

    `state`: `failing` is what somebody has to look after, whether its stream or only its picture is bad.
    """
    if area:
        cameras = cameras.filter(Q(area_path=area) | Q(area_path__startswith=area + "."))
    if q:
        cameras = cameras.filter(Q(code__icontains=q) | Q(name__icontains=q))
    if group is not None:
        cameras = cameras.filter(group_id=group or None)
    if source_kind:
        cameras = cameras.filter(source_kind=source_kind)
    if high is not None:
        cameras = cameras.filter(is_high=high)
    return cameras.filter(_in_state(state)) if state else cameras


def _in_state(state: str) -> Q:
    if state == "disabled":
        return Q(enabled=False)
    held = Q(enabled=True) & ~Q(lease__holder="") & Q(lease__expires_at__gt=now())
    if state == "unassigned":
        return Q(enabled=True) & ~held
    well = Q(lease__state__in=_WELL)
    for code, reason in read_reasons().items():
        if reason.kind == "picture":
            well &= ~Q(lease__problems__contains=[{"reason": code}])
    return held & (well if state == "well" else ~well)
