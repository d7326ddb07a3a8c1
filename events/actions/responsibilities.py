"""Writing the matrix of responsibility 定事定格定责定人."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import OrgUnit
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from dispatch.models import Responder
from events.actions.freshness import require_fresh
from events.errors import ResponsibilityExists, UnknownEventType, UnknownUnit
from events.models import ResponsibilityRow
from events.models.routing import ROW_KIND
from events.queries.catalogue import catalogue
from events.queries.routing import forget
from events.routing_policies import require_row_editor
from events.rules.routing import CAN_LEAD
from grids.models import Area


@dataclass(frozen=True)
class RowContent:
    """For one type or one main class, in one area: who leads, and who answers in person (a responder, if anybody)."""

    area_path: str
    unit_id: int
    type_code: str = ""
    main_class: str = ""
    responder_id: int | None = None
    note: str = ""


@transaction.atomic
def write_row(*, actor: Actor, content: RowContent) -> ResponsibilityRow:
    """Somebody answers for a matter in an area from now on."""
    role = require_row_editor(actor, content.area_path)
    row = ResponsibilityRow(version=1)
    _fill(row, content, actor)
    _save(row)
    _remember(row, "write", actor, role, first=True)
    return row


@transaction.atomic
def edit_row(*, row_id: int, actor: Actor, version: int, content: RowContent) -> ResponsibilityRow:
    """Somebody else answers, or for something else."""
    row, role = _locked(row_id, "edit", actor, version)
    require_row_editor(actor, content.area_path)
    row.version += 1
    _fill(row, content, actor)
    _save(row)
    _remember(row, "edit", actor, role)
    return row


@transaction.atomic
def remove_row(*, row_id: int, actor: Actor, version: int) -> None:
    """Nobody in particular answers any more: the next wider row does, or the type's usual department."""
    row, role = _locked(row_id, "remove", actor, version)
    row.version += 1
    _remember(row, "remove", actor, role)
    row.delete()


def follow_main_class(*, old: str, new: str, actor: Actor, role: str) -> None:
    """The main class has another name: who answers for it answers on. Inside the transaction that renames it."""
    for row in ResponsibilityRow.objects.select_for_update().filter(main_class=old).order_by("pk"):
        row.version += 1
        row.main_class, row.edited_at, row.edited_by_id = new, now(), actor.user_id
        row.save()
        _remember(row, "rename", actor, role)


def _locked(row_id: int, move: str, actor: Actor, version: int) -> tuple[ResponsibilityRow, str]:
    row = ResponsibilityRow.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    role = require_row_editor(actor, row.area_path)
    if row.version != version:
        require_fresh(ROW_KIND, row.pk, move, actor, seen=version, current=row.version)
    return row, role


def _fill(row: ResponsibilityRow, content: RowContent, actor: Actor) -> None:
    known = catalogue()
    if content.type_code and content.type_code not in known.types:
        raise UnknownEventType(type_code=content.type_code)
    if content.main_class and all(kind.main_class != content.main_class for kind in known.types.values()):
        raise UnknownEventType(type_code=content.main_class)
    unit = OrgUnit.objects.filter(pk=content.unit_id, is_active=True, kind__in=CAN_LEAD).first()
    if unit is None:
        raise UnknownUnit()
    area = Area.objects.filter(path=content.area_path).first()
    if area is None:
        raise NotFound()
    responder = None
    if content.responder_id is not None:
        responder = Responder.objects.active().visible_to(actor).filter(pk=content.responder_id).first()
        if responder is None:
            raise NotFound()
    row.type_code, row.main_class, row.note = content.type_code, content.main_class, content.note
    row.area_path, row.area_label = area.path, area.name
    row.unit, row.responder = unit, responder
    row.edited_at, row.edited_by_id = now(), actor.user_id


def _save(row: ResponsibilityRow) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "one_unit_answers_for_a_matter_in_an_area" not in str(error):
            raise
        raise ResponsibilityExists() from error


def _remember(row: ResponsibilityRow, move: str, actor: Actor, role: str, *, first: bool = False) -> None:
    append(
        subject_kind=ROW_KIND,
        subject_id=row.pk,
        actor=actor,
        change=Change(move, "", "", role),
        at=now(),
        facts={
            "version": row.version,
            "type": row.type_code,
            "main_class": row.main_class,
            "area": row.area_path,
            "unit": row.unit_id,
            "responder": row.responder_id,
        },
        first=first,
    )
    transaction.on_commit(forget)
