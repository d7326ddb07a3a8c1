"""Ten million components: how fast they come in, and how fast any tile of them is made: `make bench-tiles`.

The file goes the way that every import goes (`registry.actions.run_import`); tiles go through the address that maps
ask, signed in, as a reader of the whole city and as one of a single street. The baseline in the same run is plain
ST_AsMVT over the same points with a GiST index; it is stopped after five seconds a tile.
"""

import argparse
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from benchmarks import _tile_city
from benchmarks._place import own_database

ROWS = 10_110_000
ZOOMS = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
TILES, BASE_TILES = 40, 3
GOAL_MS, GOAL_CACHED_MS, GOAL_ROWS = 20.0, 5.0, 50_000
STOPPED_AFTER = 5.0
PLAIN = """
SELECT ST_AsMVT(t, 'components', 4096, 'geom', 'id') FROM (
    SELECT c.id, kind.code AS type, c.state, ST_AsMVTGeom(c.point_3857, ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) AS geom
    FROM registry_component c JOIN registry_component_type kind ON kind.id = c.type_id
    WHERE c.point_3857 && ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AND c.state <> 'removed') t
"""


def quantile_ms(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def size_mb(cursor: Any, table: str) -> tuple[float, float]:
    cursor.execute("SELECT pg_table_size(%s::regclass), pg_indexes_size(%s::regclass)", [table, table])
    heap, indexes = cursor.fetchone()
    return heap / 1e6, indexes / 1e6


def signed_in(user: Any) -> Any:
    client = import_module("django.test").Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def person(name: str, role: str, area: Any) -> Any:
    models = import_module("accounts.models")
    user = models.User.objects.create_user(name, name=name)
    models.Grant.objects.create(
        user=user, role=role, area_path=area.path, area_level=area.level, area_key=area.pk, unit=None
    )
    return user


def import_file(path: Path, user: Any) -> tuple[float, Any]:
    """The seconds from start to end, and the job, by the code of the background worker."""
    jobs, run = import_module("registry.actions.component_imports"), import_module("registry.actions.run_import")
    setattr(jobs, "send_on_commit", lambda import_id: None)  # noqa: B010 - a module, whose names no type knows
    job = jobs.record_file(path=path, name=path.name, datum="wgs84", actor=user.as_actor(), language="en")
    jobs.start_import(import_id=job.pk, version=job.version, actor=user.as_actor())
    seconds, done = timed(lambda: run.run_import(job.pk, language="en"))
    job.refresh_from_db()
    if not done or job.state != "done":
        raise SystemExit(f"the import ended {job.state}: {job.problem} {job.detail}")
    return seconds, job


def measure_tiles(clients: dict[str, Any], places: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """Per zoom and reader: making a tile, serving it from the cache, and answering 304."""
    cell_of = import_module("registry.rules.place_keys").cell_of
    found = []
    for client in clients.values():
        client.get("/tiles/components/8/0/0.mvt")  # whatever a process does once
    for zoom in ZOOMS:
        tiles = sorted({cell_of(*place, zoom) for place in places})[:TILES]
        for reader, client in clients.items():
            made, kept, same, size = [], [], [], 0
            for x, y in tiles:
                address = f"/tiles/components/{zoom}/{x}/{y}.mvt"
                seconds, answer = timed(partial(client.get, address))
                made.append(seconds)
                size = max(size, len(answer.content))
                kept.append(timed(partial(client.get, address))[0])
                etag = {"If-None-Match": answer.headers["ETag"]}
                same.append(timed(partial(client.get, address, headers=etag))[0])
            found.append({"zoom": zoom, "reader": reader, "made": made, "kept": kept, "same": same, "bytes": size})
    return found


def baseline(connection: Any, places: list[tuple[float, float]]) -> list[tuple[int, float, bool]]:
    """Plain ST_AsMVT per zoom: the median in milliseconds, and whether it was stopped."""
    cell_of, error = import_module("registry.rules.place_keys").cell_of, import_module("django.db").DatabaseError
    told = []
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{int(STOPPED_AFTER * 1000)}'")
        for zoom in ZOOMS:
            seconds, stopped = [], False
            for x, y in sorted({cell_of(*place, zoom) for place in places})[:BASE_TILES]:
                began = time.perf_counter()
                try:
                    cursor.execute(PLAIN, {"z": zoom, "x": x, "y": y})
                    cursor.fetchone()
                except error:
                    stopped = True
                seconds.append(time.perf_counter() - began)
                if stopped:
                    break
            told.append((zoom, quantile_ms(seconds, 0.5), stopped))
        cursor.execute("SET statement_timeout = 0")
    return told


def run(rows: int) -> bool:
    import_module("config.urls")  # all code is read before anything is measured
    connection = import_module("django.db").connection
    models = import_module("registry.models")
    settings = import_module("django.conf").settings
    import_module("django.core.management").call_command("load_catalogue", stdout=open(os.devnull, "w"))  # noqa: SIM115
    _tile_city.build_areas()
    area_of = import_module("grids.models").Area
    keeper = person("keeper", "grid_admin", area_of.objects.get(level="city"))
    street = area_of.objects.filter(level="street").order_by("code")[36]
    readers = {"city": person("reader", "leader", area_of.objects.get(level="city")),
               "street": person("street", "leader", street)}  # fmt: skip
    numbers = [kind.number for kind in models.ComponentType.objects.current() if kind.number]
    file = Path(settings.MEDIA_ROOT) / "imports" / "components.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    wrote, _ = timed(lambda: _tile_city.write_file(file, rows, numbers))
    megabytes = file.stat().st_size / 1e6
    print(f"file of {rows:,} components, {megabytes:,.0f} MB, written in {wrote:.0f} s", flush=True)

    seconds, job = import_file(file, keeper)
    bins = import_module("registry.actions.component_bins")
    atomic = import_module("django.db").transaction.atomic
    with atomic():
        counting, kept_bins = timed(bins.count_everything)
    alone = rows / (seconds - counting)
    print(
        f"import: {seconds:.0f} s with counts in bins: {rows / seconds:,.0f} rows/s; {alone:,.0f} rows/s without them"
    )
    print(f"  read {job.read:,}, new {job.created:,}, refused {job.refused:,}")
    with connection.cursor() as cursor:
        heap, indexes = size_mb(cursor, "registry_component")
        print(f"  register {heap:,.0f} MB and indexes {indexes:,.0f} MB")
        heap, indexes = size_mb(cursor, "registry_component_bin")
        print(f"bins: {kept_bins:,} rows, {heap:,.0f} MB and index {indexes:,.0f} MB, built in {counting:.1f} s")
    change_some(models, keeper)

    chance = random.Random(7)
    highest = models.Component.objects.order_by("-pk").values_list("pk", flat=True)[0]
    asked = [chance.randint(1, highest) for _ in range(600)]
    everywhere = [(c.point.x, c.point.y) for c in models.Component.objects.filter(pk__in=asked)]
    chance.shuffle(everywhere)
    measured = measure_tiles({name: signed_in(user) for name, user in readers.items()}, everywhere)
    indexing, _ = timed(
        lambda: connection.cursor().execute("CREATE INDEX plain ON registry_component USING gist (point_3857)")
    )
    plain = baseline(connection, everywhere)
    return tell(measured, plain, indexing, alone, rows / seconds)


def change_some(models: Any, keeper: Any) -> None:
    """A thousand components moved by a file of their own."""
    settings = import_module("django.conf").settings
    some = list(models.Component.objects.order_by("pk")[:1000])
    path = Path(settings.MEDIA_ROOT) / "imports" / "changed.csv"
    lines = [f"{c.code},{c.point.x + 0.00001:.7f},{c.point.y + 0.00001:.7f}" for c in some]
    path.write_text("code,lng,lat\n" + "\n".join(lines) + "\n")
    seconds, job = import_file(path, keeper)
    print(
        f"1,000 components moved by a file: {seconds:.1f} s ({job.updated} updated, {job.refused} refused)", flush=True
    )


def tell(
    measured: list[dict[str, Any]], plain: list[tuple[int, float, bool]], indexing: float, alone: float, whole: float
) -> bool:
    of_plain = {zoom: (ms, stopped) for zoom, ms, stopped in plain}
    print(f"\nGiST index for the baseline: {indexing:.0f} s")
    print(
        f"{'zoom':>4} {'reader':8} {'made p50':>9} {'p95':>7} {'kept p95':>9} {'304 p95':>8} {'largest':>9}  "
        "plain ST_AsMVT"
    )
    for row in measured:
        ms, stopped = of_plain[row["zoom"]]
        beside = (f"{'over ' if stopped else ''}{ms:,.0f} ms") if row["reader"] == "city" else ""
        print(
            f"{row['zoom']:>4} {row['reader']:8} {quantile_ms(row['made'], 0.5):>6.1f} ms "
            f"{quantile_ms(row['made'], 0.95):>5.1f}ms {quantile_ms(row['kept'], 0.95):>6.1f} ms "
            f"{quantile_ms(row['same'], 0.95):>5.1f} ms {row['bytes'] / 1000:>6.0f} KB  {beside}"
        )
    made = max(quantile_ms(row["made"], 0.95) for row in measured)
    kept = max(quantile_ms(row["kept"], 0.95) for row in measured)
    every = quantile_ms([s for row in measured for s in row["made"]], 0.95)
    met = made < GOAL_MS and kept < GOAL_CACHED_MS and alone >= GOAL_ROWS
    print(
        f"\ntiles: uncached p95 {every:.1f} ms, {made:.1f} ms at the slowest zoom (goal < {GOAL_MS:.0f}), cached "
        f"{kept:.1f} ms (goal < {GOAL_CACHED_MS:.0f}); import {alone:,.0f} rows/s, {whole:,.0f} with bins "
        f"(goal ≥ {GOAL_ROWS:,}) {'met' if met else 'short'}"
    )
    return met


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=ROWS)
    rows = words.parse_args().rows
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MEDIA_ROOT": f"{folder}/media", "VAR_DIR": folder, "FRONT_ACCEL": "0"}
        with own_database("bench_tiles"):
            django.setup()
            met = run(rows)
            import_module("django.db").connection.close()
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
