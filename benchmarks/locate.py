"""Where a point lies, among 64,200 grids: `make bench-locate`.

A city of irregular grids that share their borders, in communities, streets and a district, as rows of the database.
Points are placed in a batch by the tree that a process keeps in memory, and one by one by the function that every
report calls (with the stamp it reads in its own transaction). In the same run PostGIS answers the same points: in a
batch over an indexed table of the grids alone, and one by one by the query that answers where nothing is in memory;
every answer is compared. Then a draft that moves the borders of 600 grids is published.
"""

import argparse
import os
import platform
import resource
import sys
import time
from importlib import import_module
from typing import Any

import django
import numpy as np
import shapely

from benchmarks._place import own_database

COLUMNS, ROWS, BLOCK = 300, 214, 20
"""64,200 grids of some 100 m; a community is a block of 20 × 20 of them."""
WEST, SOUTH, SIDE = 118.0, 31.5, 0.001
BATCH, SINGLES, COMPARED, REDRAWN, ROUNDS = 100_000, 1_000, 20_000, 600, 5
GOAL_BATCH_US, GOAL_SINGLE_MS, GOAL_PUBLISH_S = 5.0, 1.0, 2.0
SEED = 64_200
GRIDS_ALONE = """
CREATE TEMP TABLE grid_outline AS SELECT a.code, a.path, b.geometry FROM grids_area_boundary b
JOIN grids_area a ON a.id = b.area_id AND a.level = 'grid' WHERE upper(b.validity) IS NULL;
CREATE INDEX ON grid_outline USING gist (geometry);
ANALYZE grid_outline
"""
"""The best that PostGIS can do: an indexed table of nothing but the grids."""
PLACES_BY_POSTGIS = """
SELECT p.n, (array_agg(g.path ORDER BY g.code))[1]
FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS p(lng, lat, n)
LEFT JOIN grid_outline g ON ST_Intersects(g.geometry, ST_SetSRID(ST_MakePoint(p.lng, p.lat), 4326))
GROUP BY p.n ORDER BY p.n
"""


def cells(random: np.random.Generator, columns: int, rows: int) -> np.ndarray[Any, Any]:
    """Polygons in rows and columns whose corners are moved about and whose edges bend, without a gap between them."""
    corner = np.stack(np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0), indexing="ij"), axis=-1)
    inner = corner[1:-1, 1:-1]
    inner += random.uniform(-0.25, 0.25, inner.shape)
    across = (corner[:-1] + corner[1:]) / 2
    across[:, 1:-1] += random.uniform(-0.12, 0.12, across[:, 1:-1].shape)
    up = (corner[:, :-1] + corner[:, 1:]) / 2
    up[1:-1] += random.uniform(-0.12, 0.12, up[1:-1].shape)
    rings = np.stack(
        [
            corner[:-1, :-1], across[:, :-1], corner[1:, :-1], up[1:, :],
            corner[1:, 1:], across[:, 1:], corner[:-1, 1:], up[:-1, :], corner[:-1, :-1],
        ],
        axis=2,
    )  # fmt: skip
    return shapely.polygons(np.round(rings * SIDE + (WEST, SOUTH), 7))  # type: ignore[no-any-return]


