"""Importing official boundaries: taking the file, saying what its numbers are, deciding rows, filling a draft."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.boundary_reading import SUBJECT_KIND, forget_file, hand_over, keep_contents
from grids.actions.draft_fill import Filled, Outline, fill_draft
from grids.actions.drafts import geos, open_draft
from grids.importing.errors import ImportClosed, ImportNotRead, RowsNotSettled
from grids.importing.file_contents import contents_of
from grids.importing.placing import Placing, require_placing
from grids.importing.receiving import Pieces, received
from grids.models import Area, AreaLevel, BoundaryImport, ImportedShape, ImportState
from grids.policies import require_tree_admin
from grids.queries.imported_rows import Row, rows_of, wkt_of
from grids.rules.codes import PARENT_LEVELS

_UNREAD = (ImportState.RECEIVED, ImportState.READING)
_OPEN = (ImportState.READ, ImportState.PLACED)


def take_file(
    *, root: Area, level: str, file_name: str, stream: Pieces, announced: int, actor: Actor
) -> BoundaryImport:
    """Take a file that is meant for the areas of `level` below `root`. Only its shapes and texts are kept.

    A small one is read at once; a larger one by a worker, so that no web thread is held by its reading. Raises
    FileTooLarge before or while it comes, FileRefused for a small one that cannot be read.
    """
    role = require_tree_admin(actor, root.path)
    _require_level(root, level)
    source = BoundaryImport(
        root=root, level=level, file_name=file_name[:120], created_at=now(), created_by_id=actor.user_id
    )
    with received(stream, announced) as file:
        source.size, source.sha256 = file.size, file.sha256
        if file.size > settings.BOUNDARY_READ_AT_ONCE_BYTES:
            return hand_over(source, file.path, actor, role)
        return keep_contents(source, contents_of(file.path), actor, role)


@transaction.atomic
def place_file(*, import_id: int, version: int, choices: Mapping[str, Any], actor: Actor) -> BoundaryImport:
    """Somebody says what the numbers of the file are, and where names and codes stand: rows can now be matched.

    `choices`: layer, projection, datum, swapped, name_field, code_field.
    """
    source, role = _lock(import_id, version, actor)
    layers = {layer["name"]: layer for layer in source.layers}
    layer = layers.get(choices["layer"])
    if layer is None:
        raise _invalid("layer", "unknown", "文件中没有这个图层。", "The file has no such layer.")
    for key in ("name_field", "code_field"):
        if choices[key] and choices[key] not in layer["fields"]:
            raise _invalid(key, "unknown", "图层中没有这个字段。", "The layer has no such field.")
    source.layer = choices["layer"]
    require_placing(Placing(choices["projection"], choices["datum"], choices["swapped"]), wkt_of(source))
    for key, value in choices.items():
        setattr(source, key, value)
    source.state = ImportState.PLACED
    _keep_change(source, actor, role, "place", {key: choices[key] for key in ("projection", "datum", "swapped")})
    return source


@transaction.atomic
def decide_row(
    *, import_id: int, version: int, number: int, decision: Mapping[str, Any], actor: Actor
) -> BoundaryImport:
    """A person settles one row: its name or code, whether it is imported, whether the repair is agreed to."""
    source, role = _lock(import_id, version, actor)
    shape = ImportedShape.objects.filter(source=source, layer=source.layer, number=number).first()
    if shape is None:
        raise NotFound()
    for key, value in decision.items():
        setattr(shape, key, value)
    shape.save(update_fields=list(decision))
    _keep_change(source, actor, role, "decide", {"number": number, **decision})
    return source


@transaction.atomic
def agree_to_repairs(*, import_id: int, version: int, actor: Actor) -> BoundaryImport:
    """Every repair that is offered is agreed to; each stays marked, and the draft shows what it became."""
    source, role = _lock(import_id, version, actor)
    _require_placed(source)
    crossing = [row.number for row in rows_of(source) if row.taken and row.awaits_answer]
    ImportedShape.objects.filter(source=source, layer=source.layer, number__in=crossing).update(repaired=True)
    _keep_change(source, actor, role, "repair", {"numbers": crossing})
    return source


@transaction.atomic
def fill_from_import(
    *, import_id: int, version: int, title: str, close_missing: bool, actor: Actor
) -> tuple[BoundaryImport, Filled]:
    """The rows become a draft of the boundaries below the root. The published map stays as it is until that is
    published. With `close_missing` the file is complete: areas of its level that it lacks are closed by the draft.

    Raises RowsNotSettled while a row that is imported has an error or an unanswered question.
    """
    source, role = _lock(import_id, version, actor)
    _require_placed(source)
    rows = [row for row in rows_of(source) if row.taken]
    blocked = [row.number for row in rows if row.is_blocked]
    if blocked or not rows:
        raise RowsNotSettled(count=len(blocked), numbers=blocked[:50])
    told = f"{source.file_name} · {source.get_datum_display()}"[:120]
    draft = open_draft(root=source.root, title=title or source.file_name[:80], actor=actor, source=told)
    filled = fill_draft(
        draft_id=draft.pk,
        version=draft.version,
        outlines=[_outline(row, source.level) for row in rows],
        actor=actor,
        close_missing=[source.level] if close_missing else [],
    )
    source.draft, source.state = draft, ImportState.DRAFTED
    _keep_change(source, actor, role, "draft", {"draft": draft.pk, "rows": len(rows)})
    return source, filled


@transaction.atomic
def drop_import(*, import_id: int, version: int, actor: Actor) -> None:
    """The file is not wanted any more: its shapes go, what was done stays in the history. A worker that reads it
    notices at its next step."""
    source, role = _lock(import_id, version, actor, (*_UNREAD, ImportState.REFUSED, *_OPEN))
    forget_file(source)
    source.state = ImportState.DROPPED
    source.shapes.all().delete()
    _keep_change(source, actor, role, "drop", {})


def _outline(row: Row, level: str) -> Outline:
    assert row.condition is not None  # a row without an area is blocked
    return Outline(
        level=level,
        code=row.code,
        outline=geos(row.condition.outline),
        name=row.name,
        parent_code=row.parent_code,
    )


def _lock(
    import_id: int, version: int, actor: Actor, states: tuple[ImportState, ...] = _OPEN
) -> tuple[BoundaryImport, str]:
    source = (
        BoundaryImport.objects.visible_to(actor)
        .select_related("root__district")
        .select_for_update(of=("self",))
        .filter(pk=import_id)
        .first()
    )
    if source is None:
        raise NotFound()
    role = require_tree_admin(actor, source.root.path)
    if source.version != version:
        raise StaleVersion(current_version=source.version)
    if source.state in _UNREAD and source.state not in states:
        raise ImportNotRead()
    if source.state not in states:
        raise ImportClosed(state_name=source.get_state_display(), state=source.state)
    return source, role


def _keep_change(source: BoundaryImport, actor: Actor, role: str, move: str, facts: Mapping[str, Any]) -> None:
    source.version += 1
    source.save()
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=source.pk,
        actor=actor,
        change=Change(move=move, from_state="", to_state=source.state, role=role),
        facts=dict(facts),
    )


def _require_placed(source: BoundaryImport) -> None:
    if source.state != ImportState.PLACED:
        raise _invalid("datum", "required", "请先选择坐标系。", "Say first what datum the file is in.")


def _require_level(root: Area, level: str) -> None:
    order = list(AreaLevel.values)
    if level not in PARENT_LEVELS or order.index(level) <= order.index(root.level):
        raise _invalid(
            "level", "not_below", "导入的层级应在所选范围之下。", "The level must lie below the chosen area."
        )


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
