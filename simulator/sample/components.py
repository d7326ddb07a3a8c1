"""Components of the sample district: lamps, covers, grates, hydrants and trees along its roads, the same for the same
seed. They are written the way an import writes them, so that bins, codes and areas are right.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection, transaction

from core.actor import SYSTEM
from grids.actions.datasets import COMPONENTS, mark_changed
from grids.models import MapFeature
from registry.importing.ground import Ground, ground_for
from registry.importing.staging import Staging
from registry.importing.tables import Batch
from registry.importing.understanding import understand
from registry.models import Component, ComponentType
from simulator.district.areas import DISTRICT_CODE
from simulator.sample.org import Organisation

METRES_PER_DEGREE = 111_320.0
STAGING = 0
"""The number of an import that nobody brought."""


@dataclass(frozen=True)
class Kind:
    """What stands along roads: every so many metres, so far from their middle; who keeps it."""

    code: str
    every_m: float
    aside_m: float
    keeper: str
    owner: str


KINDS = (
    Kind("street_lamp", 70, 9, "chengguan", "路灯管理所"),
    Kind("rain_cover", 110, 3, "shuiwu", "排水管理处"),
    Kind("sewage_cover", 150, -3, "shuiwu", "排水管理处"),
    Kind("rain_grate", 90, 7, "shuiwu", "排水管理处"),
    Kind("water_cover", 210, -5, "", "自来水有限公司"),
    Kind("gas_cover", 320, 5, "ranqi", "燃气公司"),
    Kind("fire_hydrant", 260, -8, "xiaofang", "消防救援大队"),
    Kind("street_tree", 60, -10, "yuanlin", "园林绿化局"),
    Kind("telecom_box", 480, 10, "", "通信公司"),
    Kind("bench", 520, 11, "chengguan", "市容环境管理所"),
)
_STATES = (("完好", 0.962), ("破损", 0.026), ("丢失", 0.006), ("废弃", 0.006))


def write_components(organisation: Organisation, seed: int) -> dict[str, int]:
    """Some thousands of components, unless there are any; none before the catalogue is loaded."""
    if Component.objects.exists() or not ComponentType.objects.current().exists():
        return {"components": 0}
    ground = ground_for(SYSTEM)
    batch = _batch(organisation, ground, np.random.default_rng(seed))
    understood = understand(batch, ground, datum="wgs84", titles={})
    staging = Staging(STAGING)
    with transaction.atomic():
        staging.create()
        staging.add(understood.lines)
        merged = staging.merge(frozenset(batch.texts))
        staging.drop()
        Component.objects.filter(import_id=STAGING).update(import_id=None)
        mark_changed(COMPONENTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registry_component, registry_component_bin")
    return {"components": merged.created}


def _batch(organisation: Organisation, ground: Ground, rng: np.random.Generator) -> Batch:
    """As the rows of a file: those of one type are numbered from the west."""
    numbers = {kind.code: kind.number for kind in ComponentType.objects.current()}
    roads = list(MapFeature.objects.filter(kind="road").order_by("pk").values_list("geometry", "name"))
    names = ("code", "state", "address", "owner", "maintainer", "source", "inspection_due")
    texts: dict[str, list[str]] = {name: [] for name in names}
    found_lng: list[float] = []
    found_lat: list[float] = []
    odds = [share for _, share in _STATES]
    for kind in (one for one in KINDS if numbers.get(one.code)):
        places = sorted(_along(roads, kind, rng))
        lng, lat = np.array([[x, y] for x, y, _ in places]).T
        inside = np.flatnonzero(ground.locate(lng, lat) >= 0)
        states = rng.choice(len(_STATES), size=len(inside), p=odds)
        months = rng.integers(0, 14, size=len(inside))
        keeper = organisation.units[kind.keeper].name if kind.keeper in organisation.units else kind.owner
        for serial, (at, state, month) in enumerate(zip(inside.tolist(), states, months, strict=True), start=1):
            texts["code"].append(ground.form.numbered(DISTRICT_CODE, numbers[kind.code], serial))
            texts["state"].append(_STATES[state][0])
            texts["address"].append(places[at][2])
            texts["owner"].append(kind.owner)
            texts["maintainer"].append(keeper)
            texts["source"].append("示例普查")
            texts["inspection_due"].append(f"{2026 + (10 + month) // 12}-{(10 + month) % 12 + 1:02d}-15")
            found_lng.append(round(places[at][0], 7))
            found_lat.append(round(places[at][1], 7))
    return Batch(list(range(1, len(found_lng) + 1)), texts, np.array(found_lng), np.array(found_lat))


def _along(roads: list[tuple[object, str]], kind: Kind, rng: np.random.Generator) -> Iterator[tuple[float, float, str]]:
    """Points beside the roads that have a name, now on one side and now on the other, with an address."""
    for geometry, name in roads:
        for line in shapely.get_parts(shapely.from_wkb(bytes(geometry.wkb))):  # type: ignore[attr-defined]
            if not name or shapely.get_type_id(line) != 1:
                continue
            stretch = float(np.cos(np.radians(shapely.get_y(shapely.get_point(line, 0)))))
            flat = shapely.transform(line, lambda c, k=stretch: c * [METRES_PER_DEGREE * k, METRES_PER_DEGREE])
            steps = np.arange(rng.uniform(5, kind.every_m), float(shapely.length(flat)) - 5, kind.every_m)
            if not len(steps):
                continue
            here = shapely.get_coordinates(shapely.line_interpolate_point(flat, steps))
            along = shapely.get_coordinates(shapely.line_interpolate_point(flat, steps + 1)) - here
            side = np.where(np.arange(len(steps)) % 2, -kind.aside_m, kind.aside_m)
            x = (here[:, 0] - along[:, 1] * side) / (METRES_PER_DEGREE * stretch)
            y = (here[:, 1] + along[:, 0] * side) / METRES_PER_DEGREE
            for lng, lat, step in zip(x.tolist(), y.tolist(), steps.tolist(), strict=True):
                yield lng, lat, f"{name}{int(step) // 10 * 2 + 1}号旁"
