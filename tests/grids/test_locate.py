from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import OutsideDivisionTree
from grids.queries.locate import locate, location_of
from grids.queries.tree import labels_of
from tests.grids.town import DISTRICT, Town, at


def test_a_point_is_told_by_street_community_and_grid(town: Town) -> None:
    place = locate(*at(2.5, 0.5))
    assert place.label == "望江街道 荷花社区 1号网格"
    assert place.path == f"{DISTRICT}.002.001.g001"
    assert place.keys == {
        "district_id": town[DISTRICT].pk,
        "street_id": town[f"{DISTRICT}.002"].pk,
        "community_id": town[f"{DISTRICT}.002.001"].pk,
        "grid_id": town[place.path].pk,
    }


@pytest.mark.parametrize(
    ("u", "v", "path"),
    [
        (1, 0.5, "001.001.g001"),
        (2, 0.5, "001.001.g002"),
        (2, 1, "001.001.g002"),
        (0.5, 1, "001.001.g001"),
        (4, 2, "002.002.g002"),
    ],
)
def test_a_border_belongs_to_the_lowest_code(town: Town, u: float, v: float, path: str) -> None:
    assert locate(*at(u, v)).path == f"{DISTRICT}.{path}"


@pytest.mark.parametrize("point", [at(-0.1, 0.5), at(4.1, 1), (0.0, 0.0), (200.0, 95.0), (float("nan"), 32.0)])
def test_a_point_outside_is_refused(town: Town, point: tuple[float, float]) -> None:
    with pytest.raises(OutsideDivisionTree):
        locate(*point)


def test_a_point_is_located_in_one_query(town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        locate(*at(0.5, 0.5))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(u=st.floats(0.001, 3.999), v=st.floats(0.001, 1.999))
def test_every_point_inside_lies_in_the_square_that_holds_it(town: Town, u: float, v: float) -> None:
    lng, lat = at(u, v)
    column, row = round((lng - 118.0) / 0.01, 6), round((lat - 32.0) / 0.01, 6)
    west = max(int(column) - (column == int(column)), 0)
    south = max(int(row) - (row == int(row)), 0)
    expected = f"{DISTRICT}.{west // 2 + 1:03d}.{south + 1:03d}.g{west % 2 + 1:03d}"
    assert locate(lng, lat).path == expected


def test_a_known_path_gives_the_same_place(town: Town) -> None:
    assert location_of(f"{DISTRICT}.002.001.g001") == locate(*at(2.5, 0.5))
    with pytest.raises(OutsideDivisionTree):
        location_of("nowhere")


def test_labels_of_many_areas_come_in_one_query(town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        labels = labels_of([f"{DISTRICT}.001.002.g002", DISTRICT, f"{DISTRICT}.002"])
    assert labels[f"{DISTRICT}.001.002.g002"] == "莫澜湖街道 吉庆社区 2号网格"
    assert labels[DISTRICT] == "云澜区"
