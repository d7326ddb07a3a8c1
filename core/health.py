"""The health registry: who runs, whether the stores answer, and what the apps report of their own devices.

Works while PostgreSQL or Redis is stopped: that is when it is needed.
"""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

import psycopg2
import redis
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from core.clock import now
from core.redis import Unreachable, client, key, probe

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
LATE_AFTER_SECONDS = 12.0
DOWN_AFTER_SECONDS = 25.0
FORGOTTEN_AFTER_SECONDS = 600.0
REPORT_KEPT_SECONDS = 1.0
SLOW_MILLISECONDS = 250.0

Status = Literal["ok", "degraded", "down"]
Details = Callable[[], Mapping[str, Any]]
_started = datetime.now(UTC)


def _processes_key() -> str:
    return key("health", "processes")


def _no_details() -> Mapping[str, Any]:
    return {}


# --- heartbeats ---


def beat(name: str, detail: Mapping[str, Any] | None = None) -> None:
    """Say once that this process is alive. Raises what the Redis client raises."""
    host, pid = socket.gethostname(), os.getpid()
    value = {
        "name": name,
        "host": host,
        "pid": pid,
        "since": _started.isoformat(),
        "last_seen": now().isoformat(),
        "detail": dict(detail or {}),
    }
    client().hset(_processes_key(), f"{name}@{host}:{pid}", json.dumps(value, ensure_ascii=False, default=str))


_described: list[Details] = []


def describe(details: Details) -> None:
    """What this process's heartbeat tells from now on, besides that it lives. Called in the heartbeat's thread."""
    _described[:] = [details]


def start_heartbeat(name: str | None = None, details: Details = _no_details) -> None:
    """Beat every five seconds from a thread of its own, for as long as the process lives.

    `name` is the process's name on /health (by default the one in PROCESS_NAME). `details` is called in that thread.
    """
    thread = threading.Thread(target=_beat_for_ever, args=(name or settings.PROCESS_NAME, details), daemon=True)
    thread.name = "heartbeat"
    thread.start()


def _beat_for_ever(name: str, details: Details) -> None:
    was_heard = True
    while True:
        try:
            beat(name, {**details(), **(_described[0]() if _described else {})})
            was_heard = True
        except Exception as error:  # a heartbeat never ends its process
            if was_heard:
                logger.warning("heartbeat of %s is not heard: %s", name, error)
            was_heard = False
        time.sleep(BEAT_SECONDS)


# --- what the apps add ---


@dataclass(frozen=True)
class Provider:
    report: Callable[[], Any]
    is_degraded: Callable[[Any], bool]


_providers: dict[str, Provider] = {}


def register_provider(
    name: str, report: Callable[[], Any], *, is_degraded: Callable[[Any], bool] = lambda _report: False
) -> None:
    """Let an app add the section `name` (plain JSON values). It is left out while PostgreSQL is down."""
    _providers[name] = Provider(report, is_degraded)


# --- the report ---


@dataclass(frozen=True)
class Report:
    status: Status
    body: dict[str, Any]


_report_lock = threading.Lock()
_last_report: tuple[float, Report] | None = None


def report() -> Report:
    """The present state, at most a second old: asking often costs nothing."""
    global _last_report
    with _report_lock:
        if _last_report is None or time.monotonic() - _last_report[0] > REPORT_KEPT_SECONDS:
            _last_report = (time.monotonic(), _make_report())
        return _last_report[1]


def heartbeats(name: str) -> list[dict[str, Any]]:
    """What the living processes of this name say of themselves; empty while Redis is away. Asks no database."""
    return [row for row in _processes() if row["name"] == name and row["state"] == "up"]


def forget_report() -> None:
    """Make the next report look again."""
    global _last_report
    _last_report = None


def _make_report() -> Report:
    postgres, redis_store = _postgres(), _redis()
    processes = _processes() if redis_store["state"] != "down" else _unknown_processes()
    sections, degraded = _sections() if postgres["state"] != "down" else ({}, True)
    stores = [postgres, redis_store]
    status: Status = "ok"
    if degraded or any(row["state"] != "up" for row in (*stores, *processes)):
        status = "degraded"
    if any(store["state"] == "down" for store in stores):
        status = "down"
    body = {"status": status, "at": now().isoformat(), "stores": stores, "processes": processes, **sections}
    return Report(status, body)


