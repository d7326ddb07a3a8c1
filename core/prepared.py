"""Statements that the database plans once for each connection.

Most of what a short statement costs the database is planning it: finding the place of a point took 0.2 ms and planning
that 2.8 ms. A statement declared here is prepared at its first use on a connection and executed by name from then on.
It is for the few statements that every report or move asks, with fixed text; a connection must be a session of the
database (no pooler that changes sessions between transactions).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prepared:
    """`text` names its values $1, $2 …; `types` are their types, empty where the database finds them out itself."""

    name: str
    text: str
    execute: str

    def ready(self) -> str:
        """Known to this connection from now on; the text to execute with its values."""
        self._on(connections[DEFAULT_DB_ALIAS])
        return self.execute

    def _on(self, here: Any) -> Any:
        """The connection, which knows the statement from now on."""
        if not here.in_atomic_block:  # within one it was looked after at its beginning
            here.close_if_health_check_failed()
            here.ensure_connection()
        link = here.connection
        known = _known.get(link)
        if known is None:
            known = _known[link] = set()
        if self.name not in known:
            with here.wrap_database_errors, link.cursor() as cursor:
                cursor.execute(self.text)
            known.add(self.name)
        return here

    def fetch_all(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._run(values, _all)
        return found

    def fetch_one(self, values: Sequence[Any]) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._run(values, _one)
        return row

    def send(self, values: Sequence[Any]) -> None:
        """Execute a statement that answers nothing."""
        self._run(values, _nothing)

    def _run(self, values: Sequence[Any], read: Callable[[Any], Any]) -> Any:
        return run(self._on(connections[DEFAULT_DB_ALIAS]), self.execute, values, read)


def _all(cursor: Any) -> list[tuple[Any, ...]]:
    return list(cursor.fetchall())


def _one(cursor: Any) -> Any:
    return cursor.fetchone()


def _nothing(_: Any) -> None:
    return None


def run(here: Any, text: str, values: Sequence[Any], read: Callable[[Any], Any]) -> Any:
    """Execute a text that is `ready` on this connection and read its answer.

    Where nobody counts or wraps statements this asks the driver itself: Django's cursors cost more than many of these
    statements do. A broken transaction is refused and errors are the same.
    """
    if here.queries_logged or here.execute_wrappers:
        with here.cursor() as cursor:
            cursor.execute(text, values)
            return read(cursor)
    here.validate_no_broken_transaction()
    with here.wrap_database_errors, here.connection.cursor() as cursor:
        cursor.tzinfo_factory = here.tzinfo_factory
        cursor.execute(text, values)
        return read(cursor)


def prepared(text: str, *, count: int, types: Sequence[str] = ()) -> Prepared:
    """Declare a statement of `count` values."""
    name = f"yiwang_{hashlib.sha256(f'{text}{types}'.encode()).hexdigest()[:16]}"
    typed = f" ({', '.join(types)})" if types else ""
    values = f" ({', '.join(['%s'] * count)})" if count else ""
    return Prepared(name, f"PREPARE {name}{typed} AS {text}", f"EXECUTE {name}{values}")
