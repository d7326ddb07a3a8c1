"""Editing the main classes: a new name is a new version of the class and of every type in it; retiring takes one out of
force that has no types any more.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import Q

from core.actor import Actor
from core.clock import now
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from events.actions.responsibilities import follow_main_class
from events.actions.type_versions import NOBODY_IN_FORCE, Planned, lock_catalogue, write_versions
from events.catalogue_policies import editor_role
from events.errors import MainClassHasTypes, MainClassIsNamed, TypeIsCurrent, TypeIsRetired
from events.models import EventType, MainClass, ResponsibilityRow, RoutingRule
from events.queries.catalogue import forget
from events.queries.event_types import MAIN_CLASS_KIND, content_of
from events.rules.main_classes import class_faults
from events.rules.type_faults import Fault


@transaction.atomic
def create_main_class(*, category: str, code: str, name: str, actor: Actor, note: str = "") -> MainClass:
    """A main class that the catalogue did not have."""
    role = editor_role(actor)
    lock_catalogue()
    name = name.strip()
    faults = class_faults(category, code, name)
    if MainClass.objects.filter(category=category, code=code).exists():
        faults.append(
            Fault("code", "double_code", f"大类代码 {code} 已使用过，请换一个。", f"{code} has been given already.")
        )
    _require_sound(faults, category, name)
    return _write(None, category, code, name, actor=actor, role=role, note=note, came="create")


@transaction.atomic
def rename_main_class(*, category: str, code: str, name: str, version: int, actor: Actor, note: str = "") -> MainClass:
    """Types of the class, and who answers for it by the matrix, carry the new name from now on; events that were born
    before keep the version of their type.
    """
    role = editor_role(actor)
    last = _locked(category, code, version)
    if not last.is_current:
        raise TypeIsRetired()
    name = name.strip()
    if name == last.name:
        return last
    _require_sound(class_faults(category, code, name), category, name)
    _require_unnamed(last)
    made = _write(last, category, code, name, actor=actor, role=role, note=note, came="rename")
    types = EventType.objects.current().filter(category=category, main_class=last.name).prefetch_related("conditions")
    plan = [Planned(row, replace(content_of(row), main_class=name)) for row in types]
    said = note or f"大类“{last.name}”更名为“{name}”"
    write_versions(plan, actor=actor, role=role, note=said)
    follow_main_class(old=last.name, new=name, actor=actor, role=role)
    return made


@transaction.atomic
def retire_main_class(*, category: str, code: str, version: int, actor: Actor, reason: str) -> MainClass:
    """No type can be put into it any more. Its types are retired or moved elsewhere first."""
    role = editor_role(actor)
    last = _locked(category, code, version)
    if not last.is_current:
        raise TypeIsRetired()
    count = EventType.objects.current().filter(category=category, main_class=last.name).count()
    if count:
        raise MainClassHasTypes(count=count)
    _require_unnamed(last, with_rows=True)
    last.is_current = False
    last.save(update_fields=["is_current"])
    _remember(last, "retire", f"v{last.version}", NOBODY_IN_FORCE, actor, role, reason=reason)
    return last


@transaction.atomic
def restore_main_class(*, category: str, code: str, version: int, actor: Actor, note: str = "") -> MainClass:
    """A retired main class comes back as it was, as a new version."""
    role = editor_role(actor)
    last = _locked(category, code, version)
    if last.is_current:
        raise TypeIsCurrent()
    _require_sound([], category, last.name)
    return _write(last, category, code, last.name, actor=actor, role=role, note=note, came="restore")


def _locked(category: str, code: str, version: int) -> MainClass:
    if class_faults(category, code, "——"):
        raise NotFound()
    lock_catalogue()
    last = MainClass.objects.filter(category=category, code=code).order_by("-version").first()
    if last is None:
        raise NotFound()
    if last.version != version:
        raise StaleVersion(current_version=last.version)
    return last


def _require_sound(faults: Sequence[Fault], category: str, name: str) -> None:
    found = list(faults)
    if MainClass.objects.current().filter(category=category, name=name).exists():
        found.append(Fault("name", "double_name", f"已有大类“{name}”，请换一个名称。", f"There is a {name} already."))
    if found:
        raise Invalid(
            errors=[{"field": f.field, "code": f.code, "message_zh": f.zh, "message_en": f.en} for f in found]
        )


def _require_unnamed(last: MainClass, *, with_rows: bool = False) -> None:
    """Rules in force that quote the name would fall silent; a row of the matrix whose name two classes share would not
    know which to follow.
    """
    quoted = Q(expression__contains=f'"{last.name}"') | Q(expression__contains=f"'{last.name}'")
    found = [
        f"派遣规则 {name}" for name in RoutingRule.objects.filter(quoted, state="on").values_list("name", flat=True)
    ]
    shared = MainClass.objects.current().filter(name=last.name).exclude(category=last.category).exists()
    rows = ResponsibilityRow.objects.filter(main_class=last.name)
    if (with_rows and not shared) or (shared and not with_rows):
        found += [f"责任清单 {row.area_label}" for row in rows]
    if found:
        raise MainClassIsNamed(by_zh="、".join(found), by_en=", ".join(found))


def _write(
    last: MainClass | None, category: str, code: str, name: str, *, actor: Actor, role: str, note: str, came: str
) -> MainClass:
    before = "" if last is None else f"v{last.version}" if last.is_current else NOBODY_IN_FORCE
    if last is not None and last.is_current:
        MainClass.objects.filter(pk=last.pk).update(is_current=False)
    made = MainClass.objects.create(
        category=category,
        code=code,
        name=name,
        version=last.version + 1 if last else 1,
        made_at=now(),
        made_by=actor.name,
        note=note,
    )
    _remember(made, came, before, f"v{made.version}", actor, role, note=note)
    return made


def _remember(row: MainClass, move: str, before: str, after: str, actor: Actor, role: str, **personal: str) -> None:
    first = (
        MainClass.objects.filter(category=row.category, code=row.code).order_by("version").values_list("pk", flat=True)
    )
    append(
        subject_kind=MAIN_CLASS_KIND,
        subject_id=first[0],
        actor=actor,
        change=Change(move=move, from_state=before, to_state=after, role=role),
        facts={"category": row.category, "code": row.code, "name": row.name, "version": row.version},
        personal=personal,
    )
    forget()
    transaction.on_commit(partial(forget))
