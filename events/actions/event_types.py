"""Changing the catalogue: a change is a new version, events keep the one they were born with."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from core.actor import Actor
from core.errors import Invalid, NotFound, StaleVersion
from events.actions.type_versions import Planned, lock_catalogue, retire_rows, write_versions
from events.catalogue_policies import editor_role
from events.errors import TypeIsCurrent, TypeIsNamed, TypeIsRetired
from events.models import EventType, RoutingRule, Scenario
from events.queries.event_types import content_of, known_names, last_versions
from events.rules.type_content import TypeContent, as_plain
from events.rules.type_faults import Fault, faults_of
from events.signals import type_retiring


@transaction.atomic
def create_type(*, content: TypeContent, actor: Actor, note: str = "") -> EventType:
    """A sub class that the catalogue did not have."""
    role = editor_role(actor)
    lock_catalogue()
    last = last_versions()
    require_sound(content, others=last.values(), known=content.code in last)
    return write_versions([Planned(None, content)], actor=actor, role=role, note=note)[0]


@transaction.atomic
def change_type(*, content: TypeContent, version: int, actor: Actor, note: str = "") -> EventType:
    """What is different takes force as a new version. A change that changes nothing is none."""
    role = editor_role(actor)
    last = _locked(content.code, version)
    current = last[content.code]
    if not current.is_current:
        raise TypeIsRetired()
    require_sound(content, others=last.values())
    if as_plain(content) == as_plain(content_of(current)):
        return current
    return write_versions([Planned(current, content)], actor=actor, role=role, note=note)[0]


@transaction.atomic
def retire_type(*, code: str, version: int, actor: Actor, reason: str) -> EventType:
    """Nobody can choose it any more; events that were born with it go on to their end by its conditions and limits."""
    role = editor_role(actor)
    current = _locked(code, version)[code]
    if not current.is_current:
        raise TypeIsRetired()
    require_unnamed(code)
    retire_rows([current], actor=actor, role=role, reason=reason)
    return current


@transaction.atomic
def restore_type(*, code: str, version: int, actor: Actor, note: str = "") -> EventType:
    """A retired type comes back as it was, as a new version."""
    role = editor_role(actor)
    last = _locked(code, version)
    retired = last[code]
    if retired.is_current:
        raise TypeIsCurrent()
    content = content_of(retired)
    require_sound(content, others=last.values())
    return write_versions([Planned(retired, content)], actor=actor, role=role, note=note)[0]


def _locked(code: str, version: int) -> dict[str, EventType]:
    lock_catalogue()
    last = last_versions()
    if code not in last:
        raise NotFound()
    if last[code].version != version:
        raise StaleVersion(current_version=last[code].version)
    return last


def require_sound(content: TypeContent, *, others: Iterable[EventType], known: bool = False) -> None:
    """Refuse what cannot stand in the catalogue, each fault at its field."""
    faults = faults_of(content, known_names())
    if known:
        faults.append(
            Fault("code", "double_code", f"代码“{content.code}”已有案件类型使用。", f"“{content.code}” is taken.")
        )
    holder = number_holder(content, others)
    if holder is not None:
        faults.append(number_fault(content, holder))
    if faults:
        raise Invalid(
            errors=[{"field": f.field, "code": f.code, "message_zh": f.zh, "message_en": f.en} for f in faults]
        )


def number_holder(content: TypeContent, others: Iterable[EventType]) -> EventType | None:
    """The other type in force that has the number already."""
    place = (content.category, content.main_class, content.sub_code)
    return next(
        (
            row
            for row in others
            if row.is_current and row.code != content.code and (row.category, row.main_class, row.sub_code) == place
        ),
        None,
    )


def number_fault(content: TypeContent, holder: EventType | TypeContent) -> Fault:
    return Fault(
        "sub_code",
        "double_number",
        f"大类“{content.main_class}”的小类代码 {content.sub_code} 已用于“{holder.name}”，请换一个。",
        f"{content.sub_code} of {content.main_class} is the number of {holder.code}. Take another.",
    )


def require_unnamed(code: str) -> None:
    """A type that procedures, cameras or rules still name is not taken from under them."""
    named = names_of(code)
    if named:
        raise TypeIsNamed(by_zh="、".join(named), by_en=", ".join(named))


def names_of(code: str) -> list[str]:
    """What names the type: scenarios, rules in force, and whatever hears `type_retiring`."""
    found = [
        f"场景 {scenario.name}"
        for scenario in Scenario.objects.filter(is_current=True)
        if code in (scenario.definition.get("event_type"), *scenario.definition.get("also_types", ()))
    ]
    quoted = Q(expression__contains=f'"{code}"') | Q(expression__contains=f"'{code}'")
    found += [
        f"派遣规则 {name}" for name in RoutingRule.objects.filter(quoted, state="on").values_list("name", flat=True)
    ]
    for _receiver, names in type_retiring.send(sender=EventType, code=code):
        found += names or []
    return found
