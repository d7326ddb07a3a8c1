"""The rule set and the matrix as their page shows them: a fixed number of statements."""

from os.path import commonprefix
from typing import Any

from django.db.models import Q

from accounts.models import OrgUnit
from accounts.roles import Role
from core.actor import Actor
from core.errors import NotFound
from dispatch.models import Responder
from events.models import ResponsibilityRow, RoutingRule
from events.queries.catalogue import catalogue
from events.routing_policies import editing_roles, may_edit_rows_of, own_areas
from events.rules.expressions import VARIABLES
from events.rules.routing import paths_over
from grids.models import Area, AreaLevel

MOST_PEOPLE = 300
JOINED = ("edited_by", "switched_by")


def rule_list(actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """Every rule in order, with what an editor needs to write one. Two statements beside the catalogue's."""
    rules = RoutingRule.objects.filter(removed_at=None).select_related(*JOINED).in_order()
    return {
        "items": [rule_shape(rule, actor) for rule in rules],
        "variables": [{"name": v.name, "type": v.type, "meaning": v.en if english else v.zh} for v in VARIABLES],
        "offices": [{"code": code, "name": name, "example": one} for code, (name, one) in office_names().items()],
        "areas": writable_areas(actor),
        "may_edit_site": bool(editing_roles(actor)),
        "may_edit": bool(editing_roles(actor) or own_areas(actor)),
    }


def writable_areas(actor: Actor) -> list[dict[str, str]]:
    """The areas for which the actor may write rules: every street, or a duty chief's own."""
    if editing_roles(actor):
        areas = Area.objects.current().filter(level=AreaLevel.STREET)
    else:
        areas = Area.objects.filter(path__in=own_areas(actor))
    return [{"path": path, "name": name} for path, name in areas.order_by("path").values_list("path", "name")]


def one_rule(rule_id: int, actor: Actor) -> dict[str, Any]:
    rule = RoutingRule.objects.filter(pk=rule_id, removed_at=None).select_related(*JOINED).first()
    if rule is None:
        raise NotFound()
    return rule_shape(rule, actor)


def rule_shape(rule: RoutingRule, actor: Actor) -> dict[str, Any]:
    units = catalogue().units
    is_current = rule.replayed_edition == rule.edition
    roles = editing_roles(actor, rule.area_path)
    return {
        "id": rule.pk,
        "area_path": rule.area_path,
        "area_label": rule.area_label,
        "may_edit": bool(roles),
        "version": rule.version,
        "edition": rule.edition,
        "position": rule.position,
        "name": rule.name,
        "state": rule.state,
        "expression": rule.expression,
        "lead_unit_code": rule.lead_unit_code,
        "lead_unit_name": _lead_name(rule, units),
        "lead_office_code": rule.lead_office_code,
        "owner_level": rule.owner_level,
        "co_unit_codes": rule.co_unit_codes,
        "co_unit_names": [_name(units, code) for code in rule.co_unit_codes],
        "level": rule.level,
        "note": rule.note,
        "automatic": rule.automatic,
        "replaces_id": rule.replaces_id,
        "edited_at": rule.edited_at,
        "edited_by": rule.edited_by.name if rule.edited_by else "",
        "switched_at": rule.switched_at,
        "switched_by": rule.switched_by.name if rule.switched_by else "",
        "replayed_at": rule.replayed_at,
        "replay_is_current": is_current,
        "replay": rule.replay or None,
        "problem": rule.problem,
        "problem_at": rule.problem_at,
        "may_switch_on": is_current and bool(roles) and (not rule.automatic or Role.DUTY_CHIEF in roles),
    }


def _lead_name(rule: RoutingRule, units: dict[str, OrgUnit]) -> str:
    code = rule.lead_office_code
    return office_names().get(code, (code, ""))[0] if code else _name(units, rule.lead_unit_code)


def _name(units: dict[str, OrgUnit], code: str) -> str:
    return units[code].name if code in units else code


def office_names() -> dict[str, tuple[str, str]]:
    """Kinds of offices that stand in several areas, by the part of the code before its last hyphen: what their names
    have in common at their end, and one of them in full.
    """
    names: dict[str, list[str]] = {}
    for code, unit in catalogue().units.items():
        if unit.kind == OrgUnit.Kind.OFFICE:
            names.setdefault(code.rpartition("-")[0] or code, []).append(unit.name)
    shared = {code: commonprefix([name[::-1] for name in found])[::-1] for code, found in names.items()}
    return {code: (shared[code] or code, found[0]) for code, found in sorted(names.items())}


def row_list(actor: Actor) -> dict[str, Any]:
    """The whole matrix: it is small, and who answers for what is no secret among those who dispatch. One statement."""
    rows = ResponsibilityRow.objects.select_related("unit", "responder", "edited_by")
    return {"items": [row_shape(row, actor) for row in rows.order_by("main_class", "type_code", "area_path")]}


def people_of(area_path: str, actor: Actor) -> list[dict[str, Any]]:
    """Who can answer in person for an area: those who answer for it, for a part of it or for what lies around it."""
    around = Q(area_path__in=paths_over(area_path)) | Q(area_path__startswith=area_path + ".")
    people = Responder.objects.active().visible_to(actor).filter(around).order_by("area_path", "name", "id")
    return [{"id": one.pk, "name": one.name} for one in people[:MOST_PEOPLE]]


def one_row(row_id: int, actor: Actor) -> dict[str, Any]:
    row = ResponsibilityRow.objects.select_related("unit", "responder", "edited_by").get(pk=row_id)
    return row_shape(row, actor)


def row_shape(row: ResponsibilityRow, actor: Actor) -> dict[str, Any]:
    kind = catalogue().types.get(row.type_code)
    return {
        "id": row.pk,
        "version": row.version,
        "type_code": row.type_code,
        "type_name": kind.name if kind else row.type_code,
        "main_class": row.main_class,
        "area_path": row.area_path,
        "area_label": row.area_label,
        "unit": {"id": row.unit.pk, "name": row.unit.name},
        "responder": {"id": row.responder.pk, "name": row.responder.name} if row.responder else None,
        "note": row.note,
        "edited_at": row.edited_at,
        "edited_by": row.edited_by.name if row.edited_by else "",
        "may_edit": may_edit_rows_of(actor, row.area_path),
    }
