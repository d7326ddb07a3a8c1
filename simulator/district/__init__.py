"""A fictional riverside district, 云澜区, drawn by numbers: same seed, same town."""

from collections import Counter
from dataclasses import replace

import numpy as np
import shapely

from . import areas, buildings, layout, roads, terrain
from .plan import AreaPlan, BuildingPlan, DistrictPlan, FeaturePlan
from .projection import project

__all__ = ["AreaPlan", "BuildingPlan", "DistrictPlan", "FeaturePlan", "generate"]

CONTEXT_GREEN = ((-2600.0, 5200.0, 700.0), (10800.0, 7600.0, 800.0), (2300.0, 8700.0, 500.0), (10500.0, -2100.0, 600.0))


def generate(seed: int = 2026) -> DistrictPlan:
    """Draws the whole district. Takes a few seconds; touches no database."""
    rng = np.random.default_rng(seed)
    board = layout.lay_out(rng)
    land = terrain.shape_terrain(rng)
    road_list = roads.build_roads(board, land, rng)
    area_list, placed = areas.place_areas(board, rng)
    named_roads = [road.name for road in road_list if road.name and road.road_class != "motorway"]
    keep_free = shapely.union(land.built_over_by_nothing(), roads.carriageways(road_list))
    built = buildings.put_up_buildings(placed, keep_free, named_roads, rng)
    return DistrictPlan(seed, _with_households(area_list, built), _features(land, road_list), built)


def _with_households(area_list: list[AreaPlan], built: list[BuildingPlan]) -> list[AreaPlan]:
    """Every area counts the households of the buildings inside it."""
    count: Counter[str] = Counter()
    for building in built:
        labels = building.grid_path.split(".")
        for depth in range(1, len(labels) + 1):
            count[".".join(labels[:depth])] += building.households
    return [replace(area, households=count[area.path]) for area in area_list]


def _features(land: terrain.Terrain, road_list: list[roads.Road]) -> list[FeaturePlan]:
    features = [
        FeaturePlan("water", "river", "云江", 0, project(land.river)),
        FeaturePlan("water", "lake", "莫澜湖", 9, project(land.lake)),
        FeaturePlan("green", "hill", "云台山", 9, project(land.hill)),
    ]
    features += [FeaturePlan("water", "canal", name, 10, project(shape)) for name, shape in land.canals]
    features += [FeaturePlan("green", "park", name, 10, project(shape)) for name, shape in land.parks]
    features += [FeaturePlan("green", "wood", "", 9, project(terrain.wood(u, v, r))) for u, v, r in CONTEXT_GREEN]
    features += [
        FeaturePlan("road", road.road_class, road.name, road.min_zoom, project(road.line)) for road in road_list
    ]
    return [feature for feature in features if not feature.geometry.is_empty]
