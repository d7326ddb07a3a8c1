"""Adding a node to the division tree and editing what is written on it."""

from datetime import datetime

from django.contrib.gis.geos import MultiPolygon, Point
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.boundaries import first_boundary
from grids.actions.datasets import AREAS, mark_changed
from grids.errors import DuplicateCode
from grids.models import Area, AreaLevel
from grids.outlines import checked_outline
from grids.policies import require_tree_admin
from grids.rules.codes import CODE_FORMS, LABEL, PARENT_LEVELS, default_label, is_well_formed, path_under


@transaction.atomic
def create_area(
    *,
    code: str,
    name: str,
    level: str,
    parent: Area | None,
    boundary: MultiPolygon,
    actor: Actor,
    label: str = "",
    households: int = 0,
    label_point: Point | None = None,
    valid_from: datetime | None = None,
) -> Area:
    """A new area with its first outline; both are there or neither is."""
    role = require_tree_admin(actor, parent.path if parent else "")
    label = label or (default_label(level, code) if is_well_formed(level, code) else "")
    _check_form(code=code, name=name, level=level, parent=parent, label=label)
    outline = checked_outline(boundary)
    path = path_under(parent.path if parent else None, label)
    holder = Area.objects.filter(code=code).first()
    if holder is not None:
        raise DuplicateCode(duplicate=code, holder=holder.name)
    if Area.objects.filter(path=path).exists():
        raise _invalid("label", "duplicate", "同级已有相同的路径标签。", "A sibling already has this label.")
    area = Area(
        code=code,
        name=name,
        level=level,
        parent=parent,
        label=label,
        path=path,
        households=households,
        label_point=label_point or outline.point_on_surface,
    )
    if parent is not None:
        area.district_id, area.street_id = parent.district_id, parent.street_id
        area.community_id, area.grid_id = parent.community_id, parent.grid_id
    try:
        with transaction.atomic():
            area.save(force_insert=True)
    except IntegrityError as error:  # somebody chose the same code or label in the same moment
        raise DuplicateCode(duplicate=code, holder="") from error
    if level in {AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY, AreaLevel.GRID}:
        setattr(area, level, area)
        area.save(update_fields=[level])
    first_boundary(area, outline, valid_from)
    append(
        subject_kind="area",
        subject_id=area.pk,
        actor=actor,
        change=Change(move="create", from_state="", to_state="current", role=role),
        facts={"code": code, "name": name, "path": path},
        first=True,
    )
    mark_changed(AREAS)
    return area


@transaction.atomic
def edit_area(
    *, area_id: int, version: int, actor: Actor, name: str, households: int, label_point: Point | None = None
) -> Area:
    """Another name, household count or label position. Code and path stay: events and grants hang on them."""
    area = Area.objects.select_for_update(of=("self",)).filter(pk=area_id).first()
    if area is None:
        raise NotFound()
    role = require_tree_admin(actor, area.path)
    if area.version != version:
        raise StaleVersion(current_version=area.version)
    _check_form(code=area.code, name=name, level=area.level, parent=area.parent, label=area.label)
    before = {"name": area.name, "households": area.households}
    area.name, area.households = name, households
    area.label_point = label_point or area.label_point
    area.version += 1
    area.save(update_fields=["name", "households", "label_point", "version"])
    append(
        subject_kind="area",
        subject_id=area.pk,
        actor=actor,
        change=Change(move="edit", from_state="current", to_state="current", role=role),
        facts={"before": before, "after": {"name": name, "households": households}},
    )
    mark_changed(AREAS)
    return area


def _check_form(*, code: str, name: str, level: str, parent: Area | None, label: str) -> None:
    if level not in PARENT_LEVELS:
        raise _invalid("level", "unknown_level", "没有这个层级。", "There is no such level.")
    if not name.strip():
        raise _invalid("name", "required", "请填写名称。", "A name is needed.")
    expected = PARENT_LEVELS[level]
    if (parent.level if parent else None) not in (expected or (None,)):
        raise _invalid("parent", "wrong_level", "上级区域的层级不对。", "The parent has the wrong level.")
    if not is_well_formed(level, code):
        zh, en = CODE_FORMS[level]
        raise _invalid("code", "malformed", f"代码应为{zh}。", f"The code must be {en}.")
    if not LABEL.fullmatch(label):
        raise _invalid(
            "label", "malformed", "路径标签只能用小写字母和数字。", "A label has small letters and digits only."
        )


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