def _store(name: str, ask: Callable[[], None], faults: tuple[type[BaseException], ...]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        ask()
    except faults as fault:
        first_line = next(iter(str(fault).strip().splitlines()), type(fault).__name__)
        return {"name": name, "state": "down", "detail": "no answer", "error": first_line}
    milliseconds = (time.perf_counter() - started) * 1000
    state = "slow" if milliseconds > SLOW_MILLISECONDS else "up"
    return {"name": name, "state": state, "detail": f"{milliseconds:.1f} ms", "error": ""}


def _postgres() -> dict[str, Any]:
    wanted = connections["default"].settings_dict

    def ask() -> None:
        link = psycopg2.connect(
            host=wanted["HOST"],
            port=wanted["PORT"],
            user=wanted["USER"],
            password=wanted["PASSWORD"] or None,
            dbname=wanted["NAME"],
            connect_timeout=2,
            options="-c statement_timeout=1000",
            application_name="yiwang-health",
        )
        try:
            with link.cursor() as cursor:
                cursor.execute("SELECT 1")
        finally:
            link.close()

    return _store("postgresql", ask, (psycopg2.Error,))


def _redis() -> dict[str, Any]:
    def ask() -> None:
        with probe() as short:
            short.ping()

    return _store("redis", ask, (redis.RedisError, *Unreachable))


def _processes() -> list[dict[str, Any]]:
    """One row per process that is alive, and one for each that is expected or was seen of late and is not."""
    try:
        stored: dict[str, str] = cast(Any, client().hgetall(_processes_key()))
    except (redis.RedisError, *Unreachable):
        return _unknown_processes()
    rows, forgotten = [], []
    for field, text in stored.items():
        row = json.loads(text)
        row["age"] = (now() - datetime.fromisoformat(row["last_seen"])).total_seconds()
        if row["age"] > FORGOTTEN_AFTER_SECONDS and row["name"] not in settings.EXPECTED_PROCESSES:
            forgotten.append(field)
        else:
            rows.append(row)
    found = [_alive_or_last(name, rows) for name in sorted({row["name"] for row in rows})]
    missing = [name for name in settings.EXPECTED_PROCESSES if name not in {row["name"] for row in rows}]
    if forgotten:
        client().hdel(_processes_key(), *forgotten)
    never_seen = [_unseen(name, "down", "has not reported since Redis was started") for name in missing]
    return [_shown(row) for some in found for row in some] + never_seen


def _alive_or_last(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The living processes of this name; where none lives, the one that was seen last."""
    mine = sorted((row for row in rows if row["name"] == name), key=lambda row: row["age"])
    living = [row for row in mine if row["age"] <= DOWN_AFTER_SECONDS]
    on_time = [row for row in living if row["age"] <= LATE_AFTER_SECONDS]
    return on_time or living[:1] or mine[:1]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    age = row["age"]
    state = "up" if age <= LATE_AFTER_SECONDS else "late" if age <= DOWN_AFTER_SECONDS else "down"
    return {
        "name": row["name"],
        "state": state,
        "since": row["since"],
        "last_seen": row["last_seen"],
        "detail": row["detail"],
        "host": row["host"],
        "pid": row["pid"],
    }


def _unseen(name: str, state: str, why: str) -> dict[str, Any]:
    return {
        "name": name,
        "state": state,
        "since": None,
        "last_seen": None,
        "detail": {"why": why},
        "host": None,
        "pid": None,
    }


def _unknown_processes() -> list[dict[str, Any]]:
    return [_unseen(name, "late", "unknown while Redis does not answer") for name in settings.EXPECTED_PROCESSES]


def _sections() -> tuple[dict[str, Any], bool]:
    """What the apps add, and whether one of them is not well. A provider that fails is named, and stops no other."""
    found: dict[str, Any] = {}
    degraded = False
    for name, provider in _providers.items():
        try:
            close_old_connections()
            found[name] = provider.report()
            degraded |= provider.is_degraded(found[name])
        except (DatabaseError, redis.RedisError, OSError) as fault:
            logger.warning("health section %s fails: %s", name, fault)
            degraded = True
    return found, degraded


def public(body: Mapping[str, Any]) -> dict[str, Any]:
    """The report for anybody: states, but no hosts, process numbers or texts of errors.

    What an app says of its devices may name addresses inside the house; only how many and which state is left of it.
    """
    hidden = {"host", "pid", "error"}
    shown = dict(body)
    for section in ("stores", "processes"):
        shown[section] = [{name: value for name, value in row.items() if name not in hidden} for row in body[section]]
    return shown | {name: _without_details(shown[name]) for name in _providers if name in shown}


def _without_details(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: "" if name == "detail" else _without_details(inner) for name, inner in value.items()}
    return [_without_details(inner) for inner in value] if isinstance(value, list) else value
