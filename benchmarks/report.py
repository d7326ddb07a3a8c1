"""How fast an event is reported, and what it costs: `make bench-report`.

Eight people report over HTTP to the web process as it is deployed: session, rights, idempotency, locating in the sample
district's tree, the search for similar events, the limits, the number, the history row and the live update, all in one
transaction. In the same run, in turns, the same process answers a bare DRF create with one insert.
"""

import argparse
import json
import os
import platform
import random
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import django
import psutil

from benchmarks._place import ROOT, free_port, manage, own_database
from benchmarks._web import serve, session_of

CLIENTS = 8
ROUNDS, ROUND_SECONDS, WARM_SECONDS = 3, 8.0, 4.0
GOAL_RATE, GOAL_P95_MS, GOAL_STATEMENTS, GOAL_RATIO = 300.0, 60.0, 15, 0.5
TYPE = "street_vending"


@dataclass
class Side:
    """One of the two things compared: what was sent, and what came of it."""

    name: str
    job: dict[str, Any]
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile_ms(self, part: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 if ordered else float("inf")


def cpu_of(server: subprocess.Popen[bytes]) -> float:
    family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in family)


def play(side: Side, seconds: float, server: subprocess.Popen[bytes], *, counted: bool) -> None:
    before = cpu_of(server)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._clients"],
        input=json.dumps({**side.job, "seconds": seconds}).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    result = json.loads(done.stdout)
    if not counted:
        return
    side.seconds += result["seconds"]
    side.latencies += result["latencies"]
    side.failed += sum(count for status, count in result["statuses"].items() if status != "201")
    side.cpu += cpu_of(server) - before


def points_inside(count: int) -> list[tuple[float, float]]:
    """Points inside the district, the same in every run."""
    locate = import_module("grids.queries.locate").locate
    outside = import_module("core.errors").OutsideDivisionTree
    west, south, east, north = import_module("accounts.queries.site").site()["bounds"]
    dice = random.Random(20261122)
    found: list[tuple[float, float]] = []
    while len(found) < count:
        point = round(dice.uniform(west, east), 6), round(dice.uniform(south, north), 6)
        try:
            locate(*point)
        except outside:
            continue
        found.append(point)
    return found


def signed_in(count: int) -> list[str]:
    """Headers of signed-in grid workers: session and CSRF, as a browser sends them."""
    grants = import_module("accounts.models").Grant.objects
    headers = []
    for grant in grants.filter(role="grid_worker").select_related("user").order_by("id")[:count]:
        token = secrets.token_hex(16)
        cookie = f"sessionid={session_of(grant.user)}; csrftoken={token}"
        headers.append(f"Cookie: {cookie}\r\nX-CSRFToken: {token}\r\n")
    return headers


def statements_of_a_report(body: str) -> int:
    """SQL statements of one report through the whole stack, transaction control not counted."""
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    client = import_module("rest_framework.test").APIClient(HTTP_HOST="localhost")
    user = import_module("accounts.models").Grant.objects.filter(role="grid_worker").order_by("id")[0].user
    client.force_login(user)
    client.post("/api/v1/events", json.loads(body), format="json", headers={"Idempotency-Key": secrets.token_hex(8)})
    with capture(connection) as queries:
        key = {"Idempotency-Key": secrets.token_hex(8)}
        answer = client.post("/api/v1/events", json.loads(body), format="json", headers=key)
    if answer.status_code != 201:
        raise SystemExit(f"report: the platform answers {answer.status_code}: {answer.content[:500]!r}")
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(control) for query in queries.captured_queries)


def sides(port: int) -> tuple[Side, Side, str]:
    place = {"host": "127.0.0.1", "port": port, "clients": CLIENTS}
    points = points_inside(4000)
    reports = [
        json.dumps({"type_code": TYPE, "description": "占道摆摊", "lng": lng, "lat": lat, "address": "湖滨路 12 号"})
        for lng, lat in points
    ]
    notes = [json.dumps({"text": "占道摆摊", "lng": lng, "lat": lat}) for lng, lat in points]
    report = Side(
        "report an event", {**place, "path": "/api/v1/events", "bodies": reports, "headers": signed_in(CLIENTS)}
    )
    bare = Side("bare DRF create", {**place, "path": "/bench/bare", "bodies": notes, "headers": [""]})
    return report, bare, reports[0]


def table(report: Side, bare: Side, statements: int, workers: int) -> None:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"\n{machine}; web: granian, {workers} workers × 2 threads; {CLIENTS} clients on the same machine")
    print(f"{ROUNDS} rounds of {ROUND_SECONDS:.0f} s each in turns; {len(report.latencies)} events reported\n")
    print(f"{'':18} {'per second':>10} {'p50 ms':>8} {'p95 ms':>8} {'web CPU ms':>11} {'SQL':>5} {'failed':>7}")
    for side, sql in ((report, statements), (bare, 1)):
        cpu = side.cpu / max(1, len(side.latencies)) * 1000
        print(
            f"{side.name:18} {side.rate:10.0f} {side.quantile_ms(0.5):8.1f} {side.quantile_ms(0.95):8.1f}"
            f" {cpu:11.2f} {sql:5d} {side.failed:7d}"
        )


def verdict(report: Side, bare: Side, statements: int) -> bool:
    """The last line; True where every part of the goal is met."""
    ratio = report.rate / bare.rate if bare.rate else 0.0
    p95 = report.quantile_ms(0.95)
    checks: list[tuple[str, Callable[[], bool]]] = [
        ("rate", lambda: report.rate >= GOAL_RATE),
        ("p95", lambda: p95 < GOAL_P95_MS),
        ("statements", lambda: statements <= GOAL_STATEMENTS),
        ("ratio", lambda: ratio >= GOAL_RATIO),
        ("failed", lambda: report.failed == bare.failed == 0),
    ]
    short = [name for name, holds in checks if not holds()]
    print(f"\n{'all parts met' if not short else 'short in: ' + ', '.join(short)}")
    print(
        f"report: {report.rate:.0f}/s, p95 {p95:.0f} ms, {statements} statements, {ratio:.2f}x bare create "
        f"(goal ≥ {GOAL_RATE:.0f}/s, < {GOAL_P95_MS:.0f} ms, ≤ {GOAL_STATEMENTS}, ≥ {GOAL_RATIO}x) "
        f"{'short' if short else 'met'}"
    )
    return not short


def run(workers: int) -> bool:
    print("report: generating the sample district …", flush=True)
    manage("load_catalogue")
    manage("generate_district")
    django.setup()
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_note (id bigserial PRIMARY KEY, text text, lng float8, lat float8)")
        cursor.execute("ANALYZE")
    port = free_port()
    report, bare, sample = sides(port)
    statements = statements_of_a_report(sample)
    server = serve(port, workers, application="benchmarks._report_server:application")
    try:
        for side in (report, bare):
            play(side, WARM_SECONDS, server, counted=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself after a minute: tables are no longer empty
        for turn in range(ROUNDS):
            print(f"report: round {turn + 1} of {ROUNDS} …", flush=True)
            for side in (report, bare):
                play(side, ROUND_SECONDS, server, counted=True)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(15)
    connection.close()
    table(report, bare, statements, workers)
    return verdict(report, bare, statements)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--workers", type=int, default=2, help="web workers, as the set-up chooses for this machine")
    chosen = words.parse_args()
    with own_database("report"):
        met = run(chosen.workers)
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
