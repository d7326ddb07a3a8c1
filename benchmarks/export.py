"""What it costs to take 100,000 events away as an Excel workbook: `make bench-export`.

The same list is exported by the background job twice in the same run, as a workbook and as plain CSV, each in a process
of its own whose memory is watched; and the rows alone are written by each writer, without the database. The workbook is
compared with the CSV: how many times as long it takes, and how much more memory.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from time import perf_counter
from typing import Any

from benchmarks._place import ROOT, manage, own_database

ROWS = 100_000
GOAL_RATIO, GOAL_MEGABYTES = 4.0, 150.0
FORMS = ("csv", "xlsx")


def worker(form: str) -> dict[str, float]:
    """One export in a process of its own; its time, its size and what its memory grew by at the most."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._export_run", form, str(ROWS)], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(results: dict[str, dict[str, float]]) -> None:
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {ROWS} events\n")
    print(f"{'':6} {'job s':>8} {'rows/s':>8} {'writer s':>9} {'memory MB':>10} {'file MB':>8}")
    for form, one in results.items():
        print(
            f"{form:6} {one['seconds']:8.1f} {ROWS / one['seconds']:8.0f} {one['writer']:9.1f}"
            f" {one['grown'] / 1e6:10.0f} {one['size'] / 1e6:8.1f}"
        )


def verdict(results: dict[str, dict[str, float]]) -> bool:
    ratio = results["xlsx"]["seconds"] / results["csv"]["seconds"]
    writers = results["xlsx"]["writer"] / results["csv"]["writer"]
    grown = results["xlsx"]["grown"] / 1e6
    met = ratio <= GOAL_RATIO and grown <= GOAL_MEGABYTES
    print(
        f"\nexport: {ROWS} rows to Excel in {results['xlsx']['seconds']:.0f} s, {ratio:.1f}x the plain csv of the same "
        f"list ({writers:.1f}x by the writers alone), memory grows by {grown:.0f} MB "
        f"(goal ≤ {GOAL_RATIO}x, ≤ {GOAL_MEGABYTES:.0f} MB) {'met' if met else 'short'}"
    )
    return met


def main() -> None:
    with own_database("export"), tempfile.TemporaryDirectory() as media:
        os.environ["MEDIA_ROOT"] = media
        print("export: generating the sample district and its events …", flush=True)
        manage("load_catalogue")
        manage("generate_district")
        begun = perf_counter()
        subprocess.run([sys.executable, "-m", "benchmarks._export_run", "fill", str(ROWS)], cwd=ROOT, check=True)
        print(f"export: {ROWS} events after {perf_counter() - begun:.0f} s", flush=True)
        results: dict[str, Any] = {form: worker(form) for form in FORMS}
    table(results)
    raise SystemExit(0 if verdict(results) else 1)


if __name__ == "__main__":
    main()
