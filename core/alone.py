"""One worker at a time, over many transactions: whoever comes second goes on without waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(lock: int, whose: int = 0) -> Iterator[bool]:
    """Whether this worker is the one. The lock ends with the connection, should the worker be killed.

    `lock` names what is done, `whose` tells places apart where each may have one worker; both are 32 bits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [lock, whose])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [lock, whose])
