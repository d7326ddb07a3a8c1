from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg2.extras import DateTimeTZRange

from core.errors import Forbidden, Invalid, StaleVersion
from core.history.record import of_subject
from grids.actions.boundaries import change_boundary
from grids.errors import SelfCrossingBoundary
from grids.models import Area, AreaBoundary, MapDataset
from grids.queries.locate import locate
from tests.grids.town import DISTRICT, Town, actor, at, bow_tie, box

GRID = f"{DISTRICT}.001.001.g001"


def present_moment(area: Area) -> datetime:
    beginning: datetime = AreaBoundary.objects.get(area=area, validity__endswith=None).validity.lower
    return beginning


def test_a_changed_outline_keeps_the_old_one_with_its_time(town: Town) -> None:
    grid = town[GRID]
    old = AreaBoundary.objects.get(area=grid)
    new = change_boundary(
        area_id=grid.pk, version=1, boundary=box(0, 0, 0.5, 1), actor=actor("grid_admin", town[DISTRICT])
    )
    old.refresh_from_db()
    assert (old.version, new.version) == (1, 2)
    assert old.validity.upper == new.validity.lower
    assert new.validity.upper is None
    assert [row.move for row in of_subject("area", grid.pk)] == ["create", "change_boundary"]


def test_a_place_is_found_by_the_outlines_of_its_time(town: Town) -> None:
    grid, neighbour = town[GRID], town[f"{DISTRICT}.001.001.g002"]
    admin = actor("grid_admin", town[DISTRICT])
    before = present_moment(neighbour)
    change_boundary(area_id=grid.pk, version=1, boundary=box(0, 0, 0.5, 1), actor=admin)
    change_boundary(area_id=neighbour.pk, version=1, boundary=box(0.5, 0, 2, 1), actor=admin)
    assert locate(*at(0.75, 0.5)).path == neighbour.path
    assert locate(*at(0.75, 0.5), at=before).path == GRID


def test_two_outlines_of_one_area_never_hold_at_the_same_time(town: Town) -> None:
    with pytest.raises(IntegrityError, match="an_area_has_one_outline_at_a_time"), transaction.atomic():
        AreaBoundary.objects.create(
            area=town[GRID],
            version=2,
            geometry=box(0, 0, 1, 1),
            validity=DateTimeTZRange(datetime(2020, 1, 1, tzinfo=UTC), None, "[)"),
        )


def test_the_database_refuses_an_outline_that_crosses_itself(town: Town) -> None:
    with pytest.raises(IntegrityError, match="an_outline_does_not_cross_itself"), transaction.atomic():
        AreaBoundary.objects.filter(area=town[GRID]).update(geometry=bow_tie())


def test_a_self_crossing_change_leaves_everything_as_it_was(town: Town) -> None:
    stamp = MapDataset.objects.get(name="areas").stamp
    with pytest.raises(SelfCrossingBoundary):
        change_boundary(area_id=town[GRID].pk, version=1, boundary=bow_tie(), actor=actor("grid_admin", town[DISTRICT]))
    assert AreaBoundary.objects.filter(area=town[GRID]).count() == 1
    assert Area.objects.get(pk=town[GRID].pk).version == 1
    assert MapDataset.objects.get(name="areas").stamp == stamp


def test_a_change_based_on_an_old_version_is_refused(town: Town) -> None:
    admin = actor("grid_admin", town[DISTRICT])
    change_boundary(area_id=town[GRID].pk, version=1, boundary=box(0, 0, 0.5, 1), actor=admin)
    with pytest.raises(StaleVersion) as refusal:
        change_boundary(area_id=town[GRID].pk, version=1, boundary=box(0, 0, 0.6, 1), actor=admin)
    assert refusal.value.extra["current_version"] == 2


@pytest.mark.parametrize("shift", [timedelta(days=1), timedelta(days=-36500)])
def test_an_outline_begins_after_the_last_one_and_not_in_the_future(town: Town, shift: timedelta) -> None:
    with pytest.raises(Invalid):
        change_boundary(
            area_id=town[GRID].pk,
            version=1,
            boundary=box(0, 0, 0.5, 1),
            actor=actor("grid_admin", town[DISTRICT]),
            valid_from=present_moment(town[GRID]) + shift,
        )


def test_a_dispatcher_does_not_move_borders(town: Town) -> None:
    with pytest.raises(Forbidden):
        change_boundary(
            area_id=town[GRID].pk, version=1, boundary=box(0, 0, 0.5, 1), actor=actor("dispatcher", town[DISTRICT])
        )
