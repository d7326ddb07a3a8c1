"""The event board over a million events: `make bench-board`.

A page of 100 rows as desks ask for it, over HTTP from the web process as it is deployed: a district's dispatcher, a
street's acceptor and a department's desk, by time left, newest first, narrowed to states, a street, a stage, words, and
the page after. In the same run the same pages are asked of 10,000 events: the time may not follow the number of rows.
Then events are filed, one after another, by the same code that the desk's button calls.
"""

import argparse
import json
import os
import platform
import random
import signal
import time
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import django

from benchmarks._place import free_port, manage, own_database
from benchmarks._web import serve, session_of

FEW, MANY = 10_000, 1_000_000
FEW_PER_OPEN, MANY_PER_OPEN = 2, 50
"""Of how many events one is open: among the few half of them, so that both sizes fill their pages."""
ROUNDS, MOVES = 40, 200
GOAL_P95_MS, GOAL_STATEMENTS, GOAL_RATIO, GOAL_MOVE_MS = 80.0, 8, 1.5, 20.0
ENDED, OPEN = "evaluated", ("reported", "filed", "dispatched", "handling", "checking", "checked")
WORDS = ("湖滨路", "占道经营", "井盖", "7 号")


@dataclass
class Page:
    """One way of asking, with its times at each size."""

    seat: str
    path: str
    seconds: dict[int, list[float]] = field(default_factory=dict)
    statements: int = 0


