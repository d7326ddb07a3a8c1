"""The relay against real stores: committed rows reach the stream, whatever commits first and whoever is killed."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection, transaction

from core import redis as redis_clients
from core.live import relay as relay_module
from core.live import stream
from core.live.publish import publish
from core.live.relay import Relay
from core.live.snapshot import position
from core.live.stream import KEPT_AT_LEAST, KEPT_AT_MOST, Retention, epoch_key, parse_id, stream_key
from core.models import OutboxMessage
from tests.core.live_fakes import ThingChanged

pytestmark = pytest.mark.django_db(transaction=True)
EVERYBODY = frozenset({"area:a"})


@pytest.fixture(autouse=True)
def _clean_redis() -> Iterator[None]:
    yield
    names = redis_clients.client().keys(redis_clients.key("live", "*"))
    if names:
        redis_clients.client().delete(*names)


@pytest.fixture
def relay() -> Iterator[Relay]:
    running = Relay(threading.Event())
    assert running.acquire()
    yield running
    running.release()


def another_session() -> Any:
    wanted = connection.get_connection_params()
    return psycopg2.connect(
        **{name: wanted[name] for name in ("dbname", "user", "password", "host", "port") if name in wanted}
    )


def on_stream() -> list[dict[str, Any]]:
    rows: Any = redis_clients.client().xrange(stream_key())
    return [
        {"type": f["t"], "before": json.loads(f["b"]), "after": json.loads(f["a"]), **json.loads(f["p"])}
        for _, f in rows
    ]


def versions() -> list[int]:
    return [row["version"] for row in on_stream()]


def tell(version: int, subject_id: int = 1) -> None:
    publish(ThingChanged(id=subject_id, version=version), before=frozenset({"unit:1"}), after=EVERYBODY)


def test_a_committed_update_reaches_the_stream_with_its_audiences_and_leaves_the_outbox(relay):
    tell(1)
    assert relay.move_batch() == 1
    assert on_stream() == [{"type": "thing.changed", "id": 1, "version": 1, "before": ["unit:1"], "after": ["area:a"]}]
    assert not OutboxMessage.objects.exists()


def test_an_update_whose_change_was_rolled_back_never_leaves(relay):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(1)
        raise RuntimeError
    assert (relay.move_batch(), versions()) == (0, [])


def test_a_later_number_that_commits_first_does_not_hide_the_earlier_one(relay):
    first = another_session()
    insert = (
        "INSERT INTO core_outbox (type, subject_kind, subject_id, payload, before, after, created_at) "
        "VALUES ('thing.changed', 'thing', 1, '{\"id\": 1, \"version\": 1}', '{}', '{area:a}', now()) RETURNING id"
    )
    with first.cursor() as cursor:
        cursor.execute(insert)
        early = cursor.fetchone()[0]
        tell(2)
        assert OutboxMessage.objects.get().pk > early
        assert (relay.move_batch(), versions()) == (1, [2])
        first.commit()
    first.close()
    assert (relay.move_batch(), versions()) == (1, [2, 1])


def test_a_relay_that_dies_between_append_and_commit_doubles_but_never_loses(relay, monkeypatch):
    tell(7)
    real = stream.append

    def append_then_die(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(relay_module, "append", append_then_die)
        relay.move_batch()
    assert relay.move_batch() == 1
    assert versions() == [7, 7]
    assert newest_only(on_stream()) == [7]


def newest_only(items: list[dict[str, Any]]) -> list[int]:
    """What a page does: an item counts only when its version is newer than the one it holds."""
    held: dict[int, int] = {}
    applied = []
    for item in items:
        if item["version"] > held.get(item["id"], 0):
            held[item["id"]] = item["version"]
            applied.append(item["version"])
    return applied


def test_only_one_relay_works_at_a_time(relay):
    other = another_session()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [relay_module.RELAY_LOCK])
        assert cursor.fetchone() == (False,)
    other.close()


def test_a_redis_that_lost_everything_starts_a_new_epoch(relay):
    tell(1)
    relay.move_batch()
    before = position()
    redis_clients.client().delete(stream_key(), epoch_key())
    tell(2)
    relay.move_batch()
    after = position()
    assert before.epoch != after.epoch
    assert parse_id(after.as_of) > parse_id(before.as_of)


def test_a_redis_that_lost_only_its_newest_data_starts_a_new_epoch(relay):
    tell(1)
    relay.move_batch()
    kept = position()
    tell(2)
    relay.move_batch()
    redis_clients.client().xdel(stream_key(), position().as_of)
    relay.release()
    assert relay.acquire()
    tell(3)
    relay.move_batch()
    assert position().epoch != kept.epoch


def test_the_epoch_stays_while_nothing_is_lost(relay):
    epochs = set()
    for version in range(3):
        tell(version)
        relay.move_batch()
        relay.release()
        assert relay.acquire()
        epochs.add(position().epoch)
    assert len(epochs) == 1


def test_a_snapshot_position_before_any_update_is_the_beginning(relay):
    assert position().as_of == "0-0"
    assert position().epoch


def test_a_snapshot_without_redis_says_so_instead_of_failing(monkeypatch, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert position() == ("", "")


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_the_relay_survives_both_stores_going_away(settings, monkeypatch):
    monkeypatch.setattr(relay_module, "LONGEST_PAUSE_SECONDS", 0.2)
    stop = threading.Event()
    relay = Relay(stop)
    worker = threading.Thread(target=relay.run)
    worker.start()
    try:
        assert wait_for(lambda: relay.state == "moving")
        right = settings.REDIS_URL
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        tell(1)
        assert wait_for(lambda: relay.state.startswith("waiting"))
        settings.REDIS_URL = right
        assert wait_for(lambda: versions() == [1])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                [relay_module.RELAY_LOCK],
            )
        tell(2)
        assert wait_for(lambda: versions() == [1, 2])
    finally:
        stop.set()
        worker.join(10)
    assert not worker.is_alive()


def test_a_killed_relay_process_loses_nothing():
    program = textwrap.dedent(
        f"""
        import django, threading
        django.setup()
        from django.conf import settings
        settings.REDIS_PREFIX = {settings.REDIS_PREFIX!r}
        from django.db import connections
        connections["default"].settings_dict["NAME"] = {connection.settings_dict["NAME"]!r}
        from core.live import relay
        relay.BATCH = 7
        relay.Relay(threading.Event()).run()
        """
    )

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", program], env=os.environ.copy())

    process = start()
    try:
        version = 0
        for _round in range(2):
            for _ in range(60):
                version += 1
                tell(version)
            assert wait_for(lambda: len(versions()) > 10)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = start()
        assert wait_for(lambda: not OutboxMessage.objects.exists(), 30)
    finally:
        process.kill()
        process.wait()
    assert newest_only(on_stream()) == list(range(1, version + 1))


def test_the_stream_keeps_fifteen_minutes_and_never_less_than_ten_thousand():
    retention = Retention()
    retention.note(50, 0.0)
    assert retention.length(10.0) == KEPT_AT_MOST
    for second in range(0, 1801, 10):
        retention.note(500, float(second))
    assert 45_000 <= retention.length(1800.0) <= 46_500
    retention.note(1, 3600.0)
    assert KEPT_AT_LEAST <= retention.length(3600.0) <= KEPT_AT_LEAST + 1000
