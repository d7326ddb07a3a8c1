"""The catalogue as its administrators see it: every type in its last version, its versions, what changed between."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min

from accounts.models import OrgUnit
from core.errors import NotFound
from core.history.record import of_subject
from events.lifecycle import OPEN_STATES
from events.models import Condition, Event, EventType, MainClass, Scenario
from events.rules.type_content import ConditionContent, FieldChange, TypeContent, changes_between, plain_amount
from events.rules.type_faults import Known

SUBJECT_KIND = "event_type"
MAIN_CLASS_KIND = "main_class"
CAN_LEAD = (OrgUnit.Kind.DEPARTMENT, OrgUnit.Kind.OFFICE)


def content_of(row: EventType) -> TypeContent:
    """What a stored version says; its conditions are expected to be prefetched."""
    return TypeContent(
        code=row.code,
        name=row.name,
        category=row.category,
        main_class=row.main_class,
        sub_code=row.sub_code,
        report_group=row.report_group,
        default_unit_code=row.default_unit_code,
        default_level=row.default_level,
        scenario_code=row.scenario_code,
        check_mode=row.check_mode,
        filing_standard=row.filing_standard,
        needs_before_photo=row.needs_before_photo,
        needs_after_photo=row.needs_after_photo,
        needs_check_photo=row.needs_check_photo,
        verification_advised=row.verification_advised,
        allows_self_handling=row.allows_self_handling,
        position=row.position,
        conditions=tuple(
            ConditionContent(
                one.code, one.text, one.limit_type, one.limit_amount, closing_standard=one.closing_standard
            )
            for one in row.conditions.all()
        ),
    )


def known_names() -> Known:
    """What types may name here and now: three statements."""
    main_classes: dict[str, dict[str, str]] = {}
    for category, name, code in MainClass.objects.current().values_list("category", "name", "code"):
        main_classes.setdefault(category, {})[name] = code
    return Known(
        main_classes=main_classes,
        units=frozenset(OrgUnit.objects.filter(is_active=True, kind__in=CAN_LEAD).values_list("code", flat=True)),
        scenarios=frozenset(Scenario.objects.filter(is_current=True).values_list("code", flat=True)),
    )


def last_versions(codes: Iterable[str] | None = None) -> dict[str, EventType]:
    """The last version of every type by its code, in force or retired, with its conditions: two statements."""
    rows = EventType.objects.order_by("code", "-version").distinct("code").prefetch_related("conditions")
    return {row.code: row for row in (rows if codes is None else rows.filter(code__in=list(codes)))}


def first_ids(codes: Iterable[str]) -> dict[str, int]:
    """The key of each type's first version: the subject of its history through all versions."""
    rows = EventType.objects.filter(code__in=list(codes)).values("code").annotate(first=Min("pk"))
    return {row["code"]: row["first"] for row in rows}


def in_order(rows: Iterable[EventType]) -> list[EventType]:
    """As a reader looks for them: by category, number of the main class, order and number of the sub class."""
    return sorted(
        rows, key=lambda row: (row.category, row.main_code or "99", row.position, row.sub_code or "99", row.code)
    )


def type_list() -> dict[str, Any]:
    """Every type with what a tree and a search need: six statements."""
    rows = in_order(EventType.objects.order_by("code", "-version").distinct("code"))
    units = dict(OrgUnit.objects.values_list("code", "name"))
    by_type = Condition.objects.values("type_id").annotate(count=Count("pk"))
    counted = {row["type_id"]: row["count"] for row in by_type}
    return {
        "items": [_row(row, units) | {"condition_count": counted.get(row.pk, 0)} for row in rows],
        **_main_classes(),
        "scenarios": list(Scenario.objects.filter(is_current=True).order_by("number").values("code", "number", "name")),
        "units": list(OrgUnit.objects.filter(is_active=True, kind__in=CAN_LEAD).order_by("id").values("code", "name")),
    }


