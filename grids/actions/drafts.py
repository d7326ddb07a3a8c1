"""Opening a draft, and the frame in which every step of drawing is written, kept for undoing, and told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.db import transaction
from django.db.models import Max
from shapely.geometry.base import BaseGeometry

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from grids.errors import DraftMovedOn, DraftNotOpen
from grids.lifecycle import BOUNDARY_DRAFT
from grids.live import publish_draft
from grids.models import Area, BoundaryDraft, DraftArea, DraftEdit, DraftState
from grids.policies import require_tree_admin
from grids.queries.draft_plan import Planned


@transaction.atomic
def open_draft(*, root: Area, title: str, actor: Actor, source: str = "") -> BoundaryDraft:
    """A new draft of what lies below `root`. Several may be open at once; they meet when they are published."""
    Area.objects.select_for_update(of=("self",)).get(pk=root.pk)
    role = require_tree_admin(actor, root.path)
    last: int | None = BoundaryDraft.objects.filter(root=root).aggregate(last=Max("number"))["last"]
    moment = now()
    draft = BoundaryDraft.objects.create(
        root=root,
        number=(last or 0) + 1,
        title=title.strip(),
        source=source,
        created_at=moment,
        created_by_id=actor.user_id,
        changed_at=moment,
        changed_by_id=actor.user_id,
    )
    append(
        subject_kind="boundary_draft",
        subject_id=draft.pk,
        actor=actor,
        change=Change(move="open", from_state="", to_state=draft.state, role=role),
        facts={"root": root.path, "number": draft.number, "source": source},
        first=True,
    )
    publish_draft(draft, actor, "open")
    return draft


def lock_draft(draft_id: int, version: int, actor: Actor) -> tuple[BoundaryDraft, str]:
    """The draft, locked, in the version the person saw, and the role that may change it."""
    draft = (
        BoundaryDraft.objects.select_for_update(of=("self",)).select_related("root", "changed_by").filter(pk=draft_id)
    ).first()
    if draft is None:
        raise NotFound()
    role = require_tree_admin(actor, draft.root.path)
    if draft.version != version:
        by = draft.changed_by.name if draft.changed_by else "系统"
        raise DraftMovedOn(current_version=draft.version, by=by)
    return draft, role


def geos(shape: BaseGeometry) -> GEOSGeometry:
    """A shape as the database takes it."""
    return GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=4326)


def outline_of(shape: BaseGeometry) -> MultiPolygon:
    """An outline as the database takes it."""
    made = geos(shape)
    if not isinstance(made, MultiPolygon):
        raise TypeError("an area's outline is a MultiPolygon")
    return made


def point_of(shape: BaseGeometry) -> Point:
    """A point as the database takes it."""
    made = geos(shape)
    if not isinstance(made, Point):
        raise TypeError("a label stands at a point")
    return made


class Step:
    """One step of drawing: what it writes goes through here, so that it can be undone as a whole."""

    def __init__(self, draft: BoundaryDraft, operation: str) -> None:
        self.draft, self.operation = draft, operation
        self.facts: dict[str, Any] = {}
        self.before: dict[int, dict[str, Any]] = {}
        self.touched: list[int] = []

    def change(self, area: Planned, **values: Any) -> DraftArea:
        """An area with other values (outline, name, code, households, change, origins), as a row of the draft."""
        row = area.row or self._taken_up(area)
        if area.row is not None:
            self.remember(row)
        for name, value in values.items():
            setattr(row, name, value)
        if area.area_id is not None and row.change != DraftArea.Change.CLOSE:
            row.change = DraftArea.Change.CHANGE
        row.save()
        self.touched.append(row.pk)
        return row

    def close(self, area: Planned) -> None:
        """The area is given up: a new one leaves the draft, a present one is closed when the draft is published."""
        if area.area_id is None and area.row is not None:
            self.drop(area.row)
        else:
            self.change(area, change=DraftArea.Change.CLOSE)

    def add(self, row: DraftArea) -> DraftArea:
        row.draft, row.change = self.draft, DraftArea.Change.ADD
        row.save()
        self.touched.append(row.pk)
        return row

    def drop(self, row: DraftArea) -> None:
        """The draft does not say anything about it any more, nor about new areas below it."""
        for part in DraftArea.objects.filter(parent_draft=row):
            self.drop(part)
        self.remember(row)
        self.touched.append(row.pk)
        DraftArea.objects.filter(pk=row.pk).delete()

    def remember(self, row: DraftArea) -> None:
        if row.pk not in self.before and row.pk not in self.touched:
            self.before[row.pk] = kept(row)

    def _taken_up(self, area: Planned) -> DraftArea:
        present = Area.objects.get(pk=area.area_id or 0)
        return DraftArea(
            draft=self.draft,
            change=DraftArea.Change.CHANGE,
            area=present,
            base_version=area.version,
            level=area.level,
            parent_id=present.parent_id,
            code=area.code,
            name=area.name,
            households=area.households,
            outline=geos(area.outline),
        )


KEPT = (
    "id", "change", "area_id", "base_version", "level", "parent_id", "parent_draft_id", "code", "name", "households",
    "origins",
)  # fmt: skip


def kept(row: DraftArea) -> dict[str, Any]:
    """A row as JSON, from which `restored` makes it again."""
    stored = DraftArea.objects.get(pk=row.pk)
    return {name: getattr(stored, name) for name in KEPT} | {"outline": stored.outline.hexewkb.decode()}


def restored(values: dict[str, Any], draft: BoundaryDraft) -> DraftArea:
    return DraftArea(draft=draft, **{**values, "outline": GEOSGeometry(values["outline"])})


@contextmanager
def drawing(*, draft_id: int, version: int, actor: Actor, operation: str) -> Iterator[Step]:
    """The frame of a step: lock and check, then what the block writes, then the new version, history and the screens.

    Raises NotFound, Forbidden, DraftMovedOn (somebody else drew meanwhile), DraftNotOpen.
    """
    with transaction.atomic():
        draft, role = lock_draft(draft_id, version, actor)
        require_open(draft)
        step = Step(draft, operation)
        yield step
        draft.version += 1
        DraftEdit.objects.create(
            draft=draft,
            version=draft.version,
            operation=operation,
            at=now(),
            by_id=actor.user_id,
            touched=sorted({*step.touched}),
            before=list(step.before.values()),
        )
        written(draft, actor, role, operation, step.facts)


def require_open(draft: BoundaryDraft) -> None:
    if draft.state != DraftState.DRAFT:
        zh, en = BOUNDARY_DRAFT.states[draft.state]
        raise DraftNotOpen(number=draft.number, state=en, state_name=zh)


def written(draft: BoundaryDraft, actor: Actor, role: str, operation: str, facts: dict[str, Any]) -> None:
    """The draft in its new version, the history row and the screens: the end of every step."""
    draft.changed_at, draft.changed_by_id = now(), actor.user_id
    draft.save(update_fields=["version", "changed_at", "changed_by"])
    append(
        subject_kind="boundary_draft",
        subject_id=draft.pk,
        actor=actor,
        change=Change(move=operation, from_state=draft.state, to_state=draft.state, role=role),
        facts={"version": draft.version, **facts},
    )
    publish_draft(draft, actor, operation)
