import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.audience import keys_of
from accounts.models import Grant, OrgUnit, User
from accounts.roles import DEPARTMENT_ROLES, ROLE_NAMES_EN, Role
from accounts.scope import covers, roles_over, unit_ids
from core.actor import Actor, ActorGrant
from core.live.publish import area_audience

labels = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=5).map(".".join)


@given(grant=labels, path=labels)
def test_covering_an_area_is_sharing_an_audience_key(grant: str, path: str) -> None:
    actor = Actor(1, "x", (ActorGrant("dispatcher", area_path=grant),))
    assert covers(grant, path) == bool(keys_of(actor) & area_audience(path))


def test_a_label_that_only_begins_alike_is_not_covered() -> None:
    assert not covers("city.river", "city.riverside")


def test_a_department_role_gives_no_view_of_its_area() -> None:
    actor = Actor(1, "x", (ActorGrant("department_desk", unit_id=3, area_path="a"),))
    assert roles_over(actor, "a.b") == frozenset()
    assert unit_ids(actor) == {3}
    assert keys_of(actor) == {"user:1", "unit:3", "watch:unit:3"}


def test_every_role_has_a_name_in_both_languages() -> None:
    assert set(ROLE_NAMES_EN) == set(Role)


@pytest.mark.django_db
def test_a_department_role_without_unit_is_impossible() -> None:
    user = User.objects.create_user("u", name="甲")
    with pytest.raises(IntegrityError, match="a_grant_has_the_unit_or_area_its_role_needs"), transaction.atomic():
        Grant.objects.create(user=user, role=sorted(DEPARTMENT_ROLES)[0], area_path="a")


@pytest.mark.django_db
def test_a_grant_is_given_once() -> None:
    user = User.objects.create_user("u", name="甲")
    unit = OrgUnit.objects.create(code="chengguan", name="城市管理局", short_name="城管", kind="department")
    Grant.objects.create(user=user, role="handler", unit=unit)
    with pytest.raises(IntegrityError, match="a_grant_is_given_once"), transaction.atomic():
        Grant.objects.create(user=user, role="handler", unit=unit)