def quantile_ms(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def person(role: str, level: str = "") -> Any:
    grants = import_module("accounts.models").Grant.objects.filter(role=role)
    return (grants.filter(area_level=level) if level else grants).select_related("user", "unit").order_by("id")[0]


def copies(table: str, overrides: dict[str, str], source: str) -> str:
    """INSERT … SELECT of every column of a table: the named ones as given, the others as the pattern row has them."""
    model = next(m for m in import_module("django.apps").apps.get_models() if m._meta.db_table == table)
    columns = [str(f.column) for f in model._meta.concrete_fields if str(f.column) not in ("id",)]
    values = ", ".join(overrides.get(column, f't."{column}"') for column in columns)
    return f"INSERT INTO {table} ({', '.join(chr(34) + c + chr(34) for c in columns)}) SELECT {values} FROM {source}"


def fill(cursor: Any, pattern_id: int, leg_id: int, first: int, last: int, per_open: int) -> None:
    """Events number `first` to `last`, over the district's grids and a year; the newest of them are open."""
    cursor.execute("SELECT (SELECT count(*) FROM bench_grid), (SELECT count(*) FROM bench_unit)")
    grids, units = cursor.fetchone()
    states = ", ".join(f"'{state}'" for state in OPEN)
    is_open = f"(n.n % {per_open} = 0)"
    age = f"CASE WHEN {is_open} THEN (n.n % 2880) ELSE 2880 + (n.n::bigint * 7919) % 525600 END"
    moment = f"(now() - make_interval(mins => ({age})::int))"
    overrides = {
        "number": "'B-' || n.n",
        "area_path": "g.path",
        "area_label": "g.label",
        "street_path": "g.street_path",
        "street_id": "g.street_id",
        "community_id": "g.community_id",
        "grid_id": "g.id",
        "point": "g.point",
        "level": "1 + n.n % 4",
        "title": "(ARRAY['占道经营','井盖缺失','路灯不亮','垃圾堆放'])[1 + n.n % 4]",
        "address": "'湖滨路 ' || n.n % 97 || ' 号'",
        "state": f"CASE WHEN {is_open} THEN (ARRAY[{states}])[1 + (n.n / {per_open}) % {len(OPEN)}] ELSE '{ENDED}' END",
        "reported_at": moment,
        "ended_at": f"CASE WHEN {is_open} THEN NULL ELSE {moment} + interval '1 day' END",
        "due_kind": f"CASE WHEN {is_open} THEN 'handling' ELSE '' END",
        "due_at": f"{moment} + interval '1 day'",
        "warn_at": f"{moment} + interval '20 hours'",
        "due_started_at": moment,
    }
    cursor.execute("SELECT max(id) FROM events_event")
    before = cursor.fetchone()[0]
    place = f"(n.n + n.n / 50 * 11) % {grids}"  # over all grids, the open ones too
    source = f"generate_series({first}, {last}) n (n) JOIN bench_grid g ON g.place = {place}, events_event t"
    cursor.execute(copies("events_event", overrides, f"{source} WHERE t.id = {pattern_id}"))
    at_work = "e.state NOT IN ('reported', 'filed')"
    legs = {name: f'e."{name}"' for name in ("area_path", "area_label", "street_path", "street_id", "community_id")}
    legs |= {
        "grid_id": "e.grid_id",
        "event_id": "e.id",
        "point": "e.point",
        "unit_id": "u.id",
        "state": "CASE e.state WHEN 'dispatched' THEN 'issued' WHEN 'handling' THEN 'signed' ELSE 'done' END",
        "signed_at": "e.reported_at",
        "issued_at": "e.reported_at",
        "due_at": "e.due_at",
        "due_kind": "e.due_kind",
        "is_over": "e.ended_at IS NOT NULL",
    }
    reach = f"e.id > {before}"
    source = f"bench_unit u JOIN events_event e ON e.id % {units} = u.place, events_work_order t"
    cursor.execute(copies("events_work_order", legs, f"{source} WHERE t.id = {leg_id} AND {at_work} AND {reach}"))
    cursor.execute(
        "INSERT INTO events_event_text (event_id, words) SELECT e.id, ("
        "SELECT string_agg(quote_literal(pair) || ':' || place, ' ')::tsvector FROM ("
        "SELECT substr(e.title || e.address, p, 2) pair, p place FROM generate_series(1, length(e.title) + 6) p) pairs"
        f") FROM events_event e WHERE {reach}"
    )
    for table in ("events_event", "events_work_order", "events_event_text"):
        cursor.execute(f"ANALYZE {table}")


def prepare(cursor: Any) -> tuple[int, int]:
    """One real event brought to its department, as the pattern of the rest; its id and its leg's."""
    cursor.execute(
        "CREATE TABLE bench_grid AS SELECT row_number() OVER (ORDER BY a.id) - 1 place, a.id, a.path, a.name label, "
        "a.street_id, a.community_id, s.path street_path, ST_PointOnSurface(b.geometry)::geography point "
        "FROM grids_area a JOIN grids_area s ON s.id = a.street_id JOIN grids_area_boundary b ON b.area_id = a.id "
        "WHERE a.level = 'grid'"
    )
    cursor.execute(
        "CREATE TABLE bench_unit AS SELECT row_number() OVER (ORDER BY id) - 1 place, id FROM accounts_org_unit "
        "WHERE kind = 'department'"
    )
    event = reported_events(1)[0]
    perform = import_module("events.actions.perform").perform
    dispatcher = person("dispatcher", "district").user.as_actor()
    filed(event)
    unit = import_module("accounts.models").OrgUnit.objects.filter(kind="department").order_by("id")[0]
    perform(event.pk, "dispatch", dispatcher, None, unit_id=unit.pk)
    return event.pk, event.work_orders.get().pk


def reported_events(count: int) -> list[Any]:
    report = import_module("events.actions.report").report_event
    west, south, east, north = import_module("accounts.queries.site").site()["bounds"]
    outside = import_module("core.errors").OutsideDivisionTree
    actor, dice = person("acceptor", "district").user.as_actor(), random.Random(5)
    made: list[Any] = []
    while len(made) < count:
        try:
            place = {"lng": dice.uniform(west, east), "lat": dice.uniform(south, north)}
            made.append(report(actor=actor, type_code="street_vending", description="占道摆摊", **place).event)
        except outside:
            continue
    return made


def filed(event: Any) -> None:
    perform = import_module("events.actions.perform").perform
    actor = person("acceptor", "district").user.as_actor()
    perform(event.pk, "file", actor, None, condition_id=event.type.conditions.all()[0].pk)


def pages() -> list[Page]:
    street = person("acceptor", "street")
    path = street.area_path
    ways = ("open=1&order=due", "open=1&order=newest", "order=newest", "open=1&order=due&state=reported,filed")
    found = [Page(seat, f"/api/v1/events?limit=100&{way}") for seat in ("district", "street") for way in ways]
    found += [Page("district", f"/api/v1/events?limit=100&open=1&order=due&street={quote(path)}")]
    found += [Page("district", "/api/v1/events?limit=100&open=1&order=due&stage=handle")]
    found += [Page("street", f"/api/v1/events?limit=100&open=1&order=due&q={quote(word)}") for word in WORDS]
    found += [Page("department", f"/api/v1/orders?limit=100&box={box}") for box in ("to_sign", "handling", "done")]
    found += [Page(seat, "/api/v1/events?limit=100&open=1&order=due") for seat in ("department", "community", "grid")]
    found += [Page(seat, "/api/v1/events?limit=100&order=newest") for seat in ("community", "grid")]
    return found


def measure(ways: list[Page], cookies: dict[str, str], port: int, size: int) -> None:
    def ask(way: Page, cursor: str = "") -> dict[str, Any]:
        link = Request(f"http://127.0.0.1:{port}{way.path}{cursor}", headers={"Cookie": cookies[way.seat]})
        begun = time.perf_counter()
        with urlopen(link, timeout=60) as answer:
            body: dict[str, Any] = json.loads(answer.read())
        way.seconds.setdefault(size, []).append(time.perf_counter() - begun)
        return body

    for way in ways:
        ask(way)
        way.seconds.clear() if size == FEW else way.seconds.pop(size)
    for _ in range(ROUNDS):
        for way in ways:
            following = ask(way)["next"]
            if following:
                ask(way, f"&cursor={quote(following)}")


def statements_of(way: Page, users: dict[str, Any]) -> int:
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    client = import_module("rest_framework.test").APIClient(HTTP_HOST="localhost")
    client.force_login(users[way.seat])
    client.get(way.path)
    with capture(connection) as queries:
        client.get(way.path)
    return len(queries.captured_queries)


def run() -> bool:
    print("board: generating the sample district …", flush=True)
    manage("load_catalogue")
    manage("generate_district")
    django.setup()
    connection = import_module("django.db").connection
    desk = import_module("accounts.models").Grant.objects.filter(role="department_desk", unit__kind="department")
    users = {
        "district": person("dispatcher", "district").user,
        "street": person("acceptor", "street").user,
        "department": desk.select_related("user").order_by("id")[0].user,
        "community": person("grid_leader", "community").user,
        "grid": person("grid_worker", "grid").user,
    }
    cookies = {seat: f"sessionid={session_of(user)}" for seat, user in users.items()}
    ways = pages()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        pattern, leg = prepare(cursor)
        fill(cursor, pattern, leg, 1, FEW, FEW_PER_OPEN)
    port = free_port()
    server = serve(port, workers=2, application="config.wsgi:application")
    try:
        measure(ways, cookies, port, FEW)
        print(f"board: {MANY:,} events …", flush=True)
        with connection.cursor() as cursor:
            for first in range(FEW + 1, MANY + 1, 90_000):
                fill(cursor, pattern, leg, first, min(first + 89_999, MANY), MANY_PER_OPEN)
            cursor.execute("VACUUM ANALYZE")
        measure(ways, cookies, port, MANY)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(15)
    for way in ways:
        way.statements = statements_of(way, users)
    moves = []
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    for event in reported_events(MOVES):
        begun = time.perf_counter()
        filed(event)
        moves.append(time.perf_counter() - begun)
    connection.close()
    return verdict(ways, moves)


def verdict(ways: list[Page], moves: list[float]) -> bool:
    """The table and the last line; True where every part of the goal is met."""
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; pages of 100 rows, one")
    print(f"client; each way {ROUNDS} times with the page after, at {FEW:,} and at {MANY:,} events\n")
    print(f"{'seat':11} {'asked':66} {'SQL':>4} {'p95 few':>8} {'p95 many':>9}")
    for way in ways:
        few, many = (quantile_ms(way.seconds[size], 0.95) for size in (FEW, MANY))
        print(f"{way.seat:11} {way.path[15:81]:66} {way.statements:4d} {few:8.1f} {many:9.1f}")
    few, many = (quantile_ms([s for way in ways for s in way.seconds[size]], 0.95) for size in (FEW, MANY))
    statements, ratio, move = max(way.statements for way in ways), many / few, quantile_ms(moves, 0.95)
    met = many < GOAL_P95_MS and statements <= GOAL_STATEMENTS and ratio <= GOAL_RATIO and move < GOAL_MOVE_MS
    print(f"\nfiling an event, committed: p50 {quantile_ms(moves, 0.5):.1f} ms, p95 {move:.1f} ms")
    print(
        f"board: p95 {many:.0f} ms, {statements} statements, {ratio:.2f}x of {FEW:,} events, a move p95 {move:.0f} ms "
        f"(goal < {GOAL_P95_MS:.0f} ms, ≤ {GOAL_STATEMENTS}, ≤ {GOAL_RATIO}x, < {GOAL_MOVE_MS:.0f} ms) "
        f"{'met' if met else 'short'}"
    )
    return met


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with own_database("board"):
        met = run()
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
