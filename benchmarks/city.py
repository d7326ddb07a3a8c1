"""`make bench-city`: whole lives of events per second, through the real actions, by two workers on two cores.

A life is report, file, dispatch, sign, finish, ask for a check, check, close and evaluate: nine moves, each in a
transaction of its own with its history rows, clocks, notices and live updates. Beside it, as a row, the sweep that
escalates overdue clocks among 100,000 open events.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from benchmarks._place import ROOT, manage, own_database

WORKERS, SECONDS, WARM_SECONDS = 2, 20.0, 5.0
GOAL_LIVES, GOAL_SWEEP = 50.0, 5.0
MOVES = 9


def workers(seconds: float, warm: float, profile: str | None) -> list[dict[str, Any]]:
    """Start the workers together and wait for what they did."""
    started = []
    for number in range(WORKERS):
        words = [sys.executable, "-m", "benchmarks._lives", "--seconds", str(seconds), "--warm", str(warm)]
        words += ["--seed", str(number + 1)]
        if profile:
            words += ["--profile", f"{profile}.{number}"]
        started.append(subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE))
    found = []
    for worker in started:
        out, _ = worker.communicate()
        if worker.returncode:
            raise SystemExit("city: a worker failed")
        found.append(json.loads(out))
    return found


def table(found: list[dict[str, Any]]) -> tuple[float, float]:
    """Print what each move took; (lives per second, CPU milliseconds of the platform per life)."""
    lives = sum(worker["lives"] / worker["seconds"] for worker in found)
    cpu = sum(worker["cpu"] for worker in found) / max(1, sum(worker["lives"] for worker in found)) * 1000
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"\n{machine}; {WORKERS} workers and the database on the same cores; photos are not taken")
    print(f"{sum(worker['lives'] for worker in found)} lives of {MOVES} moves in {found[0]['seconds']:.0f} s\n")
    print(f"{'':14} {'p50 ms':>8} {'p95 ms':>8}")
    for move in found[0]["moves"]:
        took = sorted(value for worker in found for value in worker["moves"][move])
        print(f"{move:14} {took[len(took) // 2] * 1000:8.1f} {took[int(len(took) * 0.95)] * 1000:8.1f}")
    print(f"\n{lives:.1f} lives/s, {lives * MOVES:.0f} moves/s, {cpu:.1f} ms of the platform's CPU per life")
    return lives, cpu


def run(seconds: float, profile: str | None) -> bool:
    print("city: generating the sample district …", flush=True)
    manage("load_catalogue")
    manage("generate_district")
    django.setup()
    connection = import_module("django.db").connection
    print("city: living …", flush=True)
    workers(WARM_SECONDS, 0.0, None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a minute: tables are no longer empty
    connection.close()
    lives, _cpu = table(workers(seconds, WARM_SECONDS, profile))
    print("city: sweeping …", flush=True)
    sweep = import_module("benchmarks._sweep").measure()
    print(sweep.row)
    met = lives >= GOAL_LIVES and sweep.met
    print(
        f"\ncity: {lives:.1f} lives/s, sweep {sweep.few_seconds:.2f} s "
        f"(goal ≥ {GOAL_LIVES:.0f}/s, < {GOAL_SWEEP:.0f} s) {'met' if met else 'short'}"
    )
    return met


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=SECONDS)
    words.add_argument("--profile", help="keep a cProfile of each worker in FILE.0 and FILE.1")
    chosen = words.parse_args()
    profile = str(Path(chosen.profile).resolve()) if chosen.profile else None
    with own_database("city"):
        met = run(chosen.seconds, profile)
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
