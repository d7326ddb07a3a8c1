"""The test database: one migrated template per state of the migrations, copied for each worker; own Redis keys."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import settings as search

from config.env import REPOSITORY, env

TEMPLATE_LOCK = 7_120_900
KEPT = ("django_content_type", "auth_permission")
"""What Django writes after every migration: no test changes it."""
_FILLED = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relname = ANY(%s) AND pg_relation_size(oid) > 0
"""

# How long an example takes says something of the machine only. The same examples in every run: what fails once fails
# until it is mended. TEST_SEARCH=new looks for others.
search.register_profile("same", deadline=None, derandomize=True)
search.register_profile("new", deadline=None)
search.load_profile(os.environ.get("TEST_SEARCH", "same"))


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_configure() -> None:
    settings.REDIS_PREFIX = f"test-{worker_name()}-{os.getpid()}"
    if begins := os.environ.get("TEST_CLOCK"):  # as on another day: 2027-01-31T23:50+08:00
        time_machine.travel(datetime.fromisoformat(begins), tick=True).start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for real time goes first: one worker waits, the other meanwhile runs all that computes."""
    items.sort(key=lambda item: not any("video" in mark.args for mark in item.iter_markers("xdist_group")))


def migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(REPOSITORY.glob("*/migrations/*.py")) + sorted(REPOSITORY.glob("requirements/base.txt")):
        digest.update(path.relative_to(REPOSITORY).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def maintenance_cursor() -> Iterator[Any]:
    """A cursor on the server's own database, outside any transaction."""
    wanted = connections["default"].settings_dict
    link = psycopg2.connect(
        host=wanted["HOST"],
        port=wanted["PORT"],
        user=wanted["USER"],
        password=wanted["PASSWORD"] or None,
        dbname="postgres",
    )
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def database_url(name: str) -> str:
    return urlunsplit(urlsplit(env.text("DATABASE_URL"))._replace(path=f"/{quote(name)}"))


def make_template(cursor: Any, name: str) -> None:
    """Create and migrate the template; a half-made one of an interrupted run is named otherwise and dropped."""
    unfinished = f"{name}_unfinished"
    cursor.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": database_url(unfinished), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        pytest.exit(f"the migrations fail on an empty database:\n{result.stdout}{result.stderr}", returncode=1)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


def empty_what_was_filled(_: TransactionTestCase) -> None:
    """After a test that commits: Django would empty every table, and write its permissions anew."""
    link = connections["default"]
    with link.cursor() as cursor:
        cursor.execute(_FILLED, [[name for name in link.introspection.django_table_names() if name not in KEPT]])
        if filled := ", ".join(link.ops.quote_name(name) for (name,) in cursor.fetchall()):
            cursor.execute(f"TRUNCATE {filled} CASCADE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give this worker its own copy of the migrated template."""
    TransactionTestCase._fixture_teardown = empty_what_was_filled  # type: ignore[attr-defined]
    template = f"yiwang_template_{migrations_digest()}"
    mine = f"yiwang_test_{worker_name()}_{os.getpid()}"
    with django_db_blocker.unblock():
        with maintenance_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            if cursor.fetchone() is None:
                make_template(cursor, template)
            cursor.execute(f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{mine}" TEMPLATE "{template}"')
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = mine
        yield
        connections["default"].close()
        with maintenance_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY
