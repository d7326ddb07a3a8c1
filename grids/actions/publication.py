"""Putting a draft in force: all of it in one transaction, or nothing.

Rows are written in bulk: a whole district of grids has to be in force within two seconds, and whoever asks meanwhile is
told the old state until the moment of the commit, and the new one after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import shapely
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from psycopg2.extras import DateTimeTZRange

from core.actor import Actor
from core.clock import now
from core.history.bulk import append_to_each
from core.lifecycle import Change
from grids.actions.datasets import AREAS, mark_changed
from grids.actions.drafts import outline_of, point_of
from grids.actions.successors import hand_over_people
from grids.errors import DraftBlocked, DraftConflict
from grids.live import publish_areas
from grids.models import Area, AreaBoundary, AreaLevel, AreaSuccession, BoundaryDraft
from grids.queries.draft_checks import BLOCKS, check_draft, counted, plan_to_check
from grids.queries.draft_plan import Plan, Planned
from grids.rules.codes import default_label, is_well_formed, path_under
from grids.rules.drawing import as_multipolygon
from grids.rules.succession import shares
from grids.signals import areas_published

MOST_TOLD = 2000
"""Areas for each of which the people of its own desk are told of a publication."""
KEY_LEVELS = (AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY, AreaLevel.GRID)


@dataclass
class Published:
    """What a publication did: numbers of areas, and closed path → path of its successor."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)


def put_in_force(draft: BoundaryDraft, *, actor: Actor, role: str) -> Published:
    """Everything the locked draft says, from now on. The caller holds the transaction and moves the draft's state.

    Raises DraftConflict where an area went on without the draft, DraftBlocked where a check does not let it through.
    """
    _one_publication_at_a_time(draft)
    plan = _checked(draft)
    return _Writing(draft, plan, actor, role).write()


def require_publishable(draft: BoundaryDraft) -> Plan:
    """Nothing blocks the draft and nothing went on without it; raises DraftConflict or DraftBlocked."""
    plan = plan_to_check(draft)
    findings = check_draft(draft, plan)
    stale = [one for one in findings if one.kind == "changed_meanwhile"]
    if stale:
        names = "、".join(one.names[0] for one in stale[:5])
        raise DraftConflict(
            count=len(stale), names=names, conflicts=[{"ref": one.refs[0], "name": one.names[0]} for one in stale]
        )
    blocking = [one for one in findings if one.severity == BLOCKS]
    if blocking:
        raise DraftBlocked(count=len(blocking), findings=counted(blocking))
    return plan


def _checked(draft: BoundaryDraft) -> Plan:
    """The plan of the draft with every present area in it locked, so that what was checked is what is written."""
    ids = list(draft.areas.filter(area__isnull=False).values_list("area_id", flat=True))
    list(Area.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk").values("pk"))
    return require_publishable(draft)


def _one_publication_at_a_time(draft: BoundaryDraft) -> None:
    """In a district one after the other: each checks against what the one before left. Events go on meanwhile."""
    with connection.cursor() as cursor:
        key = draft.root.district_id or draft.root_id
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('grids.publication'), %s)", [key % 2**31])


class _Writing:
    """The writing of one publication."""

    def __init__(self, draft: BoundaryDraft, plan: Plan, actor: Actor, role: str) -> None:
        self.draft, self.plan, self.actor, self.role = draft, plan, actor, role
        self.at = now()
        self.done = Published()
        self.area_of: dict[str, Area] = {}
        self.history: list[tuple[int, Change, Mapping[str, Any]]] = []

    def write(self) -> Published:
        touched = self.plan.touched()
        redrawn = [a for a in touched if a.before is not None and not (a.stands and _same(a))]
        present = [area.area_id for area in touched if area.area_id is not None]
        self.area_of = {f"a{area.pk}": area for area in Area.objects.filter(pk__in=present)}
        self._free_codes([area for area in touched if area.stands and area.area_id is not None])
        self._add([area for area in touched if area.stands and area.area_id is None])
        self._change([area for area in touched if area.stands and area.area_id is not None])
        self._close([area for area in touched if not area.stands])
        self._outlines(redrawn, [area for area in touched if area.stands and area.area_id is None])
        self._successions(redrawn)
        append_to_each(subject_kind="area", changes=self.history, actor=self.actor)
        mark_changed(AREAS)
        hand_over_people(self.done.moved)
        areas_published.send(
            sender=BoundaryDraft,
            draft_id=self.draft.pk,
            moved=self.done.moved,
            touched=[area.area_id for area in redrawn if area.stands] + self.done.added,
        )
        publish_areas(self.draft, self.at, self._paths())
        return self.done

    def _paths(self) -> set[str]:
        """Where people are told: what changed, or above so many areas (a whole city) only what stands above them."""
        touched = {area.path for area in self.plan.touched() if area.path} | set(self.done.moved)
        if len(touched) <= MOST_TOLD:
            return touched
        return {path.rpartition(".")[0] for path in touched}

    def _free_codes(self, areas: list[Planned]) -> None:
        """Codes may go round among areas: those that give theirs up do so first."""
        recoded = [area.pk for planned in areas if (area := self.area_of[planned.ref]).code != planned.code]
        Area.objects.filter(pk__in=recoded).update(code=Concat(Value("~"), Cast("pk", CharField())))

    def _add(self, areas: list[Planned]) -> None:
        for level in AreaLevel.values:
            batch = [planned for planned in areas if planned.level == level]
            if not batch:
                continue
            taken = self._labels_below(batch)
            rows = [self._new(planned, taken) for planned in batch]
            for planned, area in zip(batch, Area.objects.bulk_create(rows, batch_size=1000), strict=True):
                self.area_of[planned.ref] = area
                self.done.added.append(area.pk)
                self._remember(area, "create", "", "current", {"code": area.code, "name": area.name, "path": area.path})
            if level in KEY_LEVELS:
                for area in rows:
                    setattr(area, f"{level}_id", area.pk)
                Area.objects.filter(pk__in=[area.pk for area in rows]).update(**{level: F("pk")})

    def _labels_below(self, batch: list[Planned]) -> set[tuple[int | None, str]]:
        """(parent, label) of every area that is or was below the parents of these, who are read on the way."""
        missing = {int(one.parent[1:]) for one in batch if one.parent and one.parent not in self.area_of}
        self.area_of |= {f"a{area.pk}": area for area in Area.objects.filter(pk__in=missing)}
        parents = {self.area_of[one.parent].pk for one in batch if one.parent}
        return set(Area.objects.filter(parent__in=parents).values_list("parent_id", "label"))

    def _new(self, planned: Planned, taken: set[tuple[int | None, str]]) -> Area:
        above = self.area_of[planned.parent] if planned.parent else None
        label = _free_label(above.pk if above else None, planned, taken)
        area = Area(
            code=planned.code,
            name=planned.name,
            level=planned.level,
            parent=above,
            label=label,
            path=path_under(above.path if above else None, label),
            households=planned.households,
            label_point=point_of(planned.outline.representative_point()),
        )
        if above is not None:
            area.district_id, area.street_id = above.district_id, above.street_id
            area.community_id, area.grid_id = above.community_id, above.grid_id
        return area

    def _change(self, areas: list[Planned]) -> None:
        changed = []
        for planned in areas:
            area = self.area_of[planned.ref]
            before = {"code": area.code, "name": area.name, "households": area.households}
            after = {"code": planned.code, "name": planned.name, "households": planned.households}
            area.code, area.name, area.households = planned.code, planned.name, planned.households
            area.version += 1
            if not planned.outline.contains(shapely.Point(area.label_point.x, area.label_point.y)):
                area.label_point = point_of(planned.outline.representative_point())
            changed.append(area)
            self.done.changed.append(area.pk)
            facts = {"draft": self.draft.pk, "redrawn": not _same(planned)}
            self._remember(area, "publish", "current", "current", facts | {"before": before, "after": after})
        fields = ["code", "name", "households", "version", "label_point"]
        Area.objects.bulk_update(changed, fields, batch_size=100)

    def _close(self, areas: list[Planned]) -> None:
        for planned in areas:
            area = self.area_of[planned.ref]
            area.closed_at, area.version = self.at, area.version + 1
            self.done.closed.append(area.pk)
            self._remember(area, "close", "current", "closed", {"draft": self.draft.pk})
        closed = Area.objects.filter(pk__in=[self.area_of[one.ref].pk for one in areas])
        closed.update(closed_at=self.at, version=F("version") + 1)

    def _outlines(self, redrawn: list[Planned], new: list[Planned]) -> None:
        """The past of the old outlines ends where the new ones begin."""
        ended = {area.area_id for area in redrawn}
        last: dict[int, int] = dict(
            AreaBoundary.objects.filter(area__in=ended, validity__endswith=None).values_list("area_id", "version")
        )
        with connection.cursor() as cursor:
            cursor.execute(_END, [self.at, list(ended)])
        AreaBoundary.objects.bulk_create(
            [
                AreaBoundary(
                    area=self.area_of[planned.ref],
                    version=last.get(planned.area_id or 0, 0) + 1,
                    geometry=outline_of(as_multipolygon(planned.outline)),
                    validity=DateTimeTZRange(self.at, None, "[)"),
                )
                for planned in (*redrawn, *new)
                if planned.stands
            ],
            batch_size=500,
        )

    def _successions(self, redrawn: list[Planned]) -> None:
        rows = []
        for level in AreaLevel.values:
            old = [area for area in redrawn if area.level == level and area.before is not None]
            now_there = [area for area in self.plan.by_ref.values() if area.level == level and area.stands]
            parts = shares([area.before for area in old if area.before is not None], [a.outline for a in now_there])
            for place, others in zip(old, parts, strict=True):
                rows += self._succession(place, [(now_there[other], share) for other, share in others])
        AreaSuccession.objects.bulk_create(rows, batch_size=1000)

    def _succession(self, old: Planned, parts: list[tuple[Planned, float]]) -> list[AreaSuccession]:
        if not old.stands and parts:
            heir = self._written(parts[0][0])
            self.done.moved[old.path] = heir.path
        return [
            AreaSuccession(draft=self.draft, old_id=old.area_id or 0, new=self._written(new), share=share, at=self.at)
            for new, share in parts
        ]

    def _written(self, planned: Planned) -> Area:
        if planned.ref not in self.area_of:
            self.area_of[planned.ref] = Area(pk=planned.area_id, path=planned.path)
        return self.area_of[planned.ref]

    def _remember(self, area: Area, move: str, before: str, after: str, facts: dict[str, Any]) -> None:
        change = Change(move=move, from_state=before, to_state=after, role=self.role)
        self.history.append((area.pk, change, facts | {"at": _text(self.at)}))


_END = """
UPDATE grids_area_boundary SET validity = tstzrange(lower(validity), %s, '[)')
WHERE area_id = ANY(%s) AND upper(validity) IS NULL
"""


def _same(planned: Planned) -> bool:
    """Is the outline what it was, point by point?"""
    before = planned.before
    return before is not None and bool(planned.outline.equals_exact(before, 1e-9))


def _free_label(parent: int | None, planned: Planned, taken: set[tuple[int | None, str]]) -> str:
    """The label its code suggests, or, where a sibling has that since its own code changed, one beside it."""
    wanted = default_label(planned.level, planned.code) if is_well_formed(planned.level, planned.code) else planned.ref
    label, number = wanted, 2
    while (parent, label) in taken:
        label, number = f"{wanted}x{number}", number + 1
    taken.add((parent, label))
    return label


def _text(moment: datetime) -> str:
    return moment.isoformat()
