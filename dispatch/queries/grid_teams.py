"""Teams of grids, their lists, and where somebody is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from dispatch.models import DutyEntry, GridTeamMember, Responder
from dispatch.models.responder import ResponderQuerySet
from dispatch.queries.rounds import rounds_of
from dispatch.queries.telephones import telephone_of
from dispatch.responsibility_shapes import LACKS, DutyLine, Gaps, GridGap, GridTeam, Lack, RoundCount, TeamMember
from grids.models import Area, AreaLevel
from grids.queries.tree import labels_of
from notify.queries.rows import masked

_TEAM_LEVELS = (AreaLevel.GRID, AreaLevel.MICRO_GRID)
_ORDER = list(GridTeamMember.Post.values)


def visible_grid(path: str, actor: Actor) -> Area:
    """The grid or micro-grid, for who may see it; else it does not exist."""
    found = Area.objects.current().visible_to(actor).filter(path=path, level__in=_TEAM_LEVELS).first()
    if found is None:
        raise NotFound()
    return found


def team_of(grid: Area) -> GridTeam:
    """Everybody in the team, what it lacks, and what it has to do."""
    listed = list(
        GridTeamMember.objects.filter(grid_path=grid.path).select_related("responder__user", "responder__team")
    )
    own = _workers_of([grid.path])
    named = {member.responder_id for member in listed}
    responders = [member.responder for member in listed if member.responder] + own
    on_duty = _on_duty(responders)
    members = [_listed(member, on_duty) for member in listed]
    members += [_own(worker, on_duty) for worker in own if worker.pk not in named]
    members.sort(key=lambda member: (_ORDER.index(member.post), member.name))
    lacks = _lacks(
        has_leader=any(member.post == "leader" for member in members),
        has_full_time=any(member.post == "full_time" for member in members),
        on_duty=sum(bool(member.on_duty) for member in members),
    )
    return GridTeam(
        grid_path=grid.path,
        grid_name=grid.name,
        area_label=labels_of([grid.path])[grid.path],
        members=members,
        lacks=lacks,
        duties=entries_for(grid.path, grid.level),
    )


def gaps_below(actor: Actor, under: str = "") -> Gaps:
    """Every grid of the actor's reach (below a path) that lacks a leader, a full-time worker, or anybody on duty now.

    Four statements, whatever the number of grids.
    """
    found = Area.objects.current().visible_to(actor).filter(level=AreaLevel.GRID)
    if under:
        found = found.under(under)
    grids = list(found.order_by("code").only("id", "path", "code", "name"))
    paths = [grid.path for grid in grids]
    posts = set(GridTeamMember.objects.filter(grid_path__in=paths).values_list("grid_path", "post"))
    active = Responder.objects.active()
    workers = _with_posts(active, paths)
    present = _with_posts(active.on_duty(now()), paths)
    items = []
    for grid in grids:
        lacks = _lacks(
            has_leader=(grid.path, "leader") in posts,
            has_full_time=(grid.path, "full_time") in posts or workers[grid.path] > 0,
            on_duty=present[grid.path],
        )
        if lacks:
            items.append((grid, lacks))
    labels = labels_of([grid.path for grid, _ in items])
    return Gaps(
        grids=len(grids),
        complete=len(grids) - len(items),
        lacking={lack: sum(lack in lacks for _, lacks in items) for lack in LACKS},
        items=[
            GridGap(
                id=grid.pk,
                path=grid.path,
                code=grid.code,
                name=grid.name,
                area_label=labels.get(grid.path, grid.name),
                lacks=lacks,
                workers=workers[grid.path],
                on_duty=present[grid.path],
            )
            for grid, lacks in items
        ],
    )


def entries_for(path: str, level: str) -> list[DutyLine]:
    """The lines in force for a grid: those written for it and for every area above it."""
    labels = path.split(".")
    above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    entries = list(DutyEntry.objects.filter(area_path__in=above, level=level))
    return lines_of(entries, rounds_of(path, entries, now()))


def lines_of(entries: Iterable[DutyEntry], rounds: Mapping[int, RoundCount] | None = None) -> list[DutyLine]:
    fields = DutyLine.model_fields.keys() - {"id", "rounds"}
    told = rounds or {}
    return [
        DutyLine(id=entry.pk, rounds=told.get(entry.pk), **{name: getattr(entry, name) for name in fields})
        for entry in entries
    ]


def _with_posts(responders: ResponderQuerySet, paths: Sequence[str]) -> Counter[str]:
    """grid path → how many of these responders work there: by their own area, or by a post in its team."""
    own = responders.filter(kind=Responder.Kind.GRID_WORKER, area_path__in=paths)
    pairs = set(own.values_list("area_path", "pk"))
    posted = GridTeamMember.objects.filter(
        grid_path__in=paths,
        post__in=("full_time", "part_time", "leader"),
        responder__in=responders,
    )
    pairs |= set(posted.values_list("grid_path", "responder_id"))
    return Counter(path for path, _ in pairs)


def _workers_of(paths: Sequence[str]) -> list[Responder]:
    workers = Responder.objects.active().filter(kind=Responder.Kind.GRID_WORKER, area_path__in=paths)
    return list(workers.select_related("user", "team", "unit").order_by("id"))


def _on_duty(responders: Iterable[Responder]) -> set[int]:
    ids = [responder.pk for responder in responders]
    return set(Responder.objects.active().on_duty(now()).filter(pk__in=ids).values_list("pk", flat=True))


def _lacks(*, has_leader: bool, has_full_time: bool, on_duty: int) -> list[Lack]:
    there = {"leader": has_leader, "full_time": has_full_time, "on_duty": on_duty > 0}
    return [lack for lack in LACKS if not there[lack]]


def _listed(member: GridTeamMember, on_duty: set[int]) -> TeamMember:
    phone = member.phone or (telephone_of(member.responder) if member.responder else "")
    return TeamMember(
        id=member.pk,
        post=member.post,  # type: ignore[arg-type]  # the enumeration has just these values
        name=member.name,
        unit_name=member.unit_name,
        phone=masked(phone),
        since=member.since,
        responder_id=member.responder_id,
        user_id=member.user_id,
        on_duty=member.responder_id in on_duty if member.responder_id else None,
    )


def _own(worker: Responder, on_duty: set[int]) -> TeamMember:
    return TeamMember(
        id=None,
        post="full_time",
        name=worker.name,
        unit_name=worker.unit.name,
        phone=masked(telephone_of(worker)),
        since=None,
        responder_id=worker.pk,
        user_id=worker.user_id,
        on_duty=worker.pk in on_duty,
    )
