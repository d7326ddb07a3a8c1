from collections import Counter

import numpy as np
import pytest
import shapely

from grids.rules.codes import default_label, is_well_formed
from simulator.district import DistrictPlan, generate
from simulator.district.layout import lay_out
from simulator.district.partition import area, centre, parcel, shares

LEVELS = ("city", "district", "street", "community", "grid")
Square = tuple[tuple[float, float], ...]
SQUARE: Square = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))


def test_the_same_seed_draws_the_same_district(plan: DistrictPlan) -> None:
    again = generate(2026)
    assert again.areas == plan.areas
    assert again.features == plan.features
    assert again.buildings == plan.buildings


def test_the_district_has_the_size_of_a_real_one(plan: DistrictPlan) -> None:
    count = Counter(drawn.level for drawn in plan.areas)
    assert count == {"city": 1, "district": 1, "street": 8, "community": 130, "grid": 600}
    assert 26_000 < len(plan.buildings) < 30_000
    assert {drawn.kind for drawn in plan.features} == {"water", "road", "green"}
    assert {drawn.feature_class for drawn in plan.features if drawn.kind == "road"} == {
        "motorway",
        "primary",
        "secondary",
        "residential",
    }


@pytest.mark.parametrize("level", ["street", "community", "grid"])
def test_areas_of_a_level_share_their_borders_without_gap_or_overlap(plan: DistrictPlan, level: str) -> None:
    outlines = [drawn.boundary.geoms[0] for drawn in plan.at_level(level)]
    assert all(len(drawn.boundary.geoms) == 1 for drawn in plan.at_level(level))
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)


@pytest.mark.parametrize("level", LEVELS[:-1])
def test_children_tile_their_parent(plan: DistrictPlan, level: str) -> None:
    for parent in plan.at_level(level):
        children = [drawn.boundary for drawn in plan.areas if drawn.parent_path == parent.path]
        together = shapely.coverage_union_all(children)
        assert shapely.symmetric_difference(together, parent.boundary).area < 1e-12


def test_codes_and_paths_follow_the_statutory_scheme(plan: DistrictPlan) -> None:
    assert len({drawn.code for drawn in plan.areas}) == len(plan.areas)
    for drawn in plan.areas:
        assert is_well_formed(drawn.level, drawn.code)
        prefix = f"{drawn.parent_path}." if drawn.parent_path else ""
        assert drawn.path == prefix + default_label(drawn.level, drawn.code)


def test_community_names_repeat_nowhere_and_the_longest_has_fifteen_characters(plan: DistrictPlan) -> None:
    names = [drawn.name for drawn in plan.at_level("community")]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) == 15
    assert "荷花社区" in names


def test_every_label_lies_inside_its_area(plan: DistrictPlan) -> None:
    assert all(drawn.boundary.covers(drawn.label) for drawn in plan.areas)


def test_every_building_stands_in_its_grid(plan: DistrictPlan) -> None:
    outlines = {drawn.path: drawn.boundary for drawn in plan.at_level("grid")}
    footprints = np.array([building.footprint for building in plan.buildings])
    homes = np.array([outlines[building.grid_path] for building in plan.buildings])
    assert shapely.covers(homes, footprints).all()
    assert shapely.is_valid(footprints).all()


def test_no_building_stands_in_the_water(plan: DistrictPlan) -> None:
    water = shapely.union_all([drawn.geometry for drawn in plan.features if drawn.kind == "water"])
    shapely.prepare(water)
    assert not shapely.intersects(water, np.array([building.footprint for building in plan.buildings])).any()


def test_an_inhabited_grid_has_about_three_hundred_households(plan: DistrictPlan) -> None:
    inhabited = [drawn.households for drawn in plan.at_level("grid") if drawn.households]
    assert len(inhabited) > 540
    assert 270 < np.median(inhabited) < 320
    assert max(inhabited) < 450


def test_the_centre_is_built_higher_than_the_edge(plan: DistrictPlan) -> None:
    west, _, east, _ = plan.at_level("district")[0].boundary.bounds
    middle = (west + east) / 2
    offset = np.array([abs(building.footprint.centroid.x - middle) for building in plan.buildings])
    heights = np.array([building.height_m for building in plan.buildings])
    assert np.percentile(heights[offset < 0.012], 90) > 1.4 * np.percentile(heights[offset > 0.03], 90)


def test_another_seed_draws_another_district() -> None:
    one, other = (lay_out(np.random.default_rng(seed)) for seed in (1, 2))
    assert one.nodes != other.nodes
    for board in (one, other):
        assert len(board.communities) == 130
        assert sum(len(community.grids) for community in board.communities) == 600


def test_parcelling_keeps_the_ground() -> None:
    rings, cuts = parcel(SQUARE, 7, np.random.default_rng(1), lambda _: 1.0)
    assert (len(rings), len(cuts)) == (7, 6)
    assert sum(area(ring) for ring in rings) == pytest.approx(10_000)


def test_parcels_are_smaller_where_more_people_live() -> None:
    rings, _ = parcel(SQUARE, 8, np.random.default_rng(1), lambda at: 4.0 if at[0] < 50 else 1.0)
    west = [area(ring) for ring in rings if centre(ring)[0] < 50]
    east = [area(ring) for ring in rings if centre(ring)[0] >= 50]
    assert np.mean(west) < np.mean(east)


def test_shares_add_up_and_leave_nobody_out() -> None:
    assert shares(10, [1.0, 1.0, 1.0]) in ([4, 3, 3], [3, 4, 3], [3, 3, 4])
    assert sum(shares(600, [float(n) for n in range(1, 131)])) == 600
    assert min(shares(130, [0.001] + [1.0] * 20)) >= 1
