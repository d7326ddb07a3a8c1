"""The tree of units: what belongs to a department, and who works there."""

from collections.abc import Collection

from accounts.models import Grant, OrgUnit
from accounts.roles import DEPARTMENT_ROLES


def with_units_below(unit_ids: Collection[int]) -> frozenset[int]:
    """The units and every team or office below them; one statement for each level."""
    found, level = set(unit_ids), set(unit_ids)
    while level:
        below = OrgUnit.objects.filter(parent_id__in=level).exclude(pk__in=found)
        level = set(below.values_list("pk", flat=True))
        found |= level
    return frozenset(found)


def staff_of(unit_ids: Collection[int]) -> frozenset[int]:
    """Users with a department role at one of the units."""
    grants = Grant.objects.filter(role__in=sorted(DEPARTMENT_ROLES), unit_id__in=unit_ids)
    return frozenset(grants.values_list("user_id", flat=True))