def write_city(shapes: np.ndarray[Any, Any]) -> None:
    """The tree over the grids: communities are blocks of them, streets columns of communities."""
    sample = import_module("grids.models")
    geos = import_module("grids.actions.drafts")
    multi = import_module("grids.rules.drawing").as_multipolygon
    stamps = import_module("grids.actions.datasets")
    ranges = import_module("psycopg2.extras")
    begun = import_module("django.utils.timezone").now()
    columns, rows = shapes.shape
    blocks = {
        (u, v): shapely.union_all(shapes[u : u + BLOCK, v : v + BLOCK].ravel())
        for u in range(0, columns, BLOCK)
        for v in range(0, rows, BLOCK)
    }
    strips = {u: shapely.union_all([one for (x, _), one in blocks.items() if x == u]) for u, _ in blocks}
    whole = shapely.union_all(list(strips.values()))

    def add(rows: list[tuple[str, str, str, Any, str]]) -> None:
        """(code, path, level, outline, path of the parent) of one level."""
        parents = {one.path: one for one in sample.Area.objects.filter(path__in={row[4] for row in rows})}
        made = []
        for code, path, level, outline, above in rows:
            parent = parents.get(above)
            point = geos.point_of(outline.representative_point())
            area = sample.Area(code=code, name=code[-4:], level=level, path=path, parent=parent,
                               label=path.rsplit(".", 1)[-1], label_point=point, households=200)  # fmt: skip
            for name in ("district_id", "street_id", "community_id", "grid_id"):
                setattr(area, name, getattr(parent, name, None))
            made.append(area)
        sample.Area.objects.bulk_create(made, batch_size=5000)
        if rows[0][2] != "city":
            sample.Area.objects.filter(level=rows[0][2]).update(
                **{f"{rows[0][2]}_id": import_module("django.db.models").F("id")}
            )
        sample.AreaBoundary.objects.bulk_create(
            [
                sample.AreaBoundary(area=area, version=1, geometry=geos.outline_of(multi(row[3])),
                                    validity=ranges.DateTimeTZRange(begun, None, "[)"))
                for area, row in zip(made, rows, strict=True)
            ],
            batch_size=2000,
        )  # fmt: skip

    add([("329900", "3299", "city", whole, "")])
    add([("329905", "3299.05", "district", whole, "3299")])
    add([(f"329905{u:03d}", f"3299.05.{u:03d}", "street", one, "3299.05") for u, one in strips.items()])
    add([
        (f"329905{u:03d}{v:03d}", f"3299.05.{u:03d}.{v:03d}", "community", one, f"3299.05.{u:03d}")
        for (u, v), one in blocks.items()
    ])  # fmt: skip
    grids = []
    for u in range(columns):
        for v in range(rows):
            block = (u - u % BLOCK, v - v % BLOCK)
            number = u % BLOCK * BLOCK + v % BLOCK + 1
            parent = f"3299.05.{block[0]:03d}.{block[1]:03d}"
            code = f"329905{block[0]:03d}{block[1]:03d}G{number:03d}"
            grids.append((code, f"{parent}.g{number:03d}", "grid", shapes[u, v], parent))
    add(grids)
    stamps.mark_changed(stamps.AREAS)
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE grids_area, grids_area_boundary")


def timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def best_of(rounds: int, work: Any) -> tuple[float, float, Any]:
    """Seconds and CPU seconds of the quickest round: what else runs on the machine is left out as far as can be."""
    timings = []
    for _ in range(rounds):
        begun, cpu = time.perf_counter(), time.process_time()
        result = work()
        timings.append((time.perf_counter() - begun, time.process_time() - cpu))
    return min(wall for wall, _ in timings), min(cpu for _, cpu in timings), result


def each(ask: Any, points: np.ndarray[Any, Any]) -> list[float]:
    return sorted(timed(lambda lng=float(lng), lat=float(lat): ask(lng, lat))[0] for lng, lat in points)


