"""The sweep of deadlines over a district that is busy: the row of `make bench-city`, and alone as `make bench-sweep`.

100,000 open events, each with its running clock, half of them at a department with its leg. Measured are a sweep in
which few clocks cross a threshold, a storm in which thousands do, and in the same run the naive way to find the few:
reading every running clock and computing what it has used.
"""

import argparse
import multiprocessing
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import django

OPEN_EVENTS, FEW, STORM, WORKERS = 100_000, 100, 3_000, 2
GOAL_SECONDS = 5.0
EVENT, CLOCK, LEG = "events_event", "core_deadline", "events_work_order"


@dataclass(frozen=True)
class Sweep:
    """What one run measured. `quiet_seconds` is a sweep that finds nothing, `few_seconds` one that fires `few`."""

    open_events: int
    few: int
    quiet_seconds: float
    few_seconds: float
    naive_seconds: float
    storm: int
    storm_seconds: float
    workers: int
    doubled: int

    @property
    def met(self) -> bool:
        return self.few_seconds < GOAL_SECONDS and not self.doubled

    @property
    def row(self) -> str:
        """For the table of `bench-city`."""
        return (
            f"sweep: {self.open_events:,} open events, {self.few} crossings in {self.few_seconds:.2f} s, quiet "
            f"{self.quiet_seconds * 1000:.0f} ms, naive scan {self.naive_seconds:.2f} s, storm "
            f"{self.storm / self.storm_seconds:.0f}/s with {self.workers} workers (goal < {GOAL_SECONDS:.0f} s, none "
            f"doubled) {'met' if self.met else 'short'}"
        )


def measure(*, open_events: int = OPEN_EVENTS, few: int = FEW, storm: int = STORM, workers: int = WORKERS) -> Sweep:
    """Fill the database, which has a sample district and its catalogue, and measure. Django is set up."""
    fill(open_events)
    fire, now = import_module("core.tasks").fire_deadlines, import_module("core.clock").now
    fire()
    quiet_seconds = _timed(fire)
    naive_seconds = _timed(lambda: naive_scan(now()))
    make_due(few, offset=0)
    before = firings()
    few_seconds = _timed(fire)
    fired = firings() - before
    make_due(storm, offset=few)
    storm_seconds = _timed(lambda: _together(workers))
    doubled = fired - few + firings() - before - fired - storm
    return Sweep(open_events, few, quiet_seconds, few_seconds, naive_seconds, storm, storm_seconds, workers, doubled)


def fill(count: int) -> None:
    """Open events copied from one that was reported and one that is at a department, with their clocks and ledgers.

    No clock crosses anything by itself while the benchmark runs.
    """
    reported, handling = _template("reported"), _template("handling")
    half = count // 2
    for template, copies in ((reported, half), (handling, count - half)):
        _copy(template, copies)
    later = import_module("core.clock").now() + timedelta(days=1)
    import_module("core.models").Deadline.objects.filter(fire_at__isnull=False).update(fire_at=later)
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _template(state: str) -> int:
    """An event that went the usual way to `state`."""
    report = import_module("events.actions.report").report_event
    perform = import_module("events.actions.perform").perform
    grants, units = import_module("accounts.models").Grant.objects, import_module("accounts.models").OrgUnit.objects
    kinds = import_module("events.models").EventType.objects
    worker = grants.filter(role="grid_worker").select_related("user").order_by("id").first().user.as_actor()
    kind = kinds.get(code="street_vending", is_current=True)
    point = import_module("dispatch.models").Position.objects.values_list("point", flat=True).first()
    lng, lat = (point.x, point.y) if point is not None else _middle()
    event = report(actor=worker, type_code=kind.code, lng=lng, lat=lat, description="占道摆摊").event
    if state == "reported":
        return int(event.pk)
    owner = event.owner_unit_id
    seats = {role: _seat(grants, role, owner) for role in ("acceptor", "dispatcher")}
    lead = units.get(code=kind.default_unit_code)
    event = perform(event.pk, "file", seats["acceptor"], None, condition_id=kind.conditions.first().pk)
    if event.state == "filed":
        event = perform(event.pk, "dispatch", seats["dispatcher"], None, unit_id=lead.pk)
    desk = grants.filter(role="department_desk", unit_id=event.lead_unit_id).select_related("user").first()
    return int(perform(event.pk, "sign", desk.user.as_actor(), None).pk)


