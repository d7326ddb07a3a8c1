"""Statements that the database plans once for each connection.

Most of what a short statement costs the database is planning it: finding the place of a point took 0.2 ms and planning
that 2.8 ms. A statement declared here is prepared at its first use on a connection and executed by name from then on.
It is for the few statements that every report or move asks, with fixed text; a connection must be a session of the
database (no pooler that changes sessions between transactions).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prepared:
    """`text` names its values $1, $2 …; `types` are their types, empty where the database finds them out itself."""

    name: str
    text: str
    execute: str

    def ready(self) -> str:
        """Known to this connection from now on; the text to execute with its values."""
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        link = connection.connection
        known = _known.setdefault(link, set())
        if self.name not in known:
            with connection.wrap_database_errors, link.cursor() as cursor:
                cursor.execute(self.text)
            known.add(self.name)
        return self.execute

    def fetch_all(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        text = self.ready()
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return list(cursor.fetchall())

    def fetch_one(self, values: Sequence[Any]) -> tuple[Any, ...] | None:
        text = self.ready()
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def prepared(text: str, *, count: int, types: Sequence[str] = ()) -> Prepared:
    """Declare a statement of `count` values."""
    name = f"yiwang_{hashlib.sha256(f'{text}{types}'.encode()).hexdigest()[:16]}"
    typed = f" ({', '.join(types)})" if types else ""
    values = f" ({', '.join(['%s'] * count)})" if count else ""
    return Prepared(name, f"PREPARE {name}{typed} AS {text}", f"EXECUTE {name}{values}")
