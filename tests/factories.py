"""Objects that are valid without arguments. What has a life (events, alerts, tasks) is made by its own actions."""

from decimal import Decimal
from typing import Any

from factory.declarations import RelatedFactory, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.deadlines.arithmetic import LimitType
from events.models import Category, CheckMode, Condition, EventType, ReportGroup
from grids.models import Area


class OrgUnitFactory(DjangoModelFactory[OrgUnit]):
    """A department; `kind="centre"` with an area makes a command centre."""

    class Meta:
        model = OrgUnit

    code = Sequence(lambda n: f"unit-{n}")
    name = Sequence(lambda n: f"第{n}管理局")
    short_name = Sequence(lambda n: f"{n}局")
    kind = OrgUnit.Kind.DEPARTMENT


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person-{n}")
    name = Sequence(lambda n: f"王芳{n}")
    password = Password("correct horse battery")


class GrantFactory(DjangoModelFactory[Grant]):
    """A post over an area, or with `unit` alone the desk of a department."""

    class Meta:
        model = Grant

    user = SubFactory(UserFactory)
    role = Role.DEPARTMENT_DESK
    unit = SubFactory(OrgUnitFactory)


class EventTypeFactory(DjangoModelFactory[EventType]):
    """A type with one condition of two urgent hours; checked by call-back, without photo: a short case."""

    class Meta:
        model = EventType
        skip_postgeneration_save = True

    code = Sequence(lambda n: f"kind_{n}")
    name = Sequence(lambda n: f"第{n}类案件")
    category = Category.EVENT
    main_class = "街面秩序"
    report_group = ReportGroup.ENFORCEMENT
    default_unit_code = "chengguan"
    check_mode = CheckMode.CALL_BACK
    needs_after_photo = False
    digest = Sequence(lambda n: f"{n:064d}")

    condition = RelatedFactory("tests.factories.ConditionFactory", factory_related_name="type")


class ConditionFactory(DjangoModelFactory[Condition]):
    class Meta:
        model = Condition

    type = SubFactory(EventTypeFactory, condition=None)
    code = Sequence(lambda n: f"condition_{n}")
    text = "占用主干道或阻塞交通"
    limit_type = LimitType.URGENT_HOURS.value
    limit_amount = Decimal(2)


def person_with(role: str, *, area: Area | None = None, unit: OrgUnit | None = None, **fields: Any) -> User:
    """Somebody with one grant: over an area, or at a unit."""
    user = UserFactory.create(**fields)
    place = {"area_path": area.path, "area_level": area.level, "area_key": area.pk} if area else {}
    GrantFactory.create(user=user, role=role, unit=unit, **place)
    return user
