"""The relay: moves committed outbox rows to the stream. One at a time, for ever, whatever goes away meanwhile.

A row leaves the table in the transaction in which it was appended. Killed between the two, the relay appends it again
after its restart: screens may see an update twice and drop it by its version, but never miss one. Rows are taken as
they are committed, never by "numbers above the last one": a later number can commit first.
"""

import logging
import random
import threading
import time
from datetime import UTC

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from core.live.stream import START, Message, Retention, StreamId, append, parse_id
from core.redis import Unreachable, client

logger = logging.getLogger(__name__)

RELAY_LOCK = 7_120_003
BATCH = 500
BUSY_SECONDS = 0.020
IDLE_SECONDS = 0.100
BUSY_FOR_SECONDS = 5.0
STANDBY_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0

TAKE = """
DELETE FROM core_outbox WHERE id = ANY(ARRAY(
    SELECT id FROM core_outbox ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
RETURNING id, type, subject_kind, subject_id, payload::text, before, after, created_at
"""
KEEP_POSITION = """
INSERT INTO core_relay_position (id, last_id) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET last_id = EXCLUDED.last_id
"""
Faults = (DatabaseError, InterfaceError, redis.RedisError, *Unreachable)


class Relay:
    """`run` until `stop` is set. `moved` counts updates since the start, `state` is for /health."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.moved = 0
        self.state = "starting"
        self._last_id: StreamId = START
        self._retention = Retention(at_least=settings.LIVE_STREAM_LENGTH)
        self._is_owner = False
        self._busy_until = 0.0
        self._failures = 0

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                pause = self._turn()
                self._failures = 0
            except Faults as fault:
                pause = self._recover(fault)
            self.stop.wait(pause)
        self.release()

    def _turn(self) -> float:
        """One look at the outbox; the seconds to wait before the next."""
        if not self._is_owner and not self.acquire():
            self.state = "standing by: another relay is at work"
            return STANDBY_SECONDS
        self.state = "moving"
        taken = self.move_batch() if self._is_waiting() else 0
        now = time.monotonic()
        if taken:
            self._busy_until = now + BUSY_FOR_SECONDS
        if taken == BATCH:
            return 0.0
        return BUSY_SECONDS if now < self._busy_until else IDLE_SECONDS

    def _recover(self, fault: Exception) -> float:
        """Let go of everything and say how long to wait: doubling, with jitter, at most five seconds."""
        self._failures += 1
        self.state = f"waiting: {type(fault).__name__}"
        logger.warning("the relay waits: %s", str(fault).strip().splitlines()[0] if str(fault) else fault)
        if isinstance(fault, (DatabaseError, InterfaceError)):
            self._is_owner = False
            connection.close()
        longest = min(LONGEST_PAUSE_SECONDS, 0.1 * 2 ** min(self._failures, 10))
        return random.uniform(longest / 2, longest)  # noqa: S311  jitter, not a secret

    def acquire(self) -> bool:
        """Become the one relay: the lock lives and dies with this database session."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [RELAY_LOCK])
            self._is_owner = bool(cursor.fetchone()[0])
            if self._is_owner:
                cursor.execute("SELECT last_id FROM core_relay_position WHERE id = 1")
                row = cursor.fetchone()
                self._last_id = parse_id(row[0]) if row else START
        return self._is_owner

    def release(self) -> None:
        """Give the lock to the next one. Closing the session does it, whatever state the session is in."""
        self._is_owner = False
        connection.close()

    def _is_waiting(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM core_outbox ORDER BY id LIMIT 1")
            return cursor.fetchone() is not None

    def move_batch(self) -> int:
        """Move up to one batch; the number moved."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, [BATCH])
            rows = sorted(cursor.fetchall())
            if not rows:
                return 0
            self._append([self._message(row) for row in rows])
            cursor.execute(KEEP_POSITION, [str(self._last_id)])
        self.moved += len(rows)
        return len(rows)

    def _append(self, messages: list[Message]) -> None:
        now = time.monotonic()
        self._retention.note(len(messages), now)
        _epoch, self._last_id = append(client(), messages, known=self._last_id, length=self._retention.length(now))

    @staticmethod
    def _message(row: tuple[object, ...]) -> Message:
        _id, kind, subject_kind, subject_id, payload, before, after, created_at = row
        at = created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")  # type: ignore[attr-defined]
        return Message(kind, subject_kind, subject_id, at, payload, before, after)  # type: ignore[arg-type]