def _seat(grants: Any, role: str, unit_id: int) -> Any:
    return grants.filter(role=role, unit_id=unit_id).select_related("user").order_by("id").first().user.as_actor()


def _middle() -> tuple[float, float]:
    west, south, east, north = import_module("accounts.queries.site").site()["bounds"]
    return (west + east) / 2, (south + north) / 2


def _copy(event_id: int, copies: int) -> None:
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied (id bigint, event_id bigint)")
        cursor.execute(
            f"INSERT INTO copied SELECT {event_id}, nextval(pg_get_serial_sequence('{EVENT}', 'id')) "
            f"FROM generate_series(1, {copies})"
        )
        _insert_copies(cursor, EVENT, {"id": "copied.event_id", "number": "''"}, "source.id = copied.id")
        _insert_copies(cursor, LEG, {"event_id": "copied.event_id"}, "source.event_id = copied.id")
        owned = "source.subject_kind = 'event' AND source.subject_id = copied.id"
        _insert_copies(cursor, CLOCK, {"subject_id": "copied.event_id"}, f"{owned} AND source.state = 'running'")
        _insert_copies(
            cursor,
            "core_history",
            {"subject_id": "copied.event_id"},
            f"{owned} AND source.seq = (SELECT max(seq) FROM core_history last WHERE last.subject_kind = 'event' "
            "AND last.subject_id = copied.id)",
        )
        cursor.execute(
            "INSERT INTO core_deadline_interval (deadline_id, kind, started_at, reason) "
            "SELECT id, 'run', started_at, '' FROM core_deadline clock WHERE state = 'running' AND NOT EXISTS "
            "(SELECT FROM core_deadline_interval span WHERE span.deadline_id = clock.id)"
        )
        cursor.execute("DROP TABLE copied")


def _insert_copies(cursor: Any, table: str, changed: dict[str, str], joined: str) -> None:
    """A copy of the template's row for each copied event; identities are given anew."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [table],
    )
    names = [name for (name,) in cursor.fetchall() if name in changed or name not in {"id", "transaction"}]
    values = ", ".join(changed.get(name, f'source."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM copied JOIN {table} source ON {joined}")


def make_due(count: int, *, offset: int) -> None:
    """Let the next threshold of some clocks be crossed a moment ago."""
    clocks, state = import_module("core.models").Deadline.objects, {"state": "running", "fire_at__isnull": False}
    chosen = clocks.filter(**state, subject_kind="event").order_by("subject_id")
    ids = list(chosen.values_list("pk", flat=True)[offset * 7 : (offset + count) * 7 : 7])
    clocks.filter(pk__in=ids).update(fire_at=import_module("core.clock").now() - timedelta(seconds=1))


def firings() -> int:
    return int(import_module("core.models").DeadlineFiring.objects.count())


def naive_scan(at: datetime) -> int:
    """What finding the few costs without a stored moment: every running clock is read and reckoned."""
    elapsed = import_module("core.deadlines.arithmetic").elapsed
    calendar = import_module("core.deadlines.calendar").WorkCalendar()
    run = import_module("core.deadlines.arithmetic").Run
    crossed = 0
    for clock in import_module("core.models").Deadline.objects.filter(state="running").iterator(chunk_size=5000):
        used = elapsed(clock.limit, [run(clock.running_since, None)], at, calendar) + clock.counted_before
        crossed += used >= clock.limit.part(clock.next_threshold or 100)
    return crossed


def _together(workers: int) -> None:
    import_module("django.db").connections.close_all()
    started = [multiprocessing.get_context("fork").Process(target=_worker) for _ in range(workers)]
    for process in started:
        process.start()
    for process in started:
        process.join()


def _worker() -> None:
    import_module("core.tasks").fire_deadlines()


def _timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--open-events", type=int, default=OPEN_EVENTS)
    words.add_argument("--storm", type=int, default=STORM)
    words.add_argument("--workers", type=int, default=WORKERS)
    chosen = words.parse_args()
    place = import_module("benchmarks._place")
    with place.own_database("sweep"):
        print("sweep: generating the sample district …", flush=True)
        place.manage("load_catalogue")
        place.manage("generate_district")
        django.setup()
        print(f"sweep: filling with {chosen.open_events:,} open events …", flush=True)
        found = measure(open_events=chosen.open_events, storm=chosen.storm, workers=chosen.workers)
        import_module("django.db").connections.close_all()
    print(found.row)
    raise SystemExit(0 if found.met else 1)


if __name__ == "__main__":
    main()
