"""Registering a component, editing and moving it, and noting what became of it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction

from accounts.models import OrgUnit
from core.actor import Actor
from core.errors import StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.datasets import COMPONENTS, mark_changed
from grids.models import Area
from grids.queries.locate import Location, locate
from grids.queries.unit_grids import code_at
from registry.actions.component_bins import Counted, count_again, counted
from registry.component_lifecycle import COMPONENT, NEW, REMOVED, ComponentMove
from registry.component_policies import require_steward, roles_at
from registry.errors import CodesExhausted, ComponentRemoved, DuplicateComponentCode, invalid
from registry.live import component_audience, publish_component
from registry.models import COMPONENT_KIND, Component, ComponentType
from registry.queries.components import area_of, row_of, visible_component
from registry.rules.component_codes import CodeForm, code_form
from registry.rules.place_keys import place_key

TEXTS = ("owner", "maintainer", "address", "source")
UNITS = ("department_id", "owner_unit_id", "maintainer_unit_id")
EDITABLE = (*TEXTS, *UNITS, "inspection_due")
_KEYS = ("district_id", "street_id", "community_id", "grid_id")


def site_code_form() -> CodeForm:
    return code_form(settings.COMPONENT_CODE_SPLIT)


@transaction.atomic
def register_component(
    *,
    actor: Actor,
    type_code: str,
    lng: float,
    lat: float,
    code: str = "",
    state: str = "intact",
    **values: Any,
) -> Component:
    """A new component at a point (degrees). Without a code it gets the next one of its type in its district.

    `values` are of `EDITABLE`. Raises OutsideDivisionTree, Invalid, DuplicateComponentCode, Forbidden.
    """
    location = locate(lng, lat)
    role = require_steward(actor, location.path)
    kind = ComponentType.objects.current().filter(code=type_code).first()
    if kind is None:
        raise invalid("type_code", "unknown_type", "部件目录中没有这个类型。", "The catalogue has no such part type.")
    district = location.district.code if location.district else ""
    code = checked_code(code, district, kind) if code else next_code(district, kind)
    component = Component(code=code, version=0, type=kind, state=NEW)
    _place(component, location, lng, lat)
    _write_values(component, values)
    change = COMPONENT.apply(ComponentMove.REGISTER, component, actor=actor, roles={role}, target=None)
    component.state = state
    try:
        with transaction.atomic():
            component.save(force_insert=True)
    except IntegrityError as error:
        raise DuplicateComponentCode(component_code=code) from error
    facts = {"code": code, "type": type_code, "area": location.path}
    told = Change(change.move, change.from_state, state, change.role)
    return _finish(component, actor, told, before=(), old_path=location.path, facts=facts, first=True)


@transaction.atomic
def edit_component(
    *, component_id: int, version: int, actor: Actor, type_code: str | None = None, **values: Any
) -> Component:
    """Other words on a component: who answers for it, address, source, type, when it is inspected next."""
    component, path, role = _locked_for_steward(component_id, version, actor)
    old, was = counted(component), _told(component)
    if type_code is not None and type_code != component.type.code:
        kind = ComponentType.objects.current().filter(code=type_code).first()
        if kind is None:
            raise invalid(
                "type_code", "unknown_type", "部件目录中没有这个类型。", "The catalogue has no such part type."
            )
        component.type = kind
    _write_values(component, values)
    changes = {key: [before, after] for key, after in _told(component).items() if (before := was[key]) != after}
    if not changes:
        return component
    component.version += 1
    component.save()
    change = Change(ComponentMove.EDIT, component.state, component.state, role)
    return _finish(component, actor, change, before=(old,), old_path=path, facts={"changes": changes})


@transaction.atomic
def relocate_component(
    *, component_id: int, version: int, actor: Actor, lng: float, lat: float, note: str = ""
) -> Component:
    """It stands somewhere else now, or always did; its areas follow. The code stays: it is on the plate."""
    component, path, role = _locked_for_steward(component_id, version, actor)
    location = locate(lng, lat)
    require_steward(actor, location.path)
    old, was = counted(component), [component.point.x, component.point.y]
    _place(component, location, lng, lat)
    component.version += 1
    component.save()
    change = Change(ComponentMove.RELOCATE, component.state, component.state, role)
    facts = {"changes": {"point": [was, [lng, lat]], "area": [path, location.path]}}
    return _finish(component, actor, change, before=(old,), old_path=path, facts=facts, note=note)


@transaction.atomic
def change_component_state(*, component_id: int, version: int, move: str, actor: Actor, note: str = "") -> Component:
    """Damaged, lost, repaired, given up, taken away, or registered again."""
    component = visible_component(actor, component_id, lock=True)
    _require_fresh(component, version)
    path = path_of(component)
    old = counted(component)
    change = COMPONENT.apply(move, component, actor=actor, roles=roles_at(component, actor, path))
    component.save()
    return _finish(component, actor, change, before=(old,), old_path=path, facts={}, note=note)


def _locked_for_steward(component_id: int, version: int, actor: Actor) -> tuple[Component, str, str]:
    component = visible_component(actor, component_id, lock=True)
    path = path_of(component)
    role = require_steward(actor, path)
    _require_fresh(component, version)
    if component.state == REMOVED:
        raise ComponentRemoved()
    return component, path, role


def _require_fresh(component: Component, version: int) -> None:
    if component.version != version:
        raise StaleVersion(current_version=component.version)


def path_of(component: Component) -> str:
    return Area.objects.filter(pk=area_of(component) or 0).values_list("path", flat=True).first() or ""


def _place(component: Component, location: Location, lng: float, lat: float) -> None:
    """Point, place number and area keys are always written together."""
    component.point = Point(lng, lat, srid=4326)
    component.place_key = place_key(lng, lat)
    component.unit_grid = code_at(lng, lat) or None
    for key in _KEYS:
        setattr(component, key, location.keys[key])


def _write_values(component: Component, values: dict[str, Any]) -> None:
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"a component has no {', '.join(sorted(unknown))}")
    wanted = {name: values[name] for name in UNITS if values.get(name) is not None}
    known = set(OrgUnit.objects.filter(pk__in=wanted.values(), is_active=True).values_list("pk", flat=True))
    for name, unit_id in wanted.items():
        if unit_id not in known:
            raise invalid(name, "unknown_unit", "没有这个机构，或已停用。", "There is no such unit, or it is closed.")
    for name, value in values.items():
        setattr(component, name, (value or None) if name in TEXTS else value)


def _told(component: Component) -> dict[str, Any]:
    due: date | None = component.inspection_due
    values = {name: getattr(component, name) for name in EDITABLE}
    return values | {"inspection_due": due.isoformat() if due else None, "type": component.type.code}


def _finish(
    component: Component,
    actor: Actor,
    change: Change,
    *,
    before: tuple[Counted, ...],
    old_path: str,
    facts: dict[str, Any],
    note: str = "",
    first: bool = False,
) -> Component:
    """Counts, history and screens, in the transaction of the change."""
    count_again(before, (counted(component),))
    append(
        subject_kind=COMPONENT_KIND,
        subject_id=component.pk,
        actor=actor,
        change=change,
        facts=facts,
        personal={"note": note} if note else {},
        first=first,
    )
    row = row_of(component)
    publish_component(row, change.move, before=component_audience(old_path), after=component_audience(row.area_path))
    mark_changed(COMPONENTS)
    return component


def checked_code(code: str, district: str, kind: ComponentType) -> str:
    """The code if it has the site's form, of this district and type."""
    form = site_code_form()
    if not form.fits(code):
        raise invalid("code", "malformed", f"部件代码应为 {form.length} 位数字。", f"A code has {form.length} digits.")
    if kind.number and code[form.classes] != kind.number:
        raise invalid(
            "code", "other_type", f"代码中的类别应为 {kind.number}（{kind.name}）。",
            f"The class in the code must be {kind.number} ({kind.name}).",
        )  # fmt: skip
    if district and not code.startswith(district[: form.district]):
        raise invalid(
            "code", "other_district", f"代码应以区县代码 {district[: form.district]} 开头。",
            f"The code must begin with the district's, {district[: form.district]}.",
        )  # fmt: skip
    return code


def next_code(district: str, kind: ComponentType) -> str:
    """The code after the largest of this type in this district; two that ask at once get two."""
    form = site_code_form()
    if not kind.number:
        raise invalid(
            "code", "type_without_number", "该类型没有大类小类代码，请填写部件代码。",
            "This type has no class number. Give a code.",
        )  # fmt: skip
    prefix = form.prefix(district, kind.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7120934))", [prefix])
    last = Component.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    serial = int(last[len(prefix) :]) + 1 if last else 1
    if serial > form.most:
        raise CodesExhausted(prefix=prefix)
    return form.numbered(district, kind.number, serial)
