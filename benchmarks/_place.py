"""A database and a port of one run only."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A migrated database on the server that DATABASE_URL names; this process and its children read their settings,
    those of a running site, from the environment."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = f"{name}_{os.getpid()}"
    server = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))

    def say(statement: str) -> None:
        link = psycopg2.connect(server)
        link.autocommit = True
        link.cursor().execute(statement)
        link.close()

    say(f'CREATE DATABASE "{database}"')
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{database}"))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.base", "DEBUG": "0", "PROCESS_NAME": "bench"}
    os.environ["REDIS_PREFIX"] = f"{name}-{secrets.token_hex(3)}"
    try:
        manage("migrate", "--verbosity", "0")
        yield
    finally:
        say(f'DROP DATABASE "{database}" WITH (FORCE)')
