"""What a publication does to the people of an area that was merged away.

Its events keep the area they happened in. Whoever held a post over it holds the post over its successor too, and keeps
the old one for the cases that are still open there; units that answered for it answer for the successor.
"""

from collections.abc import Mapping

from accounts.actions.grants import give_grant
from accounts.models import Grant, OrgUnit
from grids.models import Area


def hand_over_people(moved: Mapping[str, str]) -> None:
    """Closed path → path of the area that took most of its ground."""
    if not moved:
        return
    areas = {area.path: area for area in Area.objects.filter(path__in=set(moved.values()))}
    for grant in Grant.objects.filter(area_path__in=list(moved)).select_related("user", "unit"):
        heir = areas[moved[grant.area_path]]
        give_grant(
            user=grant.user,
            role=grant.role,
            unit=grant.unit,
            area_path=heir.path,
            area_level=heir.level,
            area_key=heir.pk,
        )
    for unit in OrgUnit.objects.filter(area_path__in=list(moved)):
        heir = areas[moved[unit.area_path]]
        unit.area_path, unit.area_level, unit.area_key = heir.path, heir.level, heir.pk
        unit.save(update_fields=["area_path", "area_level", "area_key"])
