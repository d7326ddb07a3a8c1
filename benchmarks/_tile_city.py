"""A city for the benchmark of tiles: areas of wavy outlines on 1,600 km², and a file of components clustered in it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

COLUMNS, ROWS = 128, 80
"""Grids: 10,240, of 400 by 390 m."""
WEST, SOUTH, WIDTH, HEIGHT = 118.2, 31.8, 0.5440, 0.2816
"""Degrees: 51 by 31 km at this latitude, 1,600 km²."""
SPANS = {"district": (32, 40), "street": (8, 10), "community": (4, 5), "grid": (1, 1)}
CENTRES = 60
CHUNK = 500_000
Floats = NDArray[np.float64]


def warped(u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Columns and rows → degrees; straight borders become waves, and neighbours still share them."""
    x = u + 0.18 * np.sin(v * 2.1) * np.sin(np.pi * u / COLUMNS)
    y = v + 0.18 * np.sin(u * 1.7) * np.sin(np.pi * v / ROWS)
    return WEST + x / COLUMNS * WIDTH, SOUTH + y / ROWS * HEIGHT


def outline(column: int, row: int, width: int, height: int) -> Any:
    """The ring of a block of grids, with a vertex every eighth of a grid."""
    across, up = np.linspace(0, width, 8 * width + 1), np.linspace(0, height, 8 * height + 1)
    u = np.concatenate([across, np.full(len(up) - 1, width), across[-2::-1], np.zeros(len(up) - 1)]) + column
    v = np.concatenate([np.zeros(len(across)), up[1:], np.full(len(across) - 1, height), up[-2::-1]]) + row
    return shapely.multipolygons([shapely.Polygon(np.column_stack(warped(u, v)))])


def build_areas() -> None:
    """City, 8 districts, 128 streets, 512 communities, 10,240 grids, written as plain rows."""
    area_of, boundary_of = (getattr(import_module("grids.models"), name) for name in ("Area", "AreaBoundary"))
    geos = import_module("django.contrib.gis.geos")
    ranges = import_module("psycopg2.extras").DateTimeTZRange
    began = import_module("core.clock").now()
    point = geos.Point(WEST, SOUTH, srid=4326)
    city = area_of.objects.create(
        code="329900", level="city", name="基准市", label="3299", path="3299", label_point=point
    )
    above: dict[tuple[int, int], Any] = {}
    for depth, (level, (width, height)) in enumerate(SPANS.items()):
        rows, shapes = [], []
        for number, (column, row) in enumerate(
            (column, row) for row in range(0, ROWS, height) for column in range(0, COLUMNS, width)
        ):
            parent = above.get((column, row), city)
            label = f"{number + 1:05d}" if depth else f"{number + 1:02d}"
            code = f"3299{label}" if depth == 0 else f"{parent.code[:6]}{level[0]}{label}"
            rows.append(
                area_of(
                    code=code, level=level, name=f"{level} {number + 1}", parent=parent, label=label,
                    path=f"{parent.path}.{label}", label_point=point, district_id=parent.district_id,
                    street_id=parent.street_id, community_id=parent.community_id,
                )
            )  # fmt: skip
            shapes.append((column, row, width, height))
        area_of.objects.bulk_create(rows, batch_size=2000)
        for area in rows:
            setattr(area, f"{level}_id", area.pk)
        area_of.objects.bulk_update(rows, [level], batch_size=2000)
        above = {
            (u, v): area
            for area, (column, row, w, h) in zip(rows, shapes, strict=True)
            for u in range(column, column + w)
            for v in range(row, row + h)
        }
        boundary_of.objects.bulk_create(
            (
                boundary_of(
                    area=area, version=1, validity=ranges(began, None, "[)"),
                    geometry=geos.GEOSGeometry(memoryview(shapely.to_wkb(outline(*shape))), srid=4326),
                )
                for area, shape in zip(rows, shapes, strict=True)
            ),
            batch_size=500,
        )  # fmt: skip
    import_module("grids.actions.datasets").mark_changed("areas")


def write_file(path: Path, count: int, numbers: list[str]) -> None:
    """A CSV of components: 70 % around sixty centres, the rest anywhere; codes by district and type."""
    chance = np.random.default_rng(2026)
    centres = chance.uniform([6, 6], [COLUMNS - 6, ROWS - 6], size=(CENTRES, 2))
    serial = 0
    streets = [f"{name}路" for name in ("富春", "梧桐", "云台", "江心", "望江", "莫愁", "白鹭", "凤台")]
    keepers = ["排水所", "市政一所", "市政二所", "路灯所", "园林所", "环卫所"]
    with path.open("w", encoding="utf-8") as file:
        file.write("部件代码,经度,纬度,状态,地址,养护单位,下次巡检\n")
        while serial < count:
            size = min(CHUNK, count - serial)
            around = centres[chance.integers(0, CENTRES, size)] + chance.normal(0, 2.2, (size, 2))
            anywhere = chance.uniform([0, 0], [COLUMNS, ROWS], size=(size, 2))
            place = np.where((chance.random(size) < 0.7)[:, None], around, anywhere)
            place = np.clip(place, 0.01, [COLUMNS - 0.01, ROWS - 0.01])
            district = 1 + (place[:, 0] // 32).astype(int) + 4 * (place[:, 1] // 40).astype(int)
            lng, lat = warped(place[:, 0], place[:, 1])
            state = chance.choice(["1", "2", "3"], size=size, p=[0.985, 0.01, 0.005])
            rows = zip(
                district.tolist(), range(serial, serial + size), np.round(lng, 7).tolist(), np.round(lat, 7).tolist(),
                state.tolist(), strict=True,
            )  # fmt: skip
            kinds = len(numbers)
            file.writelines(
                f"3299{d:02d}{numbers[n % kinds]}{n // kinds % 1_000_000:06d},{x},{y},{s},"
                f"{streets[n & 7]}{n % 400}号,{keepers[n % 6]},2027-{1 + n % 12:02d}-01\n"
                for d, n, x, y, s in rows
            )
            serial += size
