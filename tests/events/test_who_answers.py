"""Who answers for a point and a matter."""

import pytest

from accounts.roles import Role
from core.actor import SYSTEM
from dispatch.actions.grid_teams import name_member
from grids.actions.unit_grids import make_unit_grids
from grids.models import Area
from tests.events.stage import HERE, Stage, browser
from tests.factories import GrantFactory, UserFactory

ADDRESS = "/api/v1/who-answers"


@pytest.fixture
def asked(stage: Stage) -> dict[str, str | float]:
    return {"lng": HERE[0], "lat": HERE[1], "type": stage.kind.code}


def test_a_point_and_a_matter_have_people_who_answer(stage: Stage, asked: dict[str, str | float]):
    grid = stage.report().area_path
    name_member(grid_path=grid, post="leader", name="邓桂兰", actor=SYSTEM)
    community = Area.objects.get(path=grid.rpartition(".")[0])
    make_unit_grids(communities=[community], size_metres=200, actor=SYSTEM)
    told = browser(stage.operator).get(ADDRESS, asked).json()
    assert told["grid_path"] == grid
    assert told["team"][0]["name"] == "邓桂兰"
    assert told["unit_grid"].startswith(community.code)
    assert told["department"]["unit"]["id"] == stage.department.pk
    assert told["centre"]["id"] == stage.centre.pk


def test_outside_ones_reach_nobody_is_told(stage: Stage, asked: dict[str, str | float]):
    stranger = UserFactory.create()
    GrantFactory.create(user=stranger, role=Role.DISPATCHER, area_path="9999.01")
    assert browser(stranger).get(ADDRESS, asked).status_code == 404


def test_a_place_outside_the_tree_is_said_to_be_so(stage: Stage, asked: dict[str, str | float]):
    answer = browser(stage.operator).get(ADDRESS, {**asked, "lng": 0})
    assert answer.json()["code"] == "outside_division_tree"


def test_an_unknown_matter_is_said_to_be_so(stage: Stage, asked: dict[str, str | float]):
    answer = browser(stage.operator).get(ADDRESS, {**asked, "type": "nothing"})
    assert answer.json()["code"] == "unknown_event_type"


def test_an_event_tells_the_unit_grid_of_its_place(stage: Stage):
    event = stage.report()
    community = Area.objects.get(path=event.area_path.rpartition(".")[0])
    make_unit_grids(communities=[community], size_metres=200, actor=SYSTEM)
    told = browser(stage.operator).get(f"/api/v1/events/{event.pk}").json()
    assert told["unit_grid"].startswith(community.code)