def _main_classes() -> dict[str, Any]:
    """Those in force and, apart, those that are retired, each in its last version."""
    last = MainClass.objects.order_by("category", "code", "-version").distinct("category", "code")
    found = list(last.values("category", "code", "name", "version", "is_current", "made_at", "made_by"))
    rows = [{key: value for key, value in row.items() if key != "is_current"} for row in found]
    return {
        "main_classes": [row for row, whole in zip(rows, found, strict=True) if whole["is_current"]],
        "retired_main_classes": [row for row, whole in zip(rows, found, strict=True) if not whole["is_current"]],
    }


def _row(row: EventType, units: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row.code,
        "number": row.number,
        "name": row.name,
        "category": row.category,
        "main_class": row.main_class,
        "main_code": row.main_code,
        "sub_code": row.sub_code,
        "version": row.version,
        "is_current": row.is_current,
        "is_starting_set": row.is_starting_set,
        "report_group": row.report_group,
        "default_level": row.default_level,
        "default_unit_code": row.default_unit_code,
        "default_unit_name": units.get(row.default_unit_code),
        "scenario_code": row.scenario_code,
        "made_at": row.made_at,
        "made_by": row.made_by,
    }


def type_detail(code: str, *, with_use: bool) -> dict[str, Any]:
    """One type in full, with every version and what it changed; `with_use` counts the open events that hang on it."""
    versions = list(EventType.objects.filter(code=code).order_by("version").prefetch_related("conditions"))
    if not versions:
        raise NotFound()
    last = versions[-1]
    units = dict(OrgUnit.objects.filter(code=last.default_unit_code).values_list("code", "name"))
    content = content_of(last)
    return {
        **_row(last, units),
        "condition_count": len(content.conditions),
        "check_mode": content.check_mode,
        "filing_standard": content.filing_standard,
        "needs_before_photo": content.needs_before_photo,
        "needs_after_photo": content.needs_after_photo,
        "needs_check_photo": content.needs_check_photo,
        "verification_advised": content.verification_advised,
        "allows_self_handling": content.allows_self_handling,
        "position": content.position,
        "note": last.note,
        "conditions": [condition_plain(one) for one in content.conditions],
        "versions": _versions(versions),
        "retired": _retired(last, versions[0].pk),
        "open_events": Event.objects.filter(type__code=code, state__in=OPEN_STATES).count() if with_use else None,
    }


def condition_plain(one: ConditionContent) -> dict[str, Any]:
    return {
        "code": one.code,
        "text": one.text,
        "closing_standard": one.closing_standard,
        "limit_type": one.limit_type,
        "limit_amount": plain_amount(one.limit_amount),
    }


def change_plain(change: FieldChange) -> dict[str, Any]:
    return {"field": change.field, "condition": change.condition, "before": change.before, "after": change.after}


def _versions(rows: list[EventType]) -> list[dict[str, Any]]:
    """The newest first; each with what it changed against the one before."""
    told = []
    for index, row in enumerate(rows):
        before = content_of(rows[index - 1]) if index else None
        changes = changes_between(before, content_of(row)) if before else []
        told.append(
            {
                "version": row.version,
                "is_current": row.is_current,
                "is_starting_set": row.is_starting_set,
                "made_at": row.made_at,
                "made_by": row.made_by,
                "note": row.note,
                "changes": [change_plain(change) for change in changes],
            }
        )
    return told[::-1]


def _retired(last: EventType, first_id: int) -> dict[str, Any] | None:
    if last.is_current:
        return None
    done = [row for row in of_subject(SUBJECT_KIND, first_id) if row.move == "retire"]
    if not done:
        return {"at": None, "by": "", "reason": ""}
    personal = done[-1].personal or {}
    return {"at": done[-1].at, "by": personal.get("actor_name", ""), "reason": personal.get("reason", "")}


def unit_names() -> dict[str, str]:
    """Departments and offices that can lead an event: names by code."""
    rows = OrgUnit.objects.filter(is_active=True, kind__in=CAN_LEAD).order_by("id")
    return dict(rows.values_list("code", "name"))