def publication() -> float:
    """Seconds to publish a draft that gives 600 grids other outlines: the borders of 300 pairs of neighbours move."""
    models = import_module("grids.models")
    drafts, moves = import_module("grids.actions.drafts"), import_module("grids.actions.draft_moves")
    fill, system = import_module("grids.actions.draft_fill"), import_module("core.actor").SYSTEM
    tools = import_module("grids.rules.drawing")
    root = models.Area.objects.get(code="329905")
    communities = list(models.Area.objects.filter(level="community").order_by("code")[:2])
    outlines = []
    for community in communities:
        rows = models.AreaBoundary.objects.filter(area__parent=community, validity__endswith=None)
        found = list(rows.select_related("area").order_by("area__code"))
        for one, other in zip(found[0 : REDRAWN // 2 : 2], found[1 : REDRAWN // 2 : 2], strict=True):
            shapes = [shapely.from_wkb(bytes(row.geometry.wkb)) for row in (one, other)]
            border = tools.shared_border(*shapes)
            middle = shapely.transform(border, lambda points: points + (np.arange(len(points)) % 2)[:, None] * 2e-5)
            for row, shape in zip((one, other), tools.move_border(*shapes, middle), strict=True):
                outlines.append(fill.Outline("grid", row.area.code, drafts.geos(shape)))
    draft = drafts.open_draft(root=root, title="bench", actor=system)
    filled = fill.fill_draft(draft_id=draft.pk, version=1, outlines=outlines, actor=system)
    moves.submit_draft(draft_id=draft.pk, version=2, actor=system)
    cpu = time.process_time()
    seconds, _ = timed(lambda: moves.publish_draft_now(draft_id=draft.pk, version=3, actor=system))
    cpu = time.process_time() - cpu
    print(
        f"\npublished {len(filled.changed)} redrawn grids of a draft in {seconds:.2f} s, {cpu:.2f} s of own CPU "
        f"(goal < {GOAL_PUBLISH_S:.0f} s)"
    )
    return seconds


def measure(columns: int, rows: int) -> bool:
    connection = import_module("django.db").connection
    trees, locate = import_module("grids.queries.place_tree"), import_module("grids.queries.locate")
    settings = import_module("django.conf").settings
    random = np.random.default_rng(SEED)
    took, shapes = timed(lambda: cells(random, columns, rows))
    print(f"locate: {shapes.size} grids drawn in {took:.0f} s; writing them …", flush=True)
    took, _ = timed(lambda: write_city(shapes))
    print(f"locate: written in {took:.0f} s", flush=True)
    low = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    loading, tree = timed(trees.read_tree)
    trees.keep_tree(tree)
    trees.tree_for(import_module("core.clock").now())
    size = (WEST, SOUTH) + np.array([columns, rows]) * SIDE * random.random((BATCH, 2))
    tree.places(size[:1000])
    batch_s, batch_cpu, places = best_of(ROUNDS, lambda: tree.places(size))
    many_s, _, _ = best_of(ROUNDS, lambda: locate.locate_many(size[:5000]))
    settings.LOCATE_IN_MEMORY = True
    singles = each(locate.locate, size[:SINGLES])
    settings.LOCATE_IN_MEMORY = False
    by_query = each(locate.locate, size[:SINGLES])
    settings.LOCATE_IN_MEMORY = True
    with connection.cursor() as cursor:
        cursor.execute(GRIDS_ALONE)
        lng, lat = size[:COMPARED].T.tolist()
        postgis_s, _, told = best_of(
            ROUNDS, lambda: (cursor.execute(PLACES_BY_POSTGIS, [lng, lat]), cursor.fetchall())[1]
        )
    ours = [tree.locations[place].path if place >= 0 else None for place in places[:COMPARED].tolist()]
    differing = sum(path != mine for (_, path), mine in zip(told, ours, strict=True))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - low) / 1024
    batch_us, postgis_us = batch_s / BATCH * 1e6, postgis_s / COMPARED * 1e6
    single_ms = singles[int(len(singles) * 0.95)] * 1000
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"\n{machine}, shapely {shapely.__version__}; {shapes.size} grids, {len(tree.locations)} areas")
    print(f"the tree is read in {loading:.1f} s and takes {grown:.0f} MB\n")
    print(f"{'':34} {'memory':>12} {'PostGIS':>12}")
    print(f"{'batch, µs a point':34} {batch_us:12.2f} {postgis_us:12.2f}")
    print(f"{'batch, µs of CPU a point':34} {batch_cpu / BATCH * 1e6:12.2f} {'':>12}")
    print(f"{'locate_many of 5,000, µs a point':34} {many_s / 5000 * 1e6:12.2f} {'':>12}")
    for name, part in (("p50", 0.5), ("p95", 0.95)):
        values = [timings[int(SINGLES * part)] * 1000 for timings in (singles, by_query)]
        print(f"{f'locate(), {name} ms':34} {values[0]:12.3f} {values[1]:12.3f}")
    print(f"{COMPARED} answers compared: {differing} differ")
    publishing = publication()
    met = batch_us < GOAL_BATCH_US and single_ms < GOAL_SINGLE_MS and differing == 0 and publishing < GOAL_PUBLISH_S
    print(
        f"\nlocate: {batch_us:.1f} µs a point in a batch among {shapes.size} grids, p95 {single_ms:.2f} ms one by one, "
        f"{REDRAWN} grids published in {publishing:.2f} s (goal < {GOAL_BATCH_US:.0f} µs, < {GOAL_SINGLE_MS:.0f} ms, "
        f"< {GOAL_PUBLISH_S:.0f} s) {'met' if met else 'short'}"
    )
    return met


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--columns", type=int, default=COLUMNS, help="fewer for a quick look; the goals are for all")
    parser.add_argument("--rows", type=int, default=ROWS)
    given = parser.parse_args()
    with own_database("locate"):
        django.setup()
        met = measure(given.columns, given.rows)
        import_module("django.db").connection.close()
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
