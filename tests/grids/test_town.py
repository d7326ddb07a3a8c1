"""The tests' own town: made from rows kept in memory, it is the one that the action founds."""

import pytest

from core.history.verify import broken_chains
from core.models import HistoryRow
from grids.models import Area, AreaBoundary
from grids.models.area import LEVEL_ORDER
from tests.grids.town import Town, built_by_the_action, mould_of, poured

pytestmark = pytest.mark.django_db


def told(town: Town) -> list[dict[str, object]]:
    """Everything about the areas but numbers, times and salts."""
    ids = [area.pk for area in town.areas.values()]
    areas = Area.objects.filter(pk__in=ids).select_related("parent", "district", "street", "community", "grid")
    return [
        {
            **{
                name: getattr(area, name)
                for name in ("code", "name", "level", "label", "path", "households", "version")
            },
            "label_point": area.label_point.wkt,
            "above": [getattr(getattr(area, name), "path", None) for name in ABOVE],
            "outlines": [
                (one.version, one.geometry.wkt, one.geometry_3857.wkt, one.validity.upper)
                for one in AreaBoundary.objects.filter(area=area)
            ],
            "history": list(
                HistoryRow.objects.filter(subject_kind="area", subject_id=area.pk).values(
                    "seq", "actor_id", "role", "move", "from_state", "to_state", "facts", "personal", "previous_hash"
                )
            ),
        }
        for area in areas.order_by("path")
    ]


ABOVE = ("parent", "district", "street", "community", "grid")


def test_a_town_from_the_mould_is_the_one_that_the_action_founds() -> None:
    town = built_by_the_action()
    founded, mould = told(town), mould_of(town)
    AreaBoundary.objects.all().delete()
    AreaBoundary.objects.all().delete()
    Area.objects.update(district=None, street=None, community=None, grid=None)
    for level in reversed(LEVEL_ORDER):
        Area.objects.filter(level=level).delete()
    again = poured(mould)
    assert told(again) == founded
    assert {area.pk for area in mould.areas}.isdisjoint(area.pk for area in again.areas.values())
    assert list(broken_chains()) == []
